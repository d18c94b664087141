"""The incidents that the alerts of an HTTP service are for, replayed.

A rate over five minutes has seen enough of a fault that is just beyond the limit when five minutes
are full of it: after five samples, or four where a range leaves its first moment out. The traffic
of the last minutes is never that of the minutes before, so that a share of two times is noticed.
"""

from __future__ import annotations

from collections.abc import Mapping

from giggamon_compiler.library.http_service.rules import Alerts, Limits
from giggamon_compiler.library.notation import (
    Stretch,
    at,
    counter,
    gauge,
    minutes,
    number,
    series,
)
from giggamon_compiler.library.replay import OVER, SHORT, Replay, never_scraped, unreachable
from giggamon_compiler.model.case import AlertTest
from giggamon_compiler.model.rule import Alert

_BEFORE = 20  # minutes of health before a fault begins
_WINDOW = 5  # of the rates
_FAULT = 40  # minutes that a fault lasts
_AFTER = 20  # minutes of health after it
_FADES = 0.95  # the traffic of a minute, out of that of the minute before


def incidents(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    """A replay for each alert: what makes it fire, and what must not."""
    enough, little = limits.least * 60 * OVER, limits.least * 60 * SHORT
    steady, fades = [enough] * _FAULT, [enough * 50 * _FADES**it for it in range(_FAULT)]
    few = [little] * _FAULT
    # Each window holds a burst that is enough for all of it; half a window may hold none.
    bursts = [0 if minute % 4 else enough * _WINDOW for minute in range(_FAULT)]
    return {
        "down": _down(job, alerts.down),
        "never_scraped": never_scraped(alerts.down, job),
        "instance_down": unreachable(alerts.instance_down, job),
        "errors": _fires(alerts.errors, _answers(job, steady, limits.errors * OVER)),
        "errors_in_a_rise": _fires(
            alerts.errors, _answers(job, [enough * 20] * _FAULT, limits.errors * OVER, before=0.5)
        ),
        "few_errors": _quiet(alerts.errors, _answers(job, fades, limits.errors * SHORT)),
        "errors_of_few": _quiet(alerts.errors, _answers(job, few, 1)),
        "slow": _fires(alerts.slow, _times(job, limits, steady, 0.051)),
        "slow_in_a_rise": _fires(alerts.slow, _times(job, limits, steady, 0.051, before=0.5)),
        "slow_in_bursts": AlertTest(
            alerts.slow, series=_times(job, limits, bursts, 1), fires={at(_BEFORE + 30): [{}]}
        ),
        "few_slow": _quiet(alerts.slow, _times(job, limits, fades, 0.049)),
        "slow_of_few": _quiet(alerts.slow, _times(job, limits, few, 1)),
        "workers_busy": _workers(job, limits, alerts.workers_busy),
    }


def _down(job: str, alert: Alert) -> AlertTest:
    """One instance goes, and then the other one."""
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


def _fires(alert: Alert, samples: Mapping[str, str]) -> AlertTest:
    """A fault must fill the window, last as `for` says, and is told as long as is said to keep."""
    begin = _BEFORE + _WINDOW + minutes(alert.for_)
    end = _BEFORE + _FAULT + minutes(alert.keep_firing_for)
    return AlertTest(
        alert,
        series=samples,
        quiet=[at(_BEFORE), at(begin - 2), at(end + _WINDOW)],
        fires={at(begin): [{}], at(end): [{}]},
    )


def _quiet(alert: Alert, samples: Mapping[str, str]) -> AlertTest:
    return AlertTest(alert, series=samples, quiet=[at(_BEFORE), at(_BEFORE + _FAULT)])


def _answers(
    job: str, traffic: list[float], failing: float, *, before: float = 2
) -> Mapping[str, str]:
    """Requests of two instances by minute, of which a share fails; those of others all fail.

    before: the traffic before the fault, as a multiple of that of its first minute
    """
    name, healthy = "http_requests_total", max(traffic)
    good = _halves(healthy * before, [it * (1 - failing) for it in traffic], healthy)
    bad = _halves(0, [it * failing for it in traffic], 0)
    much = _halves(healthy * 100, [healthy * 100] * _FAULT, healthy * 100)
    return {
        **{series(name, job, it, _labels(code="200")): good for it in ("a", "b")},
        **{series(name, job, it, _labels(code="503")): bad for it in ("a", "b")},
        **{series(name, "other", "c", _labels(code=it)): much for it in ("200", "503")},
    }


def _times(
    job: str, limits: Limits, traffic: list[float], slow: float, *, before: float = 2
) -> Mapping[str, str]:
    """Requests of two instances by minute, of which a share is slow; those of others all are."""
    limit, twice, healthy = number(limits.seconds), number(limits.seconds * 2), max(traffic)
    quick = _halves(healthy * before, [it * (1 - slow) for it in traffic], healthy)
    every = _halves(healthy * before, traffic, healthy)
    much = _halves(healthy * 100, [healthy * 100] * _FAULT, healthy * 100)
    ours, theirs = {limit: quick, twice: every, "+Inf": every}, {limit: "0x80", twice: much}
    return {
        **_histogram(job, "a", ours),
        **_histogram(job, "b", ours),
        **_histogram("other", "c", {**theirs, "+Inf": much}),
    }


def _halves(before: float, fault: list[float], after: float) -> str:
    """A counter of one of two instances, from what both grow by in a minute."""
    stretches: list[Stretch] = [(before / 2, _BEFORE)]
    if len(set(fault)) == 1:
        stretches.append((fault[0] / 2, len(fault)))
    else:
        stretches += [(it / 2, 1) for it in fault]
    return counter(*stretches, (after / 2, _AFTER))


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
    it, workers = Replay(alert, job), 1000
    limit = limits.workers * workers
    every = {"http_workers": it.steady(workers)}
    return it.test(
        {
            "a": {**every, "http_workers_busy": it.turn(1, limit + 1)},
            "b": {**every, "http_workers_busy": it.turn(1, limit)},
        },
        {**every, "http_workers_busy": it.steady(workers)},
        ["a"],
    )
