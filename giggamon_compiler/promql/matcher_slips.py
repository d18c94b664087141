"""Why matchers, lists of labels and strings cannot be read."""

from __future__ import annotations

import re
from typing import NoReturn

from giggamon_compiler.promql.language import NO_LABEL
from giggamon_compiler.promql.unreadable import Word, fail, fail_common, short

_escape = re.compile(
    r"\\(?:[abfnrtv\\]|[0-3][0-7]{2}|x[0-9a-fA-F]{2}|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}"
    r"|U(?:000[0-9a-fA-F]|0010)(?<!0000)[0-9a-fA-F]{4}|U0000(?![dD][89a-fA-F])[0-9a-fA-F]{4})"
)
_sequence = re.compile(r"\\(?:[0-7]{1,3}|x[0-9a-fA-F]{0,2}|u[0-9a-fA-F]{0,4}|U[0-9a-fA-F]{0,8}|.)")
_odd_name = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*(?:[-.:/][a-zA-Z0-9_]+)+").match
_MATCHES = ("=", "!=", "=~", "!~")


def fail_matcher(text: str, position: int) -> NoReturn:
    """Something in braces is no matcher."""
    name = Word(text, position)
    fail_common(text, name)
    if name.kind == "end":
        fail(name.start, name.end, "} is missing at the end", "write } after the last matcher")
    if name.said == "{" and position == name.start and text[position - 1] == "{":
        advice = "write the value, or render the template first where a tool makes this text"
        fail(position - 1, name.end, "{{ begins a template, and an expression has none", advice)
    if name.said in (")", "[", "]", "(", "{"):
        fail(name.start, name.end, f"}} is missing before {name.said}", f"write }}{name.said}")
    if name.said == ",":
        fail(name.start, name.end, ", has no matcher before it", "leave one comma out")
    if name.kind not in ("name", "string") or (name.kind == "name" and ":" in name.said):
        if ":" in name.said:
            fail(name.start, name.end, f"{name.said} is no label's name", "labels have no colon")
        advice = 'write a label, an operator and a text: job="api"'
        fail(name.start, name.end, f"{short(name.said)} is no label's name", advice)
    op = Word(text, name.end)
    if op.said not in _MATCHES:
        _fail_operator(text, name, op)
    value = Word(text, op.end)
    if value.kind != "string":
        _fail_value(text, name, op, value)
    _fail_after(text, value)


def _fail_operator(text: str, name: Word, op: Word) -> NoReturn:
    """After a label's name stands no operator of matchers."""
    said = short(name.said, 30)
    if op.said in ("==", "===", "!==", "=!", "~=", "~"):
        right = {"==": "=", "===": "=", "!==": "!=", "=!": "!=", "~=": "=~", "~": "=~"}[op.said]
        message = f"{op.said} is no operator between a label and its value"
        fail(op.start, op.end, message, f'write {said}{right}"…"')
    odd = _odd_name(text, name.start)
    if name.kind == "name" and odd and odd.end() > name.end:
        advice = f'write "{odd[0]}" in quotes, which Prometheus reads since 3.0'
        fail(odd.start(), odd.end(), f"{odd[0]} is no plain name of a label", advice)
    if op.said in ("<", ">", "<=", ">="):
        message = f"{op.said} compares numbers, and a label's value is a text"
        fail(op.start, op.end, message, f'write a pattern: {said}=~"5.."')
    if op.kind == "string":
        message = f"{said} and its value have no operator between them"
        fail(op.start, op.end, message, f"write {said}={short(op.said, 30)}")
    fail_common(text, op)
    if name.kind == "name" and op.said in ("}", ",", ""):
        message = f"{said} has no value to match"
        fail(name.start, name.end, message, f'write {said}="…", or {said}!="" for any value')
    listed = op.said.lower() in ("in", "like", "matches", "regex")
    advice = f'write {said}=~"a|b"' if listed else f'write {said}="…"'
    fail(op.start, op.end, f"{short(op.said)} is no operator between a label and its value", advice)


def _fail_value(text: str, name: Word, op: Word, value: Word) -> NoReturn:
    """A label's value is no string."""
    start = f"{short(name.said, 30)}{op.said}"
    if value.said.startswith("=") or value.said == "~":
        said = text[op.start : value.end]
        right = "=~" if "~" in said else "!=" if "!" in said else "="
        message = f"{said} is no operator between a label and its value"
        fail(op.start, value.end, message, f'write {short(name.said, 30)}{right}"…"')
    fail_common(text, value)
    if value.kind in ("name", "number"):
        end = value.end
        if more := re.compile(r"[^\s,}\"'`{}()=]*").match(text, end):
            end = more.end()
        said = text[value.start : end]
        advice = f'write {start}"{short(said)}"'
        fail(value.start, end, f"{short(said)} is a label's value without quotes", advice)
    advice = f'write {start}"…"'
    fail(value.start, value.end, f"{start} has no value in quotes after it", advice)


def _fail_after(text: str, value: Word) -> NoReturn:
    """After a matcher stands neither a comma nor the end."""
    word = Word(text, value.end)
    fail_common(text, word)
    if word.kind == "end":
        fail(word.start, word.end, "} is missing at the end", f"write {short(value.said, 30)}}}")
    if word.said in (")", "[", "]", "("):
        advice = f"write {short(value.said, 30)}}}{word.said}"
        fail(word.start, word.end, f"}} is missing before {word.said}", advice)
    if word.said.lower() in ("or", "and") and Word(text, word.end).kind == "name":
        message = f"{word.said} between matchers is not PromQL"
        advice = "write a comma, which means and"
        if word.said.lower() == "or":
            advice = 'write one pattern, job=~"a|b", or two selectors with or between them'
        fail(word.start, word.end, message, advice)
    message = f"{short(word.said, 30)} follows {short(value.said, 30)} without a comma"
    fail(word.start, word.end, message, f"write a comma before {short(word.said, 30)}")


def fail_labels(text: str, position: int) -> NoReturn:
    """Something in a list of labels is no label."""
    word = Word(text, position)
    fail_common(text, word)
    if word.kind == "end":
        fail(word.start, word.end, ") is missing after the labels", "write ) after the last one")
    if word.said == ",":
        fail(word.start, word.end, ", has no label before it", "leave one comma out")
    if word.kind == "name" and word.said.lower() in NO_LABEL:
        fail(word.start, word.end, f"{word.said} names no label in a list", f'write "{word.said}"')
    if word.kind == "string":
        advice = "write a label's name"
        if Word(text, word.end).said in (",", ")"):
            fail(word.start, word.end, f"{word.said} is no label's name", advice)
    if word.kind not in ("name", "string"):
        advice = "write names of labels with commas between them: (job, instance)"
        fail(word.start, word.end, f"{short(word.said)} is no label's name", advice)
    after = Word(text, word.end)
    fail_common(text, after)
    if after.kind == "end":
        fail(after.start, after.end, ") is missing after the labels", f"write {word.said})")
    if after.kind in ("name", "string"):
        message = f"{short(after.said, 30)} follows {word.said} without a comma"
        fail(after.start, after.end, message, f"write {word.said}, {short(after.said, 30)}")
    odd = _odd_name(text, word.start)
    if odd and odd.end() > word.end:
        advice = f'write "{odd[0]}" in quotes, which Prometheus reads since 3.0'
        fail(odd.start(), odd.end(), f"{odd[0]} is no plain name of a label", advice)
    message = f"{short(after.said)} has no place in a list of labels"
    advice = "write names only: (job, instance); values are matched in braces"
    fail(after.start, after.end, message, advice)


def fail_list(text: str, position: int, word: str) -> NoReturn:
    """After `by`, `on` and the like no bracket opens."""
    found = Word(text, position)
    fail_common(text, found)
    name = found.said if found.kind == "name" else "job"
    message = f"{word} needs its labels in brackets"
    fail(found.start, found.end, message, f"write {word} ({name})")


def fail_escape(text: str, start: int, end: int) -> NoReturn:
    """A string holds a backslash that means nothing to PromQL."""
    quote = text[start]
    place = start + 1
    while (place := text.find("\\", place, end)) >= 0:
        good = _escape.match(text, place, end)
        if good or text[place + 1] == quote:
            place = good.end() if good else place + 2
            continue
        match = _sequence.match(text, place, end)
        stop = match.end() if match else place + 1
        said = text[place:stop]
        advice = f"write \\{said}, or put the whole text in `…`, which knows no escapes"
        if said[1:2] in ("'", '"'):
            advice = f"write {said[1]} without a backslash, since the string is in {quote}"
        elif said[1:2] in "xuU01234567":
            advice = "write \\xNN, \\NNN (octal), \\uNNNN or \\UNNNNNNNN of a valid character"
        fail(place, stop, f"{said} is no escape of PromQL", advice)
    fail(start, end, f"{short(text[start:end])} holds an escape that PromQL does not know")
