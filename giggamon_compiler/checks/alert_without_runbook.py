"""An alert's link leads to a runbook that does not say what to do.

The address in the message is the heading of the alert's name in the service's runbook. Who is
woken at night and follows it to nothing has lost minutes.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    unheard = Alert("OrdersUnheard", expr='up{job="orders"} == 0')

    # definitions/runbooks/orders.md
    ## OrdersDown

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    unheard = Alert("OrdersUnheard", expr='up{job="orders"} == 0')

    # definitions/runbooks/orders.md
    ## OrdersDown

    ## OrdersUnheard

    No scrape of the orders service succeeds: look whether its machine answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.ir import Program

LEVEL: Level = "error"
WHOLE = True


def check(program: Program) -> Iterator[Finding]:
    """Every computed address leads to a heading; an address of the alert's own is not judged."""
    headings = {runbook.name: runbook.headings for runbook in program.runbooks}
    anchors = {name: set(map(_anchor, texts)) for name, texts in headings.items()}
    for group in program.groups:
        name = group.file.removeprefix("services/")
        alerts = {it.name: it for it in group.rules if it.kind == "alert" and it.owner}
        for rule in alerts.values():
            address = rule.annotations.get("runbook_url", "")
            computed = address.endswith(f"/{name}.md#{_anchor(rule.name)}")
            if not computed or _anchor(rule.name) in anchors.get(name, ()):
                continue
            near = get_close_matches(rule.name, headings.get(name, ()), n=1)
            missing = "there is no" if name not in headings else f"{rule.name} is no heading of"
            yield Finding(
                "alert-without-runbook",
                f"{rule.name} links to its runbook, and {missing} runbooks/{name}.md",
                rule.origin,
                (f"did you mean the heading {near[0]}? " if near else "")
                + f"write what to do under the heading ## {rule.name}",
                rule.identity,
            )


def _anchor(heading: str) -> str:
    """The anchor that GitHub and GitLab give to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
