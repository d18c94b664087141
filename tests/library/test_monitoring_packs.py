"""The packs that watch the monitoring itself and what is asked from outside, in other houses.

What promtool says of a pack's incidents must not depend on the limits of the house that uses it.
"""

from pathlib import Path

import pytest

from giggamon_compiler import checks, lower
from giggamon_compiler.load import place_findings, read_definitions
from tests.cli.run import call
from tests.house import write_house

# What a pack leaves to the house that uses it.
NOT_HERE = {"alert-without-runbook", "route-without-test"}

LIMITS = {
    "prometheus": (
        "Limits(series=50_000, volume_bytes=2e9)",
        "Limits(series=12_345_678, volume_bytes=7.3e12, series_growth=3, "
        "notifications_failing=0.2, queries_used=0.5, queue_used=0.95)",
    ),
    "alertmanager": (
        "Limits(latency=1, active=3)",
        "Limits(latency=15, active=2_500, failing=0.3)",
    ),
    "elasticsearch": (
        "Limits(nodes=1, documents=0.2, search_seconds=0.05)",
        "Limits(nodes=40, documents=30_000, search_seconds=0.9, searches=7, disk_free=0.3, "
        "disk_free_last=0.02, old_generation=0.6, task_seconds=5)",
    ),
}
ENDPOINT_LIMITS = (
    "Limits(seconds=0.3)",
    "Limits(seconds=12.5, down_for='10m', changes=2)",
    "Limits(seconds=1, down_for='3m', changes=7)",
)
CERTIFICATE_LIMITS = (
    "CertificateLimits(days=5, last_days=1)",
    "CertificateLimits(days=45.5, last_days=14)",
    "CertificateLimits(days=30)",
)


def houses() -> dict[str, str]:
    """A service for each set of limits, with its tests and the headings of its runbook."""
    files = {}
    for pack, several in LIMITS.items():
        for number, limits in enumerate(several):
            name = f"{pack}{number}"
            files[f"services/{name}.py"] = f"""
                service = Service("{name}", team=commerce)
                limits_of_{name} = library.{pack}.{limits}
                alerts_of_{name} = library.{pack}.alerts("{name}", limits_of_{name},
                    critical=critical, warning=warning)
                panels = library.{pack}.panels("{name}", alerts_of_{name})
            """
            files[f"services/{name}_test.py"] = f"""
                incidents = library.{pack}.incidents("{name}", limits_of_{name}, alerts_of_{name})
            """
    for number, limits in enumerate(ENDPOINT_LIMITS):
        name = f"endpoint{number}"
        files[f"services/{name}.py"] = f"""
            service = Service("{name}", team=commerce)
            limits_of_{name} = library.endpoint.{limits}
            ends_of_{name} = library.endpoint.{CERTIFICATE_LIMITS[number]}
            alerts_of_{name} = library.endpoint.alerts("{name}", limits_of_{name}, prefix="Shop",
                critical=critical, warning=warning)
            certificates_of_{name} = library.endpoint.certificate_alerts("{name}", ends_of_{name},
                prefix="Shop", critical=critical, warning=warning)
            panels = [*library.endpoint.panels("{name}", alerts_of_{name}),
                *library.endpoint.certificate_panels("{name}", certificates_of_{name})]
        """
        files[f"services/{name}_test.py"] = f"""
            incidents = library.endpoint.incidents("{name}", limits_of_{name}, alerts_of_{name})
            endings = library.endpoint.certificate_incidents("{name}", ends_of_{name},
                certificates_of_{name})
        """
    return files


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_house(tmp_path_factory.mktemp("house"), houses())


def test_the_incidents_hold_with_other_limits(
    definitions: Path, capsys: pytest.CaptureFixture[str]
):
    called = call(f"giggamon test --definitions {definitions}", capsys)
    assert called.code == 0, called.out


def test_nothing_but_runbooks_is_missing_there(definitions: Path):
    read, loading = read_definitions(definitions)
    found = [*place_findings(loading), *place_findings(checks.run(lower.lower(read), whole=True))]
    mine = [it.message for it in found if it.subject and it.id not in NOT_HERE]
    assert mine == []
