"""Leaving series out: never a label, and never a part of what belongs together."""

from hypothesis import given
from hypothesis import strategies as st

from giggamon_compiler.exposition import Exposition, Family, LeftOut, Series, sample

BOUNDS = ("0.1", "1", "+Inf")


def gauge(*series):
    return Family("g", "gauge", "", tuple(Series("g", labels) for labels in series))


def histogram(*codes):
    buckets = [
        Series("h_bucket", (("code", code), ("le", bound))) for code in codes for bound in BOUNDS
    ]
    rest = [Series(f"h_{end}", (("code", code),)) for code in codes for end in ("sum", "count")]
    return Family("h", "histogram", "", (*buckets, *rest))


def kept(family, most):
    (fewer,), left = (it := sample(Exposition((family,)), most))[0].families, it[1]
    return fewer.series, left


def test_few_are_all_kept():
    family = gauge((("cpu", "0"),), (("cpu", "1"),))
    assert kept(family, 2) == (family.series, ())


def test_those_that_show_something_new_are_kept_first():
    pairs = [(("cpu", str(cpu)), ("mode", mode)) for cpu in range(9) for mode in ("idle", "user")]
    series, left = kept(gauge(*pairs), 10)
    assert [dict(it.labels)["cpu"] for it in series] == list("0012345678")
    assert {dict(it.labels)["mode"] for it in series} == {"idle", "user"}
    assert left == (LeftOut("g", 8, 18),)


def test_all_buckets_of_a_series_are_kept():
    series, _ = kept(histogram("200", "404", "500"), 11)
    assert {dict(it.labels)["code"] for it in series} == {"200", "404"}
    assert len(series) == 10
    series, _ = kept(histogram("200", "404"), 1)
    assert len(series) == 5


def test_what_no_line_can_hold_is_left_out():
    series, left = kept(gauge((("a", "x\ry"),), (("a", "b"),)), 9)
    assert series == (Series("g", (("a", "b"),)),)
    assert left == (LeftOut("g", 1, 2),)


label_sets = st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz"), max_size=3)


@given(
    st.lists(label_sets, min_size=1, unique_by=lambda it: tuple(sorted(it.items()))),
    st.integers(1, 12),
)
def test_no_more_than_wanted_and_no_label_lost(chosen, most):
    family = gauge(*(tuple(sorted(it.items())) for it in chosen))
    series, _ = kept(family, most)
    assert 1 <= len(series) <= max(most, 1)
    assert set(series) <= set(family.series)
    if most >= 10:  # more than there are pairs of a label and a value
        pairs = {pair for it in family.series for pair in it.labels}
        assert {pair for it in series for pair in it.labels} == pairs
