"""Quantiles of buckets without their bounds."""

import pytest

from tests.checks.rules import alert, causes, find, record, underlined

ID = "quantile-without-le"


@pytest.mark.parametrize(
    ("buckets", "cause", "advice"),
    [
        (
            "sum by (job) (rate(x_bucket[5m]))",
            "by (job)",
            "keep it: sum by (job, le) (…)",
        ),
        ("sum(rate(x_bucket[5m]))", "sum", "keep it: sum by (le) (…)"),
        (
            "sum without (le) (rate(x_bucket[5m]))",
            "without (le)",
            "keep le in everything that is between the buckets and the quantile",
        ),
        (
            "max(x_bucket) by (job)",
            "by (job)",
            "keep it: max by (job, le) (…)",
        ),
    ],
)
def test_buckets_that_have_lost_it(buckets, cause, advice):
    (found,) = find(ID, f"histogram_quantile(0.9, {buckets}) > 1")
    assert found.level == "error"
    assert found.message == (
        "Broken: histogram_quantile returns nothing, its buckets cannot have le"
    )
    assert underlined(found) == [buckets]
    assert causes(found)[0][1].startswith(cause)
    assert found.help == advice


@pytest.mark.parametrize(
    "expr",
    [
        "histogram_quantile(0.9, sum by (job, le) (rate(x_bucket[5m]))) > 1",
        "histogram_quantile(0.9, sum without (job) (rate(x_bucket[5m]))) > 1",
        "histogram_quantile(0.9, rate(x_bucket[5m])) > 1",
        "histogram_quantile(0.9, x_bucket) > 1",
        "histogram_quantile(0.9, sum(x_bucket) or x_bucket) > 1",
        # what may be native histograms
        "histogram_quantile(0.9, sum by (job) (rate(x[5m]))) > 1",
        "histogram_quantile(0.9, sum(rate(x[5m]) or rate(x_bucket[5m]))) > 1",
        'histogram_quantile(0.9, sum(rate({__name__=~"x|y"}[5m]))) > 1',
        "histogram_quantile(0.9, sum(rate(x_bucketed[5m]))) > 1",
        # no quantile of buckets
        "quantile(0.9, sum by (job) (x_bucket)) > 1",
        "histogram_quantile(0.9) > 1",
    ],
)
def test_what_can_have_it(expr):
    assert find(ID, expr) == []


def test_recorded_buckets():
    recorded = record("job:x_bucket:rate5m", "sum by (job) (rate(x_bucket[5m]))")
    (found,) = find(ID, recorded, alert("histogram_quantile(0.9, job:x_bucket:rate5m) > 1"))
    assert underlined(found) == ["job:x_bucket:rate5m"]
    assert causes(found)[0][1] == "by (job)"
    kept = record("job:x_bucket:rate5m", "sum by (job, le) (rate(x_bucket[5m]))")
    assert find(ID, kept, alert("histogram_quantile(0.9, job:x_bucket:rate5m) > 1")) == []
