"""Sailings: tells passengers when the next ferry leaves."""

from definitions.crews import vessels
from definitions.rules_of_the_house import look, note, wake
from giggamon_compiler import (
    SLO,
    Alert,
    Dashboard,
    Query,
    Ratio,
    Row,
    Scrape,
    Service,
    block,
    metric,
    panel,
)

service = Service(
    "sailings",
    team=vessels,
    scrape=Scrape("sailings-web", targets=["sail-a:9400", "sail-b:9400"]),
    depends_on=["boarding"],
)

lookups = metric.Counter(
    "sailings_lookups_total",
    help="Searches for a sailing, by how they ended",
    labels={"outcome": ["found", "none", "broken"]},
    signal="requests",
    errors='outcome="broken"',
)
timetable = metric.Gauge(
    "sailings_timetable_timestamp_seconds", help="When the timetable was last read"
)

answers = SLO(
    "answers",
    objective=99,
    window="14d",
    fast=wake,
    slow=look,
    sli=Ratio(
        bad='sailings_lookups_total{job="sailings-web",outcome="broken"}',
        total='sailings_lookups_total{job="sailings-web"}',
    ),
)

gone = Alert(
    "SailingsInstanceGone",
    expr='up{job="sailings-web"} == 0',
    for_="10s",
    severity=wake,
    summary="{{ $labels.instance }} is gone",
    description="Half of the passengers see no timetable.",
)

timetable_old = Alert(
    "SailingsTimetableOld",
    expr='time() - sailings_timetable_timestamp_seconds{job="sailings-web"} > 86400',
    severity=note,
    summary="The timetable is from yesterday",
)

board = Dashboard(
    "sailings",
    title="Sailings",
    rows=[
        *block.slo(answers),
        Row(
            "Lookups",
            [
                panel.TimeSeries(
                    "Lookups by outcome",
                    [
                        Query(
                            'sum by (outcome) (rate(sailings_lookups_total{job="sailings-web"}'
                            "[$__rate_interval]))",
                            legend="{{outcome}}",
                        )
                    ],
                    key="lookups",
                    unit="ops",
                ),
                panel.Stat(
                    "Age of the timetable",
                    [
                        Query(
                            "time() - min("
                            'sailings_timetable_timestamp_seconds{job="sailings-web"})',
                            legend="age",
                        )
                    ],
                    key="timetable",
                    unit="s",
                ),
            ],
        ),
    ],
)
