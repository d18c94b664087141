"""What recorded metrics have: the results of their rules, to a fixpoint."""

from __future__ import annotations

import sys
import tracemalloc

import pytest

from giggamon_compiler.promql.labels import recordings
from giggamon_compiler.promql.labels.branches import open_branch
from giggamon_compiler.promql.labels.recordings import Recorded, Recording, stated
from giggamon_compiler.promql.labels.values import Values
from tests.promql.labels.saying import analysed, recorded, said, tree


def test_a_recording_has_what_its_rule_yields_under_its_own_name() -> None:
    known = recorded(r="sum by (job) (up)")
    assert said("r", known=known) == ["__name__=r job?"]
    assert said("sum by (job, instance) (r)", known=known) == ["job?"]
    assert said('r{job="a"}', known=known) == ["__name__=r job=a"]
    assert said('r{job=""}', known=known) == ["__name__=r"]
    assert said('{__name__="r",job!=""}', known=known) == ["__name__=r job"]
    assert said("other", known=known) == ["__name__=other …"]
    assert said('{__name__=~"r"}', known=known) == ["__name__=r …"]


def test_a_matcher_on_what_the_rule_drops_selects_nothing() -> None:
    known = recorded(r="sum by (job) (up)")
    result = analysed('r{instance="a"}', known=known).result
    assert result.branches == ()
    assert [(why.text, why.query) for why in result.why_empty] == [
        ('instance="a" selects', None),
        ("by (job) keeps only job", "r"),
    ]
    assert said('r{instance!="a"}', known=known) == ["__name__=r job?"]
    assert said('r{instance=~".*"}', known=known) == ["__name__=r job?"]


def test_the_rules_labels_are_set_over_the_result() -> None:
    known = Recorded(
        [
            Recording("r", tree('sum by (job, env) (up{job="a"})'), {"env": "prod", "job": ""}),
            Recording("one", tree("1"), {"env": "dev"}),
        ]
    )
    assert said("r", known=known) == ["__name__=r env=prod"]
    assert said("one", known=known) == ["__name__=one env=dev"]
    assert said('r{env="dev"}', known=known) == []
    (fact,) = analysed("r", known=known).result.facts("env")
    assert [(why.text, why.start, why.query) for why in fact.why] == [
        ("the rule sets env", -1, "r")
    ]


def test_several_rules_of_one_name_are_branches() -> None:
    known = recorded(r=['sum by (job) (up{job="a"})', 'max by (zone) (up{zone="z"})'])
    assert said("r", known=known) == ["__name__=r job=a", "__name__=r zone=z"]
    assert said('r{zone!=""}', known=known) == ["__name__=r zone=z"]
    assert said("sum by (job, zone) (r)", known=known) == ["job=a", "zone=z"]
    assert [(b.start, b.end) for b in analysed("r", known=known).result.branches] == [(-1, -1)] * 2


def test_recordings_of_recordings_in_any_order() -> None:
    known = recorded(c="sum by (a) (b)", a='sum by (a, job) (x{a="1"})', b="a or sum by (job) (a)")
    assert said("c", known=known) == ["__name__=c a=1", "__name__=c"]
    (fact, _) = analysed("c", known=known).result.facts("job")
    assert [(why.text, why.query) for why in fact.why] == [("by (a) keeps only a", "c")]


def test_a_chain_of_a_thousand_recordings_ends() -> None:
    rules = {f"r{index}": f"sum by (a) (r{index - 1})" for index in range(1, 1000)}
    known = recorded(r0="sum by (a, b) (x)", **rules)
    assert len(said("r999", known=known)) == 1
    assert said("r3", known=known) == ["__name__=r3 a?"]


def test_no_chain_of_recordings_exhausts_the_stack() -> None:
    rules = {
        f"r{index}": f'label_replace(r{index - 1} or x, "a", "${{1}}z", "b", "(.*)") > 0'
        for index in range(1, 60)
    }
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)
    try:
        found = analysed("r59", known=recorded(r0="sum by (b) (x)", **rules)).result
        assert {fact.presence for fact in found.facts("c")} <= {"absent", "possible"}
    finally:
        sys.setrecursionlimit(before)


def test_a_recording_of_itself_starts_from_nothing() -> None:
    assert said("r", known=recorded(r="r offset 1m")) == []
    assert said("r", known=recorded(r="r + 1 or sum by (job) (up)")) == [
        "__name__=r job?",
        "__name__=r job?",
    ]


def test_recordings_of_one_another_reach_a_fixpoint() -> None:
    known = recorded(
        a='b or sum by (x, y) (up{x="1",y="2"})',
        b='label_replace(a, "x", "$1", "y", "(.*)")',
        c="sum by (y) (a or b)",
    )
    assert said("sum by (x) (a)", known=known) == ["x=2", "x=1"]
    assert said("c", known=known) == ["__name__=c y=2"] * 3


def circle(size: int) -> dict[str, str]:
    rules = {f"r{index:02}": f"sum by (a) (r{(index + 1) % size:02})" for index in range(size)}
    rules[f"r{size - 1:02}"] = "r00 or sum by (a, b) (x)"
    return rules


def test_a_long_circle_is_gone_round() -> None:
    assert said("r30", known=recorded(**circle(60))) == ["__name__=r30 a?"]
    assert said("r59", known=recorded(**circle(60))) == ["__name__=r59 a?", "__name__=r59 a? b?"]


def test_of_a_circle_that_takes_too_long_nothing_is_claimed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recordings, "MOST_ROUNDS", 1)
    assert said("r59", known=recorded(**circle(60))) == ["__name__=r59 …", "__name__=r59 a? b?"]


def test_values_that_grow_without_end_are_given_up() -> None:
    known = recorded(r='label_replace(r, "a", "${1}x", "a", "(.*)") or sum by (a) (up{a="1"})')
    assert said("r", known=known) == ['__name__=r a<ends with "x">', "__name__=r a=1"]


def test_an_unreachable_circle_yields_nothing_and_says_so() -> None:
    result = analysed("a", known=recorded(a="sum(b)", b="sum(a)")).result
    assert result.branches == ()
    assert result.why_empty[0].text == "a is recorded only from what returns nothing"


def test_declared_metrics_and_what_is_recorded_besides() -> None:
    declared = {"m": (stated({"job": Values(frozenset(["a"])), "code": None}, "m", False),)}
    known = Recorded([Recording("m", tree("sum by (zone) (up)"), {})], declared)
    assert said("m", known=Recorded([], declared)) == ["__name__=m code job=a"]
    assert said('m{job="b"}', known=Recorded([], declared)) == []
    assert said("m", known=known) == ["__name__=m code job=a", "__name__=m zone?"]


def test_what_is_no_vector_claims_nothing_but_a_number() -> None:
    known = recorded(text='"a"', matrix="up[5m]", wrong="sum(1)")
    assert said("text", known=known) == ["__name__=text …"]
    assert said("matrix", known=known) == ["__name__=matrix …"]
    assert said("wrong", known=known) == ["__name__=wrong …"]


def test_a_metric_with_many_branches_is_told_as_one() -> None:
    rules = {f"r{index}": f"sum by (a, b) (r{index - 1})" for index in range(1, 50)}
    open_too = {name: (open_branch(),) for name in rules}
    recordings_ = [Recording(name, tree(text), {}) for name, text in rules.items()]
    known = Recorded(recordings_, open_too)
    assert len(known.get("r31") or ()) == 32
    assert len(known.get("r32") or ()) == 1
    assert len(known.get("r49") or ()) < 32


def test_a_circle_of_many_expressions_is_not_read_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recordings, "MOST_READINGS", 119)
    assert said("r59", known=recorded(**circle(60))) == ["__name__=r59 …", "__name__=r59 a? b?"]


def test_reasons_are_not_told_anew_at_each_recording() -> None:
    size = 600
    rules = {f"r{index}": f"max by (a, b) (r{(index + 1) % size})" for index in range(size)}
    known = recorded(**{**rules, "r0": "r1 or sum by (a) (up)"})
    tracemalloc.start()
    assert known.get("r0")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6_000_000, "one more step for each recording, not one more copy of all"
