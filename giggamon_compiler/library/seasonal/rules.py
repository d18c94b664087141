"""The alerts of a figure with seasons, and the limits that they compare with."""

from __future__ import annotations

from typing import NamedTuple

from giggamon_compiler.durations import duration_text, milliseconds
from giggamon_compiler.library.limits import Amount, Multiple, ShareLeft, judged
from giggamon_compiler.library.notation import number
from giggamon_compiler.model.rule import Alert, Record
from giggamon_compiler.model.team import Severity

# Four weeks and a window fit into a retention of 30 days. The median of four is the mean of the
# middle two, so that neither a bad week nor a good one moves it far.
WEEKS = (1, 2, 3, 4)


@judged
class Limits:
    """What is unusual. All of it depends on the house.

    least: the usual count in a window up to which nothing is said: few events vary much
    collapsed, low, high: shares of what is usual, such as 0.25, 0.5 and 3
    """

    least: Amount
    collapsed: ShareLeft
    low: ShareLeft
    high: Multiple


class Alerts(NamedTuple):
    """What is counted, what is usual, and the alerts on their ratio."""

    counted: Record
    usual: Record
    collapsed: Alert
    low: Alert
    high: Alert


def alerts(
    prefix: str,
    counter: str,
    limits: Limits,
    *,
    record: str,
    subject: str,
    window: str = "30m",
    collapsed: Severity,
    low: Severity,
    high: Severity,
) -> Alerts:
    """Alerts on a counter's growth, compared with the same hours of the past four weeks.

    prefix: begins the names of the alerts, such as "OrderVolume"
    counter: a plain selector, such as 'orders_placed_total{job="orders"}'
    record: begins the names of the recordings, such as "orders:placed"
    subject: what is counted, in the plural, such as "orders placed"
    window: what is counted over. A collapse is no blip, because it has filled most of a window;
        the milder alerts last for another one
    """
    counted = Record(
        f"{record}:increase{window}", expr=f"sum(increase({counter}[{window}])) or vector(0)"
    )
    usual = Record(f"{record}:increase{window}_usual", expr=_median(counter, window))
    share = f"{counted.name} / ({usual.name} > {number(limits.least)})"
    length = milliseconds(window) or 0
    return Alerts(
        counted=counted,
        usual=usual,
        collapsed=Alert(
            f"{prefix}Collapsed",
            expr=f"{share} < {number(limits.collapsed)}",
            severity=collapsed,
            summary=f"Hardly any {subject}",
            description=f"In {window} there were {{{{ $value | humanizePercentage }}}} of the "
            f"{subject} that are usual at this hour of the week.",
        ),
        low=Alert(
            f"{prefix}Low",
            expr=f"{share} < {number(limits.low)}",
            for_=duration_text(length),
            severity=low,
            summary=f"Fewer {subject} than usual",
            description=f"In {window} there were {{{{ $value | humanizePercentage }}}} of the "
            f"{subject} that are usual at this hour of the week.",
        ),
        high=Alert(
            f"{prefix}High",
            expr=f"{share} > {number(limits.high)}",
            for_=duration_text(length),
            severity=high,
            summary=f"More {subject} than usual",
            description=f"In {window} there were {{{{ $value | humanizePercentage }}}} of the "
            f"{subject} that are usual at this hour of the week.",
        ),
    )


def _median(counter: str, window: str) -> str:
    """What is usual. A label keeps the weeks apart; a week without samples does not count."""
    counted = {week: f"sum(increase({counter}[{window}] offset {week}w))" for week in WEEKS}
    apart = (f'label_replace({it}, "weeks", "{week}", "", "")' for week, it in counted.items())
    weeks = "\n  or ".join(apart)
    return f"quantile(0.5,\n  {weeks}\n)"
