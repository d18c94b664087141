"""What the customers alerts must and must not do."""

from definitions.services.customers import (
    activity_alerts,
    activity_limits,
    availability,
    export_alerts,
    export_limits,
    http_alerts,
    http_limits,
    jvm_alerts,
    jvm_limits,
    login_alerts,
    login_limits,
    logins_least,
    passwords_tried,
    registrations_failed,
    registrations_failing,
    registrations_least,
    wrong_passwords,
)
from giggamon_compiler import library

_success = 'customers_logins_total{job="customers",result="success"}'
_not_logins = [
    'customers_logins_total{job="customers",result="wrong-password"}',
    'customers_logins_total{job="other",result="success"}',
]

http = library.http_service.incidents("customers", http_limits, http_alerts)
jvm = library.jvm.incidents("customers", jvm_limits, jvm_alerts)
export = library.batch.incidents("customers", "newsletter-export", export_limits, export_alerts)
hours = library.seasonal.incidents(_success, _not_logins, login_limits, login_alerts)
days = library.seasonal.incidents(_success, _not_logins, activity_limits, activity_alerts)
budget = library.objective.incidents(
    availability,
    good='http_requests_total{job="customers",code="200"}',
    bad='http_requests_total{job="customers",code="503"}',
    others=['http_requests_total{job="other",code="503"}'],
)

passwords = library.shapes.share(
    passwords_tried,
    part='customers_logins_total{job="customers",result="wrong-password"}',
    rest='customers_logins_total{job="customers",result="success"}',
    others=[
        'customers_logins_total{job="other",result="wrong-password"}',
        'customers_logins_total{job="other",result="success"}',
    ],
    limit=wrong_passwords,
    least=logins_least * 60,
    window=10,
)
strangers = library.shapes.share(
    registrations_failing,
    part='customers_registrations_total{job="customers",result="failed"}',
    rest='customers_registrations_total{job="customers",result="done"}',
    others=[
        'customers_registrations_total{job="other",result="failed"}',
        'customers_registrations_total{job="other",result="done"}',
    ],
    limit=registrations_failed,
    least=registrations_least / 30,
    window=30,
)
