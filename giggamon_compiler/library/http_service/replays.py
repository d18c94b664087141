"""The incidents that the alerts of an HTTP service are for, replayed.

A rate over five minutes has seen enough of a fault that is just beyond the limit when five minutes
are full of it: after five samples, or four where a range leaves its first moment out.
"""

from __future__ import annotations

from collections.abc import Mapping

from giggamon_compiler.library.http_service.rules import Alerts, Limits
from giggamon_compiler.library.notation import at, counter, gauge, minutes, number, series
from giggamon_compiler.model.case import AlertTest
from giggamon_compiler.model.rule import Alert

_BEFORE = 20  # minutes of health before a fault begins
_WINDOW = 5  # of the rates
_LENGTH = 60


def incidents(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    """A replay for each alert: what makes it fire, and what must not."""
    enough, little = limits.least * 60 * 1.02, limits.least * 60 * 0.98
    return {
        "down": _down(job, alerts.down),
        "never_scraped": AlertTest(
            alerts.down,
            series={series("up", "other", "c"): gauge((1, 5))},
            quiet=["0m"],
            fires={"1m": [{"job": job}]},
        ),
        "instance_down": _instance_down(job, alerts.instance_down),
        "errors": _fires(alerts.errors, _answers(job, enough, limits.errors * 1.02)),
        "few_errors": _quiet(alerts.errors, _answers(job, enough * 50, limits.errors * 0.98)),
        "errors_of_few": _quiet(alerts.errors, _answers(job, little, 1)),
        "slow": _fires(alerts.slow, _times(job, limits.seconds, enough, 0.051)),
        "few_slow": _quiet(alerts.slow, _times(job, limits.seconds, enough * 50, 0.049)),
        "slow_of_few": _quiet(alerts.slow, _times(job, limits.seconds, little, 1)),
        "workers_busy": _workers(job, limits, alerts.workers_busy),
    }


def _down(job: str, alert: Alert) -> AlertTest:
    wait = minutes(alert.for_)
    return AlertTest(
        alert,
        series={
            series("up", job, "a"): gauge((1, 3), (0, 20)),
            series("up", job, "b"): gauge((1, 10), (0, 13)),
            series("up", "other", "c"): gauge((0, 23)),
        },
        quiet=["9m", at(10 + wait - 1)],
        fires={at(10 + wait): [{"job": job}]},
    )


def _instance_down(job: str, alert: Alert) -> AlertTest:
    wait = minutes(alert.for_)
    return AlertTest(
        alert,
        series={
            series("up", job, "a"): gauge((1, 3), (0, wait + 5)),
            series("up", job, "b"): gauge((1, 3), (0, wait), (1, 5)),
            series("up", "other", "c"): gauge((0, wait + 8)),
        },
        quiet=[at(3 + wait - 1)],
        fires={at(3 + wait): [{"job": job, "instance": "a"}]},
    )


def _fires(alert: Alert, samples: Mapping[str, str]) -> AlertTest:
    """A fault that begins when a rate's window is full of it, and must last as `for` says."""
    begin = _BEFORE + _WINDOW + minutes(alert.for_)
    return AlertTest(
        alert, series=samples, quiet=[at(_BEFORE), at(begin - 2)], fires={at(begin): [{}]}
    )


def _quiet(alert: Alert, samples: Mapping[str, str]) -> AlertTest:
    return AlertTest(alert, series=samples, quiet=[at(_BEFORE), at(_LENGTH)])


def _answers(job: str, each_minute: float, failing: float) -> Mapping[str, str]:
    """Requests of two instances, of which a share fails from some time on; others fail always."""
    good, bad = each_minute * (1 - failing) / 2, each_minute * failing / 2
    healthy = (each_minute / 2, _BEFORE)
    after = _LENGTH - _BEFORE
    samples = {}
    for instance in ("a", "b"):
        answers = {
            "200": counter(healthy, (good, after)),
            "503": counter((0, _BEFORE), (bad, after)),
        }
        for code, values in answers.items():
            samples[series("http_requests_total", job, instance, _labels(code=code))] = values
    much = counter((each_minute * 100, _LENGTH))
    for code in ("200", "503"):
        samples[series("http_requests_total", "other", "c", _labels(code=code))] = much
    return samples


def _times(job: str, limit: float, each_minute: float, slow: float) -> Mapping[str, str]:
    """Requests of two instances, of which a share takes longer than the limit from some time on."""
    after = _LENGTH - _BEFORE
    every = each_minute / 2
    samples: dict[str, str] = {}
    for instance in ("a", "b"):
        samples |= _histogram(
            job,
            instance,
            {
                number(limit): counter((every, _BEFORE), (every * (1 - slow), after)),
                number(limit * 2): counter((every, _LENGTH)),
                "+Inf": counter((every, _LENGTH)),
            },
        )
    much = counter((each_minute * 100, _LENGTH))
    return samples | _histogram(
        "other", "c", {number(limit): counter((0, _LENGTH)), number(limit * 2): much, "+Inf": much}
    )


def _histogram(job: str, instance: str, bounds: Mapping[str, str]) -> dict[str, str]:
    name = "http_request_duration_seconds"
    samples = {
        series(f"{name}_bucket", job, instance, _labels(le=bound)): values
        for bound, values in bounds.items()
    }
    return samples | {series(f"{name}_count", job, instance, _labels()): bounds["+Inf"]}


def _labels(**more: str) -> dict[str, str]:
    return {"method": "GET", "route": "/", **more}


def _workers(job: str, limits: Limits, alert: Alert) -> AlertTest:
    wait = minutes(alert.for_)
    workers, length = 1000, _BEFORE + wait + 5
    limit = limits.workers * workers
    busy = {
        (job, "a"): gauge((1, _BEFORE), (limit + 1, wait + 5)),
        (job, "b"): gauge((1, _BEFORE), (limit, wait + 5)),
        (job, "c"): gauge((1, _BEFORE), (limit + 1, wait), (1, 5)),
        ("other", "d"): gauge((workers, length)),
    }
    return AlertTest(
        alert,
        series={
            **{series("http_workers", *target): gauge((workers, length)) for target in busy},
            **{series("http_workers_busy", *target): values for target, values in busy.items()},
        },
        quiet=[at(_BEFORE + wait - 1)],
        fires={at(_BEFORE + wait): [{"job": job, "instance": "a"}]},
    )
