"""The packs for hosts, MySQL and Redis, in other houses than ours.

What promtool says of a pack's incidents must not depend on the limits of the house that uses it.
"""

import dataclasses
from pathlib import Path

import pytest

from giggamon_compiler import Severity, checks, library, lower
from giggamon_compiler.load import place_findings, read_definitions
from giggamon_compiler.model.panel import TimeSeries
from tests.cli.run import call
from tests.house import write_house

# What a pack leaves to the house that uses it.
NOT_HERE = {"alert-without-runbook", "route-without-test"}

LIMITS = {
    "host": (
        "Limits(cpu_busy=0.5, load_per_core=1, memory_available=0.3, swap_pages=1, disk_free=0.2, "
        "disk_growth_free=0.2, disk_busy=0.3)",
        "Limits(cpu_busy=0.98, load_per_core=12.5, memory_available=0.015, swap_pages=12_345, "
        "disk_free=0.01, disk_growth_free=0.65, disk_busy=0.99, inodes_free=0.2, "
        "network_errors=0.0002, network_packets=2_000, listen_overflows=0.5, table_used=0.57, "
        "clock_offset=1.5, clock_error=3, young=1800)",
    ),
    "mysql": (
        "Limits(connections_used=0.5, aborted_per_minute=0.3, replica_lag=5, slow_share=0.001, "
        "threads_running=3, deadlocks=1, buffer_pool_misses=0.2)",
        "Limits(connections_used=0.97, aborted_per_minute=600, replica_lag=86_400, "
        "slow_share=0.33, threads_running=2_000, deadlocks=700, buffer_pool_misses=0.0005, "
        "lock_waits=1, refused=1, busy=2_500, page_reads=3, young=3600)",
    ),
    "redis": (
        "Limits(memory_used=0.5, clients_used=0.5, evictions_per_second=0.1, replica_lag=2, "
        "command_seconds=0.00003, hit_ratio=0.3)",
        "Limits(memory_used=0.97, clients_used=0.99, evictions_per_second=12_000, "
        "replica_lag=600, command_seconds=0.7, hit_ratio=0.99, keys_lost=0.1, keys=2_000_000, "
        "commands=0.5, lookups=30_000, refused=1, young=60)",
    ),
}


def houses() -> dict[str, str]:
    """A service for each set of limits, with its tests."""
    files = {}
    for pack, several in LIMITS.items():
        for number, limits in enumerate(several):
            name = f"{pack}{number}"
            files[f"services/{name}.py"] = f"""
                service = Service("{name}", team=commerce,
                    scrape=Scrape("{name}", targets=["a:1", "b:1"], catalogue="{pack}"))
                limits_of_{name} = library.{pack}.{limits}
                alerts_of_{name} = library.{pack}.alerts("{name}", limits_of_{name},
                    critical=critical, warning=warning, info=warning)
                panels = library.{pack}.panels("{name}", alerts_of_{name})
            """
            files[f"services/{name}_test.py"] = f"""
                incidents = library.{pack}.incidents("{name}", limits_of_{name}, alerts_of_{name})
            """
    return files


ANY = Severity("any", channels=[], group_wait="1s", group_interval="1s", repeat_interval="1h")
RECORDED = {"host": "node_exporter", "mysql": "mysqld_exporter", "redis": "redis_exporter"}
CATALOGUE = Path(__file__).parents[2] / "definitions" / "catalogue"


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    catalogues = {
        f"catalogue/{pack}.prom": (CATALOGUE / f"{name}.prom").read_text("utf-8")
        for pack, name in RECORDED.items()
    }
    return write_house(tmp_path_factory.mktemp("house"), {**houses(), **catalogues})


def test_the_incidents_hold_with_other_limits(
    definitions: Path, capsys: pytest.CaptureFixture[str]
):
    called = call(f"giggamon test --definitions {definitions}", capsys)
    assert called.code == 0, called.out


def test_nothing_but_runbooks_is_missing_there(definitions: Path):
    read, loading = read_definitions(definitions)
    found = [*place_findings(loading), *place_findings(checks.run(lower.lower(read), whole=True))]
    assert [it.message for it in found if it.subject and it.id not in NOT_HERE] == []


@pytest.mark.parametrize("pack", [library.host, library.mysql, library.redis])
def test_every_limit_is_compared_with(pack):
    """A limit that no alert reads would be tuned in vain: each has a figure of its own here."""
    fields = [it for it in dataclasses.fields(pack.Limits) if it.name != "keys_lost"]
    figures = {
        it.name: 1001 + number if it.type == "Count" else 0.1 + (number + 1) / 1000
        for number, it in enumerate(fields)
    }
    made = pack.alerts("job", pack.Limits(**figures), critical=ANY, warning=ANY, info=ANY)
    unread = {
        name
        for name, figure in figures.items()
        if not any(alert.expr.count(f" {figure:.12g}") for alert in made)
    }
    assert unread == set()


@pytest.mark.parametrize("pack", [library.host, library.mysql, library.redis])
def test_every_panel_says_what_it_shows(pack):
    fields = dataclasses.fields(pack.Limits)
    made = pack.alerts(
        "job",
        pack.Limits(**{it.name: 5 if it.type == "Count" else 0.5 for it in fields}),
        critical=ANY,
        warning=ANY,
        info=ANY,
    )
    panels: list[TimeSeries] = pack.panels("job", made)
    assert all(it.unit and it.description for it in panels)
    assert all(query.legend for it in panels for query in it.queries)
    assert {it.signal for it in panels} >= {"requests", "errors", "duration", "saturation"}
    assert len({it.key for it in panels}) == len(panels)
