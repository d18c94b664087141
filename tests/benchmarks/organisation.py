"""A synthetic organisation: any number of services with alerts, tests, an SLO and a board each.

`python -m tests.benchmarks.organisation FOLDER --services N` writes a definitions folder whose
services have 10 varied alerts with a test each, one objective, and one board of 12 panels.
"""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path

HOUSE = '''\
"""The house: teams, policy, environment."""

from giggamon_compiler import SMTP, Environment, Labels, Policy, Severity, Team, notify

{teams}

critical = Severity("critical", channels=["page", "chat"], group_wait="5s", group_interval="10s",
    repeat_interval="1h", notified_within="60s")
warning = Severity("warning", channels=["chat"], group_wait="30s", group_interval="5m",
    repeat_interval="12h")
policy = Policy(severities=[critical, warning], fallback=warning, default_team=team_0,
    group_by=["alertname", "service"], scrape_interval="10s", evaluation_interval="10s")
environment = Environment("bench", prometheus="2.42", alertmanager="0.25", retention="35d",
    alertmanagers=["am:9093"], prometheus_url="https://prometheus.example",
    grafana_url="https://grafana.example", runbooks_url="https://runbooks.example",
    secrets="/etc/alertmanager/secrets", smtp=SMTP("mail.example:587", from_="m@mail.example"))
'''
TEAM = """\
{name} = Team("{title}", page=notify.PagerDuty(routing_key_file="{title}-pagerduty"),
    chat=notify.Slack(channel="#{title}", api_url_file="{title}-slack"),
    mail=notify.Email(to="{title}@mail.example"))"""

ROUTE_TESTS = """\
page_{number} = RouteTest({{"team": "{title}", "severity": "critical"}},
    notifies=[{name}.page, {name}.chat])
chat_{number} = RouteTest({{"team": "{title}", "severity": "warning"}}, notifies=[{name}.chat])"""

SERVICE = '''\
"""Service {number} of a synthetic organisation."""

from definitions.house import critical, team_{team}, warning
from giggamon_compiler import (SLO, Alert, Dashboard, Query, Ratio, Row, Scrape, Service, block,
    metric, panel)

service = Service("{name}", team=team_{team}, scrape=Scrape("{name}", targets=["{name}:8000"]),
    depends_on=["{other}"])

requests = metric.Counter("{under}_requests_total", help="Requests answered",
    labels={{"code": ["200", "500"]}}, signal="requests", errors='code=~"5.."')
depth = metric.Gauge("{under}_queue_depth", help="Work that waits", signal="saturation")

availability = SLO("availability", objective=99.9, window="30d", fast=critical, slow=warning,
    sli=Ratio(bad='{under}_requests_total{{job="{name}",code=~"5.."}}',
        total='{under}_requests_total{{job="{name}"}}'))

{alerts}

dashboard = Dashboard("{name}", title="{title}", rows=[
    *block.slo(availability),
{rows}
])
'''
ALERT = """\
alert_{number} = Alert("{title}Alert{number}", expr='{expr}', for_="{for_}",
    severity={severity}, summary="{title} shows symptom {number}",
    description="{{{{ $labels.instance }}}} reports {{{{ $value | humanize }}}}.")"""
EXPRESSIONS = (
    'rate({under}_requests_total{{job="{name}",code=~"5.."}}[5m]) > {number}',
    'deriv({under}_queue_depth{{job="{name}"}}[30m]) * 60 > {number}',
    '{under}_queue_depth{{job="{name}",instance=~"{name}.*"}} > {number}00',
    'sum by (instance) (rate({under}_requests_total{{job="{name}"}}[10m])) < 0.{number}',
    'max_over_time({under}_queue_depth{{job="{name}"}}[1h]) - {under}_queue_depth > {number}',
)
ROW = """\
    Row("Row {number}", [
        panel.TimeSeries("Requests", [Query('sum by (code) (rate({under}_requests_total'
            '{{job="{name}"}}[$__rate_interval]))', legend="{{{{code}}}}")],
            key="requests-{number}", unit="reqps"),
        panel.TimeSeries("Queue", [Query('{under}_queue_depth{{job="{name}"}}',
            legend="{{{{instance}}}}")], key="queue-{number}", unit="short"),
        panel.Stat("Now", [Query('sum({under}_queue_depth{{job="{name}"}})')],
            key="now-{number}", unit="short")]),"""

TESTS = '''\
"""What the alerts of service {number} must and must not do."""

from definitions.house import critical, warning
from definitions.services.{under} import {names}
from giggamon_compiler import AlertTest

{tests}

burning = AlertTest(availability, severity=critical, fires={{"2h": [{{}}]}}, series={{
    '{under}_requests_total{{job="{name}",code="500"}}': "0+1x120"}})
smouldering = AlertTest(availability, severity=warning, fires={{"2h": [{{}}]}}, series={{
    '{under}_requests_total{{job="{name}",code="500"}}': "0+1x120"}})
'''
TEST = """\
test_{number} = AlertTest(alert_{number}, series={{
    '{under}_requests_total{{job="{name}",code="200",instance="{name}:8000"}}': "0+{number}x90",
    '{under}_queue_depth{{job="{name}",instance="{name}:8000"}}': "1x90"}},
    quiet=["1m"], fires={{"2h": [{{"instance": "{name}:8000"}}]}})"""


def write_organisation(folder: Path, services: int) -> None:
    """Write the definitions of so many services; 10 services share a team."""
    (folder / "services").mkdir(parents=True)
    count = max(1, services // 10)
    teams = [TEAM.format(name=f"team_{n}", title=f"team-{n}") for n in range(count)]
    (folder / "house.py").write_text(HOUSE.format(teams="\n".join(teams)))
    tests = [
        ROUTE_TESTS.format(number=n, name=f"team_{n}", title=f"team-{n}") for n in range(count)
    ]
    members = textwrap.fill(", ".join(f"team_{n}" for n in range(count)), 80)
    house = f"from definitions.house import ({members})\nfrom giggamon_compiler import RouteTest\n"
    (folder / "house_test.py").write_text("\n".join([house, *tests]) + "\n")
    (folder / "runbooks").mkdir()
    for number in range(services):
        write_service(folder, number, services, count)


def write_service(folder: Path, number: int, services: int, teams: int) -> None:
    """Write a service's definitions, its tests and its runbook."""
    name, under, title = f"svc-{number}", f"svc_{number}", f"Svc{number}"
    words = {"name": name, "under": under, "title": title}
    alerts = [
        ALERT.format(
            number=n,
            expr=EXPRESSIONS[n % len(EXPRESSIONS)].format(number=n + 1, **words),
            for_=f"{n + 1}m",
            severity="critical" if n % 5 == 0 else "warning",
            title=title,
        )
        for n in range(10)
    ]
    text = SERVICE.format(
        number=number,
        team=number % teams,
        other=f"svc-{(number + 1) % services}",
        alerts="\n\n".join(alerts),
        rows="\n".join(ROW.format(number=n, **words) for n in range(3)),
        **words,
    )
    (folder / "services" / f"{under}.py").write_text(text)
    tests = "\n\n".join(TEST.format(number=n, **words) for n in range(10))
    names = ", ".join(["availability", *(f"alert_{n}" for n in range(10))])
    imports = textwrap.fill(names, 80, subsequent_indent="    ")
    (folder / "services" / f"{under}_test.py").write_text(
        TESTS.format(number=number, names=f"({imports})", tests=tests, **words)
    )
    headings = [f"{title}Alert{n}" for n in range(10)] + [f"{title}AvailabilityBudgetBurn"]
    page = "\n".join(f"## {heading}\n\nLook at the board.\n" for heading in headings)
    (folder / "runbooks" / f"{under}.md").write_text(page)


def main() -> None:
    """Write an organisation into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--services", type=int, default=100)
    given = parser.parse_args()
    write_organisation(given.folder, given.services)


if __name__ == "__main__":
    main()
