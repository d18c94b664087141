"""Service level objectives."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from decimal import Decimal
from typing import Literal

from giggamon_compiler.model.team import Severity
from giggamon_compiler.model.value import Value


@dataclass(frozen=True, slots=True)
class Ratio(Value):
    """Bad events out of all events, each one plain selector of a counter: name and braces."""

    _: KW_ONLY
    bad: str
    total: str


@dataclass(frozen=True, slots=True)
class SLO(Value):
    """An objective: at least so many per cent of the events of a window are good.

    objective: in per cent; window: such as "30d"
    fast: the severity of a burn that empties the budget within days, alerted within hours
    slow: the severity of a burn that empties it before the window ends, alerted within days
    was: the former name, where the objective was renamed
    """

    name: str
    _: KW_ONLY
    objective: float | Decimal
    window: str
    sli: Ratio
    fast: Severity | None = None
    slow: Severity | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Measure(Value):
    """A figure of an objective, for a query of a dashboard.

    figure: `attained` is the share of good events in the window, `budget` the share of the error
    budget that is left (1 is all of it), `burn` how many times faster than allowed the budget is
    spent, over `over` where that is given.
    """

    slo: SLO
    figure: Literal["attained", "budget", "burn"]
    _: KW_ONLY
    over: Literal["5m", "30m", "1h", "2h", "6h", "1d", "3d"] | None = None
