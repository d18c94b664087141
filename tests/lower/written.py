"""Boards of one small service, as people write them, to the program and to files."""

import json
from decimal import Decimal

from giggamon_compiler import (
    SLO,
    Dashboard,
    Environment,
    Labels,
    Policy,
    Query,
    Ratio,
    Row,
    Service,
    Severity,
    Team,
    panel,
)
from giggamon_compiler.ir import Program
from giggamon_compiler.lower.dashboards import lower_dashboards
from giggamon_compiler.model.definitions import DefinitionFile, Definitions
from giggamon_compiler.targets import grafana

calm = Severity(
    "calm", channels=["chat"], group_wait="5s", group_interval="10s", repeat_interval="1h"
)
team = Team("shipping")
delivery = SLO(
    "delivery",
    objective=Decimal("99.95"),
    window="30d",
    sli=Ratio(bad='parcels_total{state="lost"}', total="parcels_total"),
)
labels = Labels(service="svc", team="squad", severity="level")
queue = panel.Stat("Waiting", [Query("sum(queue)")], key="queue", unit="short")
rate = panel.TimeSeries("Requests", [Query("sum(rate(x[1m]))", legend="all")], key="rate")


def lower(
    *boards, scrape=None, scrape_interval="10s", service_name="parcels", outside=False, **of_service
):
    """The boards of one service, or of none, as the program has them."""
    policy = Policy(
        severities=[calm],
        fallback=calm,
        default_team=team,
        labels=labels,
        scrape_interval=scrape_interval,
    )
    environment = Environment(
        "here",
        prometheus="2.42",
        alertmanager="0.25",
        retention="35d",
        runbooks_url="https://git.example/runbooks/",
    )
    house = DefinitionFile("house", (("policy", policy), ("environment", environment)))
    service = Service(service_name, team=team, scrape=scrape, **of_service)
    values = [("service", service), ("delivery", delivery)] if not outside else []
    values += [(f"board{number}", board) for number, board in enumerate(boards)]
    file = DefinitionFile("services/parcels", tuple(values))
    definitions = Definitions((house, file), {"parcels": {}})
    return lower_dashboards(definitions, Program())


def emitted(*boards, **settings):
    """The JSON of the only board."""
    (text,) = grafana.emit(lower(*boards, **settings)).values()
    return json.loads(text)


def board(*rows, **fields):
    return Dashboard("parcels", title="Parcels", rows=rows, **fields)


def panel_of(value):
    return emitted(board(Row("Row", [value])))["panels"][1]
