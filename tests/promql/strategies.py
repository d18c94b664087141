"""Generated PromQL: texts of every construct, most of them valid, in every layout.

An expression is made as a list of tokens, by its type; then blanks, line ends and comments are
laid between them. `newer`: also what came with Prometheus 3 (quoted names, numbers for durations
and durations for numbers, experimental functions).
"""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

Tokens = st.SearchStrategy[list[str]]

NAMES = ("x", "up", "http_requests_total", "a:b", ":c", "by", "on", "sum", "offset", "start", "_1")
LABELS = ("a", "job", "le", "__name__", "by", "bool", "group_left", "end", "nan", "_")
NUMBERS = ("0", "1", "1.5", ".5", "2.", "1e3", "1E-2", "0x1F", "010", "1_000", "Inf", "NaN", "inF")
DURATIONS = ("5m", "1h30m", "1d", "7ms", "1y2w3d4h5m6s7ms", "90s", "05m")
TEXTS = ('"a"', "'b'", "`c`", '"a|b"', '".*"', '"\\x41\\u00e9\\""', "'\\''", "`\\d+`", '""', '"é#"')
VECTOR_CALLS = ("abs", "absent", "ceil", "floor", "sort", "histogram_count", "timestamp", "sgn")
RANGE_CALLS = ("rate", "increase", "delta", "max_over_time", "absent_over_time", "resets", "irate")
EXPERIMENTAL_CALLS = ("mad_over_time", "ts_of_max_over_time")
AGGREGATIONS = ("sum", "avg", "min", "max", "count", "group", "stddev", "stdvar")
ARITHMETIC = ("+", "-", "*", "/", "%", "^", "atan2")
COMPARISONS = ("==", "!=", ">", "<", ">=", "<=")
SETS = ("and", "or", "unless")
BLANKS = (" ", "  ", "\n", "\t", "\r\n", " # why (\n", "\n# \"a' `\n")


def expressions(newer: bool) -> st.SearchStrategy[str]:
    """Texts of expressions of any type."""
    kinds = (
        vectors(3, newer),
        scalars(2, newer),
        matrices(2, newer),
        st.sampled_from(TEXTS).map(_one),
    )
    # A vector, nearly always: it is what the language is about.
    anything = st.one_of(kinds[0], kinds[0], kinds[0], *kinds)
    return st.builds(_laid, anything, st.lists(st.sampled_from(("", "", *BLANKS)), min_size=1))


def _one(token: str) -> list[str]:
    return [token]


def _laid(tokens: list[str], blanks: list[str]) -> str:
    """The tokens with these blanks between them, over and over, and a space where one is needed."""
    text = ""
    for index, token in enumerate(tokens):
        blank = blanks[index % len(blanks)]
        touches = text[-1:].isalnum() or text[-1:] in ("_", ".", ":")
        if not blank and touches and (token[0].isalnum() or token[0] in "_.:"):
            blank = " "
        text += blank + token
    return text


def _sequence(*parts: Tokens | str) -> Tokens:
    made = [st.just([part]) if isinstance(part, str) else part for part in parts]
    return st.tuples(*made).map(lambda drawn: [token for part in drawn for token in part])


def _maybe(part: Tokens) -> Tokens:
    return st.one_of(st.just([]), part)


def _listed(items: st.SearchStrategy[str], low: int = 0) -> Tokens:
    """Items with commas between them, in parentheses."""

    def spelled(drawn: list[str]) -> list[str]:
        inner = [token for item in drawn for token in (item, ",")]
        return ["(", *inner[:-1], ")"]

    return st.lists(items, min_size=low, max_size=3).map(spelled)


def _word(*words: str) -> Tokens:
    """One of these keywords, in small or capital letters."""
    return st.sampled_from([*words, *words, *(word.upper() for word in words)]).map(_one)


def _labels(newer: bool) -> st.SearchStrategy[str]:
    plain = st.sampled_from([label for label in LABELS if label != "__name__"])
    quoted = st.sampled_from(('"a"', "'a b'", "`é`"))
    return st.one_of(plain, plain, quoted) if newer else plain


@cache
def _durations(newer: bool) -> Tokens:
    numbers = ("300", "1.5", "1e3", "0x10") if newer else ()
    return st.sampled_from([*DURATIONS, *numbers]).map(_one)


@cache
def selectors(newer: bool) -> Tokens:
    """`x{a="b"}`, without offset and @."""
    label = st.sampled_from(LABELS)
    matcher = _sequence(
        label.map(_one),
        st.sampled_from(("=", "!=", "=~", "!~")).map(_one),
        st.sampled_from(TEXTS).map(_one),
    )
    if newer:
        matcher = st.one_of(matcher, st.sampled_from(('"x y"', "'x'")).map(_one))

    def braced(drawn: list[list[str]]) -> list[str]:
        inner = [token for one in drawn for token in (*one, ",")]
        # A comma at the end is allowed.
        return ["{", *(inner if len(drawn) == 2 else inner[:-1]), "}"]

    name = st.sampled_from(NAMES).map(_one)
    named = _sequence(name, st.lists(matcher, max_size=3).map(braced))
    nameless = st.lists(matcher, min_size=1, max_size=3).map(braced)
    return st.one_of(name, named, nameless)


@cache
def _modifiers(newer: bool) -> Tokens:
    offset = _sequence(_word("offset"), _maybe(st.just(["-"])), _durations(newer))
    time = st.sampled_from(("0", "1609746000.123", "1e9", "-5", "+7")).map(_one)
    edge = _sequence(st.sampled_from(("start", "end")).map(_one), "(", ")")
    at = _sequence("@", st.one_of(time, edge))
    both = st.one_of(_sequence(offset, at), _sequence(at, offset))
    return st.one_of(st.just([]), st.just([]), offset, at, both)


@cache
def scalars(depth: int, newer: bool) -> Tokens:
    """Numbers, and what is made of them."""
    durations = DURATIONS if newer else ()
    number = st.sampled_from([*NUMBERS, *durations]).map(_one)
    if depth == 0:
        return number
    inner = scalars(depth - 1, newer)
    return st.one_of(
        number,
        _sequence(st.sampled_from(("-", "+")).map(_one), inner),
        _sequence("(", inner, ")"),
        _sequence(inner, st.sampled_from(ARITHMETIC).map(_one), inner),
        _sequence(inner, st.sampled_from(COMPARISONS).map(_one), _word("bool"), inner),
        _sequence("scalar", "(", vectors(depth - 1, newer), ")"),
        st.sampled_from((["time", "(", ")"], ["pi", "(", ")"])),
    )


@cache
def matrices(depth: int, newer: bool) -> Tokens:
    """Ranges and subqueries."""
    duration = _durations(newer)
    ranged = _sequence(selectors(newer), "[", duration, "]", _modifiers(newer))
    if depth == 0:
        return ranged
    step = _sequence(":", _maybe(duration))
    inner = st.one_of(vectors(depth - 1, newer), scalars(depth - 1, newer))
    sub = _sequence("(", inner, ")", "[", duration, step, "]", _modifiers(newer))
    return st.one_of(ranged, sub)


@cache
def vectors(depth: int, newer: bool) -> Tokens:
    """Instant vectors."""
    leaf = _sequence(selectors(newer), _modifiers(newer))
    if depth == 0:
        return leaf
    inner = vectors(depth - 1, newer)
    scalar = scalars(depth - 1, newer)
    ranges = RANGE_CALLS + (EXPERIMENTAL_CALLS if newer else ())
    called = st.one_of(
        _sequence(st.sampled_from(VECTOR_CALLS).map(_one), "(", inner, ")"),
        _sequence(st.sampled_from(ranges).map(_one), "(", matrices(depth - 1, newer), ")"),
        _sequence("histogram_quantile", "(", scalar, ",", inner, ")"),
        _sequence("clamp", "(", inner, ",", scalar, ",", scalar, ")"),
        _sequence("label_replace", "(", inner, ',"d","$1","a","(.*)"', ")"),
        _sequence("vector", "(", scalar, ")"),
        _sequence("hour", "(", _maybe(inner), ")"),
    )
    return st.one_of(
        leaf,
        called,
        _aggregated(inner, scalar, newer),
        _operated(inner, scalar, newer),
        _sequence(st.sampled_from(("-", "+")).map(_one), inner),
        _sequence("(", inner, ")"),
    )


def _aggregated(inner: Tokens, scalar: Tokens, newer: bool) -> Tokens:
    clause = _sequence(_word("by", "without"), _listed(_labels(newer)))
    plain = (_word(*AGGREGATIONS), _sequence("(", inner, ")"))
    counted = (_word("topk", "bottomk", "quantile"), _sequence("(", scalar, ",", inner, ")"))
    valued = (_word("count_values"), _sequence("(", '"v"', ",", inner, ")"))
    shapes = [
        shape
        for op, body in (plain, counted, valued)
        for shape in (_sequence(op, body), _sequence(op, clause, body), _sequence(op, body, clause))
    ]
    return st.one_of(shapes)


def _operated(inner: Tokens, scalar: Tokens, newer: bool) -> Tokens:
    on = _sequence(_word("on", "ignoring"), _listed(_labels(newer)))
    group = _sequence(_word("group_left", "group_right"), _listed(_labels(newer)))
    clause: Tokens = st.one_of(st.just([]), on, _sequence(on, group))
    arithmetic = st.sampled_from(ARITHMETIC).map(_one)
    compared = _sequence(st.sampled_from(COMPARISONS).map(_one), _maybe(_word("bool")))
    op = st.one_of(arithmetic, compared)
    return st.one_of(
        _sequence(inner, op, clause, inner),
        _sequence(inner, op, scalar),
        _sequence(scalar, op, inner),
        _sequence(inner, _word(*SETS), _maybe(on), inner),
    )
