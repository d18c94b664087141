"""Payments: charges customers through the payment provider."""

from definitions.policy import critical, info, warning
from definitions.teams import payments
from giggamon_compiler import (
    SLO,
    Alert,
    Dashboard,
    Group,
    Query,
    Ratio,
    Record,
    Row,
    Scrape,
    Service,
    block,
    metric,
    panel,
)

service = Service(
    "payments",
    team=payments,
    scrape=Scrape("payments", targets=["payments-1:8000", "payments-2:8000"]),
)

attempts = metric.Counter(
    "payments_attempts_total",
    help="Charges sent to the provider, by how they ended",
    labels={"result": ["accepted", "declined", "failed"]},
    signal="requests",
    errors='result="failed"',
)
last_settlement = metric.Gauge(
    "payments_last_settlement_timestamp_seconds",
    help="When the provider last confirmed a settlement",
)
provider_seconds = metric.Summary(
    "payments_provider_seconds",
    help="Time that the provider takes to answer",
    quantiles=["0.5", "0.99"],
    signal="duration",
)

success = SLO(
    "success",
    objective=99.95,
    window="30d",
    fast=critical,
    slow=warning,
    sli=Ratio(
        bad='payments_attempts_total{job="payments",result="failed"}',
        total='payments_attempts_total{job="payments"}',
    ),
)

down = Alert(
    "PaymentsDown",
    expr='sum(up{job="payments"}) == 0 or absent(up{job="payments"})',
    severity=critical,
    summary="Nobody can pay",
    description="Prometheus gets no answer from any instance of payments.",
)

failed_share = Record(
    "job:payments_attempts_failed:ratio_rate5m",
    expr="""
        sum by (job) (rate(payments_attempts_total{job="payments",result="failed"}[5m]))
          / sum by (job) (rate(payments_attempts_total{job="payments"}[5m]))
    """,
)

provider_failing = Alert(
    "PaymentsProviderFailing",
    expr="job:payments_attempts_failed:ratio_rate5m > 0.05",
    for_="5m",
    severity=critical,
    summary="The payment provider fails",
    description="{{ $value | humanizePercentage }} of the charges fail.",
)

provider = Group("provider", rules=[failed_share, provider_failing])

unsettled = Alert(
    "PaymentsNotSettled",
    expr='time() - payments_last_settlement_timestamp_seconds{job="payments"} > 26 * 3600',
    severity=info,
    summary="Yesterday's payments are not settled",
    description="The last settlement was {{ $value | humanizeDuration }} ago.",
)

dashboard = Dashboard(
    "payments",
    title="Payments",
    rows=[
        *block.slo(success),
        Row(
            "Provider",
            [
                panel.TimeSeries(
                    "Charges by result",
                    [
                        Query(
                            'sum by (result) (rate(payments_attempts_total{job="payments"}'
                            "[$__rate_interval]))",
                            legend="{{result}}",
                        )
                    ],
                    key="attempts",
                    unit="ops",
                ),
                panel.TimeSeries(
                    "Share of charges that fail",
                    [Query("job:payments_attempts_failed:ratio_rate5m", legend="failed")],
                    key="failed",
                    unit="percentunit",
                    threshold=provider_failing,
                ),
                panel.TimeSeries(
                    "Time that the provider takes",
                    [
                        Query(
                            'payments_provider_seconds{job="payments",quantile="0.99"}',
                            legend="{{instance}}",
                        )
                    ],
                    key="provider-seconds",
                    unit="s",
                ),
                panel.Stat(
                    "Since the last settlement",
                    [
                        Query(
                            "time() - max("
                            'payments_last_settlement_timestamp_seconds{job="payments"})',
                            legend="time",
                        )
                    ],
                    key="last-settlement",
                    unit="s",
                    threshold=unsettled,
                ),
            ],
        ),
    ],
)
