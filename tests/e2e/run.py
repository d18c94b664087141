"""One run: servers up from the outputs, the scenario played, everything that arrived."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from tests.e2e import servers
from tests.e2e.acting import act
from tests.e2e.clock import Clock
from tests.e2e.exporter import serve_targets
from tests.e2e.history import past_of, write_history
from tests.e2e.message import Message
from tests.e2e.outputs import (
    Outputs,
    Target,
    point_alertmanager,
    point_blackbox,
    point_prometheus,
)
from tests.e2e.probed import serve_probed
from tests.e2e.scenario import Scenario
from tests.e2e.servers import Server, Tools
from tests.e2e.sinks import Sinks, serve_sinks
from tests.e2e.speed import accelerate
from tests.e2e.usual import usual_series


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gave.

    problems: what went wrong beside the messages; queries: how many queries of boards were asked
    """

    messages: Sequence[Message]
    clock: Clock
    problems: Sequence[str]
    queries: int


def play(outputs: Outputs, scenario: Scenario, tools: Tools, folder: Path) -> Outcome:
    """Play a scenario against real servers, which are gone when this returns or raises."""
    problems = _strangers(outputs, scenario)
    outputs = outputs.only(scenario.only)
    fast = accelerate(outputs, scenario.speed)
    clock = Clock(origin=time.time(), speed=scenario.speed)
    with ExitStack() as stack:
        sinks = stack.enter_context(serve_sinks(_made(folder / "sinks"), scenario.deadman, clock))
        usual = usual_series(outputs, scenario)
        past = past_of(fast, scenario, clock)
        asked = [target for target in outputs.targets() if target.module is None]
        targets = stack.enter_context(
            serve_targets(asked, [*scenario.series, *usual], scenario.down, clock, past)
        )
        prober = _start_prober(stack, fast, scenario, clock, tools, folder, targets)
        managers = _start_alertmanagers(stack, fast, scenario, sinks, tools, folder)
        home = _made(folder / "prometheus")
        addresses = {name: manager.address for name, manager in managers.items()}
        real = {**addresses, **({"blackbox": prober.address} if prober else {})}

        def configure(own: str) -> None:
            found = {
                target: _real(target, scenario, own, real) or address
                for target, address in targets.items()
            }
            probes = prober.address if prober else None
            point_prometheus(fast, found, addresses, probes).write(home)

        write_history(fast, scenario, usual, clock, tools.promtool, _made(home / "data"))
        server = stack.enter_context(servers.prometheus(tools, home, scenario.speed, configure))
        for each in (*managers.values(), *([prober] if prober else []), server):
            each.wait_until_ready()
        server.wait_until_it_tells(len(managers))
        clock.start()
        queries = act(outputs, scenario, clock, managers, server, problems)
        problems += [f"refused: {why}" for why in sinks.mailbox.refused()]
        return Outcome(sinks.mailbox.messages(), clock, problems, queries)


def _strangers(outputs: Outputs, scenario: Scenario) -> list[str]:
    """Jobs, targets and Alertmanagers of the scenario that the outputs do not know."""
    targets = outputs.targets()
    jobs = {series.job for series in scenario.series} - {target.job for target in targets}
    instances = {series.instance for series in scenario.series if series.instance}
    instances |= {outage.instance for outage in scenario.down} | set(scenario.real)
    instances |= {answer.instance for answer in scenario.answer}
    instances -= {target.address for target in targets}
    managers = {*scenario.cut_off, *(it.alertmanager for it in scenario.stop if it.alertmanager)}
    return [
        *(f"outputs: no scrape job is named {job}" for job in sorted(jobs)),
        *(f"outputs: no target is named {name}" for name in sorted(instances)),
        *(
            f"outputs: no Alertmanager is at {name}"
            for name in sorted(managers - set(outputs.alertmanagers()))
        ),
    ]


def _start_prober(
    stack: ExitStack,
    outputs: Outputs,
    scenario: Scenario,
    clock: Clock,
    tools: Tools,
    folder: Path,
    targets: dict[Target, str],
) -> Server | None:
    """The real blackbox exporter before what it asks, whose addresses join the targets."""
    stand_ins = _made(folder / "probed")
    probed = stack.enter_context(serve_probed(outputs, scenario, clock, stand_ins))
    if probed is None:
        return None
    targets |= probed.addresses
    home = _made(folder / "blackbox")
    point_blackbox(outputs, probed.certificate).write(home)
    return stack.enter_context(servers.blackbox(tools, home, scenario.speed))


def _real(
    target: Target, scenario: Scenario, prometheus: str, others: Mapping[str, str]
) -> str | None:
    """The address of the run's own server that a target is, if the scenario wants that one."""
    if target.address not in scenario.real:
        return None
    if target.address in others:
        return others[target.address]
    return others.get(target.job, prometheus if target.job == "prometheus" else None)


def _start_alertmanagers(
    stack: ExitStack,
    outputs: Outputs,
    scenario: Scenario,
    sinks: Sinks,
    tools: Tools,
    folder: Path,
) -> dict[str, Server]:
    names = outputs.alertmanagers()
    started: dict[str, Server] = {}
    for number, name in enumerate(names, 1):
        home = _made(folder / f"alertmanager-{number}")
        reached = sinks
        if name in scenario.cut_off:
            nowhere = f"127.0.0.1:{servers.free_port()}"
            reached = replace(sinks, http=f"http://{nowhere}", smtp=nowhere)
        point_alertmanager(outputs, reached, home / "secrets").write(home)
        first = next(iter(started.values()), None)
        label = f"alertmanager-{number}"
        started[name] = stack.enter_context(
            servers.alertmanager(tools, home, scenario.speed, label, len(names), first)
        )
    return started


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
