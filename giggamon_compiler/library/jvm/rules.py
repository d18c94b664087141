"""The alerts of a Java service, and the limits that they compare with."""

from __future__ import annotations

from typing import NamedTuple

from giggamon_compiler.library.limits import Share, judged
from giggamon_compiler.library.notation import number
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.team import Severity


@judged
class Limits:
    """What is too much.

    heap: the share of the heap that is taken even right after a collection
    collecting: seconds of each second that collections take
    files: the share of the open files that the machine allows
    """

    heap: Share = 0.9
    collecting: Share = 0.1
    files: Share = 0.9


class Alerts(NamedTuple):
    """The alerts of a Java service."""

    heap: Alert
    collecting: Alert
    deadlock: Alert
    files: Alert


def alerts(prefix: str, job: str, limits: Limits, *, warning: Severity) -> Alerts:
    """The alerts on the virtual machines of a job; prefix: begins their names, such as "Rentals".

    They say why a service is about to be slow; that it is slow is told by its own alerts.
    """
    heap = f'{{job="{job}",area="heap"}}'
    chosen = f'{{job="{job}"}}'
    return Alerts(
        heap=Alert(
            f"{prefix}HeapFull",
            expr=f"min_over_time(jvm_memory_used_bytes{heap}[15m])"
            f"\n  / jvm_memory_max_bytes{heap} > {number(limits.heap)}",
            for_="5m",
            severity=warning,
            summary="The heap of {{ $labels.instance }} is full",
            description="For a quarter of an hour no collection has brought it below "
            "{{ $value | humanizePercentage }}.",
        ),
        collecting=Alert(
            f"{prefix}CollectsGarbage",
            expr=f"sum by (job, instance) (rate(jvm_gc_collection_seconds_sum{chosen}[5m]))"
            f" > {number(limits.collecting)}",
            for_="10m",
            severity=warning,
            summary="{{ $labels.instance }} spends its time on collecting garbage",
            description="Collections take {{ $value | humanizePercentage }} of the time.",
        ),
        deadlock=Alert(
            f"{prefix}Deadlocked",
            expr=f"jvm_threads_deadlocked{chosen} > 0",
            for_="2m",
            severity=warning,
            summary="Threads of {{ $labels.instance }} wait for one another",
            description="{{ $value | humanize }} threads will never go on.",
        ),
        files=Alert(
            f"{prefix}OpenFiles",
            expr=f"process_open_fds{chosen} / process_max_fds{chosen} > {number(limits.files)}",
            for_="10m",
            severity=warning,
            summary="{{ $labels.instance }} runs out of files and connections",
            description="{{ $value | humanizePercentage }} of what it may open are open.",
        ),
    )
