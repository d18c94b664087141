"""The incidents that the alerts of a service's queues are for, replayed."""

from __future__ import annotations

from collections.abc import Mapping

from giggamon_compiler.library.notation import at, counter, gauge, minutes, series
from giggamon_compiler.library.queue.rules import Alerts, Limits
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
    """One queue fails beyond the limit, one just short of it, and one has hardly a job."""
    enough, little = limits.least * 60 * 1.02, limits.least * 60 * 0.98
    samples = {
        **_jobs(job, "mails", enough, limits.failures * 1.02),
        **_jobs(job, "below", enough * 50, limits.failures * 0.98),
        **_jobs(job, "rare", little, 1),
        **_jobs("other", "theirs", enough * 50, 1),
        **_jobs("other", "below", enough * 50, 1),
    }
    begin = _BEFORE + 15 + minutes(alert.for_)  # the range of fifteen minutes is full of it
    return AlertTest(
        alert,
        series=samples,
        quiet=[at(_BEFORE), at(begin - 2)],
        fires={at(begin): [{"queue": "mails"}]},
    )


def _jobs(job: str, queue: str, each_minute: float, failing: float) -> Mapping[str, str]:
    """Jobs of a queue, of which a share fails from some time on."""
    after = _LENGTH - _BEFORE
    done = counter((each_minute, _BEFORE), (each_minute * (1 - failing), after))
    failed = counter((0, _BEFORE), (each_minute * failing, after))
    return {
        series("queue_jobs_total", job, "a", _ended(queue, "done")): done,
        series("queue_jobs_total", job, "a", _ended(queue, "failed")): failed,
    }


def _ended(queue: str, result: str) -> dict[str, str]:
    return {"queue": queue, "result": result}
