"""What a scenario does at its times: posts, deaths, broken files, questions of boards."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial

from tests.e2e.boards import ask_boards
from tests.e2e.clock import Clock
from tests.e2e.outputs import Outputs
from tests.e2e.scenario import Post, Scenario
from tests.e2e.servers import Server


def act(
    outputs: Outputs,
    scenario: Scenario,
    clock: Clock,
    managers: dict[str, Server],
    server: Server,
    problems: list[str],
) -> int:
    """Do everything at its time, and wait for the end; gives how many queries were asked.

    What would come after the end is left out.
    """
    empty = {panel.panel: panel.because for panel in scenario.empty}
    asked: list[Future[tuple[int, list[str]]]] = []
    with ThreadPoolExecutor(1) as pool:

        def ask() -> None:
            """Beside what else happens: there are many boards."""
            asked.append(pool.submit(ask_boards, outputs, server, scenario.speed, empty))

        planned = list(_plan(scenario, clock, managers, server, ask))
        for at, perform in sorted(planned, key=lambda pair: pair[0]):
            if at <= scenario.duration:
                clock.sleep_until(at)
                perform()
        clock.sleep_until(scenario.duration)
    gone = {stop.alertmanager for stop in scenario.stop}
    others: list[tuple[str | None, Server]] = [(None, server), *managers.items()]
    for name, each in others:
        if name not in gone and each.process.poll() is not None:
            problems.append(f"{each.name} ended by itself\n{each.last_lines()}")
    answers = [one.result() for one in asked]
    for _, wrong in answers:
        problems.extend(wrong)
    return sum(queries for queries, _ in answers)


def _plan(
    scenario: Scenario,
    clock: Clock,
    managers: dict[str, Server],
    server: Server,
    ask: Callable[[], None],
) -> Iterator[tuple[float, Callable[[], None]]]:
    for post in scenario.post:
        yield post.at, partial(_post, managers, post, clock, resolved=False)
        if post.until is not None:
            yield post.until, partial(_post, managers, post, clock, resolved=True)
    for stop in scenario.stop:
        stopped = managers.get(stop.alertmanager) if stop.alertmanager else server
        if stopped is not None:
            yield stop.at, partial(stopped.kill, stop.hang)
    for broken in scenario.broken:
        yield broken.from_, server.break_configuration
        yield broken.until, server.mend_configuration
    yield scenario.duration if scenario.boards_at is None else scenario.boards_at, ask


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
