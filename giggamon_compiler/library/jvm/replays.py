"""The incidents that the alerts of a Java service are for, replayed."""

from __future__ import annotations

from giggamon_compiler.library.jvm.rules import Alerts, Limits
from giggamon_compiler.library.notation import gauge
from giggamon_compiler.library.replay import OVER, SHORT, Replay
from giggamon_compiler.model.case import AlertTest
from giggamon_compiler.model.rule import Alert


def incidents(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    """A replay for each alert: what makes it fire, and what must not."""
    return {
        "heap": _heap(job, limits, alerts.heap),
        "collecting": _collecting(job, limits, alerts.collecting),
        "deadlock": _deadlock(job, alerts.deadlock),
        "files": _files(job, limits, alerts.files),
    }


def _heap(job: str, limits: Limits, alert: Alert) -> AlertTest:
    """A heap that a collection empties every ten minutes is none that is full."""
    it, size = Replay(alert, job, window=15), 1000.0
    used, most = 'jvm_memory_used_bytes{area="heap"}', 'jvm_memory_max_bytes{area="heap"}'
    over, short = limits.heap * size * OVER, limits.heap * size * SHORT
    always = {
        most: it.steady(size),
        'jvm_memory_used_bytes{area="nonheap"}': it.steady(size),
        'jvm_memory_max_bytes{area="nonheap"}': it.steady(size),
    }
    emptied = [(over, 10), (1.0, 1)] * (it.end // 11 + 1)
    return it.test(
        {
            "a": {used: it.turn(1, over), **always},
            "b": {used: it.turn(1, short), **always},
            "emptied": {used: gauge(*emptied), **always},
        },
        {used: it.steady(size), **always},
        {"a": {"area": "heap"}},
    )


def _collecting(job: str, limits: Limits, alert: Alert) -> AlertTest:
    """Two collectors share the time; what each takes alone is little."""
    it = Replay(alert, job, window=5)
    collectors = ("G1 Old Generation", "G1 Young Generation")

    def taking(share: float) -> dict[str, str]:
        growth = it.growth(0, share * 60 / 2)
        return {f'jvm_gc_collection_seconds_sum{{gc="{gc}"}}': growth for gc in collectors}

    return it.test(
        {"a": taking(limits.collecting * OVER), "b": taking(limits.collecting * SHORT)},
        taking(limits.collecting * 2),
        ["a"],
    )


def _deadlock(job: str, alert: Alert) -> AlertTest:
    it, threads = Replay(alert, job), "jvm_threads_deadlocked"
    ours = {"a": {threads: it.turn(0, 1)}, "b": {threads: it.steady(0)}}
    return it.test(ours, {threads: it.steady(2)}, ["a"])


def _files(job: str, limits: Limits, alert: Alert) -> AlertTest:
    it, most = Replay(alert, job), 1000
    every = {"process_max_fds": it.steady(most)}
    limit = limits.files * most
    return it.test(
        {
            "a": {**every, "process_open_fds": it.turn(1, limit + 1)},
            "b": {**every, "process_open_fds": it.turn(1, limit)},
        },
        {**every, "process_open_fds": it.steady(most)},
        ["a"],
    )
