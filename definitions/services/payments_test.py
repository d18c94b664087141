"""What the payments alerts must and must not do."""

from definitions.policy import critical, warning
from definitions.services.payments import down, provider_failing, success, unsettled
from definitions.teams import payments, provider_channel
from giggamon_compiler import AlertTest, RouteTest

all_gone = AlertTest(
    down,
    series={
        'up{job="payments",instance="a"}': "1x2 0x10",
        'up{job="payments",instance="b"}': "1x5 0x10",
    },
    quiet=["4m"],
    fires={"6m": [{}]},
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

provider_well = AlertTest(
    provider_failing,
    series={
        'payments_attempts_total{job="payments",result="accepted"}': "0+96x30",
        'payments_attempts_total{job="payments",result="failed"}': "0+4x30",
    },
    quiet=["10m", "30m"],
)

settled_late = AlertTest(
    unsettled,
    interval="1h",
    series={'payments_last_settlement_timestamp_seconds{job="payments",instance="a"}': "0x40"},
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
