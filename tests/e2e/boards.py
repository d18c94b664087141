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
        for panel, target in _targets(json.loads(text).get("panels", [])):
            count += 1
            where = f"{board}/{panel.get('title')}"
            problem = _ask(server, target, interval, speed)
            if problem and not (where in empty and problem == "no data"):
                problems.append(f"board {where}: {problem}: {target.get('expr')}")
    if not count:
        problems.append("boards: no board has a query")
    return count, problems


def _targets(panels: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for panel in panels:
        for target in panel.get("targets") or []:
            yield panel, target
        yield from _targets(panel.get("panels") or [])


def _ask(server: Server, target: Mapping[str, Any], interval: str, speed: float) -> str | None:
    """What is wrong with a query, None where all is well."""
    expression = str(target.get("expr", ""))
    values = {
        "__rate_interval": f"{4 * seconds(interval):g}s",
        "__interval": interval,
        "__range": RANGE,
        "__range_s": f"{seconds(RANGE):g}",
    }
    for name, value in values.items():
        expression = re.sub(rf"\$(?:{name}\b|\{{{name}\}})", value, expression)
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
        return "no data"
    missing = {
        label
        for label in _LEGEND_LABEL.findall(target.get("legendFormat") or "")
        for item in series
        if label not in item["metric"]
    }
    return f"no series has {', '.join(sorted(missing))}, as the legend wants" if missing else None
