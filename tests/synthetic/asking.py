"""All queries asked of a real Prometheus that holds what catalogues and declarations make."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from giggamon_compiler.ir import Program, Rule
from tests.promql.engine import Engine, Generation, engine
from tests.promql.labels.oracle_write import Series, write
from tests.synthetic.queries import (
    Asked,
    board_queries,
    choices,
    filled,
    reach_of,
    rule_queries,
    unfiltered,
)
from tests.synthetic.shown import Shown, shown_by
from tests.synthetic.store import NOW, STEP, needs_of, write_past, write_recent

# As Grafana sets them for a panel of the last hour, with samples every ten seconds.
GRAFANA = {
    "__rate_interval": "1m",
    "__interval": "15s",
    "__range": "1h",
    "__range_s": "3600",
    "__interval_ms": "15000",
    "__range_ms": "3600000",
}
RECORDED_BACK = 50 * 60
PASSES = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: an error, or how many series, of how many the value is a number."""

    asked: Asked
    error: str = ""
    series: int = 0
    finite: int = 0

    @property
    def problem(self) -> str:
        """What is wrong, in words; nothing where data came back."""
        if self.error:
            return self.error
        if not self.series and not self.asked.filters:
            return "no data"
        if self.series and not self.finite and not self.asked.filters:
            return "no series has a number"
        return ""


@contextmanager
def world(
    generation: Generation,
    folder: Path,
    program: Program,
    catalogues: Mapping[str, str],
    asked: Sequence[Asked],
) -> Iterator[Engine]:
    """A Prometheus with all series, what rules record from them, and alerts that fire."""
    shown = shown_by(program, catalogues)
    needs = needs_of(it for one in asked for it in reach_of(one.text))
    write_past(generation.promtool, folder, shown, needs, generation.is_newer)
    with engine(generation, folder, "--web.enable-remote-write-receiver") as running:
        write_recent(running, [*shown, *_firing(program)], needs)
        record(running, program)
        yield running


def all_queries(program: Program, files: Mapping[str, str]) -> list[Asked]:
    """Those of rules, those of boards with all that can be chosen, and what can be chosen."""
    chosen = list(choices(files))
    values = {(it.board, it.name): ".*" for it in chosen}
    offered = [Asked(f"board {it.board}", it.query, f"${it.name}") for it in chosen]
    boards = [_filled(it, values) for it in (*board_queries(files), *offered)]
    return [*rule_queries(program), *boards]


def _filled(asked: Asked, chosen: Mapping[tuple[str, str], str]) -> Asked:
    board = "/".join(asked.where.removeprefix("board ").split("/")[:2])
    values = {name: value for (of, name), value in chosen.items() if of == board}
    return Asked(asked.where, filled(asked.text, {**GRAFANA, **values}), asked.part)


def ask(running: Engine, asked: Sequence[Asked]) -> list[Answer]:
    """The answer to each query, in their order; one that filters is asked again without that."""
    found = _ask(running, asked)
    again = {
        index: Asked(it.asked.where, unfiltered(it.asked.text), it.asked.part)
        for index, it in enumerate(found)
        if it.problem and not it.error and not it.asked.filters
    }
    again = {index: it for index, it in again.items() if it.text != asked[index].text}
    for index, answer in zip(again, _ask(running, list(again.values())), strict=True):
        found[index] = answer
    return found


def _ask(running: Engine, asked: Sequence[Asked]) -> list[Answer]:
    forms = [{"query": it.text, "time": str(NOW)} for it in asked]
    answers = running.ask_many("/api/v1/query", forms)
    return [_answer(it, answer) for it, answer in zip(asked, answers, strict=True)]


def _answer(asked: Asked, answer: Any) -> Answer:
    if answer["status"] != "success":
        return Answer(asked, f"{answer['errorType']}: {answer['error']}")
    data = answer["data"]
    if data["resultType"] in ("scalar", "string"):
        return Answer(asked, "", 1, 1)
    values = [float(row["value"][1]) for row in data["result"]]
    return Answer(asked, "", len(values), sum(map(math.isfinite, values)))


# What Prometheus makes itself ---------------------------------------------------------------------


def record(running: Engine, program: Program) -> None:
    """The recordings of the last hour as the engine computes them, those that are read first."""
    waiting = [rule for rule in program.rules if rule.kind == "record"]
    for _ in range(PASSES):
        written: list[Series] = []
        rest = []
        for rule in waiting:
            made = list(_recorded(running, rule))
            written += made
            if not made:
                rest.append(rule)
        write(running.address, written)
        waiting = rest
        if not waiting:
            break


def _recorded(running: Engine, rule: Rule) -> Iterator[Series]:
    answer = running.ask(
        "/api/v1/query_range",
        query=rule.query.text,
        start=str(NOW - RECORDED_BACK),
        end=str(NOW),
        step=str(STEP),
    )
    if answer["status"] != "success":
        return
    for row in answer["data"]["result"]:
        labels = {**row["metric"], **rule.labels, "__name__": rule.name}
        yield Series(labels, [(int(time * 1000), float(value)) for time, value in row["values"]])


def _firing(program: Program) -> Iterator[Shown]:
    """Each alert as Prometheus stores one that fires, on the first target of its service."""
    jobs = program.prometheus.jobs if program.prometheus else ()
    for rule in program.rules:
        if rule.kind == "alert":
            job = next((it for it in jobs if it.owner == rule.owner and it.targets), None)
            put = {"job": job.name, "instance": job.targets[0]} if job else {}
            labels = {**put, **rule.labels, "alertname": rule.name}
            for state in ("firing", "pending"):
                named = {"__name__": "ALERTS", **labels, "alertstate": state}
                yield Shown(named, "gauge", 1.0)
            yield Shown({"__name__": "ALERTS_FOR_STATE", **labels}, "gauge", NOW - 900.0)
