"""What a function leaves of the labels.

Source: Prometheus documentation, "Functions", and the engine: every function drops the metric's
name but for those that order or relabel series, and `last_over_time`, which "acts like offset".
Since 3.5 `__type__` and `__unit__`, which describe the metric, go with its name.
"""

from __future__ import annotations

from typing import TypeAlias

from giggamon_compiler.promql.labels.absence import absent_labels
from giggamon_compiler.promql.labels.branches import (
    Changed,
    Dropped,
    Mapped,
    Stated,
    bound,
    open_branch,
)
from giggamon_compiler.promql.labels.relabelling import join_labels, replace_label
from giggamon_compiler.promql.labels.result import (
    NAME,
    Branch,
    Fact,
    Result,
    Why,
    make_fact,
    make_result,
    make_why,
)
from giggamon_compiler.promql.labels.values import ANYTHING, NOTHING
from giggamon_compiler.promql.nodes import Call

Version: TypeAlias = tuple[int, int]

# Order series, or are the series at another time.
KEEPING = frozenset(
    [
        "sort",
        "sort_desc",
        "sort_by_label",
        "sort_by_label_desc",
        "last_over_time",
        "first_over_time",
    ]
)
SCALARS = frozenset(["scalar", "time", "pi"])
DATES = frozenset(
    [
        "minute",
        "hour",
        "day_of_week",
        "day_of_month",
        "day_of_year",
        "days_in_month",
        "month",
        "year",
    ]
)
# What all of these do to labels is to drop the name; `timestamp` of a bare selector too.
NAME_DROPPING = DATES | frozenset(
    [
        "abs", "acos", "acosh", "asin", "asinh", "atan", "atanh", "avg_over_time", "ceil",
        "changes", "clamp", "clamp_max", "clamp_min", "cos", "cosh", "count_over_time", "deg",
        "delta", "deriv", "double_exponential_smoothing", "exp", "floor", "histogram_avg",
        "histogram_count", "histogram_stddev", "histogram_stdvar", "histogram_sum",
        "holt_winters", "idelta", "increase", "irate", "ln", "log10", "log2", "mad_over_time",
        "max_over_time", "min_over_time", "predict_linear", "present_over_time",
        "quantile_over_time", "rad", "rate", "resets", "round", "sgn", "sin", "sinh", "sqrt",
        "stddev_over_time", "stdvar_over_time", "sum_over_time", "tan", "tanh", "timestamp",
        "ts_of_first_over_time", "ts_of_last_over_time", "ts_of_max_over_time",
        "ts_of_min_over_time",
    ]
)  # fmt: skip
# These leave the labels that describe the metric where they are (asked of 3.5).
STATISTICS = frozenset(
    [
        "histogram_avg",
        "histogram_count",
        "histogram_stddev",
        "histogram_stdvar",
        "histogram_sum",
    ]
)
ABSENCE = frozenset(["absent", "absent_over_time"])
# `histogram_fraction` reads classic buckets too, and takes their bound away.
FRACTION_OF_BUCKETS = (3, 5)
# The labels that say what the metric is go when its name goes.
METADATA_GOES = (3, 5)
JUST_NAME = frozenset([NAME])
NAME_AND_METADATA = frozenset([NAME, "__type__", "__unit__"])
BUCKET = "le"


def gone_with_name(version: Version) -> frozenset[str]:
    """The labels that whatever drops the metric's name drops."""
    return NAME_AND_METADATA if version >= METADATA_GOES else JUST_NAME


def call(node: Call, args: list[Result], version: Version) -> Result:
    """The result of a function, given those of its arguments."""
    func = node.func
    if func in SCALARS:
        return make_result("scalar")
    if func in ABSENCE:
        return make_result("vector", (absent_labels(node, version),))
    inner = next((arg for arg in args if arg.type in ("vector", "matrix")), None)
    if inner is None:
        # vector(1), and hour(), which is hour(vector(time())).
        if func == "vector" or func in DATES:
            return make_result("vector", (_bare(node),))
        return make_result("vector", (open_branch(),))
    if func in KEEPING:
        return make_result("vector", inner.branches, inner.why_empty)
    branches = tuple([bound(_apply(node, branch, version)) for branch in inner.branches])
    return make_result("vector", branches, inner.why_empty)


def _apply(node: Call, branch: Branch, version: Version) -> Branch:
    func = node.func
    if func in NAME_DROPPING:
        gone = JUST_NAME if func in STATISTICS else gone_with_name(version)
        return Dropped(branch, gone, _why_name(node))
    if func == "label_replace":
        return replace_label(node, branch)
    if func == "label_join":
        return join_labels(node, branch)
    if func in ("histogram_quantile", "histogram_fraction"):
        return _of_buckets(node, branch, version)
    if func == "info":
        return Mapped(branch, _enrich)
    return open_branch()


def _bare(node: Call) -> Branch:
    why = make_why(f"{node.func} has no labels", node.start, node.end)
    return Stated({}, make_fact("absent", NOTHING, why))


def _of_buckets(node: Call, branch: Branch, version: Version) -> Branch:
    """histogram_quantile and histogram_fraction: `le` goes with the buckets that it tells apart.

    Only a native histogram would keep a label of that name, and has none: `le` is reserved for
    buckets. Before 3.5 `histogram_fraction` read native histograms alone.
    """
    below = Dropped(branch, gone_with_name(version), _why_name(node))
    why = make_why(f"{node.func} takes le away", node.start, node.start + len(node.func))
    if node.func == "histogram_quantile" or version >= FRACTION_OF_BUCKETS:
        return Dropped(below, frozenset([BUCKET]), why)
    return Changed(below, frozenset([BUCKET]), _perhaps)


def _perhaps(below: Branch, label: str) -> Fact:
    fact = below.fact(label)
    return fact if fact.presence == "absent" else make_fact("possible", fact.values, None, fact)


def _enrich(name: str, fact: Fact) -> Fact:
    """info: a label that the series has stays; any other may come from an info metric."""
    if name == NAME or fact.presence == "certain":
        return fact
    return make_fact("possible", ANYTHING)


def _why_name(node: Call) -> Why:
    return make_why(f"{node.func} drops the metric's name", node.start, node.start + len(node.func))
