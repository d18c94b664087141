"""The runs that the tests make, several at a time: they mostly wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.outputs import Outputs
from tests.e2e.reading import read_scenario
from tests.e2e.report import arrived, table
from tests.e2e.run import play
from tests.e2e.scenario import Scenario
from tests.e2e.servers import ServerError, Tools
from tests.e2e.verdict import Verdict, judge

HERE = Path(__file__).parent
OURS = HERE.parents[1] / "definitions"
OTHER = HERE / "other" / "definitions"
OTHER_SCENARIO = HERE / "other" / "scenario.toml"


@dataclass(frozen=True, slots=True)
class Case:
    """One run: its name is that of its folder too."""

    name: str
    outputs: Outputs
    scenario: Scenario


def scenario(name: str) -> Scenario:
    """One of the scenarios of the project's own definitions."""
    return read_scenario(HERE / "scenarios" / f"{name}.toml")


def run_all(
    cases: Sequence[Case], tools: Tools, folder: Path, at_once: int
) -> Mapping[str, Verdict]:
    """Run cases side by side; a server that does not come up is a problem of its case."""

    def run(case: Case) -> Verdict:
        home = folder / case.name.replace(" ", "-")
        try:
            outcome = play(case.outputs, case.scenario, tools, home)
        except ServerError as error:
            return Verdict([str(error)], [])
        verdict = judge(case.outputs, case.scenario, outcome)
        (home / "arrived.txt").write_text(arrived(outcome) + table(verdict), encoding="utf-8")
        return verdict

    with ThreadPoolExecutor(at_once) as pool:
        return dict(zip([case.name for case in cases], pool.map(run, cases), strict=True))


def problems_of(verdicts: Mapping[str, Verdict]) -> list[str]:
    """Everything that is wrong, with the name of its case."""
    return [f"{name}: {what}" for name, verdict in verdicts.items() for what in verdict.problems]
