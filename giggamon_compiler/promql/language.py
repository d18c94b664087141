"""What PromQL knows, by version: functions, aggregations, operators, words.

Versions are texts as people declare them, "2.42" or "3.5.3". Two are held and tried, 2.42 and
3.5: what each knows was asked of its own promtool, every function with every type of argument.
In which release between the two a thing came is from the release notes of Prometheus (2.49,
2.54, 2.55, 3.0, 3.4, 3.5); where these are silent `since` is "2.43", the first that may know.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Type = Literal["scalar", "string", "vector", "matrix"]

TYPES: Final[dict[Type, str]] = {
    "scalar": "a scalar",
    "string": "a string",
    "vector": "an instant vector",
    "matrix": "a range vector",
}
FLAG: Final = "--enable-feature=promql-experimental-functions"
NEWEST: Final = "3.5"


@dataclass(frozen=True, slots=True)
class Function:
    """A function: types of its arguments, of which the last `optional` ones may be left out.

    repeated: the last argument may be given any number of times, or not at all
    since: the first version that knows it; None: already 2.42
    until: the first version that knows it no more
    experimental: the versions that know it want the flag
    """

    name: str
    args: tuple[Type, ...]
    returns: Type = "vector"
    optional: int = 0
    repeated: bool = False
    since: str | None = None
    until: str | None = None
    experimental: bool = False

    @property
    def fewest(self) -> int:
        """How many arguments it needs."""
        return len(self.args) - (1 if self.repeated else self.optional)

    @property
    def signature(self) -> str:
        """How it is called: "round(instant vector, scalar?)"."""
        words = [TYPES[arg].split(" ", 1)[1] for arg in self.args]
        for place in range(self.fewest, len(words)):
            words[place] += " …" if self.repeated else "?"
        return f"{self.name}({', '.join(words)})"


@dataclass(frozen=True, slots=True)
class Aggregation:
    """An aggregation: the type of its parameter, if it has one; since, experimental as above."""

    name: str
    param: Type | None = None
    since: str | None = None
    experimental: bool = False

    @property
    def signature(self) -> str:
        """How it is called: "topk(scalar, instant vector)"."""
        param = "" if self.param is None else TYPES[self.param].split(" ", 1)[1] + ", "
        return f"{self.name}({param}instant vector)"


_MATH = [
    "abs",
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atanh",
    "ceil",
    "cos",
    "cosh",
    "deg",
    "exp",
    "floor",
    "ln",
    "log10",
    "log2",
    "rad",
    "sgn",
    "sin",
    "sinh",
    "sqrt",
    "tan",
    "tanh",
    "absent",
    "histogram_count",
    "histogram_sum",
    "sort",
    "sort_desc",
    "timestamp",
]
_OVER_TIME = [
    "absent_over_time",
    "avg_over_time",
    "changes",
    "count_over_time",
    "delta",
    "deriv",
    "idelta",
    "increase",
    "irate",
    "last_over_time",
    "max_over_time",
    "min_over_time",
    "present_over_time",
    "rate",
    "resets",
    "stddev_over_time",
    "stdvar_over_time",
    "sum_over_time",
]
_CALENDAR = [
    "day_of_month",
    "day_of_week",
    "day_of_year",
    "days_in_month",
    "hour",
    "minute",
    "month",
    "year",
]

FUNCTIONS: Final[dict[str, Function]] = {
    function.name: function
    for function in (
        *(Function(name, ("vector",)) for name in _MATH),
        *(Function(name, ("matrix",)) for name in _OVER_TIME),
        *(Function(name, ("vector",), optional=1) for name in _CALENDAR),
        Function("clamp", ("vector", "scalar", "scalar")),
        Function("clamp_max", ("vector", "scalar")),
        Function("clamp_min", ("vector", "scalar")),
        Function("histogram_fraction", ("scalar", "scalar", "vector")),
        Function("histogram_quantile", ("scalar", "vector")),
        Function("label_join", ("vector", "string", "string", "string"), repeated=True),
        Function("label_replace", ("vector", "string", "string", "string", "string")),
        Function("pi", (), "scalar"),
        Function("predict_linear", ("matrix", "scalar")),
        Function("quantile_over_time", ("scalar", "matrix")),
        Function("round", ("vector", "scalar"), optional=1),
        Function("scalar", ("vector",), "scalar"),
        Function("time", (), "scalar"),
        Function("vector", ("scalar",)),
        Function("histogram_avg", ("vector",), since="2.43"),
        Function("histogram_stddev", ("vector",), since="2.43"),
        Function("histogram_stdvar", ("vector",), since="2.43"),
        Function("mad_over_time", ("matrix",), since="2.49", experimental=True),
        *(
            Function(name, ("vector", "string"), repeated=True, since="2.49", experimental=True)
            for name in ("sort_by_label", "sort_by_label_desc")
        ),
        Function("info", ("vector", "vector"), optional=1, since="2.55", experimental=True),
        Function("holt_winters", ("matrix", "scalar", "scalar"), until="3.0"),
        Function(
            "double_exponential_smoothing",
            ("matrix", "scalar", "scalar"),
            since="3.0",
            experimental=True,
        ),
        *(
            Function(name, ("matrix",), since="3.5", experimental=True)
            for name in ("ts_of_last_over_time", "ts_of_max_over_time", "ts_of_min_over_time")
        ),
    )
}

AGGREGATIONS: Final[dict[str, Aggregation]] = {
    aggregation.name: aggregation
    for aggregation in (
        *map(Aggregation, ["avg", "count", "group", "max", "min", "stddev", "stdvar", "sum"]),
        Aggregation("bottomk", "scalar"),
        Aggregation("count_values", "string"),
        Aggregation("quantile", "scalar"),
        Aggregation("topk", "scalar"),
        Aggregation("limitk", "scalar", since="2.54", experimental=True),
        Aggregation("limit_ratio", "scalar", since="2.54", experimental=True),
    )
}

COMPARISONS: Final = frozenset(("==", "!=", "<", "<=", ">", ">="))
SETS: Final = frozenset(("and", "or", "unless"))
# Words that stand for themselves wherever an expression may begin …
KEYWORDS: Final = frozenset(
    ("and", "or", "unless", "atan2", "offset", "by", "without", "on", "ignoring", "group_left",
     "group_right", "bool", "start", "end", "inf", "nan")
)  # fmt: skip
# … and those of them that name no metric.
NO_METRIC: Final = frozenset(
    ["atan2", "on", "ignoring", "group_left", "group_right", "bool", "inf", "nan"]
)  # fmt: skip
# … and those that are no label in a list, but in quotes.
NO_LABEL: Final = frozenset(("inf", "nan", "without"))

# What came after 2.42, beside functions and aggregations, and with which version.
QUOTED_NAMES: Final = "3.0"
SECONDS_AND_DURATIONS: Final = "2.54"
UNDERSCORES: Final = "2.54"
SIGNED_DURATIONS: Final = "3.4"


def knows(version: str, since: str | None) -> bool:
    """Whether a version has what came with another: knows("3.5.3", "3.5")."""
    return since is None or _parts(version) >= _parts(since)


@lru_cache(maxsize=64)
def _parts(version: str) -> tuple[int, ...]:
    numbers = version.lstrip("v").split("-")[0].split(".")
    return tuple(int(part) for part in numbers if part.isdecimal())
