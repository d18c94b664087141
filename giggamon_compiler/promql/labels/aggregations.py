"""What an aggregation leaves of the labels.

Source: Prometheus documentation, "Aggregation operators" (`by` keeps the listed labels, `without`
removes them, no clause keeps none; topk, bottomk, limitk and limit_ratio return a subset of the
input "including the original labels"), and the engine (`generateGroupingLabels`): `without` always
removes the name, and `count_values` sets its label before grouping, so `without` can remove it.
"""

from __future__ import annotations

from collections.abc import Callable

from giggamon_compiler.promql.labels.branches import (
    NO_NAMES,
    Changed,
    Dropped,
    Kept,
    bound,
    open_branch,
)
from giggamon_compiler.promql.labels.result import (
    NAME,
    Branch,
    Result,
    Why,
    make_fact,
    make_result,
    make_why,
)
from giggamon_compiler.promql.labels.values import ANYTHING
from giggamon_compiler.promql.nodes import AggregateExpr, ParenExpr, StringLiteral

# Those that return some of their input's series as they are.
SELECTING = frozenset({"topk", "bottomk", "limitk", "limit_ratio"})
JUST_NAME = frozenset([NAME])


def aggregate(node: AggregateExpr, inner: Result) -> Result:
    """The result of an aggregation over `inner`; of what is no vector nothing is claimed."""
    if inner.type != "vector":
        return make_result("vector", (open_branch(),))
    if node.op in SELECTING:
        return inner
    law = _law(node)
    return make_result(
        "vector", tuple([bound(law(one)) for one in inner.branches]), inner.why_empty
    )


def _law(node: AggregateExpr) -> Callable[[Branch], Branch]:
    grouping = node.grouping
    listed = frozenset([label.name for label in grouping.labels]) if grouping else NO_NAMES
    why = _why(node)
    if node.op == "count_values":
        return _counting(node, listed, why)
    if grouping is not None and grouping.without:
        dropped = listed | JUST_NAME
        return lambda branch: Dropped(branch, dropped, why)
    return lambda branch: Kept(branch, listed, why)


def _counting(node: AggregateExpr, listed: frozenset[str], why: Why) -> Callable[[Branch], Branch]:
    """count_values: each value of a sample becomes the value of a label."""
    label = _counted_label(node)
    if label is None:
        return lambda branch: open_branch()
    counted = frozenset([label])
    setting = make_why(f"count_values sets {label}", node.start, node.start + len("count_values"))
    fact = make_fact("certain", ANYTHING, setting)
    without = node.grouping is not None and node.grouping.without

    def law(branch: Branch) -> Branch:
        branch = Changed(branch, counted, lambda _below, _label: fact)
        if without:
            return Dropped(branch, listed | JUST_NAME, why)
        return Kept(branch, listed | counted, why)

    return law


def _why(node: AggregateExpr) -> Why:
    if node.grouping is None:
        return make_why(
            f"{node.op} without by keeps no label", node.start, node.start + len(node.op)
        )
    names = ", ".join(label.name for label in node.grouping.labels)
    start, end = node.grouping.start, node.grouping.end
    if node.grouping.without:
        return make_why(f"without ({names}) drops {names or 'the name'}", start, end)
    return make_why(f"by ({names}) keeps {f'only {names}' if names else 'no label'}", start, end)


def _counted_label(node: AggregateExpr) -> str | None:
    """The label that count_values writes; None where it is no plain string."""
    param = node.param
    while isinstance(param, ParenExpr):
        param = param.expr
    return param.value if isinstance(param, StringLiteral) else None
