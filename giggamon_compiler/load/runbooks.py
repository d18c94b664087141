"""Runbooks: Markdown below `runbooks/`, with a heading of the second level for each alert."""

from __future__ import annotations

import re
from collections.abc import Mapping

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)$")
_COMMENT = re.compile(r"<!--.*?-->")
# What stands for a text that is still to be written.
_PLACEHOLDER = re.compile(r"\W*(?:TODO|TBD|FIXME|XXX|tbd|todo)?\W*")


def headings_in(text: str) -> Mapping[str, bool]:
    """The headings `## Name` of a text, and whether anything is said below each of them.

    What stands in a code block or a comment is no heading. Neither headings below it nor comments
    say anything.
    """
    said: dict[str, list[str]] = {}
    lines: list[str] = []
    fence = ""
    commented = False
    for line in text.split("\n"):
        if not fence:
            line, commented = _without_comments(line, commented)
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
        elif mark and not (mark[1][0] == "`" and "`" in mark[2]):
            fence = mark[1]
        elif heading := _HEADING.match(line):
            if len(heading[1]) == 2:
                lines = said.setdefault(heading[2], [])
            elif len(heading[1]) == 1:
                lines = []
            continue
        if not mark:
            lines.append(line)
    return {heading: _says("\n".join(below)) for heading, below in said.items()}


def _without_comments(line: str, commented: bool) -> tuple[str, bool]:
    """A line without what is commented out, and whether the comment goes on after it."""
    if commented:
        _, end, line = line.partition("-->")
        if not end:
            return "", True
    line, begun, _ = _COMMENT.sub("", line).partition("<!--")
    return line, bool(begun)


def _says(text: str) -> bool:
    return any(not _PLACEHOLDER.fullmatch(line) for line in text.split("\n"))
