"""What the limits of a pack hold, and what is said of what does not belong there."""

import copy
import dataclasses
import inspect
import pickle
from fractions import Fraction

import pytest

from giggamon_compiler import library
from giggamon_compiler.library.limits import judged, kinds_of
from giggamon_compiler.model.refusal import Refused

KINDS = {
    f"{pack}.{name}": thing
    for pack in library.__all__
    for name, thing in vars(getattr(library, pack)).items()
    if name.endswith("Limits")
}
# One that belongs there, by what belongs there.
SOUND = {
    "a share from 0 to less than 1": 0.8,
    "a share above 0, and 1 at most": 0.5,
    "a number of seconds above 0": 30,
    "a number of days above 0": 5,
    "a number, 0 or above": 0,
    "a number above 0": 3.5,
    "a number above 1": 2,
    "a whole number, 0 or above": 0,
    "a whole number, 1 or above": 1,
    'a duration such as "1m"': "5m",
    "one of 1, 5, 10, 15, 20": 15,
}
NONE_OF_ANY = [-1, float("nan"), float("inf"), True, None, [1], "x", 10**400, Fraction(1, 2)]
EVERY = [(called, name) for called, kind in KINDS.items() for name in kinds_of(kind)]


def sound(kind):
    return {name: SOUND[it.wanted] for name, it in kinds_of(kind).items()}


def faults(kind, **given):
    with pytest.raises(Refused) as refused:
        kind(**given)
    return [(it.id, it.argument, it.message, it.help) for it in refused.value.faults]


def test_every_pack_with_limits_is_among_them():
    packs = {name for name in library.__all__ if hasattr(getattr(library, name), "alerts")}
    assert {called.partition(".")[0] for called in KINDS} == packs
    assert "endpoint.CertificateLimits" in KINDS


@pytest.mark.parametrize(("called", "name"), EVERY)
def test_every_field_is_judged(called, name):
    kind = KINDS[called]
    limits = kind(**sound(kind))
    assert getattr(limits, name) == SOUND[kinds_of(kind)[name].wanted]
    for given in NONE_OF_ANY:
        ((identity, argument, message, help_),) = faults(kind, **sound(kind) | {name: given})
        assert (identity, argument) == ("wrong-type", name)
        assert message.startswith(f"{called}: {name} is ")
        assert message.endswith(f", where {kinds_of(kind)[name].wanted} belongs")
        assert help_


@pytest.mark.parametrize("called", KINDS)
def test_what_the_docstring_calls_a_share_or_seconds_is_judged_so(called):
    words = " ".join((inspect.getdoc(KINDS[called]) or "").split())
    for name, kind in kinds_of(KINDS[called]).items():
        if f" {name}: the share of" in words or f" {name}: the share below" in words:
            assert "share" in kind.wanted, name
        if f" {name}: seconds" in words and f" {name}: seconds of each" not in words:
            assert "seconds" in kind.wanted, name


@pytest.mark.parametrize("called", KINDS)
def test_defaults_belong_there(called):
    kind = KINDS[called]
    for it in dataclasses.fields(kind):
        if it.default is not dataclasses.MISSING:
            assert kinds_of(kind)[it.name].fits(it.default), it.name


@pytest.mark.parametrize(
    ("called", "given", "said", "help_"),
    [
        ("mysql.Limits", {"connections_used": 70}, "is 70, where a share from", "write 0.7 for 70"),
        ("mysql.Limits", {"connections_used": 1}, "is 1, where a share from", "write a share"),
        ("mysql.Limits", {"connections_used": 100}, "is 100, where a share", "write a share"),
        ("mysql.Limits", {"replica_lag": "30s"}, 'is "30s", where', "write 30"),
        ("mysql.Limits", {"replica_lag": "1h30m"}, 'is "1h30m", where', "write 5400"),
        ("mysql.Limits", {"replica_lag": "soon"}, 'is "soon", where', "write a number of seconds"),
        ("mysql.Limits", {"replica_lag": 0}, "is 0, where", "write a number of seconds"),
        ("mysql.Limits", {"deadlocks": 2.5}, "is 2.5, where a whole number", "write a whole"),
        ("redis.Limits", {"hit_ratio": 0}, "is 0, where a share above 0", "write a share"),
        ("redis.Limits", {"hit_ratio": 80}, "is 80, where a share above 0", "write 0.8 for 80 per"),
        ("endpoint.Limits", {"down_for": 60}, "is 60, where a duration", 'write "60s"'),
        ("alertmanager.Limits", {"latency": 12}, "is 12, where one of 1, 5, 10", "write 10"),
        ("elasticsearch.Limits", {"nodes": 0}, "is 0, where a whole number, 1", "write a whole"),
        ("seasonal.Limits", {"high": 1}, "is 1, where a number above 1", "write a number above 1"),
    ],
)
def test_what_to_write_instead(called, given, said, help_):
    kind = KINDS[called]
    ((_, _, message, advice),) = faults(kind, **sound(kind) | given)
    assert said in message
    assert advice.startswith(help_)


def test_names_that_are_no_limits():
    kind = KINDS["mysql.Limits"]
    given = sound(kind)
    given["deadlock"] = given.pop("deadlocks")
    unknown = "mysql.Limits has no limit deadlock"
    assert faults(kind, **given) == [
        ("unknown-argument", "deadlock", unknown, "did you mean deadlocks?")
    ]
    ((_, _, _, help_),) = faults(kind, **sound(kind), zzz=1)
    assert help_.startswith("it has connections_used, aborted_per_minute")


def test_all_that_is_wrong_is_said_at_once():
    said = faults(KINDS["batch.Limits"], late=-1)
    assert [it[:2] for it in said] == [("wrong-type", "late"), ("missing-argument", "")]
    needed = "batch.Limits needs seconds, and it is left out"
    assert said[1][2:] == (needed, "add seconds=…, a number of seconds above 0")


def test_limits_have_their_names():
    with pytest.raises(Refused, match=r"batch\.Limits takes no limit without its name"):
        KINDS["batch.Limits"](1, 2)


def test_they_are_plain_values():
    limits = library.batch.Limits(late=60, seconds=30)
    assert limits == library.batch.Limits(late=60.0, seconds=30)
    assert limits == copy.deepcopy(limits) == pickle.loads(pickle.dumps(limits))
    with pytest.raises(Refused):
        dataclasses.replace(limits, late=-1)


def test_a_field_that_does_not_say_what_belongs_there():
    class Limits:
        share: float

    with pytest.raises(TypeError, match="share does not say what belongs there"):
        judged(Limits)
