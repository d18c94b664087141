"""The heading of an alert in its runbook, and nothing below it.

The link in the message leads there, and whoever was woken finds a name that they know already. Of
an alert that pages it is an error, of any other a warning. Headings below it, comments and a TODO
say nothing.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    unheard = Alert("OrdersUnheard", expr='up{job="orders"} == 0', severity=critical)

    # definitions/runbooks/orders.md
    ## OrdersUnheard

    TODO

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    unheard = Alert("OrdersUnheard", expr='up{job="orders"} == 0', severity=critical)

    # definitions/runbooks/orders.md
    ## OrdersUnheard

    No scrape of the orders service succeeds: look whether its machine answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.ir import Program, Rule

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """Something is said below every heading that a computed address leads to."""
    empty = {
        it.name: {_anchor(heading): heading for heading in it.empty} for it in program.runbooks
    }
    paging = {it.name for it in program.severities if "page" in it.channels}
    for group in program.groups:
        name = group.file.removeprefix("services/")
        alerts: dict[str, list[Rule]] = {}
        for rule in group.rules if name in empty else ():
            address = rule.annotations.get("runbook_url", "")
            anchor = _anchor(rule.name)
            if anchor in empty[name] and address.endswith(f"/{name}.md#{anchor}"):
                alerts.setdefault(rule.name, []).append(rule)
        for alert, rules in alerts.items():
            pages = any(rule.severity in paging for rule in rules)
            woken = "pages, and" if pages else "links to its runbook, and"
            yield Finding(
                "empty-runbook",
                f"{alert} {woken} nothing is said below its heading in runbooks/{name}.md",
                rules[0].origin,
                f"write below ## {empty[name][_anchor(alert)]} what it means and what to do first",
                rules[0].identity,
                "error" if pages else "warning",
            )


def _anchor(heading: str) -> str:
    """The anchor that GitHub and GitLab give to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
