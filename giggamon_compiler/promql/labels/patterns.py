"""Reading a regex just far enough to know its words: all of them, or how each begins and ends.

Prometheus matches a regex against the whole value. What is read here is the common part of RE2's
syntax: literals, `.`, classes, groups, `|` and repetition. A pattern with anything else (flags,
boundaries, Unicode classes) is not read: nothing is said of its words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# More words are no help to a reader.
MOST = 64
DEEPEST = 20
PUNCTUATION = frozenset("\\.+*?()|[]{}^$-/!#%&,:;<=>@_`~\"' ")
CLASSES = frozenset("dDwWsS")


@dataclass(frozen=True, slots=True)
class Pattern:
    """The words of a regex.

    words: all of them, the empty one too if it is one; None where they are too many or unknown
    prefix, suffix: how each word begins and ends
    empty: whether the empty text matches; None where the pattern could not be read
    everything: whether every non-empty word matches (line breaks aside)
    """

    words: frozenset[str] | None
    prefix: str = ""
    suffix: str = ""
    empty: bool | None = None
    everything: bool = False


UNREAD = Pattern(None)


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of an alternative; any: it is `.*` or `.+`."""

    words: frozenset[str] | None
    empty: bool
    any: bool = False


class _UnreadError(Exception):
    """The pattern has something that is not read here."""


@lru_cache(maxsize=4096)
def read_pattern(pattern: str) -> Pattern:
    """What is known of the words that a regex matches as a whole."""
    try:
        alternatives, end = _read_alternatives(pattern, 0, 0)
    except _UnreadError:
        return UNREAD
    if end != len(pattern):
        return UNREAD
    empty = any(all(part.empty for part in parts) for parts in alternatives)
    words = _union([_product(parts) for parts in alternatives])
    if words is not None:
        return Pattern(words, empty="" in words)
    return Pattern(
        None,
        common_prefix(_first(parts) for parts in alternatives),
        common_prefix(_last(parts)[::-1] for parts in alternatives)[::-1],
        empty,
        any(len(parts) == 1 and parts[0].any for parts in alternatives),
    )


def _read_alternatives(text: str, at: int, depth: int) -> tuple[list[list[_Part]], int]:
    """Up to the end of the text or the parenthesis that closes it."""
    if depth > DEEPEST:
        raise _UnreadError
    alternatives = []
    while True:
        parts, at = _read_alternative(text, at, depth)
        alternatives.append(parts)
        if at == len(text) or text[at] == ")":
            return alternatives, at
        at += 1


def _read_alternative(text: str, at: int, depth: int) -> tuple[list[_Part], int]:
    parts: list[_Part] = []
    if depth == 0 and text[at : at + 1] == "^":
        at += 1
    while at < len(text) and text[at] not in "|)":
        # Against the whole value an anchor at either end says nothing.
        if depth == 0 and text[at] == "$" and text[at + 1 : at + 2] in ("", "|"):
            at += 1
            continue
        part, at = _read_atom(text, at, depth)
        if at < len(text) and text[at] in "*+?{":
            part, at = _read_repetition(part, text, at)
        parts.append(part)
    return parts, at


def _read_atom(text: str, at: int, depth: int) -> tuple[_Part, int]:
    char = text[at]
    if char == "(":
        return _read_group(text, at, depth)
    if char == "[":
        return _read_class(text, at)
    if char == "\\":
        escaped = text[at + 1 : at + 2]
        if escaped in CLASSES and escaped:
            return _Part(None, empty=False), at + 2
        if escaped in PUNCTUATION and escaped:
            return _Part(frozenset([escaped]), empty=False), at + 2
        raise _UnreadError
    if char == ".":
        return _Part(None, empty=False), at + 1
    if char in "^$*+?{":
        raise _UnreadError
    return _Part(frozenset([char]), empty=False), at + 1


def _read_group(text: str, at: int, depth: int) -> tuple[_Part, int]:
    at += 1
    if text[at : at + 1] == "?":
        if text[at : at + 2] != "?:":
            raise _UnreadError
        at += 2
    alternatives, at = _read_alternatives(text, at, depth + 1)
    if at == len(text):
        raise _UnreadError
    words = _union([_product(parts) for parts in alternatives])
    empty = any(all(part.empty for part in parts) for parts in alternatives)
    anything = any(len(parts) == 1 and parts[0].any for parts in alternatives)
    return _Part(words, empty, anything), at + 1


def _read_class(text: str, at: int) -> tuple[_Part, int]:
    end = text.find("]", at + 2)
    inside = text[at + 1 : end]
    if end < 0 or "[" in inside or "\\" in inside:
        raise _UnreadError
    if inside[0] in "^]":
        # A negated class may begin with its own bracket: "[^]a]".
        if inside[0] == "]" or inside == "^":
            raise _UnreadError
        return _Part(None, empty=False), end + 1
    words = set()
    index = 0
    while index < len(inside):
        if inside[index + 1 : index + 2] == "-" and index + 2 < len(inside):
            first, last = ord(inside[index]), ord(inside[index + 2])
            if not 0 <= last - first < MOST:
                raise _UnreadError
            words |= {chr(code) for code in range(first, last + 1)}
            index += 3
        else:
            words.add(inside[index])
            index += 1
    return _Part(frozenset(words), empty=False), end + 1


def _read_repetition(part: _Part, text: str, at: int) -> tuple[_Part, int]:
    char = text[at]
    if char == "{":
        raise _UnreadError
    # A second question mark makes it lazy: the same words.
    after = at + 2 if text[at + 1 : at + 2] == "?" else at + 1
    if char == "?":
        words = None if part.words is None else part.words | {""}
        return _Part(words, empty=True, any=part.any), after
    anything = part.any or (text[at - 1 : at] == "." and text[at - 2 : at - 1] != "\\")
    return _Part(None, empty=char == "*" or part.empty, any=anything), after


def _product(parts: list[_Part]) -> frozenset[str] | None:
    words = frozenset([""])
    for part in parts:
        if part.words is None or len(words) * len(part.words) > MOST:
            return None
        words = frozenset(head + tail for head in words for tail in part.words)
    return words


def _union(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    found: set[str] = set()
    for words in sets:
        if words is None:
            return None
        found |= words
    return frozenset(found) if len(found) <= MOST else None


def _first(parts: list[_Part]) -> str:
    """How each word of the parts begins, as far as the parts are one text each."""
    found = ""
    for part in parts:
        if part.words is None or len(part.words) != 1:
            break
        found += next(iter(part.words))
    return found


def _last(parts: list[_Part]) -> str:
    found = ""
    for part in reversed(parts):
        if part.words is None or len(part.words) != 1:
            break
        found = next(iter(part.words)) + found
    return found


def common_prefix(texts: Iterable[str]) -> str:
    """The longest text that all begin with; of no text the empty one."""
    ordered = sorted(texts)
    if not ordered:
        return ""
    first, last = ordered[0], ordered[-1]
    length = 0
    while length < len(first) and first[length : length + 1] == last[length : length + 1]:
        length += 1
    return first[:length]
