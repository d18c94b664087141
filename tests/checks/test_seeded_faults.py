"""One fault of each kind, put into the definitions of this repository, is found at its character.

«…» marks the characters that are to be underlined; the marks themselves are not written.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

import giggamon_compiler
from giggamon_compiler import pipeline
from giggamon_compiler.findings import Place

DEFINITIONS = Path(giggamon_compiler.__file__).parents[1] / "definitions"
ORDERS, PAYMENTS = "services/orders.py", "services/payments.py"


class Fault(NamedTuple):
    """In a file, `old` becomes `new`."""

    check: str
    file: str
    old: str
    new: str


FAULTS = [
    Fault(
        "promql-syntax",
        ORDERS,
        'rate(http_request_duration_seconds_bucket{job="orders"}[5m]))) > 1',
        '«rates»(http_request_duration_seconds_bucket{job="orders"}[5m]))) > 1',
    ),
    Fault(
        "promql-type",
        ORDERS,
        'deriv(orders_queue_depth{job="orders"}[30m]) * 60 > 5',
        'deriv(«orders_queue_depth{job="orders"}») * 60 > 5',
    ),
    Fault(
        "promql-newer-than-target",
        PAYMENTS,
        'sum(up{job="payments"}) == 0',
        'sum(«mad_over_time»(up{job="payments"}[5m])) == 0',
    ),
    Fault(
        "alert-without-comparison",
        ORDERS,
        'deriv(orders_queue_depth{job="orders"}[30m]) * 60 > 5',
        '«deriv(orders_queue_depth{job="orders"}[30m]) * 60»',
    ),
    Fault(
        "alert-always-fires",
        PAYMENTS,
        '== 0 or absent(up{job="payments"})',
        "== 0 «or vector(0)»",
    ),
    Fault(
        "query-time-shifted",
        ORDERS,
        '{job="orders"}[30m]) * 60 > 5',
        '{job="orders"}[30m] «offset -5m») * 60 > 5',
    ),
    Fault(
        "matching-label",
        PAYMENTS,
        'expr="job:payments_attempts_failed:ratio_rate5m > 0.05"',
        'expr="payments_attempts_total / on (job, «result»)"\n'
        '    " job:payments_attempts_failed:ratio_rate5m > 0.05"',
    ),
    Fault(
        "matchers-contradict",
        PAYMENTS,
        'bad=\'payments_attempts_total{job="payments",result="failed"}',
        'bad=\'payments_attempts_total{job="payments",result="failed",«result="declined"»}',
    ),
    Fault(
        "grouping-label",
        PAYMENTS,
        'sum by (result) (rate(payments_attempts_total{job="payments"}',
        'sum by (result, «pod») (rate(payments_attempts_total{job="payments"}',
    ),
    Fault(
        "group-label",
        PAYMENTS,
        'expr="job:payments_attempts_failed:ratio_rate5m > 0.05"',
        'expr="payments_attempts_total * on (job) group_left («result»)"\n'
        '    " job:payments_attempts_failed:ratio_rate5m > 0.05"',
    ),
    Fault(
        "quantile-without-le",
        ORDERS,
        'sum by (le) (rate(http_request_duration_seconds_bucket{job="orders"}[5m]))) > 1',
        '«sum by (instance) (rate(http_request_duration_seconds_bucket{job="orders"}[5m]))») > 1',
    ),
    Fault(
        "series-collapse",
        PAYMENTS,
        'sum(up{job="payments"}) == 0',
        'sum by («service») (up{job="payments"}) == 0',
    ),
    Fault(
        "template-label",
        ORDERS,
        "{{ $labels.instance }}",
        "{{ $labels.«pod» }}",
    ),
    Fault(
        "unknown-metric",
        ORDERS,
        "expr='deriv(orders_queue_depth{job=\"orders\"}[30m]) * 60 > 5'",
        "expr='deriv(«orders_queue_dept»{job=\"orders\"}[30m]) * 60 > 5'",
    ),
    Fault(
        "unknown-label",
        PAYMENTS,
        'bad=\'payments_attempts_total{job="payments",result="failed"}',
        'bad=\'payments_attempts_total{job="payments",«results»="failed"}',
    ),
    Fault(
        "unknown-label-value",
        PAYMENTS,
        'sum(up{job="payments"}) == 0',
        'sum(up{«job="payment"»}) == 0',
    ),
    Fault(
        "template-syntax",
        ORDERS,
        "{{ $value | humanize }}",
        "{{ $value | «humanise» }}",
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.check)
def test_it_is_found_at_its_character(fault, tmp_path):
    folder = tmp_path / "definitions"
    shutil.copytree(DEFINITIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    text = (folder / fault.file).read_text(encoding="utf-8")
    assert text.count(fault.old) == 1
    before, _, rest = text.replace(fault.old, fault.new).partition("«")
    marked, _, after = rest.partition("»")
    (folder / fault.file).write_text(before + marked + after, encoding="utf-8")

    found = [it for it in pipeline.build(folder, None).findings if it.id == fault.check]
    places = [it.origin for it in found if isinstance(it.origin, Place)]
    assert [(it.file, it.line, it.column, it.end_line, it.end_column) for it in places] == [
        (f"definitions/{fault.file}", *_position(before), *_position(before + marked))
    ]


def _position(before: str) -> tuple[int, int]:
    """Line and column of what follows a text, from 1."""
    lines = before.split("\n")
    return len(lines), len(lines[-1]) + 1
