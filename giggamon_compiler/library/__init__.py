"""Ready-made alerts, panels and incidents, a package for each thing that is watched.

Each has `Limits`, `alerts`, `panels` and `incidents`. They return ordinary values: bind them at the
top of a service's file and of its tests, and what stands there belongs to that service.
"""

from giggamon_compiler.library import (
    alertmanager,
    batch,
    elasticsearch,
    endpoint,
    host,
    http_service,
    jvm,
    mysql,
    objective,
    prometheus,
    queue,
    redis,
    seasonal,
    shapes,
)

__all__ = [
    "alertmanager",
    "batch",
    "elasticsearch",
    "endpoint",
    "host",
    "http_service",
    "jvm",
    "mysql",
    "objective",
    "prometheus",
    "queue",
    "redis",
    "seasonal",
    "shapes",
]
