"""What random expressions are made of."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split(" ")


LABELS = ("a", "b", "c", "job", "instance")
METRICS = ("m0", "m1", "m2", "up", "job:m:rate5m")
PLAIN = _words(
    "abs acos acosh asin asinh atan atanh ceil cos cosh deg exp floor ln log10 log2 rad round sgn "
    "sin sinh sqrt tan tanh sort sort_desc timestamp days_in_month day_of_month day_of_week "
    "day_of_year hour minute month year absent"
)
RANGE = _words(
    "rate irate increase delta idelta deriv changes resets avg_over_time min_over_time "
    "max_over_time sum_over_time count_over_time last_over_time present_over_time "
    "stddev_over_time stdvar_over_time absent_over_time"
)
NATIVE = ["histogram_count", "histogram_sum"]
OTHERS = _words(
    "clamp clamp_max clamp_min histogram_quantile histogram_fraction label_join label_replace "
    "predict_linear quantile_over_time scalar vector time pi"
)
OLDER = ["holt_winters"]
NEWER = _words(
    "histogram_avg histogram_stddev histogram_stdvar double_exponential_smoothing info "
    "mad_over_time sort_by_label sort_by_label_desc ts_of_last_over_time ts_of_max_over_time "
    "ts_of_min_over_time"
)
AGGREGATIONS = _words(
    "sum avg min max count group stddev stdvar topk bottomk quantile count_values"
)
ARITHMETIC = ("+", "-", "*", "/", "%", "^", "atan2")
COMPARISON = ("==", "!=", ">", "<", ">=", "<=")
SETS = ("and", "or", "unless")
OPERATORS = (*ARITHMETIC, *COMPARISON, *SETS)
CARDS = (
    "", "on", "ignoring", "on group_left", "on group_right", "ignoring group_left",
    "ignoring group_right",
)  # fmt: skip
REPLACEMENTS = (
    ("$1", "(.*)"), ("$1", "(.+)"), ("x", ".*"), ("", ".*"), ("$1", "v(.)"), ("$1-$2", "(.)(.*)"),
    ("y", "nothing"), ("$2", "(v)|(w)"), ("${n}z", "(?P<n>.*)"), ("v1", ""), ("$1", "(v1|v2)?"),
    ("$0", "v.*"), ("a$1b", "(.*)-.*"), ("$$1", ".*"), ("$1$2", "(.*)-(.*)"), ("${1}x", "(v|w).*"),
    ("$3", "(.*)"), ("$1x", "(.*)"), ("$", ".+"), ("é$1", "(.)b?.*"), ("$1", "(?i:V(1|2))"),
)  # fmt: skip
WORDS = ("v1", "v2", "w", "a-b")
REGEXES = (
    "v.", "v1|v2", ".*", ".+", "v1", "|v1", "", "w.*", ".*1", "v[12]", "(v|w).*", "a.*b", ".*-b|w",
    "v1.*|", "(?i)V1", "[^v].*", "v1?", "(v)(1|2)", "é.", "v1||w", "v.*|w.*", "a.*|.*2",
)  # fmt: skip


def functions(*, newer: bool) -> list[str]:
    """Every function that the grammar can draw."""
    return [*PLAIN, *RANGE, *NATIVE, *OTHERS, *(NEWER if newer else OLDER)]


def aggregations(*, newer: bool) -> list[str]:
    """Every aggregation that it can draw."""
    return [*AGGREGATIONS, *(["limitk", "limit_ratio"] if newer else [])]
