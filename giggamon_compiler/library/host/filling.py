"""Disks that fill up, replayed for the alert that looks 6 hours back and 24 hours ahead.

One hour of filling is a quarter of a byte, so that one byte is worth four hours and the alert's
zero is told from one. A disk that begins to fill at its usual level has 16 hours of filling left.
By the line through the last 6 hours, the alert sees it full within 24 hours after 3 h 15 min; a
look over 3 hours does after 1 h 45 min, and one over 12 hours after more than 5 h. Samples are five
minutes apart.
"""

from __future__ import annotations

from giggamon_compiler.library.host.rules import Alerts, Limits
from giggamon_compiler.library.notation import at, number, series
from giggamon_compiler.model.case import AlertTest

_HOUR = 0.25
_STEP = 5
_BEGINS = 360  # the minute at which the filling begins: the window is full of its usual level
_QUIET = _BEGINS + 240  # the alert has seen it for 45 minutes of its hour
_FIRES = _BEGINS + 270

_LABELS = {"device": "/dev/vda", "fstype": "ext4", "mountpoint": "/"}


def filling(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    """Disks that begin to fill: in time, too slowly, and where much is left."""
    size = 16 * _HOUR / (0.8 * limits.disk_growth_free)
    ours = {
        "a": _disk(job, "a", 16, _HOUR, size),
        "b": _disk(job, "b", 16, 0.6 * _HOUR, size),
        "empty": _disk(job, "empty", 16, _HOUR, 16 * _HOUR),
        "read_only": _disk(job, "read_only", 16, _HOUR, size, read_only=1),
        "other": _disk("other", "c", 16, 2 * _HOUR, size),
    }
    return AlertTest(
        alerts.disk_fills_up,
        series={name: samples for its in ours.values() for name, samples in its.items()},
        quiet=[at(_QUIET)],
        fires={at(_FIRES): [{"job": job, "instance": "a", **_LABELS}]},
        interval=at(_STEP),
    )


def nearly_full(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    """Disks that always fill, one just below the share from which on it counts, one just above."""
    left = 23.9 * _HOUR
    below, above = (left / (part * limits.disk_growth_free) for part in (0.98, 1.06))
    ours = {
        **_disk(job, "a", 23.9, _HOUR, below, begins=0),
        **_disk(job, "b", 23.9, _HOUR, above, begins=0),
    }
    return AlertTest(
        alerts.disk_fills_up,
        series=ours,
        quiet=[at(60)],
        fires={at(65): [{"job": job, "instance": "a", **_LABELS}]},
        interval=at(_STEP),
    )


def _disk(
    job: str,
    instance: str,
    hours_left: float,
    an_hour: float,
    size: float,
    *,
    begins: int = _BEGINS,
    read_only: int = 0,
) -> dict[str, str]:
    """A disk that loses so many bytes an hour from a minute on."""
    left = hours_left * _HOUR
    flat = f"{number(left)}x{begins // _STEP - 1} " if begins else ""
    loss = number(an_hour * _STEP / 60)
    figures = {
        "avail_bytes": f"{flat}{number(left)}-{loss}x{(_FIRES - begins) // _STEP}",
        "size_bytes": f"{number(size)}x{_FIRES // _STEP}",
        "readonly": f"{read_only}x{_FIRES // _STEP}",
    }
    return {
        series(f"node_filesystem_{figure}", job, instance, _LABELS): samples
        for figure, samples in figures.items()
    }
