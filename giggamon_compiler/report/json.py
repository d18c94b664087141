"""Findings for machines. The format is versioned: within a version keys are only added.

    {"version": 1, "findings": [{"id", "level", "subject", "message", "help", "file", "line",
     "column", "end_line", "end_column", "chain": [{"message", "file", "line", …}]}]}

Lines and columns are one-based, columns count characters, ends are exclusive. What has no place has
null there. `chain` holds the further places that belong to a finding: its cause, the calls between.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from giggamon_compiler.findings import Finding, Origin, Place

VERSION = 1


def render(findings: Sequence[Finding]) -> str:
    """Placed findings as one JSON document, with a newline at its end."""
    document = {"version": VERSION, "findings": [_finding(finding) for finding in findings]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "level": finding.level,
        "subject": finding.subject,
        "message": finding.message,
        "help": finding.help,
        **_place(finding.origin),
        "chain": [{"message": note.message, **_place(note.origin)} for note in finding.notes],
    }


def _place(origin: Origin) -> dict[str, Any]:
    place = origin if isinstance(origin, Place) else None
    names = ("file", "line", "column", "end_line", "end_column")
    return {name: getattr(place, name) if place else None for name in names}
