"""Numbers, times and samples in the notation of PromQL and of promtool's tests.

Samples are one a minute, the first at 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from giggamon_compiler.durations import milliseconds

# A value, or the growth a minute of a counter, and for how many minutes.
Stretch = tuple[float, int]


def number(value: float) -> str:
    """A number without an exponent, and without what a binary fraction adds: 0.1 + 0.2 is 0.3."""
    plain = format(Decimal(format(value, ".12g")), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def minutes(duration: str | None) -> int:
    """A duration such as "1h" in whole minutes, rounded up; none is 0."""
    length = milliseconds(duration) if duration else 0
    return -(-(length or 0) // 60_000)


def at(minute: int) -> str:
    """A time of a test, such as "12m"."""
    return f"{minute}m"


def series(name: str, job: str, instance: str, labels: Mapping[str, str] | None = None) -> str:
    """A series of a target: series('up', "shop", "a"), series('x{code="500"}', "shop", "a").

    labels: more of them, where they are not in the name
    """
    metric, _, written = name.removesuffix("}").partition("{")
    every = {"job": job, "instance": instance, **(labels or {})}
    pairs = [f'{label}="{value}"' for label, value in every.items()]
    return f"{metric}{{{','.join([*pairs, *([written] if written else [])])}}}"


def gauge(*stretches: Stretch) -> str:
    """Values, each for its minutes: gauge((1, 5), (0, 3)) is 1 at minutes 0 to 4, 0 at 5 to 7."""
    return " ".join(f"{number(value)}x{length - 1}" for value, length in stretches if length)


def counter(*stretches: Stretch) -> str:
    """A counter from 0 that grows by so much a minute, for so many minutes each.

    counter((0, 5), (10, 3)) stands at 0 until minute 5 and is 10, 20 and 30 at minutes 6 to 8.
    promtool adds step after step, and so it is done here: a stretch that began a trifle below the
    sum would be a counter that was reset.
    """
    parts = ["0"]
    reached = 0.0
    for step, length in stretches:
        if length:
            growth = number(step)
            begin = reached + float(growth)
            exactly = format(Decimal(repr(begin)), "f").removesuffix(".0")
            parts.append(f"{exactly}+{growth}x{length - 1}")
            reached = begin
            for _ in range(length - 1):
                reached += float(growth)
    return " ".join(parts)
