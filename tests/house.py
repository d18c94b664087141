"""A small house, written to a folder, that the snippets of a test change file by file."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import giggamon_compiler
from giggamon_compiler import checks, lower
from giggamon_compiler.findings import Finding, Place, has_errors
from giggamon_compiler.load import place_findings, read_definitions

FILES: Mapping[str, str] = {
    "teams.py": """
        commerce = Team("commerce",
            page=notify.PagerDuty(routing_key_file="commerce-pagerduty"),
            chat=notify.Slack(channel="#commerce", api_url_file="commerce-slack"))
    """,
    "policy.py": """
        critical = Severity("critical", channels=["page", "chat"],
            group_wait="5s", group_interval="20s", repeat_interval="1h")
        warning = Severity("warning", channels=["chat"],
            group_wait="30s", group_interval="5m", repeat_interval="12h")
        policy = Policy(severities=[critical, warning], fallback=warning, default_team=commerce)
    """,
    "environment.py": """
        environment = Environment("production", prometheus="2.42", alertmanager="0.25",
            retention="35d", secrets="/etc/alertmanager/secrets",
            runbooks_url="https://git.giggatek.example/definitions/runbooks",
            alertmanagers=["alertmanager-1:9093", "alertmanager-2:9093"])
    """,
    "services/orders.py": """
        service = Service("orders", team=commerce)
    """,
}


def write_house(folder: Path, changed: Mapping[str, str]) -> Path:
    """Write a definitions folder: the small house, with some files changed or added.

    What a Python file uses and does not bind is imported, in one line that is put above its text:
    from the vocabulary, or from whichever other file of the house binds it.
    """
    files = {name: dedent(text) for name, text in {**FILES, **changed}.items()}
    homes = {
        name: "definitions." + file.removesuffix(".py").replace("/", ".")
        for file, text in files.items()
        if file.endswith(".py")
        for name in _bound(text)
    }
    for file, text in files.items():
        path = folder / "definitions" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_imports(text, homes) + text if file.endswith(".py") else text)
    return folder / "definitions"


def find(folder: Path, changed: Mapping[str, str]) -> list[Finding]:
    """What all checks find in a changed house, with places; it must be possible to read it."""
    definitions, loading = read_definitions(write_house(folder, changed))
    assert not has_errors(loading), [it.message for it in place_findings(loading)]
    return list(place_findings(checks.run(lower.lower(definitions), whole=True)))


def messages(folder: Path, check: str, changed: Mapping[str, str]) -> list[str]:
    """What one check says about a changed house."""
    return [finding.message for finding in find(folder, changed) if finding.id == check]


def underlined(finding: Finding) -> str:
    """What stands at a finding's place, on its first line."""
    place = finding.origin
    assert isinstance(place, Place)
    end = place.end_column - 1 if place.end_line == place.line else None
    return place.text[place.column - 1 : end]


def snippets(text: str) -> dict[str, str]:
    """The files of an example: each begins with a comment that names it."""
    parts = re.split(r"(?m)^ *# definitions/(\S+)\n", text)[1:]
    return {file: dedent(body) for file, body in zip(parts[::2], parts[1::2], strict=True)}


def _parsed(text: str) -> ast.Module:
    """The tree of a file; empty where it is no Python."""
    try:
        return ast.parse(text)
    except SyntaxError:
        return ast.Module([], [])


def _bound(text: str) -> set[str]:
    bound = set()
    for statement in _parsed(text).body:
        if isinstance(statement, ast.Assign):
            bound |= {it.id for it in statement.targets if isinstance(it, ast.Name)}
        elif isinstance(statement, ast.ImportFrom | ast.Import):
            bound |= {it.asname or it.name for it in statement.names}
    return bound


def _imports(text: str, homes: Mapping[str, str]) -> str:
    used = {node.id for node in ast.walk(_parsed(text)) if isinstance(node, ast.Name)}
    lines = []
    for name in sorted(used - _bound(text) - set(vars(builtins))):
        home = "giggamon_compiler" if name in giggamon_compiler.__all__ else homes.get(name)
        if home is not None:
            lines.append(f"from {home} import {name}")
    return "; ".join(lines) + "\n"
