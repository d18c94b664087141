"""What the parts of a template are when it runs: labels, the value, text, samples of a query.

Sources: Prometheus' template package for the data and its functions, Go's text/template for what
fails. What is not known has the kind "unknown", and nothing is claimed of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from giggamon_compiler.gotemplate.functions import FUNCTIONS
from giggamon_compiler.gotemplate.nodes import Number, Operand, String

Kind: TypeAlias = Literal[
    "unknown",
    "data",  # the whole: .Labels, .ExternalLabels, .ExternalURL, .Value
    "labels",  # of the alert's own series
    "external labels",
    "value",  # of the alert's own series, a float
    "number",  # another float
    "constant",  # a number as it is written, whose type follows its spelling
    "text",
    "samples",  # what a query returns
    "sample",
    "sample labels",
]


class Value(NamedTuple):
    """What an operand is; of a constant also how it is written."""

    kind: Kind
    literal: String | Number | None = None


UNKNOWN: Final = Value("unknown")
TEXT: Final = Value("text")
FIELDS: Final[Mapping[str, Value]] = {
    "Labels": Value("labels"),
    "ExternalLabels": Value("external labels"),
    "ExternalURL": TEXT,
    "Value": Value("value"),
}
SAMPLE_FIELDS: Final[Mapping[str, Value]] = {
    "Labels": Value("sample labels"),
    "Value": Value("number"),
}
# What a text, a number or a list has: nothing.
WITHOUT_FIELDS: Final = frozenset(("text", "value", "number", "constant", "samples"))
ELEMENTS: Final[Mapping[Kind, Value]] = {
    "labels": TEXT,
    "external labels": TEXT,
    "sample labels": TEXT,
    "samples": Value("sample"),
}
COMPARISONS: Final = frozenset(("eq", "ge", "gt", "le", "lt", "ne"))
SHOWN: Final[Mapping[Kind, str]] = {
    "labels": "a set of labels",
    "external labels": "a set of labels",
    "sample labels": "a set of labels",
    "value": "a number",
    "number": "a number",
    "constant": "a number",
    "text": "a text",
    "samples": "all that the query returns",
    "sample": "a sample",
    "data": "everything",
}

_RETURNS: Final[Mapping[str, Value]] = {
    "externalURL": TEXT,
    "graphLink": TEXT,
    "html": TEXT,
    "humanize": TEXT,
    "humanize1024": TEXT,
    "humanizeDuration": TEXT,
    "humanizePercentage": TEXT,
    "humanizeTimestamp": TEXT,
    "js": TEXT,
    "label": TEXT,
    "pathPrefix": TEXT,
    "print": TEXT,
    "printf": TEXT,
    "println": TEXT,
    "reReplaceAll": TEXT,
    "stripDomain": TEXT,
    "stripPort": TEXT,
    "strvalue": TEXT,
    "tableLink": TEXT,
    "title": TEXT,
    "toLower": TEXT,
    "toUpper": TEXT,
    "urlQueryEscape": TEXT,
    "urlquery": TEXT,
    "first": Value("sample"),
    "parseDuration": Value("number"),
    "query": Value("samples"),
    "sortByLabel": Value("samples"),
    "value": Value("number"),
}
_TAKES: Final[Mapping[str, tuple[Kind, ...]]] = {
    "first": ("samples",),
    "graphLink": ("text",),
    "label": ("text", "sample"),
    "match": ("text", "text"),
    "parseDuration": ("text",),
    "query": ("text",),
    "reReplaceAll": ("text", "text", "text"),
    "safeHtml": ("text",),
    "sortByLabel": ("text", "samples"),
    "stripDomain": ("text",),
    "stripPort": ("text",),
    "strvalue": ("sample",),
    "tableLink": ("text",),
    "title": ("text",),
    "toLower": ("text",),
    "toUpper": ("text",),
    "value": ("sample",),
}


def constant(operand: Operand) -> Value:
    """What a literal is."""
    if isinstance(operand, String):
        return Value("text", operand)
    return Value("constant", operand) if isinstance(operand, Number) else UNKNOWN


def returned(function: str, given: Sequence[Value]) -> Value:
    """What a function returns."""
    if function in ("and", "or"):
        kinds = {it.kind for it in given}
        return Value(kinds.pop()) if len(kinds) == 1 else UNKNOWN
    if function == "slice" and given and given[0].kind == "text":
        return TEXT
    return _RETURNS.get(function, UNKNOWN)


def misfit(function: str, given: Sequence[Value]) -> tuple[int, str, str] | None:
    """The argument that a function cannot take: its number, what is wrong, what to do."""
    for at, (needed, it) in enumerate(zip(_TAKES.get(function, ()), given, strict=False)):
        if it.kind not in ("unknown", needed):
            message = f"{function} needs {SHOWN[needed]} and is given {SHOWN[it.kind]}"
            return at, message, _advice(needed, it)
    if function in COMPARISONS and len(given) > 1:
        return _incomparable(given[0], given[1])
    return None


def _advice(needed: Kind, it: Value) -> str:
    if it.kind == "samples" and needed == "sample":
        return "take one of them: first"
    if needed == "text" and it.kind in ("value", "number", "constant"):
        return 'make a text of it: printf "%g"'
    return ""


def _incomparable(left: Value, right: Value) -> tuple[int, str, str] | None:
    """Go compares a number with its like only: 5 is whole, and a sample's value is 5.0."""
    for at, number, other in ((1, left, right), (0, right, left)):
        if number.kind in ("value", "number"):
            if other.kind == "text":
                return at, "a number cannot be compared with a text", "write a number, such as 5.0"
            if isinstance(other.literal, Number) and _is_whole(other.literal.text):
                spelled = other.literal.text
                message = f"{spelled} is a whole number, which Go does not compare with the value"
                return at, message, f"write {spelled}.0" if spelled.isdigit() else ""
        if number.kind == "text" and other.kind == "constant" and isinstance(other.literal, Number):
            message = "a text cannot be compared with a number"
            return at, message, f'compare it with "{other.literal.text}"'
    return None


def _is_whole(spelled: str) -> bool:
    if spelled[:2] in ("0x", "0X"):
        return not any(sign in spelled for sign in "pP")
    return not any(sign in spelled for sign in ".eEpPi'")


def choice(fields: Iterable[str]) -> str:
    """What there is in place of a field that there is not."""
    return "there are " + ", ".join(f".{name}" for name in fields)


def wrong_count(function: str, count: int) -> str:
    """What is wrong with so many arguments of a known function; empty where it takes them."""
    least, most, _ = FUNCTIONS[function]
    if least <= count and (most is None or count <= most):
        return ""
    needed = f"at least {least}" if most is None else str(least)
    return f"{function} takes {needed} argument{'' if least == 1 else 's'}, here are {count}"
