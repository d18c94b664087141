"""The layout engine keeps Grafana's rules for any panels."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giggamon_compiler.lower.layout import COLUMNS, Box, arrange, break_lines

# A slow machine is no failure.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

STAT, SERIES = Box(4, 6, 4), Box(8, 24, 8)

boxes = st.lists(
    st.one_of(
        st.sampled_from([STAT, SERIES]),
        st.builds(
            lambda least, more, height: Box(least, least + more, height),
            st.integers(1, 30),
            st.integers(0, 20),
            st.integers(1, 20),
        ),
    ),
    max_size=40,
)


def cells(slot):
    return {
        (x, y)
        for x in range(slot.x, slot.x + slot.width)
        for y in range(slot.y, slot.y + slot.height)
    }


@patient
@given(boxes, st.integers(0, 1000))
def test_nothing_overlaps_hangs_over_or_moves_up(members, top):
    slots = arrange(members, top)
    assert len(slots) == len(members)
    taken: set[tuple[int, int]] = set()
    for slot, box in zip(slots, members, strict=True):
        assert 0 <= slot.x < slot.x + slot.width <= COLUMNS
        assert slot.width >= min(box.least, COLUMNS)
        assert slot.height >= box.height
        room = cells(slot)
        assert not room & taken
        taken |= room
    # No hole: every cell from the top to the lowest edge is taken, so nothing can move.
    bottom = max((slot.y + slot.height for slot in slots), default=top)
    assert taken == {(x, y) for x in range(COLUMNS) for y in range(top, bottom)}


@patient
@given(boxes)
def test_panels_keep_their_order(members):
    slots = arrange(members, 0)
    assert list(slots) == sorted(slots, key=lambda slot: (slot.y, slot.x))


@patient
@given(st.lists(st.integers(1, COLUMNS), max_size=12))
def test_no_fewer_lines_would_do(widths):
    lines, free = 0, 0
    for width in widths:  # first fit, which is best for a fixed order
        if width > free:
            lines, free = lines + 1, COLUMNS
        free -= width
    found = break_lines(widths)
    assert len(found) == lines
    assert [index for line in found for index in line] == list(range(len(widths)))
    assert all(sum(widths[index] for index in line) <= COLUMNS for line in found)


@pytest.mark.parametrize(
    ("members", "lines"),
    [
        pytest.param([SERIES], [[24]], id="one"),
        pytest.param([SERIES] * 2, [[12, 12]], id="two"),
        pytest.param([SERIES] * 3, [[8, 8, 8]], id="three"),
        pytest.param([SERIES] * 4, [[12, 12], [12, 12]], id="four"),
        pytest.param([SERIES] * 5, [[8, 8, 8], [12, 12]], id="five"),
        pytest.param([STAT] * 3, [[8, 8, 8]], id="figures"),
        pytest.param([STAT] * 5, [[5, 5, 5, 5, 4]], id="five figures"),
        pytest.param([STAT] * 8, [[6, 6, 6, 6], [6, 6, 6, 6]], id="eight figures"),
        pytest.param([STAT, STAT, SERIES], [[6, 6, 12]], id="an objective"),
        pytest.param([STAT, SERIES], [[6, 18]], id="figure and lines"),
        pytest.param([SERIES] * 3 + [STAT], [[12, 12], [18, 6]], id="no figure alone"),
        pytest.param([Box(12, 12, 8), Box(18, 18, 8), Box(24, 24, 8)], [[24]] * 3, id="12, 18, 24"),
        pytest.param([Box(30, 30, 8)], [[24]], id="wider than the grid"),
        pytest.param([], [], id="none"),
    ],
)
def test_lines_look_like_this(members, lines):
    slots = arrange(members, 0)
    tops = sorted({slot.y for slot in slots})
    assert [[slot.width for slot in slots if slot.y == top] for top in tops] == lines


def test_figures_are_as_high_as_the_lines_beside_them():
    assert {slot.height for slot in arrange([STAT, STAT, SERIES], 0)} == {8}
    assert {slot.height for slot in arrange([STAT, STAT], 0)} == {4}
