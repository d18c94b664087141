"""A Go template cut into tokens, by the rules of text/template's lexer.

Inside an action blanks are tokens, because they part operands; trim markers and comments are none.
The first error is the last token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final, NamedTuple

KEYWORDS: Final = frozenset(
    (
        "block",
        "break",
        "continue",
        "define",
        "else",
        "end",
        "if",
        "nil",
        "range",
        "template",
        "with",
    )
)

_BLANKS: Final = " \t\r\n"
_INSIDE = re.compile(
    r"""(?P<close>(?:[ \t\r\n]-)?\}\})
    |(?P<space>[ \t\r\n]+?(?=[^ \t\r\n]|[ \t\r\n]-\}\}|\Z))
    |(?P<field>\.(?![0-9])\w*)
    |(?P<variable>\$\w*)
    |(?P<number>(?=[0-9+-]|\.[0-9]))
    |(?P<word>\w+)
    |(?P<string>"(?:[^"\\\n]|\\[^\n])*"|`[^`]*`)
    |(?P<character>'(?:[^'\\\n]|\\[^\n])*')
    |(?P<declare>:=)
    |(?P<open>\()
    |(?P<shut>\))
    |(?P<pipe>\|)
    |(?P<assign>=)
    |(?P<sign>[!-~])""",
    re.VERBOSE,
)
_NUMBER = re.compile(
    r"""[+-]?(?>0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?
    |0[oO][0-7_]*(?:\.[0-7_]*)?
    |0[bB][01_]*(?:\.[01_]*)?
    |[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?""",
    re.VERBOSE,
)
_AFTER_NAME: Final = frozenset(" \t\r\n.,|:)(")


class Token(NamedTuple):
    """A token with its span.

    kind: "text", "left" and "close" (the delimiters), a keyword, "field" (with its dot), "dot",
    "variable", "word", "bool", "number", "string", "character", "declare", "assign", "pipe",
    "open" and "shut" (parentheses), "space", "sign", "error" (text: what is wrong), "end of text"
    """

    kind: str
    start: int
    end: int
    text: str
    help: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end


# Most tokens are made without asking for what they are called.
_token = partial(tuple.__new__, Token)


def cut(text: str) -> Iterator[list[Token]]:
    """The tokens up to the first error or the end of the text, which is a token as well.

    They come action by action, each with the text before it.
    """
    at = 0
    while (left := text.find("{{", at)) >= 0:
        trims = text[left + 2 : left + 3] == "-" and text[left + 3 : left + 4] in _BLANKS
        trims = trims and left + 3 < len(text)
        stop = at + len(text[at:left].rstrip(_BLANKS)) if trims else left
        tokens: list[Token] = []
        if stop > at:
            tokens.append(Token("text", at, stop, text[at:stop]))
        inside = left + 4 if trims else left + 2
        if text.startswith("/*", inside):
            at = _skip_comment(text, left, inside, tokens)
        else:
            tokens.append(Token("left", left, inside, text[left:inside]))
            at = _cut_action(text, left, inside, tokens)
        if tokens:
            yield tokens
        if at < 0:
            return
    if at < len(text):
        yield [Token("text", at, len(text), text[at:])]
    yield [Token("end of text", len(text), len(text), "")]


def _skip_comment(text: str, left: int, inside: int, tokens: list[Token]) -> int:
    end = text.find("*/", inside + 2)
    if end < 0:
        tokens.append(
            Token("error", left, inside + 2, "the comment is not closed: */}} is missing")
        )
        return -1
    found = _INSIDE.match(text, end + 2)
    if found is None or found.lastgroup != "close":
        message = "a comment fills its action: }} has to follow */ at once"
        tokens.append(Token("error", left, end + 2, message))
        return -1
    return _after_close(text, found)


def _after_close(text: str, close: re.Match[str]) -> int:
    at = close.end()
    if close.end() - close.start() == 2:
        return at
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    return at


def _cut_action(text: str, left: int, at: int, tokens: list[Token]) -> int:
    """Cut up to the end of an action; where the text goes on, or -1 after an error."""
    opened: list[int] = []
    while True:
        found = _INSIDE.match(text, at)
        if found is None:
            tokens.append(_fault(text, left, at))
            return -1
        kind, end = str(found.lastgroup), found.end()
        if kind == "number":
            end, fault = _cut_number(text, at)
        elif kind in ("word", "field", "variable"):
            kind, fault = _name_kind(kind, text, at, end)
        else:
            fault = _parenthesis_fault(kind, at, opened)
        if fault:
            tokens.append(fault)
            return -1
        tokens.append(_token((kind, at, end, text[at:end], "")))
        if kind == "close":
            return _after_close(text, found)
        at = end


def _parenthesis_fault(kind: str, at: int, opened: list[int]) -> Token | None:
    if kind == "open":
        opened.append(at)
    elif kind == "shut":
        if not opened:
            return Token("error", at, at + 1, "this parenthesis closes nothing")
        opened.pop()
    elif kind == "close" and opened:
        return Token("error", opened[-1], opened[-1] + 1, "this parenthesis is not closed")
    return None


def _name_kind(kind: str, text: str, start: int, end: int) -> tuple[str, Token | None]:
    word = text[start:end]
    if not word.isascii():
        for at, character in enumerate(word[1:] if kind != "word" else word):
            if not (character.isalpha() or character.isdecimal() or character == "_"):
                end = start + at + (kind != "word")
                break
    if end < len(text) and text[end] not in _AFTER_NAME and not text.startswith("}}", end):
        message = f"{text[end]} cannot stand in or after a name"
        return kind, Token("error", end, end + 1, message, _after_name(text, start, end))
    if kind == "word":
        if word in KEYWORDS:
            return word, None
        return ("bool" if word in ("true", "false") else "word"), None
    return ("dot" if word == "." else kind), None


def _after_name(text: str, start: int, end: int) -> str:
    if text[end] == "}":
        return "an action ends with }}"
    before = text[:start].rpartition("{{")[2].split()
    owner = before[-1] if before and text[start] == "." and text[start - 1] not in _BLANKS else "."
    rest = re.compile(r"[\w.:/-]*").match(text, end)
    if text[start] == "." and text[end] in "-:/" and rest:
        return f'such a label is read with {{{{ index {owner} "{text[start + 1 : rest.end()]}" }}}}'
    if text[end] == "[":
        return f'an entry is read with {{{{ index {text[start:end]} "name" }}}}'
    return "put a blank between them" if text[end] in "\"'`$" else ""


def _cut_number(text: str, start: int) -> tuple[int, Token | None]:
    end = _number_end(text, start)
    if end >= 0 and text[end : end + 1] in ("+", "-"):
        end = _number_end(text, end)
        if end >= 0 and text[end - 1] != "i":
            end = -1
    if end < 0:
        found = re.compile(r"[\w.+-]+").match(text, start)
        stop = found.end() if found else start + 1
        return stop, Token("error", start, stop, f"{text[start:stop]} is no number")
    return end, None


def _number_end(text: str, start: int) -> int:
    found = _NUMBER.match(text, start)
    end = found.end() if found else start
    follower = text[end : end + 1]
    if follower and (follower.isalpha() or follower.isdecimal() or follower == "_"):
        return -1
    return end


def _fault(text: str, left: int, at: int) -> Token:
    if at >= len(text):
        return Token("error", left, left + 2, "the action is not closed: }} is missing")
    character = text[at]
    if character in "\"'`":
        stop = text.find("\n", at) if character != "`" else -1
        stop = len(text) if stop < 0 else stop
        return Token("error", at, stop, f"{character} is opened and not closed")
    message = f"{character!r} cannot stand in an action"
    if character in "“”„‘’":
        message += ': text stands in "straight" quotes'
    return Token("error", at, at + 1, message)
