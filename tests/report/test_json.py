"""Findings as machines read them: a versioned document whose keys stay."""

import json

from giggamon_compiler.findings import Finding, Note, Place
from giggamon_compiler.report.json import render


def test_every_key_is_there_whatever_the_finding_has():
    place = Place("definitions/teams.py", 5, 12, 7, 2, "commerce = Team(")
    finding = Finding(
        "missing-channel",
        "commerce has no page",
        place,
        "add it",
        "commerce",
        "warning",
        (Note("told by page", Place("definitions/policy.py", 3, 1, 3, 4)), Note("so", None)),
    )
    assert json.loads(render([finding, Finding("x", "注文")])) == {
        "version": 1,
        "findings": [
            {
                "id": "missing-channel",
                "level": "warning",
                "subject": "commerce",
                "message": "commerce has no page",
                "help": "add it",
                "file": "definitions/teams.py",
                "line": 5,
                "column": 12,
                "end_line": 7,
                "end_column": 2,
                "chain": [
                    {
                        "message": "told by page",
                        "file": "definitions/policy.py",
                        "line": 3,
                        "column": 1,
                        "end_line": 3,
                        "end_column": 4,
                    },
                    {
                        "message": "so",
                        "file": None,
                        "line": None,
                        "column": None,
                        "end_line": None,
                        "end_column": None,
                    },
                ],
            },
            {
                "id": "x",
                "level": "error",
                "subject": "",
                "message": "注文",
                "help": "",
                "file": None,
                "line": None,
                "column": None,
                "end_line": None,
                "end_column": None,
                "chain": [],
            },
        ],
    }


def test_no_finding_is_a_document_too():
    assert json.loads(render([])) == {"version": 1, "findings": []}
