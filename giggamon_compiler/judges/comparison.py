"""Expected and got, label by label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from giggamon_compiler.judges.go_text import quote, show_labels

Labels = Mapping[str, str]


def compare_alerts(
    expected: Sequence[Labels], got: Sequence[Labels], silent: frozenset[str]
) -> list[str]:
    """One line for each difference; `silent` labels are left out where they agree.

    Alerts that are the same on both sides are set aside; the others are paired, those first that
    have most labels in common.
    """
    missing, surplus = list(expected), list(got)
    for alert in expected:
        if alert in surplus:
            missing.remove(alert)
            surplus.remove(alert)
    lines = []
    pairs = sorted(
        (
            (_shared(one, other), i, j)
            for i, one in enumerate(missing)
            for j, other in enumerate(surplus)
        ),
        key=lambda it: (-it[0], it[1], it[2]),
    )
    paired: dict[int, int] = {}
    for _, i, j in pairs:
        if i not in paired and j not in paired.values():
            paired[i] = j
    for i, alert in enumerate(missing):
        if i in paired:
            lines += _differences(alert, surplus[paired[i]], silent)
        else:
            lines.append(f"expected {_shown(alert, silent)}, got no such alert")
    rest = (alert for j, alert in enumerate(surplus) if j not in paired.values())
    return lines + [f"got {_shown(alert, silent)}, which is not expected" for alert in rest]


def _shared(one: Labels, other: Labels) -> int:
    return len(one.items() & other.items())


def _differences(expected: Labels, got: Labels, silent: frozenset[str]) -> list[str]:
    same = {name: value for name, value in expected.items() if got.get(name) == value}
    whose = _shown(same, silent)
    return [
        f"{whose}: expected {_pair(name, expected)}, got {_pair(name, got)}"
        for name in sorted(expected.keys() | got.keys())
        if expected.get(name) != got.get(name)
    ]


def _pair(name: str, labels: Labels) -> str:
    return f"{name}={quote(labels[name])}" if name in labels else f"no {name}"


def _shown(labels: Labels, silent: frozenset[str]) -> str:
    return show_labels({name: value for name, value in labels.items() if name not in silent})
