"""The inventory: every machine, and what runs on it."""

from giggamon_compiler import Host

hosts = [
    Host("app-1", address="app-1.giggatek.example", roles=["app", "worker"]),
    Host("app-2", address="app-2.giggatek.example", roles=["app", "worker"]),
    Host("app-3", address="app-3.giggatek.example", roles=["app"]),
    Host("db-1", address="db-1.giggatek.example", roles=["mysql"]),
    Host("db-2", address="db-2.giggatek.example", roles=["mysql"]),
    Host("redis-1", address="redis-1.giggatek.example", roles=["redis"]),
    Host("redis-2", address="redis-2.giggatek.example", roles=["redis"]),
    Host("search-1", address="search-1.giggatek.example", roles=["elasticsearch", "logstash"]),
    Host("search-2", address="search-2.giggatek.example", roles=["elasticsearch", "logstash"]),
    Host("search-3", address="search-3.giggatek.example", roles=["elasticsearch", "kibana"]),
    Host("monitoring-1", address="monitoring-1.giggatek.example", roles=["prometheus", "grafana"]),
    Host("monitoring-2", address="monitoring-2.giggatek.example", roles=["alertmanager"]),
]


def targets(port: int, role: str | None = None) -> list[str]:
    """Host and port of every machine, or of those with a role."""
    return [f"{host.address}:{port}" for host in hosts if role is None or role in host.roles]
