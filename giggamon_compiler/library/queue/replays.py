"""The incidents that the alerts of a service's queues are for, replayed."""

from __future__ import annotations

from collections.abc import Mapping

from giggamon_compiler.library.notation import Stretch, at, counter, gauge, minutes, series
from giggamon_compiler.library.queue.rules import Alerts, Limits
from giggamon_compiler.library.replay import OVER, SHORT
from giggamon_compiler.model.case import AlertTest
from giggamon_compiler.model.rule import Alert

_BEFORE = 30  # minutes of health before a fault begins
_LENGTH = 80


def incidents(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    """A replay for each alert: what makes it fire, and what must not."""
    return {
        "stuck": _stuck(job, alerts.stuck),
        "waits": _waits(job, limits, alerts.waits),
        "failing": _failing(job, limits, alerts.failing),
    }


def _stuck(job: str, alert: Alert) -> AlertTest:
    """Work stops while jobs wait; another queue is empty, and one is slow, but goes on."""
    wait = minutes(alert.for_)
    after = _LENGTH - _BEFORE
    stops, goes_on = counter((5, _BEFORE), (0, after)), counter((1, _LENGTH))
    mails = {"queue": "mails"}
    samples = {
        series("queue_jobs_waiting", job, "a", mails): gauge((1, _LENGTH)),
        series("queue_jobs_waiting", job, "b", mails): gauge((0, _LENGTH)),
        series("queue_jobs_waiting", job, "a", {"queue": "idle"}): gauge((0, _LENGTH)),
        series("queue_jobs_waiting", job, "a", {"queue": "busy"}): gauge((9, _LENGTH)),
        series("queue_jobs_waiting", "other", "c", {"queue": "theirs"}): gauge((9, _LENGTH)),
    }
    for queue, ended in (("mails", stops), ("idle", counter((0, _LENGTH))), ("busy", goes_on)):
        samples[series("queue_jobs_total", job, "a", _ended(queue, "done"))] = ended
        samples[series("queue_jobs_total", job, "a", _ended(queue, "failed"))] = gauge((0, _LENGTH))
    samples[series("queue_jobs_total", "other", "c", _ended("mails", "done"))] = goes_on
    begin = _BEFORE + 10 + wait  # the range of ten minutes is empty, or nine where it begins later
    return AlertTest(alert, series=samples, quiet=[at(begin - 2)], fires={at(begin): [mails]})


def _waits(job: str, limits: Limits, alert: Alert) -> AlertTest:
    wait = minutes(alert.for_)
    metric, limit = "queue_oldest_job_age_seconds", limits.seconds
    return AlertTest(
        alert,
        series={
            series(metric, job, "a", {"queue": "mails"}): gauge(
                (0, _BEFORE), (limit * 1.02, wait + 5)
            ),
            series(metric, job, "b", {"queue": "mails"}): gauge((0, _BEFORE + wait + 5)),
            series(metric, job, "a", {"queue": "below"}): gauge(
                (0, _BEFORE), (limit * 0.98, wait + 5)
            ),
            series(metric, job, "a", {"queue": "brief"}): gauge(
                (0, _BEFORE), (limit * 1.02, wait), (0, 5)
            ),
            series(metric, "other", "c", {"queue": "theirs"}): gauge(
                (limit * 2, _BEFORE + wait + 5)
            ),
        },
        quiet=[at(_BEFORE + wait - 1)],
        fires={at(_BEFORE + wait): [{"queue": "mails"}]},
    )


def _failing(job: str, limits: Limits, alert: Alert) -> AlertTest:
    """One queue fails beyond the limit, one just short of it, and one has hardly a job.

    The traffic of the last minutes is never that of the minutes before, so that a share of two
    times is noticed.
    """
    after = _LENGTH - _BEFORE
    enough, little = limits.least * 60 * OVER, limits.least * 60 * SHORT
    many, fades = (
        limits.least * 60 * 1000,
        [limits.least * 60_000 * 0.98**it for it in range(after)],
    )
    begin = _BEFORE + 15 + minutes(alert.for_)  # the range of fifteen minutes is full of it
    return AlertTest(
        alert,
        series={
            **_jobs(job, "mails", [enough] * after, limits.failures * OVER),
            **_jobs(job, "rises", [enough * 20] * after, limits.failures * OVER, before=0.5),
            **_jobs(job, "below", fades, limits.failures * SHORT),
            **_jobs(job, "rare", [little] * after, 1),
            **_jobs("other", "mails", [many] * after, 0),
            **_jobs("other", "below", [many] * after, 1),
        },
        quiet=[at(_BEFORE), at(begin - 2)],
        fires={at(begin): [{"queue": "mails"}, {"queue": "rises"}]},
    )


def _jobs(
    job: str, queue: str, traffic: list[float], failing: float, *, before: float = 2
) -> Mapping[str, str]:
    """Jobs of a queue by minute, after a multiple of them before, of which a share fails."""
    done: list[Stretch] = [(traffic[0] * before, _BEFORE)]
    done += [(it * (1 - failing), 1) for it in traffic]
    failed: list[Stretch] = [(0, _BEFORE), *((it * failing, 1) for it in traffic)]
    return {
        series("queue_jobs_total", job, "a", _ended(queue, "done")): counter(*done),
        series("queue_jobs_total", job, "a", _ended(queue, "failed")): counter(*failed),
    }


def _ended(queue: str, result: str) -> dict[str, str]:
    return {"queue": queue, "result": result}
