"""Where the panels of a board go in Grafana's grid of 24 columns.

Grafana pushes every panel upwards until it meets another one. So the panels of a line all have one
height and fill the line: nothing overlaps, hangs over the edge, or moves when the board loads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

COLUMNS = 24
HEADER = 1  # the height of a row's title


@dataclass(frozen=True, slots=True)
class Box:
    """What a panel needs: columns, from `least` up to `most` as long as others can grow; height."""

    least: int
    most: int
    height: int


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a panel goes: its left column and top, its width and height."""

    x: int
    y: int
    width: int
    height: int


def arrange(boxes: Sequence[Box], top: int) -> tuple[Slot, ...]:
    """Put boxes into as few lines as they fit in, in their order, each line full."""
    slots: list[Slot] = []
    for line in break_lines([min(box.least, COLUMNS) for box in boxes]):
        members = [boxes[index] for index in line]
        height = max(box.height for box in members)
        left = 0
        for width in share_columns(members):
            slots.append(Slot(left, top, width, height))
            left += width
        top += height
    return tuple(slots)


def break_lines(widths: Sequence[int]) -> list[range]:
    """Split widths into as few lines as possible, and among those evenly.

    Even means the smallest sum of squared free columns: four panels of 8 make two lines of two.
    """
    best: list[tuple[int, int, int]] = [(0, 0, 0)]  # lines, squared free columns, first of the last
    for end in range(1, len(widths) + 1):
        choices = []
        used = 0
        for start in range(end - 1, -1, -1):
            used += widths[start]
            if used > COLUMNS:
                break
            lines, free, _ = best[start]
            choices.append((lines + 1, free + (COLUMNS - used) ** 2, start))
        best.append(min(choices, key=lambda choice: choice[:2]))
    lines_found = []
    end = len(widths)
    while end > 0:
        start = best[end][2]
        lines_found.append(range(start, end))
        end = start
    return lines_found[::-1]


def share_columns(boxes: Sequence[Box]) -> list[int]:
    """The widths of the boxes of one line: the least of each, the rest one column each in turn.

    Who has the most leaves the round; when all have, the round goes on until the line is full.
    """
    widths = [min(box.least, COLUMNS) for box in boxes]
    while (free := COLUMNS - sum(widths)) > 0:
        growing = [i for i, box in enumerate(boxes) if widths[i] < box.most] or range(len(boxes))
        for index in growing[:free]:
            widths[index] += 1
    return widths
