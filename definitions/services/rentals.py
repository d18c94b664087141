"""Rentals: hands out equipment and takes it back; a Java service."""

from definitions.policy import critical, info, warning
from definitions.teams import commerce
from giggamon_compiler import (
    SLO,
    Alert,
    Query,
    Ratio,
    Scrape,
    Service,
    library,
    metric,
    panel,
)

# What is too much -------------------------------------------------------------------------------

http_limits = library.http_service.Limits(
    errors=0.05,  # the counter's tablets try again: below it nobody notices
    seconds=2,  # a hand-over at the counter takes minutes anyway
    least=0.2,  # the counters are open from 7 to 22 h; at night there are no requests
)
jvm_limits = library.jvm.Limits()
started_limits = library.seasonal.Limits(
    least=20,  # in an hour; before 9 h there are fewer, and they vary
    collapsed=0.2,  # rain keeps half of the customers away, not four of five
    low=0.5,
    high=3,  # more than the counters can hand out
)
reminder_limits = library.batch.Limits(
    late=26 * 3600,  # it runs at 6 h each day and may take an hour
    seconds=3600,  # who is reminded after 8 h has gone to work already
)
overdue_share = 0.1  # in a good week it is one in fifty, in a holiday one in twenty
contracts_least = 20  # in half an hour; with fewer, one that fails is a share
contracts_failed = 0.03  # some customers give up on purpose: one in a hundred
unreturned_hours = 2  # an item is looked over and booked in before the counter closes

# What runs, and what it shows -------------------------------------------------------------------

service = Service(
    "rentals",
    team=commerce,
    scrape=Scrape("rentals", targets=["rentals-1:8080", "rentals-2:8080"], catalogue="jvm"),
    depends_on=["mysql", "orders"],
)

http = library.http_service.metrics(
    routes=["/rentals", "/rentals/<id>", "/rentals/<id>/return", "/contracts"],
    codes=["200", "201", "400", "404", "409", "500", "503"],
)
batches = library.batch.metrics(batches=["reminders"])

started = metric.Counter(
    "rentals_started_total",
    help="Rentals that were handed out",
    labels={"kind": ["bicycle", "camera", "tool", "tent"]},
)
ended = metric.Counter(
    "rentals_ended_total",
    help="Rentals that were taken back",
    labels={"kind": ["bicycle", "camera", "tool", "tent"]},
)
active = metric.Gauge("rentals_active", help="Rentals that are with customers at this moment")
overdue = metric.Gauge("rentals_overdue", help="Rentals that should be back by now")
contracts = metric.Counter(
    "rentals_contracts_total",
    help="Contracts that were drawn up, by how it ended; all results exist from the start",
    labels={"result": ["signed", "declined", "failed"]},
)
unchecked = metric.Gauge(
    "rentals_oldest_unchecked_return_seconds",
    help="How long the oldest item that came back waits to be looked over; 0 where none does",
    signal="saturation",
)

# What must hold ---------------------------------------------------------------------------------

availability = SLO(
    "availability",
    objective=99.5,
    window="30d",
    fast=critical,
    slow=warning,
    sli=Ratio(
        bad='http_requests_total{job="rentals",code=~"5.."}',
        total='http_requests_total{job="rentals"}',
    ),
)

http_alerts = library.http_service.alerts(
    "Rentals", "rentals", http_limits, critical=critical, warning=warning
)
jvm_alerts = library.jvm.alerts("Rentals", "rentals", jvm_limits, warning=warning)
started_alerts = library.seasonal.alerts(
    "RentalsStarted",
    'rentals_started_total{job="rentals"}',
    started_limits,
    record="rentals:started",
    subject="rentals",
    window="1h",
    collapsed=warning,
    low=info,
    high=info,
)
reminder_alerts = library.batch.alerts(
    "RentalsReminders",
    "rentals",
    "reminders",
    reminder_limits,
    late=warning,
    warning=warning,
    info=info,
)

overdue_many = Alert(
    "RentalsOverdue",
    expr=f"""
        max(rentals_overdue{{job="rentals"}})
          / (max(rentals_active{{job="rentals"}}) > 100) > {overdue_share}
    """,
    for_="1h",
    severity=info,
    summary="Customers keep what they rented",
    description="{{ $value | humanizePercentage }} of the rentals should be back by now.",
)
contracts_failing = Alert(
    "RentalsContractsFail",
    expr=f"""
        sum(increase(rentals_contracts_total{{job="rentals",result="failed"}}[30m]))
          / (sum(increase(rentals_contracts_total{{job="rentals"}}[30m])) > {contracts_least})
          > {contracts_failed}
    """,
    for_="5m",
    severity=critical,
    summary="Contracts cannot be drawn up, so nothing is handed out",
    description="{{ $value | humanizePercentage }} of the contracts of half an hour failed.",
)
returns_unchecked = Alert(
    "RentalsReturnsWait",
    expr=f"""
        max(rentals_oldest_unchecked_return_seconds{{job="rentals"}})
          > {unreturned_hours * 3600}
    """,
    for_="10m",
    severity=info,
    summary="What came back is not looked over",
    description="The oldest item has waited for {{ $value | humanizeDuration }}. Until it is "
    "looked over nobody else can rent it.",
)

# What is looked at ------------------------------------------------------------------------------

http_panels = library.http_service.panels("rentals", http_alerts)
jvm_panels = library.jvm.panels("rentals", jvm_alerts)
started_panels = library.seasonal.panels("Rentals that were handed out", "started", started_alerts)
reminder_panels = library.batch.panels("rentals", "reminders", reminder_alerts)

overdue_panel = panel.TimeSeries(
    "Share of rentals that are overdue",
    [
        Query(
            'max(rentals_overdue{job="rentals"}) / max(rentals_active{job="rentals"})',
            legend="overdue",
        )
    ],
    key="overdue",
    unit="percentunit",
    min=0,
    description="Out of all that are with customers.",
    threshold=overdue_many,
)
contracts_panel = panel.TimeSeries(
    "Contracts by result",
    [
        Query(
            'sum by (result) (increase(rentals_contracts_total{job="rentals"}[30m]))',
            legend="{{result}}",
        )
    ],
    key="contracts",
    unit="short",
    min=0,
    description="In half an hour. Declined is the customer's will, failed is our fault.",
    signal="errors",
)
failed_panel = panel.TimeSeries(
    "Share of contracts that fail",
    [
        Query(
            'sum(increase(rentals_contracts_total{job="rentals",result="failed"}[30m]))'
            ' / sum(increase(rentals_contracts_total{job="rentals"}[30m]))',
            legend="failed",
        )
    ],
    key="contracts-failed",
    unit="percentunit",
    min=0,
    description="Out of all contracts of half an hour.",
    signal="errors",
    threshold=contracts_failing,
)
returns_panel = panel.TimeSeries(
    "Oldest item that waits to be looked over",
    [Query('max(rentals_oldest_unchecked_return_seconds{job="rentals"})', legend="waits")],
    key="returns",
    unit="s",
    min=0,
    description="Until it is looked over nobody else can rent it.",
    signal="saturation",
    threshold=returns_unchecked,
)
