"""One run: servers up from the outputs, the scenario played, everything that arrived."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tests.e2e import servers
from tests.e2e.boards import ask_boards
from tests.e2e.exporter import Clock, serve_targets
from tests.e2e.history import past_of, write_history
from tests.e2e.message import Message
from tests.e2e.outputs import Outputs, point_alertmanager, point_prometheus
from tests.e2e.scenario import Post, Scenario
from tests.e2e.servers import Server, Tools
from tests.e2e.sinks import Sinks, serve_sinks
from tests.e2e.speed import accelerate


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
    fast = accelerate(outputs, scenario.speed)
    clock = Clock(origin=time.time(), speed=scenario.speed)
    problems = _strangers(outputs, scenario)
    with ExitStack() as stack:
        sinks = stack.enter_context(serve_sinks(_made(folder / "sinks")))
        past = past_of(scenario, clock)
        targets = stack.enter_context(
            serve_targets(outputs.targets(), scenario.series, scenario.down, clock, past)
        )
        managers = _start_alertmanagers(stack, fast, scenario, sinks, tools, folder)
        home = _made(folder / "prometheus")
        addresses = {name: manager.address for name, manager in managers.items()}
        point_prometheus(fast, targets, addresses).write(home)
        write_history(fast, scenario, clock, tools.promtool, _made(home / "data"))
        server = stack.enter_context(servers.prometheus(tools, home, scenario.speed))
        for each in (*managers.values(), server):
            each.wait_until_ready()
        clock.start()
        queries = _act(outputs, scenario, clock, managers, server, problems)
        problems += [f"refused: {why}" for why in sinks.mailbox.refused()]
        return Outcome(sinks.mailbox.messages(), clock, problems, queries)


def _strangers(outputs: Outputs, scenario: Scenario) -> list[str]:
    """Jobs, targets and Alertmanagers of the scenario that the outputs do not know."""
    targets = outputs.targets()
    jobs = {series.job for series in scenario.series} - set(targets.values())
    instances = {series.instance for series in scenario.series if series.instance}
    instances |= {outage.instance for outage in scenario.down}
    managers = {*scenario.cut_off, *(stop.alertmanager for stop in scenario.stop)}
    return [
        *(f"outputs: no scrape job is named {job}" for job in sorted(jobs)),
        *(f"outputs: no target is named {name}" for name in sorted(instances - set(targets))),
        *(
            f"outputs: no Alertmanager is at {name}"
            for name in sorted(managers - set(outputs.alertmanagers()))
        ),
    ]


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


def _act(
    outputs: Outputs,
    scenario: Scenario,
    clock: Clock,
    managers: dict[str, Server],
    server: Server,
    problems: list[str],
) -> int:
    """Do everything at its time, and wait for the end; gives how many queries were asked."""
    queries = 0
    empty = {panel.panel: panel.because for panel in scenario.empty}

    def ask() -> None:
        nonlocal queries
        queries, wrong = ask_boards(outputs, server, scenario.speed, empty)
        problems.extend(wrong)

    acts: list[tuple[float, Callable[[], None]]] = []
    for post in scenario.post:
        acts.append((post.at, partial(_post, managers, post, clock, resolved=False)))
        if post.until is not None:
            acts.append((post.until, partial(_post, managers, post, clock, resolved=True)))
    for stop in scenario.stop:
        if stop.alertmanager in managers:
            acts.append((stop.at, partial(managers[stop.alertmanager].kill, stop.hang)))
    acts.append((scenario.duration if scenario.boards_at is None else scenario.boards_at, ask))
    for at, act in sorted(acts, key=lambda pair: pair[0]):
        clock.sleep_until(at)
        act()
    clock.sleep_until(scenario.duration)
    stopped = {stop.alertmanager for stop in scenario.stop}
    for each in (server, *(m for name, m in managers.items() if name not in stopped)):
        if each.process.poll() is not None:
            problems.append(f"{each.name} ended by itself\n{each.last_lines()}")
    return queries


def _post(managers: dict[str, Server], post: Post, clock: Clock, *, resolved: bool) -> None:
    """Send an alert to every Alertmanager that lives, as Prometheus does."""
    begin = clock.wall(post.at - post.started)
    end = time.time() if resolved else time.time() + 7 * 86400
    alert = {
        "labels": post.labels,
        "annotations": post.annotations,
        "startsAt": _timestamp(begin),
        "endsAt": _timestamp(end),
    }
    for manager in managers.values():
        if manager.process.poll() is None:
            manager.post("/api/v2/alerts", [alert])


def _timestamp(wall: float) -> str:
    return datetime.fromtimestamp(wall, UTC).isoformat()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
