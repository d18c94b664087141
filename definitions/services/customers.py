"""Customers: accounts, logins and addresses; a Java service."""

from definitions.policy import critical, info, warning
from definitions.teams import customers
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
    errors=0.02,  # who cannot log in cannot rent: fewer than elsewhere
    seconds=1,  # hashing a password takes 0.3 s
    least=0.5,  # at night there is a request a second
)
jvm_limits = library.jvm.Limits()
login_limits = library.seasonal.Limits(
    least=40,  # in an hour; at night there are fewer, and they vary
    collapsed=0.2,
    low=0.5,
    high=4,  # a campaign doubles them
)
activity_limits = library.seasonal.Limits(
    least=200,  # a day of a small house
    collapsed=0.5,  # a holiday takes a third away
    low=0.8,  # a trend, not a fault: to be talked about in the week
    high=1.5,
)
logins_least = 0.1  # a second; with fewer, a single customer who tries is a share
wrong_passwords = 0.6  # on a usual day one login in five has a wrong password
registrations_least = 10  # in half an hour
registrations_failed = 0.2  # mail addresses that are known already are one in twenty
export_limits = library.batch.Limits(
    late=26 * 3600,  # it runs at 2 h each day and may take an hour and a half
    seconds=5400,  # marketing reads it at 4 h
)

# What runs, and what it shows -------------------------------------------------------------------

service = Service(
    "customers",
    team=customers,
    scrape=Scrape("customers", targets=["customers-1:8080", "customers-2:8080"], catalogue="jvm"),
    depends_on=["mysql", "redis"],
)

http = library.http_service.metrics(
    routes=["/login", "/logout", "/register", "/customers/<id>", "/password"],
    codes=["200", "204", "400", "401", "404", "500", "503"],
)
batches = library.batch.metrics(batches=["newsletter-export"])

logins = metric.Counter(
    "customers_logins_total",
    help="Logins that were tried, by how they ended; all results exist from the start",
    labels={"result": ["success", "wrong-password", "locked"]},
)
registrations = metric.Counter(
    "customers_registrations_total",
    help="Registrations that were tried, by how they ended; all results exist from the start",
    labels={"result": ["done", "refused", "failed"]},
)
sessions = metric.Gauge(
    "customers_sessions_active", help="Customers who are logged in", signal="saturation"
)
accounts = metric.Gauge(
    "customers_accounts",
    help="Accounts that exist, told by each instance from the database",
    labels={"state": ["active", "dormant", "closed"]},
)

# What must hold ---------------------------------------------------------------------------------

availability = SLO(
    "availability",
    objective=99.9,
    window="30d",
    fast=critical,
    slow=warning,
    sli=Ratio(
        bad='http_requests_total{job="customers",code=~"5.."}',
        total='http_requests_total{job="customers"}',
    ),
)

http_alerts = library.http_service.alerts(
    "Customers", "customers", http_limits, critical=critical, warning=warning
)
jvm_alerts = library.jvm.alerts("Customers", "customers", jvm_limits, warning=warning)
login_alerts = library.seasonal.alerts(
    "CustomersLogins",
    'customers_logins_total{job="customers",result="success"}',
    login_limits,
    record="customers:logins",
    subject="logins",
    window="1h",
    collapsed=critical,
    low=warning,
    high=info,
)
activity_alerts = library.seasonal.alerts(
    "CustomersActivity",
    'customers_logins_total{job="customers",result="success"}',
    activity_limits,
    record="customers:logins",
    subject="logins",
    window="1d",
    collapsed=warning,
    low=info,
    high=info,
)
export_alerts = library.batch.alerts(
    "CustomersExport",
    "customers",
    "newsletter-export",
    export_limits,
    late=info,
    warning=warning,
    info=info,
)

passwords_tried = Alert(
    "CustomersPasswordsTried",
    expr=f"""
        sum(rate(customers_logins_total{{job="customers",result="wrong-password"}}[10m]))
          / (sum(rate(customers_logins_total{{job="customers"}}[10m])) > {logins_least})
          > {wrong_passwords}
    """,
    for_="10m",
    severity=warning,
    summary="Somebody tries passwords, or nobody can log in any more",
    description="{{ $value | humanizePercentage }} of the logins have a wrong password.",
)
registrations_failing = Alert(
    "CustomersRegistrationsFail",
    expr=f"""
        sum(increase(customers_registrations_total{{job="customers",result="failed"}}[30m]))
          / (sum(increase(customers_registrations_total{{job="customers"}}[30m]))
            > {registrations_least})
          > {registrations_failed}
    """,
    for_="10m",
    severity=warning,
    summary="New customers cannot register",
    description="{{ $value | humanizePercentage }} of the registrations of half an hour failed.",
)

# What is looked at ------------------------------------------------------------------------------

http_panels = library.http_service.panels("customers", http_alerts)
jvm_panels = library.jvm.panels("customers", jvm_alerts)
login_panels = library.seasonal.panels("Logins", "logins", login_alerts)
activity_panels = library.seasonal.panels("Logins", "activity", activity_alerts)
export_panels = library.batch.panels("customers", "newsletter-export", export_alerts)

results_panel = panel.TimeSeries(
    "Logins by result",
    [
        Query(
            'sum by (result) (rate(customers_logins_total{job="customers"}[$__rate_interval]))',
            legend="{{result}}",
        )
    ],
    key="login-results",
    unit="ops",
    min=0,
    description="Many wrong passwords at few successes: somebody tries them one after the other.",
    signal="errors",
)
passwords_panel = panel.TimeSeries(
    "Share of logins with a wrong password",
    [
        Query(
            "sum(rate(customers_logins_total"
            '{job="customers",result="wrong-password"}[$__rate_interval]))'
            ' / sum(rate(customers_logins_total{job="customers"}[$__rate_interval]))',
            legend="wrong password",
        )
    ],
    key="wrong-passwords",
    unit="percentunit",
    min=0,
    max=1,
    description="On a usual day it is one in five.",
    signal="errors",
    threshold=passwords_tried,
)
registrations_panel = panel.TimeSeries(
    "Share of registrations that fail",
    [
        Query(
            'sum(increase(customers_registrations_total{job="customers",result="failed"}[30m]))'
            ' / sum(increase(customers_registrations_total{job="customers"}[30m]))',
            legend="failed",
        )
    ],
    key="registrations-failed",
    unit="percentunit",
    min=0,
    description="Out of all registrations of half an hour.",
    signal="errors",
    threshold=registrations_failing,
)
accounts_panel = panel.TimeSeries(
    "Accounts by state",
    [Query('max by (state) (customers_accounts{job="customers"})', legend="{{state}}")],
    key="accounts",
    unit="short",
    min=0,
    description="Dormant accounts have had no login for a year.",
)
