"""The labels and links that the compiler puts on alerts, by the policy's names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from giggamon_compiler import ir
from giggamon_compiler.model.definitions import DefinitionFile
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.team import Environment, Labels, Severity

SLO_LABEL = "slo"


def owned_labels(service: Service, severity: Severity | None, names: Labels) -> dict[str, str]:
    """Service, team and, where it is known, severity."""
    labels = {names.service: service.name, names.team: service.team.name}
    if severity is not None:
        labels[names.severity] = severity.name
    return labels


def link_annotations(
    name: str, file: DefinitionFile, environment: Environment | None, boards: Mapping[str, str]
) -> Mapping[str, str]:
    """The addresses of an alert's runbook and of its service's first board.

    `boards` leads from a definition file to that board's uid (`first_boards`).
    """
    links: dict[str, str] = {}
    if environment is None:
        return links
    if environment.runbooks_url:
        page = f"{environment.runbooks_url.rstrip('/')}/{runbook_name(file.name)}.md"
        links["runbook_url"] = f"{page}#{heading_anchor(name)}"
    board = boards.get(file.name)
    if environment.grafana_url and board is not None:
        links["dashboard_url"] = f"{environment.grafana_url.rstrip('/')}/d/{board}"
    return links


def first_boards(program: ir.Program) -> dict[str, str]:
    """The uid of the first board of each definition file."""
    return {board.file: board.uid for board in reversed(program.dashboards) if board.file}


def runbook_name(file: str) -> str:
    """The runbook of a definition file: "services/orders" → "orders"."""
    return file.removeprefix("services/")


def heading_anchor(heading: str) -> str:
    """The anchor that GitHub and GitLab give to a heading: lower case, spaces as hyphens."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
