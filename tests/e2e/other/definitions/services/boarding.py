"""Boarding: opens the gates at the quay and counts who waits there."""

from definitions.crews import harbour
from definitions.rules_of_the_house import look, wake
from giggamon_compiler import (
    Alert,
    Dashboard,
    Group,
    Query,
    Record,
    Row,
    Scrape,
    Service,
    metric,
    panel,
)

service = Service(
    "boarding",
    team=harbour,
    scrape=Scrape("gates", targets=["gatehouse:9500"], interval="4s", labels={"quay": "west"}),
)

gates = metric.Gauge(
    "boarding_gate_answers",
    help="1 while the gate answers its controller",
    labels={"place": ["pier-1", "pier-2", "ramp-3"]},
)
waiting = metric.Gauge(
    "boarding_people_waiting", help="People before a gate", labels={"place": ["pier-1", "ramp-3"]}
)

stuck = Alert(
    "BoardingGateStuck",
    expr='boarding_gate_answers{job="gates"} == 0',
    severity=wake,
    summary="The gate at {{ $labels.place }} is stuck",
    labels={"trade": "mechanic"},
)

crowd = Record("quay:boarding_people_waiting:sum", expr="sum by (quay) (boarding_people_waiting)")

crowded = Alert(
    "BoardingCrowded",
    expr="quay:boarding_people_waiting:sum > 300",
    for_="1m",
    keep_firing_for="30s",
    severity=look,
    summary="{{ $value }} people wait at the {{ $labels.quay }} quay",
)

waits = Group("waits", rules=[crowd, crowded], interval="10s")

board = Dashboard(
    "boarding",
    title="Boarding",
    rows=[
        Row(
            "Gates",
            [
                panel.TimeSeries(
                    "People waiting",
                    [Query("boarding_people_waiting", legend="{{place}}")],
                    key="waiting",
                ),
                panel.Stat(
                    "Gates that answer",
                    [Query("sum(boarding_gate_answers)", legend="gates")],
                    key="gates",
                ),
            ],
        )
    ],
)
