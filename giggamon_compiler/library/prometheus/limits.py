"""The limits that the alerts of Prometheus compare with."""

from __future__ import annotations

from giggamon_compiler.library.limits import Multiple, Positive, Share, judged


@judged
class Limits:
    """What is too much. Without a default is what depends on the house.

    series: the series that the server's memory is sized for
    volume_bytes: the size of the volume that the blocks are on
    series_growth: times as many series as a day before, which no release explains
    notifications_failing: the share of notifications that an Alertmanager may refuse; this one and
        the shares of queries and of the queue are those of the Prometheus mixin
    queries_used: the share of the queries that may run at one time
    queue_used: the share of the queue to the Alertmanagers that may be taken
    """

    series: Positive
    volume_bytes: Positive
    series_growth: Multiple = 1.5
    notifications_failing: Share = 0.01
    queries_used: Share = 0.8
    queue_used: Share = 0.5
