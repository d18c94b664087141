"""Objectives are in per cent."""

import pytest

from tests.house import find, underlined


def found(tmp_path, objective):
    service = f"""
service = Service("orders", team=commerce)
slo = SLO("availability", objective={objective}, window="30d", sli=Ratio(bad="b", total="t"))
"""
    return [
        it
        for it in find(tmp_path, {"services/orders.py": service})
        if it.id == "objective-as-share"
    ]


@pytest.mark.parametrize(
    ("objective", "help_"),
    [
        ("0.995", "did you mean 99.5?"),
        ("0.9", "did you mean 90?"),
        ("0.99999", "did you mean 99.999?"),
        ("1", "write it in per cent, for example 99.9"),
    ],
)
def test_a_share_is_told_with_what_it_is_in_per_cent(tmp_path, objective, help_):
    (finding,) = found(tmp_path, objective)
    assert finding.message == (
        f"orders/availability: the objective is {objective} %, so nearly every event may be bad"
    )
    assert finding.help == help_
    assert underlined(finding) == objective


@pytest.mark.parametrize("objective", ["99.5", "1.01", "50"])
def test_per_cent_are_no_share(tmp_path, objective):
    assert found(tmp_path, objective) == []


@pytest.mark.parametrize("objective", ["0", "-0.5", "101"])
def test_what_is_no_share_either_is_left_to_the_judges(tmp_path, objective):
    assert found(tmp_path, objective) == []
