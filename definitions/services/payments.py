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
    library,
    metric,
    panel,
)

transaction_limits = library.seasonal.Limits(
    least=30,  # in an hour; at night there are fewer, and they vary
    collapsed=0.25,
    low=0.6,
    high=3,  # stolen cards are tried one after the other
)
attempts_least = 0.1  # a second; with fewer, one that fails is a share
declined_share = 0.25  # banks decline one in ten
timeouts_share = 0.02  # the provider promises 0.5 %
fraud_share = 0.03  # usually it is one in two hundred
refunds_least = 5000  # euros in a day
refunds_share = 0.15  # in a week of bad weather it is a tenth

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
failures = metric.Counter(
    "payments_errors_total",
    help="Charges that did not succeed, by why; every class exists from the start",
    labels={
        "class": [
            "bank-declined",
            "card-invalid",
            "fraud-suspected",
            "provider-error",
            "provider-timeout",
        ]
    },
)
charged = metric.Counter("payments_charged_euros_total", help="What customers were charged")
refunded = metric.Counter("payments_refunded_euros_total", help="What customers got back")

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
    expr=f"""
        sum by (job) (rate(payments_attempts_total{{job="payments",result="failed"}}[5m]))
          / (sum by (job) (rate(payments_attempts_total{{job="payments"}}[5m])) > {attempts_least})
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
transactions = library.seasonal.alerts(
    "PaymentsTransactions",
    'payments_attempts_total{job="payments",result="accepted"}',
    transaction_limits,
    record="payments:accepted",
    subject="charges",
    window="1h",
    collapsed=critical,
    low=warning,
    high=info,
)

declined = Alert(
    "PaymentsDeclined",
    expr=f"""
        sum(rate(payments_attempts_total{{job="payments",result="declined"}}[30m]))
          / (sum(rate(payments_attempts_total{{job="payments"}}[30m])) > {attempts_least})
          > {declined_share}
    """,
    for_="15m",
    severity=warning,
    summary="Banks decline many charges",
    description="{{ $value | humanizePercentage }} of the charges of half an hour were declined.",
)

provider_slow = Alert(
    "PaymentsProviderTimeouts",
    expr=f"""
        sum(rate(payments_errors_total{{job="payments",class="provider-timeout"}}[10m]))
          / (sum(rate(payments_attempts_total{{job="payments"}}[10m])) > {attempts_least})
          > {timeouts_share}
    """,
    for_="5m",
    severity=warning,
    summary="The payment provider does not answer in time",
    description="{{ $value | humanizePercentage }} of the charges got no answer. Some of them may "
    "have been made all the same.",
)

fraud = Alert(
    "PaymentsFraudSuspected",
    expr=f"""
        sum(rate(payments_errors_total{{job="payments",class="fraud-suspected"}}[30m]))
          / (sum(rate(payments_attempts_total{{job="payments"}}[30m])) > {attempts_least})
          > {fraud_share}
    """,
    for_="10m",
    severity=warning,
    summary="Many charges look like fraud",
    description="{{ $value | humanizePercentage }} of the charges of half an hour were held back.",
)

refunds = Alert(
    "PaymentsRefunds",
    expr=f"""
        sum(increase(payments_refunded_euros_total{{job="payments"}}[1d]))
          / (sum(increase(payments_charged_euros_total{{job="payments"}}[1d])) > {refunds_least})
          > {refunds_share}
    """,
    for_="2h",
    severity=info,
    summary="Much of what was earned is given back",
    description="{{ $value | humanizePercentage }} of what was charged in a day was refunded.",
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
                    min=0,
                    description="Declined is the bank's word, failed the provider's fault.",
                    signal="requests",
                ),
                panel.TimeSeries(
                    "Share of charges that fail",
                    [Query("job:payments_attempts_failed:ratio_rate5m", legend="failed")],
                    key="failed",
                    unit="percentunit",
                    min=0,
                    description="Out of all charges of five minutes.",
                    signal="errors",
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
                    min=0,
                    description="One charge in a hundred takes longer.",
                    signal="duration",
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
                    description="The provider settles once a day, before 6 h.",
                    threshold=unsettled,
                ),
            ],
        ),
        Row(
            "Why charges do not succeed",
            [
                panel.TimeSeries(
                    "Share of charges by class of error",
                    [
                        Query(
                            'sum by (class) (rate(payments_errors_total{job="payments"}[10m]))'
                            " / on () group_left "
                            'sum(rate(payments_attempts_total{job="payments"}[10m]))',
                            legend="{{class}}",
                        )
                    ],
                    key="error-classes",
                    unit="percentunit",
                    min=0,
                    description="provider-*: the provider; bank-declined, card-invalid: the "
                    "customer; fraud-suspected: held back by us. The level is that of timeouts.",
                    signal="errors",
                    threshold=provider_slow,
                ),
                panel.TimeSeries(
                    "Share of charges that banks decline",
                    [
                        Query(
                            "sum(rate(payments_attempts_total"
                            '{job="payments",result="declined"}[30m]))'
                            ' / sum(rate(payments_attempts_total{job="payments"}[30m]))',
                            legend="declined",
                        )
                    ],
                    key="declined",
                    unit="percentunit",
                    min=0,
                    description="Usually it is one in ten.",
                    threshold=declined,
                ),
                panel.TimeSeries(
                    "Share of charges that look like fraud",
                    [
                        Query(
                            "sum(rate(payments_errors_total"
                            '{job="payments",class="fraud-suspected"}[30m]))'
                            ' / sum(rate(payments_attempts_total{job="payments"}[30m]))',
                            legend="held back",
                        )
                    ],
                    key="fraud",
                    unit="percentunit",
                    min=0,
                    description="Usually it is one in two hundred.",
                    threshold=fraud,
                ),
            ],
        ),
        Row("Transactions", library.seasonal.panels("Charges", "transactions", transactions)),
        Row(
            "Money",
            [
                panel.TimeSeries(
                    "Euros in a day",
                    [
                        Query(
                            'sum(increase(payments_charged_euros_total{job="payments"}[1d]))',
                            legend="charged",
                        ),
                        Query(
                            'sum(increase(payments_refunded_euros_total{job="payments"}[1d]))',
                            legend="refunded",
                        ),
                    ],
                    key="euros",
                    unit="currencyEUR",
                    min=0,
                    description="What customers paid, and what they got back.",
                ),
                panel.TimeSeries(
                    "Share that is refunded",
                    [
                        Query(
                            'sum(increase(payments_refunded_euros_total{job="payments"}[1d]))'
                            ' / sum(increase(payments_charged_euros_total{job="payments"}[1d]))',
                            legend="refunded",
                        )
                    ],
                    key="refunds",
                    unit="percentunit",
                    min=0,
                    description="Out of what was charged in a day.",
                    threshold=refunds,
                ),
            ],
        ),
    ],
)
