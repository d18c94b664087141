"""What PromQL knows, by version: aggregations, functions, operators, keywords."""

from __future__ import annotations

AGGREGATIONS = {
    name: None
    for name in (
        "sum", "avg", "count", "min", "max", "group", "stddev", "stdvar", "topk", "bottomk",
        "count_values", "quantile", "limitk", "limit_ratio",
    )
}  # fmt: skip
PARAMETERS = {"topk", "bottomk", "count_values", "quantile", "limitk", "limit_ratio"}
# Words that are read as themselves wherever an expression may stand …
KEYWORDS = {
    "and", "or", "unless", "atan2", "offset", "by", "without", "on", "ignoring", "group_left",
    "group_right", "bool", "start", "end", "inf", "nan",
}  # fmt: skip
# … and those of them that name no metric.
NO_METRIC = {
    "atan2", "on", "ignoring", "group_left", "group_right", "bool", "inf", "nan",
}  # fmt: skip
