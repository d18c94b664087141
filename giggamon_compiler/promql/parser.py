"""From text to tree: PromQL as Prometheus 2.42 and 3.5 read it, the union of the two.

Operators are read by precedence with a stack of their own, so that a long chain needs no deep
call stack; only brackets nest calls. Each pattern recognises as much at a time as people write
in one piece (a name with its bracket, a matcher with its comma, a whole range), since what
costs in Python is the number of steps. What these patterns do not know is rare or wrong, and is
read by `modifiers`, which may take its time, or told by `slips`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal, cast

from giggamon_compiler.promql import clauses, duration_slips, modifiers, slips
from giggamon_compiler.promql.language import AGGREGATIONS, KEYWORDS, NO_METRIC
from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    BinaryExpr,
    Call,
    Comment,
    Duration,
    Expr,
    Grouping,
    Matching,
    MatrixSelector,
    NumberLiteral,
    ParenExpr,
    Parsed,
    StringLiteral,
    UnaryExpr,
    VectorSelector,
    maker,
)
from giggamon_compiler.promql.tokens import (
    BLANK,
    END,
    NAME,
    NUMBER,
    SPACE,
    STRING,
    duration,
    number,
)
from giggamon_compiler.promql.unreadable import Unreadable, check_bounds, check_operators

# Makers of nodes: called as the kinds themselves.
_Parsed = maker(Parsed)
_VectorSelector = maker(VectorSelector)
_MatrixSelector = maker(MatrixSelector)
_Duration = maker(Duration)
_NumberLiteral = maker(NumberLiteral)
_StringLiteral = maker(StringLiteral)
_BinaryExpr = maker(BinaryExpr)
_UnaryExpr = maker(UnaryExpr)
_Call = maker(Call)
_AggregateExpr = maker(AggregateExpr)
_ParenExpr = maker(ParenExpr)

# What begins an operand; the number of the group tells which.
_operand = re.compile(
    rf"""{SPACE}(?:
        ({NAME}){SPACE}(?:(\()|(\{{))?
      | ({NUMBER})
      | (\()
      | ([-+])
      | ({STRING})
      | (\{{)
      | ([0-9.])
    )""",
    re.VERBOSE,
).match
_NAME, _CALL, _SELECTOR, _NUMBER, _PAREN, _SIGN, _STRING, _BRACE, _DIGIT = range(1, 10)

# What follows an operand.
_tail = re.compile(
    rf"""{SPACE}(?:
        (\[{BLANK}([0-9][0-9smhdwy]*+){SPACE}\])
      | ([),])
      | (\Z)
      | ([-+*/%^]|[=!<>]=|[<>]|(?i:and|or|unless|atan2){END})
        (?:{SPACE}((?i:bool|on|ignoring)){END})?+
      | (\[|@|(?i:offset){END})
    )""",
    re.VERBOSE,
).match
_RANGE, _LENGTH, _CLOSING, _OVER, _OPERATOR, _MODIFIED, _POSTFIX = range(1, 8)

_grouping = re.compile(rf"{SPACE}((?i:by|without)){END}").match
_bracket = re.compile(rf"{SPACE}\(").match
_empty = re.compile(rf"{SPACE}\)").match
_comment = re.compile(rf"{STRING}|(#[^\r\n]*+)").finditer

# Operator → how tightly it holds once read, and how tightly what stands before it must hold to
# be its left side. `^` holds to the right: what stands before it must hold tighter than itself.
_BINDING: Final = {
    "or": (1, 1),
    "and": (2, 2),
    "unless": (2, 2),
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), (3, 3)),
    **dict.fromkeys("+-", (4, 4)),
    **dict.fromkeys(("*", "/", "%", "atan2"), (5, 5)),
    "^": (7, 8),
}
_UNARY: Final = 6  # -a * b is (-a) * b, -a ^ b is -(a ^ b)

_WORDS: Final = KEYWORDS | AGGREGATIONS.keys()
_SETS: Final = {"and", "or", "unless"}
_INFINITE: Final = float("inf")

_Operator = tuple[int, str, int, bool, Matching | None]  # binding, op, its place, bool, matching
_Read = tuple[Expr, re.Match[str]]  # an expression, and what ends it


def parse(text: str) -> Parsed:
    """The tree of an expression, or the problem for which there is none; never raises."""
    comments = _comments(text) if "#" in text else ()
    try:
        check_bounds(text)
        tree, closing = _expression(text, 0)
        if closing.lastindex != _OVER:
            slips.fail_stray(text, closing.start(_CLOSING))
    except Unreadable as unreadable:
        return Parsed(text, None, comments, unreadable.problem)
    return _Parsed(text, tree, comments, None)


def _comments(text: str) -> tuple[Comment, ...]:
    return tuple(
        Comment(match.start(1), match.end(1), match[1]) for match in _comment(text) if match[1]
    )


def _expression(text: str, position: int) -> _Read:
    """The expression at a position, up to the bracket, comma or end that ends it."""
    operands: list[Expr] = []
    operators: list[_Operator] = []
    while True:
        begin = _operand(text, position)
        if begin is None:
            slips.fail_operand(text, position)
        kind = begin.lastindex or 0
        if kind == _SIGN:
            operators.append((_UNARY, begin[_SIGN], begin.start(_SIGN), False, None))
            check_operators(len(operators), begin.start(_SIGN), begin.end())
            position = begin.end()
            continue
        node = _OPERANDS[kind](text, begin)
        tail = _tail(text, node.end)
        while tail is not None and (tail.lastindex == _RANGE or tail.lastindex == _POSTFIX):
            node = _modified(text, node, tail)
            tail = _tail(text, node.end)
        if tail is None:
            slips.fail_tail(text, node.end)
        kind = tail.lastindex or 0
        if kind < _OPERATOR:
            if not operators:
                return node, tail
            operands.append(node)
            while operators:
                _reduce(operands, operators)
            return operands[0], tail
        operands.append(node)
        op = tail[_OPERATOR]
        binding, left = _BINDING.get(op) or _BINDING[op := op.lower()]
        while operators and operators[-1][0] >= left:
            _reduce(operands, operators)
        if kind == _OPERATOR:
            operators.append((binding, op, tail.start(_OPERATOR), False, None))
            position = tail.end()
        else:
            returns_bool, matching, position = clauses.matching(
                text, op, tail[_MODIFIED].lower(), tail.start(_MODIFIED), tail.end()
            )
            operators.append((binding, op, tail.start(_OPERATOR), returns_bool, matching))


def _reduce(operands: list[Expr], operators: list[_Operator]) -> None:
    """Make one node of the last operator and its operands."""
    binding, op, start, returns_bool, matching = operators.pop()
    right = operands.pop()
    if binding != _UNARY:
        left = operands.pop()
        node: Expr = _BinaryExpr(
            left.start, right.end, op, start, left, right, returns_bool, matching
        )
    elif type(right) is NumberLiteral:
        node = _NumberLiteral(start, right.end, -right.value if op == "-" else right.value)
    else:
        node = _UnaryExpr(start, right.end, cast("Literal['+', '-']", op), right)
    operands.append(node)


# What begins with a name, a bracket, a quote or a digit.


def _name(text: str, begin: re.Match[str]) -> Expr:
    name, (start, end) = begin[_NAME], begin.span(_NAME)
    word = name.lower()
    if word in _WORDS:
        if word in AGGREGATIONS and (clause := _grouping(text, end)):
            return _aggregation(text, start, name, *clauses.grouping(text, clause))
        if word in NO_METRIC:
            if (value := number(word)) is not None:
                return _NumberLiteral(start, end, value)
            slips.fail_keyword(text, start, end)
    return _VectorSelector(start, end, name, (), None, None, False, end)


def _call(text: str, begin: re.Match[str]) -> Expr:
    name, start = begin[_NAME], begin.start(_NAME)
    if (word := name.lower()) in _WORDS:
        if word in AGGREGATIONS:
            return _aggregation(text, start, name, None, begin.end(_NAME))
        slips.fail_call(text, start, name)
    if ":" in name:
        slips.fail_call(text, start, name)
    args, end = _arguments(text, begin.end())
    return _Call(start, end, name, args)


def _selector(text: str, begin: re.Match[str]) -> Expr:
    name, start = begin[_NAME], begin.start(_NAME)
    if name.lower() in NO_METRIC:
        slips.fail_keyword(text, start, begin.end(_NAME))
    matchers, quoted, end = clauses.matchers(text, begin.end())
    if quoted is not None:
        slips.fail_two_names(name, quoted)
    return _VectorSelector(start, end, name, matchers, None, None, False, end)


def _nameless(text: str, begin: re.Match[str]) -> Expr:
    start = begin.start(_BRACE)
    matchers, quoted, end = clauses.matchers(text, begin.end())
    name = quoted.value if quoted is not None else None
    return _VectorSelector(start, end, name, matchers, None, None, quoted is not None, end)


def _number(text: str, begin: re.Match[str]) -> Expr:
    value = float(begin[_NUMBER])
    if value == _INFINITE:
        duration_slips.fail_number(text, begin.start(_NUMBER), begin.end())
    return _NumberLiteral(begin.start(_NUMBER), begin.end(), value)


def _parentheses(text: str, begin: re.Match[str]) -> Expr:
    start = begin.start(_PAREN)
    inner, closing = _expression(text, begin.end())
    if closing[_CLOSING] != ")":
        slips.fail_unclosed(text, start, closing.start(closing.lastindex or 0))
    return _ParenExpr(start, closing.end(), inner)


def _string(text: str, begin: re.Match[str]) -> Expr:
    start, end = begin.span(_STRING)
    return _StringLiteral(start, end, modifiers.string(text, start, end))


def _digit(text: str, begin: re.Match[str]) -> Expr:
    return modifiers.number_literal(text, begin.start(_DIGIT))


_OPERANDS: Final[dict[int, Callable[[str, re.Match[str]], Expr]]] = {
    _NAME: _name,
    _CALL: _call,
    _SELECTOR: _selector,
    _NUMBER: _number,
    _PAREN: _parentheses,
    _STRING: _string,
    _BRACE: _nameless,
    _DIGIT: _digit,
}


def _arguments(text: str, position: int) -> tuple[tuple[Expr, ...], int]:
    """What stands in the brackets of a call, and where they end; position: after `(`."""
    if empty := _empty(text, position):
        return (), empty.end()
    args = []
    opening = position - 1
    while True:
        arg, closing = _expression(text, position)
        args.append(arg)
        position = closing.end()
        sign = closing[_CLOSING]
        if sign == ")":
            return tuple(args), position
        if sign is None:
            slips.fail_unclosed(text, opening, position)
        if empty := _empty(text, position):
            slips.fail_trailing_comma(closing.start(_CLOSING))


def _aggregation(
    text: str, start: int, name: str, grouping: Grouping | None, position: int
) -> Expr:
    """An aggregation; position: where its opening bracket is expected."""
    bracket = _bracket(text, position)
    if bracket is None:
        slips.fail_operand_of(text, name, position)
    args, end = _arguments(text, bracket.end())
    if grouping is None and (word := _grouping(text, end)):
        grouping, end = clauses.grouping(text, word)
    op = name.lower()
    wanted = 1 if AGGREGATIONS[op].param is None else 2
    if len(args) != wanted:
        slips.fail_aggregation(start, end, op, args)
    return _AggregateExpr(start, end, op, args[-1], args[0] if wanted == 2 else None, grouping)


def _modified(text: str, node: Expr, tail: re.Match[str]) -> Expr:
    """A selector with its range; all else that may follow an operand is rarer."""
    if (
        tail.lastindex == _RANGE
        and type(node) is VectorSelector
        and node.offset is None
        and node.at is None
    ):
        length = duration(tail[_LENGTH])
        if length:
            start, end = tail.span(_LENGTH)
            return _MatrixSelector(
                node.start, tail.end(), node, _Duration(start, end, length, tail[_LENGTH])
            )
    return modifiers.modified(text, node, tail.start(tail.lastindex or 0))
