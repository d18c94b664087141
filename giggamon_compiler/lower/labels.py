"""The labels and links that the compiler puts on alerts, by the policy's names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import ascii_letters, digits

from giggamon_compiler import ir
from giggamon_compiler.model.definitions import DefinitionFile
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.team import Environment, Labels, Severity

SLO_LABEL = "slo"

# A name before matchers or a range, or with a colon, as recordings have one.
_METRIC = re.compile(r"(?<![\w:$\"'.])(?:[a-zA-Z_:][\w:]*(?=[{\[])|[a-zA-Z_]\w*:[\w:]+)")
_JOB = re.compile(r"""\bjob=["']([^"']+)""")
# What an address holds as it is (RFC 3986, section 2.3).
_PLAIN = frozenset(f"{ascii_letters}{digits}-._~")


def owned_labels(service: Service, severity: Severity | None, names: Labels) -> dict[str, str]:
    """Service, team and, where it is known, severity."""
    labels = {names.service: service.name, names.team: service.team.name}
    if severity is not None:
        labels[names.severity] = severity.name
    return labels


class Addresses:
    """Where the boards of a program show what an alert is about: below Grafana's address.

    A panel shows an alert's level, or a burn rate by its query, or asks for the same metrics; a
    board is that of a file.
    """

    def __init__(self, program: ir.Program) -> None:
        self._shown: dict[tuple[str | None, str], str] = {}
        self._boards: dict[str, list[ir.Dashboard]] = {}
        self._alike_to: dict[tuple[str, frozenset[str], frozenset[str]], str | None] = {}
        self._asked: dict[str, list[tuple[ir.Dashboard, ir.Panel, str]]] = {}
        for board in program.dashboards:
            if board.file is not None:
                self._boards.setdefault(board.file, []).append(board)
            for panel in _panels(board.panels):
                queries = (it.query.text for it in panel.targets if it.query.text[:4] == "slo:")
                for shown in filter(None, (panel.threshold, *queries)):
                    address = _address(board, panel)
                    self._shown.setdefault((board.file, shown), address)
                    self._shown.setdefault((None, shown), address)

    def find(self, file: str, shown: Iterable[str], expression: str = "") -> str | None:
        """The panel that shows one of these, on a board of this file first; else that board.

        expression: what the alert asks, where a panel of that board may ask for its metrics, too
        """
        elsewhere = None
        for it in shown:
            near = self._shown.get((file, it))
            if near is not None:
                return near
            elsewhere = elsewhere or self._shown.get((None, it))
        boards = self._boards.get(file)
        if elsewhere is not None or boards is None:
            return elsewhere
        return self._alike(file, expression) or f"d/{boards[0].uid}"

    def _alike(self, file: str, expression: str) -> str | None:
        """The panel of a file's boards with all metrics of an expression, and fewest others.

        One that asks of the same jobs goes before.
        """
        key = (file, _metrics_in(expression), frozenset(_JOB.findall(expression)))
        if key not in self._alike_to:
            self._alike_to[key] = self._find_alike(*key)
        return self._alike_to[key]

    def _find_alike(self, file: str, wanted: frozenset[str], jobs: frozenset[str]) -> str | None:
        best: tuple[tuple[int, int], str] | None = None
        for board, panel, text in self._asked_by(file) if wanted else ():
            if all(name in text for name in wanted):  # most are told apart by that alone
                read = _metrics_in(text)
                rank = sum(job not in text for job in jobs), len(read)
                if wanted <= read and (best is None or rank < best[0]):
                    best = rank, _address(board, panel)
        return best[1] if best else None

    def _asked_by(self, file: str) -> list[tuple[ir.Dashboard, ir.Panel, str]]:
        """The panels of a file's boards, with all that each asks."""
        if file not in self._asked:
            self._asked[file] = [
                (board, panel, "\n".join(it.query.text for it in panel.targets))
                for board in self._boards[file]
                for panel in _panels(board.panels)
            ]
        return self._asked[file]


def _metrics_in(expression: str) -> frozenset[str]:
    """The metrics that an expression names, by sight: most of them, at little cost."""
    return frozenset(_METRIC.findall(expression))


def _address(board: ir.Dashboard, panel: ir.Panel) -> str:
    return f"d/{board.uid}?viewPanel={panel.id}"


def _panels(panels: Sequence[ir.Panel]) -> Iterator[ir.Panel]:
    for panel in panels:
        yield panel
        yield from _panels(panel.panels)


def link_annotations(
    name: str, file: DefinitionFile, environment: Environment | None, board: str | None
) -> Mapping[str, str]:
    """The addresses of an alert's runbook, and of the board or panel that shows what it is about.

    `board` is an address below Grafana's (`Addresses.find`).
    """
    links: dict[str, str] = {}
    if environment is None:
        return links
    page = runbook_page(file.name, environment)
    if page is not None:
        links["runbook_url"] = f"{page}#{heading_anchor(name)}"
    if environment.grafana_url and board is not None:
        links["dashboard_url"] = f"{environment.grafana_url.rstrip('/')}/{board}"
    return links


def runbook_page(file: str, environment: Environment | None) -> str | None:
    """The address of the runbook of a definition file, where the environment has one."""
    if environment is None or not environment.runbooks_url:
        return None
    return f"{environment.runbooks_url.rstrip('/')}/{runbook_name(file)}.md"


def alert_address(name: str, prometheus_url: str) -> str:
    """Where Prometheus shows the state of an alert: its page of alerts, searched for the name.

    Source: `AlertsPage.tsx` of its pages; those before 3.0 show all alerts.
    """
    plain = "".join(char if char in _PLAIN else _escaped(char) for char in name)
    return f"{prometheus_url.rstrip('/')}/alerts?search={plain}&showEmptyGroups=0"


def _escaped(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "backslashreplace"))


def runbook_name(file: str) -> str:
    """The runbook of a definition file: "services/orders" → "orders"."""
    return file.removeprefix("services/")


def heading_anchor(heading: str) -> str:
    """The anchor that GitHub and GitLab give to a heading: lower case, spaces as hyphens."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
