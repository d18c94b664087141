"""Databases: MySQL and Redis side by side, and how the backend fares with them."""

from definitions.services import backend_api, hosts, mysql, redis
from giggamon_compiler import Dashboard, block

overview = Dashboard(
    "databases",
    title="Databases",
    description="Whether the databases are slow, or only full of work that somebody sends them.",
    tags=["team:data"],
    rows=[
        *block.alerts('service=~"mysql|redis"', by=["service", "instance"]),
        *block.pick(
            "As the backend sees it",
            [backend_api.pool_panel, backend_api.timeouts_panel, backend_api.queries_panel],
            "pool-used",
            "pool-timeouts",
            "queries",
            prefix="backend",
        ),
        *block.pick(
            "MySQL: work",
            mysql.panels,
            "statements",
            "commands",
            "slow-statements",
            "row-lock-wait",
            "deadlocks",
            prefix="mysql",
        ),
        *block.pick(
            "MySQL: room",
            mysql.panels,
            "connections-used",
            "threads-running",
            "lock-waits",
            "buffer-pool-misses",
            "replicas-behind",
            prefix="mysql",
        ),
        *block.pick(
            "Redis",
            redis.panels,
            "commands",
            "command-time",
            "memory",
            "evictions",
            "hit-ratio",
            "clients",
            "replicas-behind",
            prefix="redis",
        ),
        *block.pick(
            "The hosts below",
            hosts.panels,
            "disk-busy",
            "disk-latency",
            "disk-space",
            "memory",
            prefix="hosts",
            collapsed=True,
        ),
    ],
)
