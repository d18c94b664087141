"""Each seeded fault in the outputs turns a run red, for its own reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.e2e.cases import Case, run_all, scenario
from tests.e2e.faults import BOARD, FAULTS
from tests.e2e.outputs import Outputs
from tests.e2e.servers import Tools

# All timers alike are eight times shorter, so that what takes minutes is seen within seconds.
SPEED = 8
AT_ONCE = 5


@pytest.mark.heavy
@pytest.mark.timeout(600)
def test_every_fault_is_seen(ours: Outputs, tools: Tools, tmp_path: Path):
    outage = replace(
        scenario("giggatek-outage"),
        speed=SPEED,
        only=("orders", "payments", "prometheus"),
        boards_at=9999,
    )
    cases = [Case("no fault", ours, outage)]
    for fault in FAULTS:
        played = scenario(fault.scenario) if fault.scenario != "giggatek-outage" else outage
        if fault.path == BOARD:
            played = replace(played, boards_at=97)
        cases.append(Case(fault.name, fault.inject(ours), played))

    verdicts = run_all(cases, tools, tmp_path, AT_ONCE)

    assert not verdicts["no fault"].problems
    unseen = {
        fault.name: [problem.partition("\n")[0] for problem in verdicts[fault.name].problems]
        for fault in FAULTS
        if not any(fault.seen in problem for problem in verdicts[fault.name].problems)
    }
    assert not unseen
