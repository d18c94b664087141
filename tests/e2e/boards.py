"""Every query of every board, asked of a running Prometheus."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

from tests.e2e.outputs import PROMETHEUS, Outputs
from tests.e2e.scenario import seconds
from tests.e2e.servers import Server, ServerError
from tests.e2e.speed import shorten_expression

BOARDS = "grafana/dashboards/"
# Grafana's default for a panel that shows the last hour.
RANGE = "1h"
# Of a variable: the metric or selector, if one is given, and the label.
_LABEL_VALUES = re.compile(r"label_values\((?:(.+),)?\s*([a-zA-Z_]\w*)\s*\)")
_METRIC = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*(?=\s*[{\[])")
_LEGEND_LABEL = re.compile(r"\{\{\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*\}\}")


def ask_boards(
    outputs: Outputs, server: Server, speed: float, empty: Mapping[str, str]
) -> tuple[int, list[str]]:
    """How many queries there are, and what is wrong with them.

    outputs: as in production; empty: panels ("folder/board/title") that may have no data
    """
    count, problems = 0, []
    interval = outputs.files[PROMETHEUS]["global"]["scrape_interval"]
    for path, text in outputs.files.items():
        if not path.startswith(BOARDS):
            continue
        board = path.removeprefix(BOARDS).removesuffix(".json")
        tree = json.loads(text)
        chosen = _chosen(tree, server)
        for panel, target in _targets(tree.get("panels", [])):
            count += 1
            where = f"{board}/{panel.get('title')}"
            problem = _ask(server, target, {**chosen, **_given(interval)}, interval, speed)
            if problem and not (where in empty and problem == "no data"):
                problems.append(f"board {where}: {problem}: {target.get('expr')}")
    if not count:
        problems.append("boards: no board has a query")
    return count, problems


def board_queries(outputs: Outputs) -> Iterator[str]:
    """Every query of every board, as in production."""
    for path, text in outputs.files.items():
        if path.startswith(BOARDS):
            for _, target in _targets(json.loads(text).get("panels", [])):
                yield str(target.get("expr", ""))


def _targets(panels: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for panel in panels:
        for target in panel.get("targets") or []:
            yield panel, target
        yield from _targets(panel.get("panels") or [])


def _given(interval: str) -> dict[str, str]:
    """The variables that Grafana itself has."""
    return {
        "__rate_interval": f"{4 * seconds(interval):g}s",
        "__interval": interval,
        "__range": RANGE,
        "__range_s": f"{seconds(RANGE):g}",
    }


def _chosen(board: Mapping[str, Any], server: Server) -> dict[str, str]:
    """What stands in the place of a board's own variables: all, or else the first value."""
    chosen = {}
    for variable in (board.get("templating") or {}).get("list") or []:
        if variable.get("includeAll"):
            chosen[variable["name"]] = variable.get("allValue") or ".*"
            continue
        query = variable.get("query")
        text = query.get("query", "") if isinstance(query, dict) else str(query or "")
        found = _LABEL_VALUES.fullmatch(text)
        if found:
            matched = {"match[]": found[1]} if found[1] else {}
            values = server.get(f"/api/v1/label/{found[2]}/values", **matched)["data"]
            chosen[variable["name"]] = values[0] if values else ""
    return chosen


def _ask(
    server: Server,
    target: Mapping[str, Any],
    values: Mapping[str, str],
    interval: str,
    speed: float,
) -> str | None:
    """What is wrong with a query, None where all is well."""
    expression = str(target.get("expr", ""))
    for name, value in values.items():
        pattern = rf"\$(?:{name}\b|\{{{name}(?::\w+)?\}})"
        expression = re.sub(pattern, value.replace("\\", r"\\"), expression)
    if "$" in expression:
        return "a variable that this test does not know"
    now = time.time()
    step = seconds(interval) / speed
    try:
        answer = server.get(
            "/api/v1/query_range",
            query=shorten_expression(expression, speed),
            start=f"{now - 3 * step:.3f}",
            end=f"{now:.3f}",
            step=f"{step:.3f}",
        )
    except ServerError as error:
        return str(error)
    series = answer["data"]["result"]
    if not any(math.isfinite(float(value)) for item in series for _, value in item["values"]):
        return None if _reads_only_alerts(expression) else "no data"
    if _reads_only_alerts(expression):
        return None  # an alert has the labels that its rule gives it
    missing = {
        label
        for label in _LEGEND_LABEL.findall(target.get("legendFormat") or "")
        for item in series
        if label not in item["metric"]
    }
    return f"no series has {', '.join(sorted(missing))}, as the legend wants" if missing else None


def _reads_only_alerts(expression: str) -> bool:
    """Whether a query says what fires, which on a good day is nothing."""
    return {"ALERTS", "ALERTS_FOR_STATE"} >= set(_METRIC.findall(expression)) > set()
