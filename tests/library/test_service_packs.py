"""The packs for our own services, in other houses than ours.

What promtool says of a pack's incidents must not depend on the limits of the house that uses it.
"""

from pathlib import Path

import pytest

from giggamon_compiler import Severity, checks, library, lower
from giggamon_compiler.load import place_findings, read_definitions
from tests.cli.run import call
from tests.house import write_house

# What a pack leaves to the house that uses it.
NOT_HERE = {"alert-without-runbook", "route-without-test"}
CATALOGUE = Path(__file__).parents[2] / "definitions" / "catalogue" / "jvm.prom"
COUNTER = """'things_total{job="JOB",result="good"}'"""
OTHER = COUNTER.replace("JOB", "other")

# Of each pack: its limits, and how it is used; JOB stands for the name of the house's job.
HOUSES = {
    "http_service": (
        (
            "errors=0.5, seconds=0.05, least=0.01",
            "errors=0.001, seconds=33, least=900, workers=0.5",
        ),
        'metrics(routes=["/"], buckets=["0.05", "0.1", "33", "66"])',
        'alerts("ShopJOB", "JOB", limits_of_JOB, critical=critical, warning=warning)',
        'panels("JOB", alerts_of_JOB)',
        'incidents("JOB", limits_of_JOB, alerts_of_JOB)',
    ),
    "queue": (
        ("seconds=1, failures=0.5, least=0.001", "seconds=86400, failures=0.001, least=500"),
        'metrics(queues=["mails"])',
        'alerts("ShopJOB", "JOB", limits_of_JOB, critical=critical, warning=warning)',
        'panels("JOB", alerts_of_JOB)',
        'incidents("JOB", limits_of_JOB, alerts_of_JOB)',
    ),
    "batch": (
        ("late=3600, seconds=0.5", "late=700_000, seconds=90_000"),
        'metrics(batches=["nightly"])',
        'alerts("ShopJOB", "JOB", "nightly", limits_of_JOB, late=critical, warning=warning, '
        "info=warning)",
        'panels("JOB", "nightly", alerts_of_JOB)',
        'incidents("JOB", "nightly", limits_of_JOB, alerts_of_JOB)',
    ),
    "jvm": (
        ("heap=0.5, collecting=0.01, files=0.5", "heap=0.98, collecting=0.9, files=0.97"),
        None,
        'alerts("ShopJOB", "JOB", limits_of_JOB, warning=warning)',
        'panels("JOB", alerts_of_JOB)',
        'incidents("JOB", limits_of_JOB, alerts_of_JOB)',
    ),
    "seasonal": (
        (
            "least=0.5, collapsed=0.01, low=0.95, high=1.1",
            "least=1e6, collapsed=0.7, low=0.9, high=20",
        ),
        None,
        f'alerts("ShopJOB", {COUNTER}, limits_of_JOB, record="JOB:things", subject="things", '
        'window="12h", collapsed=critical, low=warning, high=warning)',
        'panels("Things", "things", alerts_of_JOB)',
        f"incidents({COUNTER}, [{OTHER}], limits_of_JOB, alerts_of_JOB)",
    ),
}


def houses() -> dict[str, str]:
    """A service for each set of limits, with its tests."""
    files = {}
    for pack, (several, metrics, alerts, panels, incidents) in HOUSES.items():
        for number, limits in enumerate(several):
            name = f"{pack}{number}"
            declared = (
                f"metrics = library.{pack}.{metrics}"
                if metrics
                else 'things = metric.Counter("things_total", help="Things", '
                'labels={"result": ["good"]})'
            )
            catalogue = ', catalogue="jvm"' if pack == "jvm" else ""
            files[f"services/{name}.py"] = f"""
                service = Service("JOB", team=commerce,
                    scrape=Scrape("JOB", targets=["a:1", "b:1"]{catalogue}))
                {declared}
                limits_of_JOB = library.{pack}.Limits({limits})
                alerts_of_JOB = library.{pack}.{alerts}
                panels = library.{pack}.{panels}
            """.replace("JOB", name)
            files[f"services/{name}_test.py"] = f"""
                incidents = library.{pack}.{incidents}
            """.replace("JOB", name)
    return files


OBJECTIVES = {
    "services/strict.py": """
        service = Service("strict", team=commerce, scrape=Scrape("strict", targets=["a:1"]))
        answers = metric.Counter("answers_total", help="Answers", labels={"code": ["200", "500"]})
        strict = SLO("answers", objective=99.99, window="30d", fast=critical, slow=warning,
            sli=Ratio(bad='answers_total{job="strict",code="500"}',
                total='answers_total{job="strict"}'))
    """,
    "services/strict_test.py": """
        incidents = library.objective.incidents(strict,
            bad='answers_total{job="strict",code="500"}',
            good='answers_total{job="strict",code="200"}',
            others=['answers_total{job="other",code="500"}'])
    """,
    "services/lax.py": """
        service = Service("lax", team=commerce, scrape=Scrape("lax", targets=["a:1"]))
        tries = metric.Counter("tries_total", help="Tries")
        failures = metric.Counter("failures_total", help="Failures")
        lax = SLO("tries", objective=97, window="14d", fast=critical, slow=warning,
            sli=Ratio(bad='failures_total{job="lax"}', total='tries_total{job="lax"}'))
    """,
    "services/lax_test.py": """
        incidents = library.objective.incidents(lax, bad='failures_total{job="lax"}',
            total='tries_total{job="lax"}', others=['failures_total{job="other"}'])
    """,
}

ANY = Severity("any", channels=[], group_wait="1s", group_interval="1s", repeat_interval="1h")


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    catalogue = {"catalogue/jvm.prom": CATALOGUE.read_text("utf-8")}
    return write_house(tmp_path_factory.mktemp("house"), {**houses(), **OBJECTIVES, **catalogue})


def test_the_incidents_hold_with_other_limits(
    definitions: Path, capsys: pytest.CaptureFixture[str]
):
    called = call(f"giggamon test --definitions {definitions}", capsys)
    assert called.code == 0, called.out


def test_nothing_but_runbooks_is_missing_there(definitions: Path):
    read, loading = read_definitions(definitions)
    found = [*place_findings(loading), *place_findings(checks.run(lower.lower(read), whole=True))]
    assert [it.message for it in found if it.subject and it.id not in NOT_HERE] == []


def test_every_panel_says_what_it_shows():
    http = library.http_service.Limits(errors=0.1, seconds=1, least=1)
    queue = library.queue.Limits(seconds=1, failures=0.1, least=1)
    both = {"critical": ANY, "warning": ANY}
    panels = [
        *library.http_service.panels("j", library.http_service.alerts("P", "j", http, **both)),
        *library.queue.panels("j", library.queue.alerts("P", "j", queue, **both)),
        *library.jvm.panels("j", library.jvm.alerts("P", "j", library.jvm.Limits(), warning=ANY)),
    ]
    assert all(it.unit and it.description and it.signal for it in panels)
    assert all(query.legend for it in panels for query in it.queries)
    assert len({it.key for it in panels}) == len(panels)
