"""What the rentals alerts must and must not do."""

from definitions.services.rentals import (
    availability,
    contracts_failed,
    contracts_failing,
    contracts_least,
    http_alerts,
    http_limits,
    jvm_alerts,
    jvm_limits,
    overdue_many,
    reminder_alerts,
    reminder_limits,
    returns_unchecked,
    started_alerts,
    started_limits,
)
from giggamon_compiler import AlertTest, library

http = library.http_service.incidents("rentals", http_limits, http_alerts)
jvm = library.jvm.incidents("rentals", jvm_limits, jvm_alerts)
reminders = library.batch.incidents("rentals", "reminders", reminder_limits, reminder_alerts)
seasons = library.seasonal.incidents(
    'rentals_started_total{job="rentals",kind="tent"}',
    ['rentals_started_total{job="other",kind="tent"}'],
    started_limits,
    started_alerts,
)
budget = library.objective.incidents(
    availability,
    good='http_requests_total{job="rentals",code="200"}',
    bad='http_requests_total{job="rentals",code="503"}',
    others=['http_requests_total{job="other",code="503"}'],
)

kept = AlertTest(  # both instances tell the same, from the database
    overdue_many,
    series={
        'rentals_active{job="rentals",instance="a"}': "1000x150",
        'rentals_active{job="rentals",instance="b"}': "1000x150",
        'rentals_overdue{job="rentals",instance="a"}': "99x30 101x120",
        'rentals_overdue{job="rentals",instance="b"}': "99x30 101x120",
        'rentals_active{job="other",instance="c"}': "9000x150",
        'rentals_overdue{job="other",instance="c"}': "9000x150",
    },
    quiet=["30m", "90m"],
    fires={"91m": [{}]},
    annotations={"description": "10.1% of the rentals should be back by now."},
)
kept_of_few = AlertTest(
    overdue_many,
    series={
        'rentals_active{job="rentals",instance="a"}': "99x150",
        'rentals_overdue{job="rentals",instance="a"}': "50x150",
    },
    quiet=["150m"],
)
kept_of_some = AlertTest(
    overdue_many,
    series={
        'rentals_active{job="rentals",instance="a"}': "101x150",
        'rentals_overdue{job="rentals",instance="a"}': "50x150",
    },
    quiet=["59m"],
    fires={"60m": [{}]},
)

contracts = library.shapes.share(
    contracts_failing,
    part='rentals_contracts_total{job="rentals",result="failed"}',
    rest='rentals_contracts_total{job="rentals",result="signed"}',
    others=[
        'rentals_contracts_total{job="other",result="failed"}',
        'rentals_contracts_total{job="other",result="signed"}',
    ],
    limit=contracts_failed,
    least=contracts_least / 30,
    window=30,
)

unchecked = AlertTest(
    returns_unchecked,
    series={
        'rentals_oldest_unchecked_return_seconds{job="rentals",instance="a"}': "7200x30 7260x30",
        'rentals_oldest_unchecked_return_seconds{job="rentals",instance="b"}': "7140x60",
        'rentals_oldest_unchecked_return_seconds{job="other",instance="c"}': "9000x60",
    },
    quiet=["30m", "40m"],
    fires={"41m": [{}]},
)
