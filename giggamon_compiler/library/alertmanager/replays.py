"""The incidents that the alerts of Alertmanager are for, replayed."""

from __future__ import annotations

from collections.abc import Mapping

from giggamon_compiler.library.alertmanager.rules import Alerts, Limits
from giggamon_compiler.library.faults import OTHER_JOB, Figure, counted, held
from giggamon_compiler.library.notation import at, counter, gauge, minutes, number, series
from giggamon_compiler.model.case import AlertTest

_SENT = 1000
_BEFORE = 12
_PAGER = {"integration": "pagerduty"}
_MAIL = {"integration": "email"}


def incidents(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    """A replay for each alert: what makes it fire, and what must not."""
    return {
        "down": held(alerts.down, job, [Figure(metric="up", well=1, short=1, bad=0)]),
        "gone": _gone(job, alerts),
        "reload_failed": held(
            alerts.reload_failed,
            job,
            [Figure(metric="alertmanager_config_last_reload_successful", well=1, short=1, bad=0)],
            window="5m",
        ),
        "restarting": _restarting(job, alerts),
        "split": _split(job, alerts),
        "split_seldom_seen": _seldom_seen(job, alerts, 4, told=True),
        "split_hardly_seen": _seldom_seen(job, alerts, 8, told=False),
        "configurations_differ": _configurations_differ(job, alerts),
        "integration_failing": _integration_failing(job, limits, alerts),
        "instance_failing": _instance_failing(job, limits, alerts),
        "slow": _slow(job, limits, alerts),
        "refusing": counted(
            alerts.refusing,
            "alertmanager_alerts_invalid_total",
            job,
            window="5m",
            labels={"version": "v2"},
            expected={},
        ),
        "flooded": _flooded(job, limits, alerts),
    }


def _gone(job: str, alerts: Alerts) -> AlertTest:
    wait = minutes(alerts.down.for_)
    return AlertTest(
        alerts.down,
        series={series("up", OTHER_JOB, "c"): gauge((1, wait + 5))},
        quiet=[at(wait - 1)],
        fires={at(wait): [{"job": job}]},
    )


def _restarting(job: str, alerts: Alerts) -> AlertTest:
    """Three starts within half an hour, beside three within 40 minutes."""
    starts = "process_start_time_seconds"
    often = gauge((0, 70), (60, 10), (120, 10), (180, 40))
    return AlertTest(
        alerts.restarting,
        series={
            series(starts, job, "a"): often,
            series(starts, job, "b"): gauge((0, 60), (60, 19), (120, 19), (180, 40)),
            series(starts, OTHER_JOB, "c"): often,
        },
        quiet=[at(89), at(101), at(110)],
        fires={at(time): [{"job": job, "instance": "a"}] for time in (91, 98)},
    )


def _split(job: str, alerts: Alerts) -> AlertTest:
    """Of two members one sees itself alone; in another cluster both do, and are not ours."""
    metric, wait = "alertmanager_cluster_members", minutes(alerts.split.for_)
    told = _BEFORE + 5 + wait
    lasts = told + 5 - _BEFORE
    return AlertTest(
        alerts.split,
        series={
            series(metric, job, "a"): gauge((2, _BEFORE), (1, lasts)),
            series(metric, job, "b"): gauge((2, _BEFORE + lasts)),
            series(metric, OTHER_JOB, "c"): gauge((1, _BEFORE + lasts)),
            series(metric, OTHER_JOB, "d"): gauge((1, _BEFORE + lasts)),
        },
        quiet=[at(told - 2)],
        fires={at(told): [{"job": job, "instance": "a"}]},
    )


def _seldom_seen(job: str, alerts: Alerts, every: int, *, told: bool) -> AlertTest:
    """Two that see themselves alone; Prometheus reaches one of them only every some minutes."""
    metric = "alertmanager_cluster_members"
    late = at(2 * minutes(alerts.split.for_))
    both = [{"job": job, "instance": instance} for instance in ("a", "b")]
    return AlertTest(
        alerts.split,
        series={
            series(metric, job, "a"): gauge((1, 40)),
            series(metric, job, "b"): " ".join([f"1 _x{every - 1}"] * (40 // every)),
        },
        quiet=[] if told else [late, at(30), at(38)],
        fires={late: both} if told else {},
    )


def _configurations_differ(job: str, alerts: Alerts) -> AlertTest:
    """One has the new configuration just in time at first; the second time it stays the old one."""
    metric, wait = "alertmanager_config_hash", minutes(alerts.configurations_differ.for_)
    first = _BEFORE + wait + 5
    told = first + wait
    return AlertTest(
        alerts.configurations_differ,
        series={
            series(metric, job, "a"): gauge((11, _BEFORE), (22, wait + 5), (33, wait + 5)),
            series(metric, job, "b"): gauge((11, _BEFORE + wait), (22, wait + 10)),
            series(metric, OTHER_JOB, "c"): gauge((11, told + 5)),
            series(metric, OTHER_JOB, "d"): gauge((44, told + 5)),
        },
        quiet=[at(_BEFORE + wait - 1), at(_BEFORE + wait), at(told - 1)],
        fires={at(told): [{"job": job}]},
    )


def _notifications(
    targets: Mapping[tuple[str, str, str], tuple[float, float]], length: int
) -> dict[str, str]:
    """Series of sent and failed notifications, a tenth as many sent before the fault and after it.

    targets: job, instance and integration → how many are sent and fail each minute in the fault
    """
    made = {}
    for (job, instance, integration), (sent, failed) in targets.items():
        labels = {"integration": integration}
        for metric, before, during in (
            ("alertmanager_notifications_total", sent / 10, sent),
            ("alertmanager_notifications_failed_total", 0, failed),
        ):
            samples = counter((before, _BEFORE), (during, length), (before, 5))
            made[series(metric, job, instance, labels)] = samples
    return made


def _integration_failing(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    """The pager fails on both; mail on one only; chat a little less than is told; another job's
    pager fails on all. The pager of a third Alertmanager sends nothing, which is no success.
    """
    wait = minutes(alerts.integration_failing.for_)
    told = _BEFORE + 5 + wait
    too_many, few = limits.failing * _SENT * 1.01, limits.failing * _SENT * 0.99
    targets = {
        (job, "a", "pagerduty"): (_SENT, too_many),
        (job, "b", "pagerduty"): (_SENT, 2 * too_many),
        (job, "e", "pagerduty"): (0, 0),
        (job, "a", "email"): (_SENT, too_many),
        (job, "b", "email"): (_SENT, 0),
        (job, "a", "slack"): (_SENT, few),
        (job, "b", "slack"): (_SENT, few),
        (OTHER_JOB, "c", "pagerduty"): (_SENT, 3 * too_many),
    }
    return AlertTest(
        alerts.integration_failing,
        series=_notifications(targets, told + 5 - _BEFORE),
        quiet=[at(told - 2), at(told + 8)],
        fires={at(told): [{"job": job, **_PAGER}]},
    )


def _instance_failing(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    """One cannot send by mail; the other one fails a little less than is told."""
    wait = minutes(alerts.instance_failing.for_)
    told = _BEFORE + 5 + wait
    too_many, few = limits.failing * _SENT * 1.01, limits.failing * _SENT * 0.99
    targets = {
        (job, "a", "email"): (_SENT, too_many),
        (job, "a", "pagerduty"): (_SENT, 0),
        (job, "b", "email"): (_SENT, few),
        (OTHER_JOB, "c", "email"): (_SENT, too_many),
    }
    return AlertTest(
        alerts.instance_failing,
        series=_notifications(targets, told + 5 - _BEFORE),
        quiet=[at(told - 2), at(told + 8)],
        fires={at(told): [{"job": job, "instance": "a", **_MAIL}]},
    )


def _slow(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    """By pager 989 of 1,000 are in time, by mail 991; before the fault all are, by both.

    The 99th hundredth lies in the last bucket but one, whose bound is what is waited for.
    """
    metric, width, wait = (
        "alertmanager_notification_latency_seconds_bucket",
        10,
        minutes(alerts.slow.for_),
    )
    before = 2 * width
    told = before + width + wait

    def buckets(target: str, owner: str, integration: str, in_time: float) -> dict[str, str]:
        made = {}
        for bound, each in ((number(limits.latency), in_time), ("20", 1000), ("+Inf", 1000)):
            labels = {"integration": integration, "le": bound}
            made[series(metric, owner, target, labels)] = counter(
                (1000, before), (each, told + 5 - before)
            )
        return made

    return AlertTest(
        alerts.slow,
        series={
            **buckets("a", job, "pagerduty", 978),
            **buckets("b", job, "pagerduty", 1000),
            **buckets("a", job, "email", 991),
            **buckets("b", job, "email", 990),
            **buckets("c", OTHER_JOB, "pagerduty", 900),
        },
        quiet=[at(told - 3)],
        fires={at(told): [{"job": job, **_PAGER}]},
    )


def _flooded(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    """Suppressed alerts do not count."""
    metric, wait = "alertmanager_alerts", minutes(alerts.flooded.for_)
    lasts = wait + 5
    many = limits.active + 1
    shape = {
        (job, "a", "active"): gauge((1, _BEFORE), (many, lasts)),
        (job, "b", "active"): gauge((1, _BEFORE), (limits.active, lasts)),
        (job, "b", "suppressed"): gauge((1, _BEFORE), (many, lasts)),
        (job, "d", "active"): gauge((1, _BEFORE), (many, wait), (1, 5)),
        (OTHER_JOB, "c", "active"): gauge((1, _BEFORE), (many, lasts)),
    }
    return AlertTest(
        alerts.flooded,
        series={
            series(metric, owner, target, {"state": state}): samples
            for (owner, target, state), samples in shape.items()
        },
        quiet=[at(_BEFORE + wait - 1)],
        fires={at(_BEFORE + wait): [{"job": job, "instance": "a", "state": "active"}]},
    )
