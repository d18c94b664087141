"""What the payments alerts must and must not do."""

from definitions.policy import critical, warning
from definitions.services.payments import (
    attempts_least,
    declined,
    declined_share,
    down,
    fraud,
    fraud_share,
    provider_failing,
    provider_slow,
    refunds,
    refunds_least,
    refunds_share,
    success,
    timeouts_share,
    transaction_limits,
    transactions,
    unsettled,
)
from definitions.teams import payments, provider_channel
from giggamon_compiler import AlertTest, RouteTest, library

all_gone = AlertTest(
    down,
    series={
        'up{job="payments",instance="a"}': "1x2 0x10",
        'up{job="payments",instance="b"}': "1x5 0x10",
        'up{job="other",instance="c"}': "1x15",
    },
    quiet=["4m"],
    fires={"6m": [{}]},
)
never_scraped = AlertTest(
    down, series={'up{job="other",instance="c"}': "1x5"}, fires={"1m": [{"job": "payments"}]}
)

provider = AlertTest(
    provider_failing,
    series={
        'payments_attempts_total{job="payments",result="accepted"}': "0+90x30",
        'payments_attempts_total{job="payments",result="failed"}': "0+10x30",
    },
    quiet=["5m"],
    fires={"7m": [{"job": "payments"}]},
    annotations={"description": "10% of the charges fail."},
)
provider_fails = library.shapes.share(
    provider_failing,
    part='payments_attempts_total{job="payments",result="failed"}',
    rest='payments_attempts_total{job="payments",result="accepted"}',
    others=[
        'payments_attempts_total{job="other",result="failed"}',
        'payments_attempts_total{job="other",result="accepted"}',
    ],
    limit=0.05,
    least=attempts_least * 60,
    window=5,
    labels={"job": "payments"},
)

settled_late = AlertTest(
    unsettled,
    interval="1h",
    series={
        'payments_last_settlement_timestamp_seconds{job="payments",instance="a"}': "0x40",
        'payments_last_settlement_timestamp_seconds{job="other",instance="c"}': "0x40",
    },
    quiet=["26h"],
    fires={"27h": [{"job": "payments", "instance": "a"}]},
)

burning = AlertTest(  # 1 % fails, 20 times what the objective allows
    success,
    severity=critical,
    series={
        'payments_attempts_total{job="payments",result="accepted"}': "0+99x120",
        'payments_attempts_total{job="payments",result="failed"}': "0+1x120",
    },
    fires={"100m": [{}]},
)

smouldering = AlertTest(  # 0.2 %: four times what the objective allows
    success,
    severity=warning,
    series={
        'payments_attempts_total{job="payments",result="accepted"}': "0+998x200",
        'payments_attempts_total{job="payments",result="failed"}': "0+2x200",
    },
    fires={"180m": [{}]},
)

declined_is_no_failure = AlertTest(
    success,
    severity=critical,
    series={
        'payments_attempts_total{job="payments",result="accepted"}': "0+60x120",
        'payments_attempts_total{job="payments",result="declined"}': "0+40x120",
    },
    quiet=["10m", "119m"],
)

page = RouteTest(
    {"alertname": "PaymentsDown", "team": "payments", "severity": "critical"},
    notifies=[payments.page, payments.chat],
)
provider_page = RouteTest(
    {"alertname": "PaymentsProviderFailing", "team": "payments", "severity": "critical"},
    notifies=[payments.page, provider_channel.chat],
)
chat = RouteTest({"team": "payments", "severity": "warning"}, notifies=[payments.chat])
mail = RouteTest({"team": "payments", "severity": "info"}, notifies=[payments.mail])
unknown_severity = RouteTest({"team": "payments"}, notifies=[payments.chat])
provider_chat = RouteTest(
    {"alertname": "PaymentsProviderFailing", "team": "payments", "severity": "warning"},
    notifies=[provider_channel.chat],
)
provider_mail = RouteTest(
    {"alertname": "PaymentsProviderFailing", "team": "payments", "severity": "info"},
    notifies=[payments.mail],
)
provider_unknown_severity = RouteTest(
    {"alertname": "PaymentsProviderFailing", "team": "payments"},
    notifies=[provider_channel.chat],
)

seasons = library.seasonal.incidents(
    'payments_attempts_total{job="payments",result="accepted"}',
    [
        'payments_attempts_total{job="payments",result="declined"}',
        'payments_attempts_total{job="other",result="accepted"}',
    ],
    transaction_limits,
    transactions,
)
banks = library.shapes.share(
    declined,
    part='payments_attempts_total{job="payments",result="declined"}',
    rest='payments_attempts_total{job="payments",result="accepted"}',
    others=[
        'payments_attempts_total{job="other",result="declined"}',
        'payments_attempts_total{job="other",result="accepted"}',
    ],
    limit=declined_share,
    least=attempts_least * 60,
    window=30,
)
timeouts = library.shapes.share(
    provider_slow,
    part='payments_errors_total{job="payments",class="provider-timeout"}',
    whole='payments_attempts_total{job="payments",result="accepted"}',
    others=[
        'payments_errors_total{job="payments",class="bank-declined"}',
        'payments_errors_total{job="other",class="provider-timeout"}',
        'payments_attempts_total{job="other",result="accepted"}',
    ],
    limit=timeouts_share,
    least=attempts_least * 60,
    window=10,
)
frauds = library.shapes.share(
    fraud,
    part='payments_errors_total{job="payments",class="fraud-suspected"}',
    whole='payments_attempts_total{job="payments",result="accepted"}',
    others=[
        'payments_errors_total{job="payments",class="bank-declined"}',
        'payments_errors_total{job="other",class="fraud-suspected"}',
        'payments_attempts_total{job="other",result="accepted"}',
    ],
    limit=fraud_share,
    least=attempts_least * 60,
    window=30,
)
given_back = library.shapes.share(
    refunds,
    part='payments_refunded_euros_total{job="payments"}',
    whole='payments_charged_euros_total{job="payments"}',
    others=[
        'payments_refunded_euros_total{job="other"}',
        'payments_charged_euros_total{job="other"}',
    ],
    limit=refunds_share,
    least=refunds_least / 1440,
    window=1440,
    step=30,
)
budget = library.objective.incidents(
    success,
    good='payments_attempts_total{job="payments",result="accepted"}',
    bad='payments_attempts_total{job="payments",result="failed"}',
    others=['payments_attempts_total{job="other",result="failed"}'],
)
