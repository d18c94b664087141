"""What to write instead of what a YAML reader stumbles over: the slips that people make by hand.

Facts: the messages are those of libyaml, which names what it wanted and not what was meant.
"""

from __future__ import annotations

import re

# Git's markers of a conflict stand at the beginning of a line, the last one below the first.
_CONFLICT = re.compile(r"^<{7} .*$(?=[\s\S]*^>{7} )", re.MULTILINE)
# A line, or the value of a field, that begins with {{.
_TEMPLATE = re.compile(r"\s*(?:- )?(?:[\w\"'-]+:\s*)?\{\{")
_HELM = re.compile(r"\{\{-|\.(?:Values|Release|Chart|Files)\b|\binclude\b")

_FAR, _LINES = 2000, 2

# Each by a part of what is said, the first that fits.
_REMEDIES = (
    ("mapping values", "put the text in quotes where it holds a colon and a blank"),
    ("while scanning a quoted scalar", "close the quote; within single quotes write ' twice"),
    ("unknown escape", "write \\\\ for a backslash, or use single quotes, which know no escapes"),
    ("while parsing a flow", "close the bracket that is open above, or put the text in quotes"),
    ("did not find expected key", "look at the indentation, and at quotes in the text before"),
    ("did not find expected '-'", "indent it as far as what it belongs to"),
    ("comment or line break", "begin the text on the line below"),
    ("control characters", "take the character out"),
    ("could not find expected ':'", "look at the lines above: a text goes on at its indentation"),
)


def conflict_in(text: str) -> tuple[int, int] | None:
    """The characters that begin a merge conflict which nobody has resolved."""
    found = _CONFLICT.search(text)
    return found.span() if found else None


def remedy(message: str, text: str, start: int) -> str:
    """The next step after a message about a character of a text; empty where nobody can say."""
    for line in _lines_before(text, start):
        if _TEMPLATE.match(line):
            if _HELM.search(line):
                return "render the template first: YAML is what comes out of it"
            return "put the text in quotes: YAML reads {{ as the beginning of a mapping"
    char = text[start : start + 1]
    if char == "\t":
        return "indent with blanks: YAML takes no tabs there"
    if "cannot start any token" in message:
        return f"put the text in quotes: no plain one begins with {char}"
    return next((advice for said, advice in _REMEDIES if said in message), "")


def _lines_before(text: str, start: int) -> list[str]:
    """The line of a character, and the one above it, where the reader may have gone astray."""
    line_end = text.find("\n", start)
    before = text[: line_end if line_end >= 0 else len(text)]
    return before[max(0, len(before) - _FAR) :].split("\n")[: -_LINES - 1 : -1]
