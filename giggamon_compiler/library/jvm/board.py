"""The panels of a Java service."""

from __future__ import annotations

from giggamon_compiler.library.jvm.rules import Alerts
from giggamon_compiler.model.panel import Query, TimeSeries


def panels(job: str, alerts: Alerts) -> list[TimeSeries]:
    """Heap, collections, threads and files of each virtual machine of a job."""
    heap = f'{{job="{job}",area="heap"}}'
    chosen = f'{{job="{job}"}}'
    return [
        TimeSeries(
            "Heap in use",
            [
                Query(
                    f"jvm_memory_used_bytes{heap} / jvm_memory_max_bytes{heap}",
                    legend="{{instance}}",
                )
            ],
            key="heap",
            unit="percentunit",
            min=0,
            max=1,
            description="It falls with each collection. What matters is how far.",
            signal="saturation",
            threshold=alerts.heap,
        ),
        TimeSeries(
            "Time that collections take",
            [
                Query(
                    f"sum by (instance) (rate(jvm_gc_collection_seconds_sum{chosen}"
                    "[$__rate_interval]))",
                    legend="{{instance}}",
                )
            ],
            key="collecting",
            unit="percentunit",
            min=0,
            description="While the machine collects garbage, requests wait.",
            signal="saturation",
            threshold=alerts.collecting,
        ),
        TimeSeries(
            "Threads by state",
            [
                Query(
                    f"sum by (state) (jvm_threads_state{chosen})",
                    legend="{{state}}",
                )
            ],
            key="threads",
            unit="short",
            min=0,
            description="Many that are BLOCKED wait for one another's locks.",
            signal="saturation",
        ),
        TimeSeries(
            "Open files and connections",
            [
                Query(
                    f"process_open_fds{chosen} / process_max_fds{chosen}",
                    legend="{{instance}}",
                )
            ],
            key="files",
            unit="percentunit",
            min=0,
            max=1,
            description="At 100 % no connection can be opened any more.",
            signal="saturation",
            threshold=alerts.files,
        ),
    ]
