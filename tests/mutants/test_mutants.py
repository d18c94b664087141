"""The tests of the definitions notice slips in the rules, and this notices where they do not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from giggamon_compiler import ir
from giggamon_compiler.judges.rulebook import make_rulebook
from tests.mutants.judging import (
    Judged,
    evaluations,
    judge,
    read_generated,
    share,
    subjects_of,
)
from tests.mutants.listing import (
    EQUAL,
    differences,
    listed_anew,
    read_list,
    write_list,
    wrongly_equal,
)
from tests.mutants.mutating import mutants_of
from tests.mutants.worlds import different, expand

PROMTOOL = shutil.which("promtool") or ""
HOW = "python -m tests.mutants SERVICE shows more; --update writes the list anew"


# Beyond so many evaluations an alert is judged by the heavy tests alone: weeks are replayed.
MOST_EVALUATIONS = 20_000


def critical_alerts(program: ir.Program) -> frozenset[str]:
    """The critical alerts whose replays are short, those of objectives aside."""
    book = make_rulebook(program.groups)
    found = subjects_of(program, book, lambda it: it.severity == "critical" and not it.objective)
    return frozenset(
        it.rule.identity
        for it in found
        if it.tests and evaluations(program, book, it) <= MOST_EVALUATIONS
    )


def check(wanted: Callable[[ir.Rule], bool], *, equal: bool) -> list[Judged]:
    found = judge(PROMTOOL, read_generated(), wanted, equal=equal)
    listed = read_list()
    wrong = [*differences(listed, found), *(wrongly_equal(listed, found) if equal else ())]
    assert not wrong, "\n".join([*wrong, HOW])
    return found


def test_every_slip_in_a_critical_alert_is_noticed():
    wanted = critical_alerts(read_generated())
    assert wanted
    found = check(lambda it: it.severity == "critical" and it.identity in wanted, equal=False)
    listed = read_list()
    for it in found:
        assert set(listed.get(it.name, {}).values()) <= {EQUAL}, it.name


@pytest.mark.heavy
@pytest.mark.timeout(1500)
def test_nine_of_ten_slips_in_any_rule_are_noticed_and_the_others_have_a_reason():
    found = check(lambda rule: True, equal=True)
    killed, count, _ = share(found)
    assert killed >= 0.9 * count
    assert not [it.name for it in found if "critical" in it.severities and it.survivors]


def test_every_listed_slip_has_a_reason():
    program = read_generated()
    there = {it.identity for it in program.rules}
    for name, mutants in read_list().items():
        assert name.partition(" (")[0] in there, name
        assert all(reason.strip() for reason in mutants.values()), name


# The mutants --------------------------------------------------------------------------------------


def keys_of(expr: str, **fields) -> list[str]:
    return [it.key for it in mutants_of(ir.Rule("alert", "A", ir.Query(expr), **fields))]


@pytest.mark.parametrize(
    ("expr", "keys"),
    [
        ("up == 0", ["== becomes != before 0", "0 becomes 1", "0 becomes -1"]),
        ("a > 0.5", ["> becomes < before 0.5", "0.5 becomes 0.55", "0.5 becomes 0.45"]),
        ("a > 3 * 4", [
            *("> becomes < before 3 * 4", "3 becomes 3.3", "3 becomes 2.7"),
            *("4 becomes 4.4", "4 becomes 3.6"),
        ]),
        ("rate(a[5m])", ["5m becomes 10m in a", "5m becomes 2m30s in a"]),
        ("a offset 1w", ["1w of a"]),
        ("max_over_time(a[1h:] offset 1d)", [
            *("1h becomes 2h in a", "1d", "1h becomes 30m in a"),
        ]),
        ('a{b="c"}', ["b='c' of a", "b='c' of a"]),
        ('a{b=~"c|d"}', [
            *("b=~'c|d' of a", "b=~'c|d' of a", "'c' of b=~'c|d' of a", "'d' of b=~'c|d' of a"),
        ]),
        ("sum by (x, y) (a)", ["x of sum by", "y of sum by"]),
        ("a * on (x) group_left b", ["x of * on"]),
        ("a and b", ["and becomes or before b", "and becomes unless before b"]),
        ("topk(3, a)", ["3 becomes 6", "3 becomes 1.5"]),
    ],
)  # fmt: skip
def test_what_is_done_to_an_expression(expr, keys):
    assert sorted(it.split(": ", 1)[1] for it in keys_of(expr)) == sorted(keys)


def test_what_is_done_to_times():
    keys = keys_of("a", for_="5m", keep_firing_for="10m")
    assert keys == [
        "for doubled: 5m becomes 10m",
        "for dropped: 5m",
        "keep_firing_for dropped: 10m",
    ]


def test_the_same_slip_at_two_places_has_two_names():
    keys = keys_of("a == 0 or b == 0")
    assert len(keys) == len(set(keys))
    assert "threshold moved: 0 becomes 1 (2)" in keys


# Who notices --------------------------------------------------------------------------------------

RULE = ir.Rule("alert", "Slow", ir.Query('sum by (x) (seconds:rate{job="a"}) > 5'), "5m", owner="s")
RECORD = ir.Rule("record", "seconds:rate", ir.Query("rate(seconds[10m])"), owner="s")
SLUGGISH = {'seconds{job="a",x="1"}': "0+420x30"}


def house(*tests: ir.AlertTest, rule: ir.Rule = RULE) -> ir.Program:
    group = ir.Group("services/s", "s", (RECORD, rule), interval="1m")
    return ir.Program(groups=(group,), alert_tests=tests)


def case(
    series: Mapping[str, str], quiet: tuple[str, ...] = (), fires: Mapping[str, str] | None = None
) -> ir.AlertTest:
    firing = tuple(ir.Firing(time, ({"x": x},)) for time, x in (fires or {}).items())
    return ir.AlertTest("services/s_test", "t", "s/Slow", None, series, quiet, firing)


def alive(program: ir.Program) -> list[str]:
    found = judge(PROMTOOL, program, equal=False)
    return [f"{it.name} {mutant.key}" for it in found for mutant in it.survivors]


def test_a_dull_test_notices_little():
    dull = alive(house(case(SLUGGISH, fires={"20m": "1"})))
    assert {
        "s/Slow for doubled: 5m becomes 10m",
        "s/Slow threshold moved: 5 becomes 4",
        "s/Slow matcher dropped: job='a' of seconds:rate",
        "s/seconds:rate window changed: 10m becomes 20m in seconds",
    } <= set(dull)
    assert "s/Slow comparison turned: > becomes < before 5" not in dull
    assert "s/Slow aggregation label dropped: x of sum by" not in dull


def test_a_sharp_test_notices_all():
    sharp = case(
        {
            'seconds{job="a",x="1",y="1"}': "0x30 0+210x29",
            'seconds{job="a",x="1",y="2"}': "0x30 0+120x29",
            'seconds{job="a",x="2"}': "0+294x60",
            'seconds{job="b",x="1"}': "0+600x60",
        },
        quiet=("30m", "38m", "44m"),
        fires={"46m": "1", "60m": "1"},
    )
    assert alive(house(sharp)) == []


def test_a_test_that_fails_as_it_is_is_no_witness():
    with pytest.raises(RuntimeError, match="fails as it is"):
        alive(house(case(SLUGGISH, quiet=("20m",))))


def test_annotations_are_a_part_of_what_is_tested():
    worded = replace(RULE, annotations={"d": "{{ $value }}"}, for_=None, query=ir.Query(
        "max by (x) (seconds) * 2 > 10"))  # fmt: skip
    plain = case({'seconds{x="1"}': "6x9"}, fires={"5m": "1"})
    program = house(plain, rule=worded)
    assert "s/Slow threshold moved: 10 becomes 9" in alive(program)
    assert "s/Slow threshold moved: 2 becomes 2.2" in alive(program)
    told = house(replace(plain, annotations={"d": "12"}), rule=worded)
    assert "s/Slow threshold moved: 2 becomes 2.2" not in alive(told)


# What is equal ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expr", "equal"),
    [
        ('seconds{job="a"} / others{job="a"} > 2', [
            *("matcher dropped: job='a' of seconds", "matcher dropped: job='a' of others"),
        ]),
        ("vector(1)", ["number changed: 1 becomes 2", "number changed: 1 becomes 0.5"]),
        ("sum by (x, y) (seconds) > 5 and on (x) sum by (x) (seconds) > 99", []),
        ('sum(rate(seconds{job="a"}[5m])) > 5', []),
        ('deriv(seconds{job=~"a|b"}[30m]) * 60 > 5', []),
    ],
)  # fmt: skip
def test_the_engine_tells_what_is_another_rule_from_what_is_none(expr, equal):
    series = {
        'seconds{job="a",x="1",y="1"}': "0+420x30",
        'seconds{job="b",x="1",y="2"}': "0+320x30",
        'others{job="a",x="1",y="1"}': "0+100x30",
    }
    program = house(case(series, quiet=("1m",)), rule=replace(RULE, query=ir.Query(expr)))
    book = make_rulebook(program.groups)
    (subject,) = subjects_of(program, book, lambda rule: True)
    told = different(PROMTOOL, program, book, subject, range(len(subject.mutants)))
    names = [it.mutant.key for n, it in enumerate(subject.mutants) if n not in told]
    assert names == equal


def test_values_count_where_a_message_shows_them():
    rule = replace(RULE, query=ir.Query("vector(1)"), annotations={"d": "{{ $value }}"})
    program = house(case({"x": "1x9"}, quiet=("1m",)), rule=rule)
    book = make_rulebook(program.groups)
    (subject,) = subjects_of(program, book, lambda rule: True)
    told = different(PROMTOOL, program, book, subject, range(len(subject.mutants)), 4)
    assert {subject.mutants[n].mutant.kind for n in told} >= {"number changed"}


def test_the_notation_of_promtool_is_read():
    assert expand("1 2+3x2 _ 4x1 _x2 -1.5-0.5x1 stale 1e3") == [
        *(1, 2, 5, 8, None, 4, 4, None, None, -1.5, -2, None, 1000)
    ]


# The list -----------------------------------------------------------------------------------------


def judged(survivors: list[str] = [], equal: list[str] = []) -> Judged:  # noqa: B006
    made = {it.key: it for it in mutants_of(RULE)}
    return Judged(
        "s/Slow",
        RULE,
        frozenset(),
        [],
        [made[key] for key in survivors],
        [made[key] for key in equal],
    )


FOR = "for dropped: 5m"
LABEL = "aggregation label dropped: x of sum by"


@pytest.mark.parametrize(
    ("listed", "found", "said"),
    [
        ({}, judged([FOR]), f"no test notices {FOR}"),
        ({FOR: "why"}, judged([FOR]), None),
        ({FOR: "why"}, judged(), f"the list names {FOR}"),
        ({LABEL: EQUAL}, judged([], [LABEL]), None),
        ({LABEL: "why"}, judged([], [LABEL]), "the list has a reason"),
        ({LABEL: EQUAL}, judged([LABEL]), "is not equal"),
    ],
)
def test_the_list_is_held_to_what_is_found(listed, found, said):
    whole = {"s/Slow": listed}
    text = "\n".join([*differences(whole, [found]), *wrongly_equal(whole, [found])])
    assert said in text if said else not text


def test_the_list_is_written_anew(tmp_path):
    listed = {"s/Slow": {FOR: "why", "gone": "why"}, "other": {"x": "why"}}
    write_list(listed_anew(listed, [judged([FOR], [LABEL])]), tmp_path / "list.json")
    assert read_list(tmp_path / "list.json") == {
        "other": {"x": "why"},
        "s/Slow": {LABEL: EQUAL, FOR: "why"},
    }
