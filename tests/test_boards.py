"""The boards of our own definitions: each panel can be read, and each board is there at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from giggamon_compiler import lower
from giggamon_compiler.ir import Dashboard, Program
from giggamon_compiler.load import read_definitions
from tests.lower.made import all_panels

DEFINITIONS = Path(__file__).parents[1] / "definitions"
# What a board may open with: beyond that it is not there within two seconds.
PANELS, QUERIES = 26, 60
QUERIES_OF_A_PANEL = 12


@pytest.fixture(scope="module")
def program() -> Program:
    definitions, _ = read_definitions(DEFINITIONS)
    return lower.lower(definitions)


def faults(board: Dashboard) -> list[str]:
    """What a reader of a board would miss."""
    found = []
    for panel in all_panels(board.panels):
        where = f"{board.identity}/{panel.key}"
        if not panel.description:
            found.append(f"{where} does not say what it shows")
        if panel.kind != "text" and not panel.unit:
            found.append(f"{where} has no unit")
        found += [f"{where} has a query without a legend" for it in panel.targets if not it.legend]
    return found


def test_every_panel_has_a_unit_legends_and_a_description(program):
    assert [it for board in program.dashboards for it in faults(board)] == []


def test_every_board_opens_with_what_a_screen_holds(program):
    for board in program.dashboards:
        opened = [panel for panel in board.panels if panel.kind != "row"]
        asked = [len(panel.targets) for panel in opened]
        assert len(opened) <= PANELS, board.identity
        assert sum(asked) <= QUERIES, board.identity
        assert max(asked) <= QUERIES_OF_A_PANEL, board.identity


def test_no_board_takes_the_exporter_of_probes_for_what_a_probe_finds(program):
    probes = [job.name for job in program.prometheus.jobs if job.probing]
    assert probes
    wrong = [
        f"{board.identity}/{panel.key}: {target.query.text}"
        for board in program.dashboards
        for panel in all_panels(board.panels)
        for target in panel.targets
        if says_up_of(target.query.text, probes) and "probe_success" not in target.query.text
    ]
    assert wrong == []


def says_up_of(text: str, jobs: list[str]) -> bool:
    """Whether a query reads `up` of one of some jobs, or of all."""
    for found in re.finditer(r"(?<![\w:])up(?:\{([^}]*)\}|(?![\w:]))", text):
        matcher = re.search(r'job=~?"([^"]*)"', found[1] or "")
        if matcher is None or any(re.fullmatch(matcher[1], job) for job in jobs):
            return True
    return False


def test_every_service_and_every_team_that_owns_one_has_a_board(program):
    owners = {board.owner for board in program.dashboards}
    assert {service.name for service in program.services} <= owners
    uids = {board.uid for board in program.dashboards}
    assert {f"team-{service.team}" for service in program.services} <= uids


def test_the_boards_that_the_plan_asks_for_are_there(program):
    assert {board.uid for board in program.dashboards if board.file.startswith("boards/")} == {
        *("alerts", "systems", "databases", "monitoring", "business", "executive", "capacity"),
    }


def test_every_alert_leads_to_a_board(program):
    for rule in program.rules:
        if rule.kind == "alert":
            assert "dashboard_url" in rule.annotations, rule.identity
