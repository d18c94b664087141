"""The incidents that the alerts of a batch are for, replayed.

A test begins at the time 0, so a success at 600 was ten minutes after its begin.
"""

from __future__ import annotations

from giggamon_compiler.library.batch.rules import Alerts, Limits
from giggamon_compiler.library.notation import at, gauge, minutes, series
from giggamon_compiler.model.case import AlertTest

_SUCCESS = "batch_last_success_timestamp_seconds"
_FAILURE = "batch_last_failure_timestamp_seconds"
_DURATION = "batch_last_duration_seconds"
_STEP = 10  # minutes


def incidents(job: str, batch: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    """A replay for each alert: what makes it fire, and what must not."""
    return {
        "late": _late(job, batch, limits, alerts),
        "unknown": _unknown(job, batch, alerts),
        "failed": _failed(job, batch, alerts),
        "slow": _slow(job, batch, limits, alerts),
    }


def _late(job: str, batch: str, limits: Limits, alerts: Alerts) -> AlertTest:
    """Two instances tell of runs, and the later one counts."""
    each = _STEP * 60
    success = 2 * each - limits.late % each  # at a sample it is just not too late
    last = int((success + limits.late) / each)
    ours, theirs = {"batch": batch}, {"batch": "another"}
    long_from_now = limits.late * 10
    return AlertTest(
        alerts.late,
        interval=at(_STEP),
        series={
            series(_SUCCESS, job, "a", ours): gauge((success, last + 3)),
            series(_SUCCESS, job, "b", ours): gauge((0, last + 3)),
            series(_SUCCESS, job, "a", theirs): gauge((long_from_now, last + 3)),
            series(_SUCCESS, "other", "c", ours): gauge((long_from_now, last + 3)),
        },
        quiet=[at(last * _STEP)],
        fires={at((last + 1) * _STEP): [{}]},
    )


def _unknown(job: str, batch: str, alerts: Alerts) -> AlertTest:
    wait = minutes(alerts.unknown.for_)
    ours, theirs = {"batch": batch}, {"batch": "another"}
    return AlertTest(
        alerts.unknown,
        series={
            series(_SUCCESS, job, "a", ours): "0x9 stale",
            series(_SUCCESS, job, "a", theirs): gauge((0, wait + 20)),
            series(_SUCCESS, "other", "c", ours): gauge((0, wait + 20)),
        },
        quiet=[at(10 + wait - 1)],
        fires={at(10 + wait): [{"job": job, **ours}]},
    )


def _failed(job: str, batch: str, alerts: Alerts) -> AlertTest:
    """A run fails an hour after the last success, on the other instance, and the next succeeds."""
    ours, theirs = {"batch": batch}, {"batch": "another"}
    return AlertTest(
        alerts.failed,
        series={
            series(_SUCCESS, job, "a", ours): gauge((600, 100), (9600, 20)),
            series(_SUCCESS, job, "b", ours): gauge((300, 120)),
            series(_SUCCESS, job, "a", theirs): gauge((90000, 120)),
            series(_SUCCESS, "other", "c", ours): gauge((90000, 120)),
            series(_FAILURE, job, "a", ours): gauge((599.5, 120)),
            series(_FAILURE, job, "b", ours): gauge((0, 70), (601, 50)),
            series(_FAILURE, job, "a", theirs): gauge((80000, 120)),
            series(_FAILURE, "other", "c", ours): gauge((80000, 120)),
        },
        quiet=["69m", "100m"],
        fires={"70m": [{}]},
    )


def _slow(job: str, batch: str, limits: Limits, alerts: Alerts) -> AlertTest:
    """The duration grows beyond the limit by little; others take long."""
    ours, theirs = {"batch": batch}, {"batch": "another"}
    limit = limits.seconds
    return AlertTest(
        alerts.slow,
        series={
            series(_DURATION, job, "a", ours): gauge((limit * 0.5, 20), (limit * 1.02, 10)),
            series(_DURATION, job, "b", ours): gauge((limit * 0.5, 10), (limit, 10), (1, 10)),
            series(_DURATION, job, "a", theirs): gauge((limit * 2, 30)),
            series(_DURATION, "other", "c", ours): gauge((limit * 2, 30)),
        },
        quiet=["9m", "19m"],
        fires={"20m": [{}]},
    )
