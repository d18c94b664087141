"""label_replace and label_join: what the written label can be.

Source: Prometheus documentation, "label_replace()" ("If the regular expression doesn't match then
the timeseries is returned unchanged") and "label_join()"; the engine: a written label that is empty
is removed, a source that is missing is the empty text. The replacement is expanded as Go's
`regexp.Expand` does it: `$name` takes the longest run of letters, digits and underscores, a group
that does not exist is empty, a malformed `$` stands for itself.
"""

from __future__ import annotations

import re
from itertools import product

from giggamon_compiler.promql.labels.branches import Changed, join_facts, open_branch
from giggamon_compiler.promql.labels.patterns import MOST, read_pattern
from giggamon_compiler.promql.labels.result import MISSING, Branch, Fact, Why
from giggamon_compiler.promql.labels.values import ANYTHING, NOTHING, Values, is_odd
from giggamon_compiler.promql.nodes import Call, Expr, ParenExpr, StringLiteral
from giggamon_compiler.promql.regexes import full_match, match_groups

_repeated_group = re.compile(r"\)[*+{]").search

# A piece of a replacement: a text, or a group by number or name.
Piece = str | tuple[int | str]


def replace_label(node: Call, branch: Branch) -> Branch:
    """label_replace(v, target, replacement, source, regex)."""
    texts = [_string(arg) for arg in node.args[1:5]]
    if len(texts) != 4 or None in texts:
        return open_branch()
    target, replacement, source, regex = [text or "" for text in texts]
    why = Why(f"label_replace writes {target}", node.args[1].start, node.args[1].end)

    def law(below: Branch, label: str) -> Fact:
        before = None if label == source else below.fact(label)
        return _replaced(before, below.fact(source), replacement, regex, why)

    return Changed(branch, frozenset([target]), law)


def join_labels(node: Call, branch: Branch) -> Branch:
    """label_join(v, target, separator, source…)."""
    texts = [_string(arg) for arg in node.args[1:]]
    if len(texts) < 2 or None in texts:
        return open_branch()
    target, separator, *sources = [text or "" for text in texts]
    why = Why(f"label_join writes {target}", node.args[1].start, node.args[1].end)

    def law(below: Branch, _label: str) -> Fact:
        return _joined([below.fact(source) for source in sources], separator, why)

    return Changed(branch, frozenset([target]), law)


def _replaced(before: Fact | None, source: Fact, replacement: str, regex: str, why: Why) -> Fact:
    """before: what the written label was; None where it is the source itself."""
    pieces = read_replacement(replacement)
    outcomes: list[Fact] = []
    if source.presence != "certain":
        outcomes += _outcomes_of("", before or MISSING, pieces, regex, why)
    if source.presence != "absent":
        if source.values.finite is not None:
            for value in sorted(source.values.finite):
                was = before or Fact("certain", Values(frozenset([value])), None, source)
                outcomes += _outcomes_of(value, was, pieces, regex, why)
        else:
            was = before or Fact("certain", source.values, None, source)
            outcomes += _outcomes_of_any(source, was, pieces, regex, why)
    return join_facts(outcomes)


def _outcomes_of(value: str, before: Fact, pieces: list[Piece], regex: str, why: Why) -> list[Fact]:
    """What becomes of the label where the source has this value."""
    if is_odd(value):
        return [before, Fact("possible", ANYTHING, why)]
    if value == "" and read_pattern(regex).empty is False:
        return [before]
    if not any(isinstance(piece, tuple) for piece in pieces):
        matches = full_match(regex, value)
        written = _written("".join(map(str, pieces)), why, before)
        return [written] if matches else [before] if matches is False else [before, written]
    if _repeated_group(regex):
        # What a repeated group caught last is not the same in every engine.
        return [before, Fact("possible", ANYTHING, why)]
    groups = match_groups(regex, value)
    if groups is None:
        # No match; or a pattern that cannot be read, which the engine refuses.
        return [before]
    text = "".join(
        piece if isinstance(piece, str) else groups.get(piece[0]) or "" for piece in pieces
    )
    return [_written(text, why, before)]


def _outcomes_of_any(
    source: Fact, before: Fact, pieces: list[Piece], regex: str, why: Why
) -> list[Fact]:
    """What can become of the label where the source has a value that is not known."""
    pattern = read_pattern(regex)
    plain = regex in (".*", ".+", "(.*)", "(.+)")
    whole = (0,) if regex in (".*", ".+") else (1,)
    if plain and pieces in ([whole], [(0,)]):
        # A copy, value for value.
        return [Fact("certain", source.values, why, source)]
    texts = [piece for piece in pieces if isinstance(piece, str)]
    if len(texts) == len(pieces):
        written = _written("".join(texts), why, before)
    elif texts:
        prefix = pieces[0] if isinstance(pieces[0], str) else ""
        suffix = pieces[-1] if isinstance(pieces[-1], str) else ""
        written = Fact("certain", Values(prefix=prefix, suffix=suffix), why)
    else:
        written = Fact("possible", ANYTHING, why)
    return [written] if pattern.everything else [written, before]


def _written(text: str, why: Why, before: Fact) -> Fact:
    if text:
        return Fact("certain", Values(frozenset([text])), why)
    return Fact("absent", NOTHING, why, before)


def _joined(sources: list[Fact], separator: str, why: Why) -> Fact:
    if len(sources) == 1:
        one = sources[0]
        return Fact(one.presence, one.values, why, one)
    filled = separator if len(sources) > 1 else ""
    present = bool(filled) or any(fact.presence == "certain" for fact in sources)
    if not present and all(fact.presence == "absent" for fact in sources):
        return Fact("absent", NOTHING, why)
    return Fact("certain" if present else "possible", _joined_values(sources, separator), why)


def _joined_values(sources: list[Fact], separator: str) -> Values:
    choices = []
    many = 1
    for fact in sources:
        if fact.presence != "absent" and fact.values.finite is None:
            return ANYTHING
        values = set() if fact.presence == "certain" else {""}
        values |= fact.values.finite or set()
        choices.append(sorted(values))
        many *= len(values)
        if many > MOST:
            return ANYTHING
    return Values(frozenset(separator.join(one) for one in product(*choices)) - {""})


def read_replacement(text: str) -> list[Piece]:
    """The pieces of a replacement, texts joined: "a$1" is ["a", (1,)]."""
    pieces: list[Piece] = []
    literal = ""
    while text:
        before, dollar, text = text.partition("$")
        literal += before
        if not dollar:
            break
        if text.startswith("$"):
            literal += "$"
            text = text[1:]
            continue
        name, length = _read_name(text)
        if not length:
            literal += "$"
            continue
        if literal:
            pieces.append(literal)
            literal = ""
        pieces.append((_number(name),))
        text = text[length:]
    return [*pieces, literal] if literal else pieces


def _read_name(text: str) -> tuple[str, int]:
    """The name of a group that follows `$`, and how much of the text it takes; 0: malformed."""
    brace = text.startswith("{")
    start = end = 1 if brace else 0
    while end < len(text) and (text[end].isalpha() or text[end] == "_" or text[end].isdecimal()):
        end += 1
    if end == start or (brace and text[end : end + 1] != "}"):
        return "", 0
    return text[start:end], end + 1 if brace else end


def _number(name: str) -> int | str:
    if name.isascii() and name.isdigit() and (name == "0" or name[0] != "0") and len(name) < 9:
        return int(name)
    return name


def _string(expr: Expr) -> str | None:
    while isinstance(expr, ParenExpr):
        expr = expr.expr
    return expr.value if isinstance(expr, StringLiteral) else None
