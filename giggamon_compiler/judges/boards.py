"""The queries of boards, as rules that promtool can read: Grafana says nothing until it shows one.

A query is asked with Grafana's own variables replaced by a value that they may have. One with other
variables is left out, since what stands there is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from giggamon_compiler import targets
from giggamon_compiler.ir import Dashboard, Group, Panel, Program, Query, Rule

# https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/
_VALUES = {
    "__rate_interval_ms": "60000",
    "__rate_interval": "1m",
    "__interval_ms": "15000",
    "__interval": "15s",
    "__range_ms": "3600000",
    "__range_s": "3600",
    "__range": "1h",
}
_VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)(?::\w+)?\})|\[\[(\w+)(?::\w+)?\]\]")


def queries_as_rules(program: Program) -> Sequence[Group]:
    """A group for each board: a rule for each query, named after its panel.

    Of two boards of one uid the first is asked: that there are two is the checks' finding.
    """
    first = {board.uid: board for board in reversed(program.dashboards)}
    groups = (_group(board) for board in program.dashboards if first[board.uid] is board)
    return [group for group in groups if group.rules]


def rule_files(groups: Sequence[Group]) -> Mapping[str, str]:
    """Those groups as rule files, under paths that no definition can have."""
    files = targets.emit(Program(groups=tuple(groups)))
    return {path: text for path, text in files.items() if path.endswith(".yml")}


def _group(board: Dashboard) -> Group:
    rules = tuple(_rules(board.panels, board))
    return Group(f"board {board.uid}", board.title, rules, origin=board.origin)


def _rules(panels: Sequence[Panel], board: Dashboard) -> Iterator[Rule]:
    for panel in panels:
        for target in panel.targets:
            text = _filled_in(target.query.text)
            if text:
                query = Query(text, target.query.origin)
                name = f"panel {panel.title or panel.key}"
                yield Rule("alert", name, query, owner=board.owner, origin=panel.origin)
        yield from _rules(panel.panels, board)


def _filled_in(text: str) -> str | None:
    """A query with Grafana's variables replaced; None where it has others."""
    names = {one or two or three for one, two, three in _VARIABLE.findall(text)}
    if names - set(_VALUES):
        return None
    return _VARIABLE.sub(lambda it: _VALUES[it[1] or it[2] or it[3]], text)
