"""Objectives: the recordings of bad and all events, and two burn-rate alerts.

The burn rate is the share of bad events divided by the share that the objective allows: at 1 the
error budget lasts exactly the window. Windows and factors are those of the Site Reliability
Workbook (chapter 5, table 5-8): a long window says that it matters, a short one that it goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from giggamon_compiler import ir
from giggamon_compiler.lower.labels import SLO_LABEL, Addresses, link_annotations, owned_labels
from giggamon_compiler.model.definitions import DefinitionFile, Definitions
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.slo import SLO, Measure
from giggamon_compiler.model.team import Labels, Severity
from giggamon_compiler.model.value import origin_of
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.selectors import plain_selector


@dataclass(frozen=True, slots=True)
class Burn:
    """Burning faster than `factor` over both windows is worth an alert."""

    long: str
    short: str
    factor: Decimal


FAST = (Burn("1h", "5m", Decimal("14.4")), Burn("6h", "30m", Decimal(6)))
SLOW = (Burn("1d", "2h", Decimal(3)), Burn("3d", "6h", Decimal(1)))
WINDOWS = ("5m", "30m", "1h", "2h", "6h", "1d", "3d")


class Events:
    """The counters of a plain selector, in the text before and after where a range goes.

    What is no plain selector is refused when the definitions are loaded, or cannot be read at all.
    """

    def __init__(self, text: str) -> None:
        self._before, self._after = text.strip(), ""
        selector = plain_selector(parse(text).tree)
        if selector is not None:
            self._before = text[selector.start : selector.bare_end]
            self._after = text[selector.bare_end : selector.end]

    def grown_over(self, window: str) -> str:
        """How much they grew over a window, in all."""
        return f"sum(increase({self._before}[{window}]{self._after}))"


def lower_objectives(definitions: Definitions, program: ir.Program) -> ir.Program:
    """Add every objective, and one group of rules for each."""
    environment = definitions.environment
    names = definitions.label_names
    addresses = Addresses(program)
    objectives, groups = [], []
    for file, service in definitions.of(Service):
        for slo in file.of(SLO):
            objectives.append(lower_objective(file, service, slo))
            rules = record_events(service, slo, names)
            shown = (burn_text(service.name, slo, over, names) for over in WINDOWS)
            board = addresses.find(file.name, shown)
            for severity, burns in ((slo.fast, FAST), (slo.slow, SLOW)):
                if severity is not None:
                    alert = lower_burn(service, slo, severity, burns, names)
                    links = link_annotations(alert.name, file, environment, board)
                    rules.append(replace(alert, annotations={**alert.annotations, **links}))
            group = ir.Group(
                file.name, f"{service.name}-{slo.name}", tuple(rules), origin=origin_of(slo)
            )
            groups.append(group)
    return replace(program, objectives=tuple(objectives), groups=(*program.groups, *groups))


def lower_objective(file: DefinitionFile, service: Service, slo: SLO) -> ir.Objective:
    """An objective, with names in place of values."""
    return ir.Objective(
        file.name,
        service.name,
        slo.name,
        str(slo.objective),
        slo.window,
        ir.Query(slo.sli.bad, origin_of(slo.sli, "bad")),
        ir.Query(slo.sli.total, origin_of(slo.sli, "total")),
        slo.fast.name if slo.fast else None,
        slo.slow.name if slo.slow else None,
        slo.was,
        origin_of(slo),
    )


def record_events(service: Service, slo: SLO, names: Labels) -> list[ir.Rule]:
    """Two recordings for each window: how many events, and how many of them bad.

    An error series that does not exist yet counts as none: `or` gives 0 wherever there are events.
    """
    labels = {names.service: service.name, SLO_LABEL: slo.name}
    all_events, bad_events = Events(slo.sli.total), Events(slo.sli.bad)
    rules = []
    for window in dict.fromkeys((*WINDOWS, slo.window)):
        total = all_events.grown_over(window)
        bad = f"{bad_events.grown_over(window)} or 0 * {total}"
        for kind, expression in (("bad", bad), ("total", total)):
            query = ir.Query(expression, origin_of(slo.sli, kind))
            rules.append(
                ir.Rule(
                    "record",
                    f"slo:{kind}:increase{window}",
                    query,
                    labels=labels,
                    owner=service.name,
                    objective=f"{service.name}/{slo.name}",
                    origin=origin_of(slo),
                )
            )
    return rules


def lower_burn(
    service: Service, slo: SLO, severity: Severity, burns: tuple[Burn, ...], names: Labels
) -> ir.Rule:
    """The alert on a burn rate, by any of the pairs of windows."""
    allowed = budget_of(slo)
    conditions = []
    for burn in burns:
        limit = decimal_text(burn.factor * allowed)
        over = [bad_share(service.name, slo, window, names) for window in (burn.long, burn.short)]
        conditions.append(f"({over[0]} > {limit}\n  and {over[1]} > {limit})")
    speed = "fast" if burns is FAST else "slowly but steadily"
    return ir.Rule(
        "alert",
        burn_alert_name(service.name, slo.name),
        ir.Query("\nor ".join(conditions), origin_of(slo)),
        labels={**owned_labels(service, severity, names), SLO_LABEL: slo.name},
        annotations={
            "summary": f"{service.name} burns the error budget of {slo.name} {speed}",
            "description": "{{ $value | humanizePercentage }} of the events are bad; "
            f"the objective of {slo.objective} % over {slo.window} allows "
            f"{decimal_text(allowed * 100)} %.",
        },
        owner=service.name,
        severity=severity.name,
        objective=f"{service.name}/{slo.name}",
        origin=origin_of(slo),
    )


def burn_alert_name(service: str, slo: str) -> str:
    """ "orders", "availability" → "OrdersAvailabilityBudgetBurn"."""
    words = "".join(char if char.isalnum() else " " for char in f"{service} {slo}").split()
    return "".join(word[0].upper() + word[1:] for word in words) + "BudgetBurn"


def bad_share(service: str, slo: SLO, window: str, names: Labels) -> str:
    """The share of bad events over a recorded window; nothing where there were no events."""
    chosen = f'{{{names.service}="{service}",{SLO_LABEL}="{slo.name}"}}'
    return f"slo:bad:increase{window}{chosen} / (slo:total:increase{window}{chosen} > 0)"


def measure_text(measure: Measure, service: str, names: Labels) -> str:
    """The query of a figure of an objective, on its recordings."""
    window = measure.over or measure.slo.window
    if measure.figure == "attained":
        return f"1 - {bad_share(service, measure.slo, window, names)}"
    burn = burn_text(service, measure.slo, window, names)
    return burn if measure.figure == "burn" else f"1 - {burn}"


def burn_text(service: str, slo: SLO, window: str, names: Labels) -> str:
    """How much faster than it may the error budget was spent over a window."""
    return f"{bad_share(service, slo, window, names)} / {decimal_text(budget_of(slo))}"


def budget_of(slo: SLO) -> Decimal:
    """The share of events that may be bad: 99.9 → 0.001."""
    return 1 - Decimal(str(slo.objective)) / 100


def decimal_text(number: Decimal) -> str:
    """A number without exponent and without trailing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
