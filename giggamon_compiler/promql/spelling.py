"""How the parts of an expression that hold no other are written in one line."""

from __future__ import annotations

import re

from giggamon_compiler.promql.language import NO_LABEL, NO_METRIC
from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    At,
    BinaryExpr,
    Duration,
    Label,
    Matching,
    VectorSelector,
)
from giggamon_compiler.promql.strings import quote
from giggamon_compiler.promql.tokens import LABEL, NAME

_metric = re.compile(NAME).fullmatch
_label = re.compile(LABEL).fullmatch
_hex_e = re.compile(r"0[xX](?=[0-9a-fA-F_]*[eE])[0-9a-fA-F_]+")
_blank = re.compile(r"\#[^\r\n]*+|[ \t\r\n]++")


def number_text(value: float) -> str:
    """A number as PromQL: 5, 0.25, 1e+20, -Inf, NaN."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Inf" if value > 0 else "-Inf"
    return repr(value).removesuffix(".0")


def spelled(text: str) -> str:
    """A literal as it was written, without the blanks and comments after its sign.

    Hexadecimal with an e stands in decimal: Prometheus 3 refuses it in some places, at the end
    of a text for one.
    """
    return _hex_e.sub(lambda found: str(int(found[0], 16)), _blank.sub("", text))


def selector(node: VectorSelector) -> str:
    """A selector without offset and @."""
    matchers = [
        f"{_name(matcher.name)}{matcher.op}{quote(matcher.value)}" for matcher in node.matchers
    ]
    name = node.name or ""
    if node.name is not None and (
        node.quoted or not _metric(node.name) or node.name.lower() in NO_METRIC
    ):
        matchers.insert(0, quote(node.name))
        name = ""
    return f"{name}{{{','.join(matchers)}}}" if matchers or not name else name


def _name(name: str) -> str:
    return name if _label(name) else quote(name)


def labels(given: tuple[Label, ...]) -> str:
    """A list of labels in its brackets."""
    names = (
        label.name
        if _metric(label.name) and label.name.lower() not in NO_LABEL
        else quote(label.name)
        for label in given
    )
    return f"({', '.join(names)})"


def modifiers(offset: Duration | None, at: At | None) -> str:
    """What follows a selector or a subquery, with the blank before it; "" for nothing."""
    text = "" if offset is None else f" offset {spelled(offset.text)}"
    if at is None:
        return text
    time = at.time if isinstance(at.time, float) else None
    return f"{text} @ {at.time}()" if time is None else f"{text} @ {number_text(time)}"


def head(node: AggregateExpr) -> str:
    """An aggregation up to its bracket."""
    if node.grouping is None:
        return node.op
    word = "without" if node.grouping.without else "by"
    return f"{node.op} {word} {labels(node.grouping.labels)} "


def operator(node: BinaryExpr) -> str:
    """What stands between two sides."""
    text = node.op + (" bool" if node.bool else "")
    return text if node.matching is None else f"{text} {_matching(node.matching)}"


def _matching(matching: Matching) -> str:
    text = f"{'on' if matching.on else 'ignoring'} {labels(matching.labels)}"
    if matching.include_start < 0:
        return text
    side = "left" if matching.card == "many-to-one" else "right"
    return f"{text} group_{side} {labels(matching.include)}"
