"""Imports: from the allow-list only, of names that exist, and never in a circle."""

import pytest

ALLOWED = (
    "import from definitions, giggamon_compiler, grafanalib, or from collections, copy, "
    "dataclasses, datetime, decimal, enum, fractions, functools, itertools, json, math, numbers, "
    "operator, re, statistics, string, textwrap, typing"
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "import os\n",
            (
                "import-not-allowed",
                "5:8",
                "os",
                "os is not for definitions: they are data, the same everywhere",
            ),
            id="a module that reads the world",
        ),
        pytest.param(
            "from urllib.request import urlopen\n",
            (
                "import-not-allowed",
                "5:6",
                "urllib.request",
                "urllib.request is not for definitions: they are data, the same everywhere",
            ),
            id="a name from one",
        ),
        pytest.param(
            "def secret():\n    import socket\n    return socket\n",
            (
                "import-not-allowed",
                "6:12",
                "socket",
                "socket is not for definitions: they are data, the same everywhere",
            ),
            id="within a function",
        ),
        pytest.param(
            "from ...elsewhere import thing\n",
            (
                "import-not-allowed",
                "5:6",
                "...elsewhere",
                "elsewhere is not for definitions: they are data, the same everywhere",
            ),
            id="above the folder",
        ),
        pytest.param(
            "from definitions.policy import *\n",
            (
                "star-import",
                "5:32",
                "*",
                "definitions/services/orders.py imports everything from definitions.policy, "
                "so nobody sees what it binds",
            ),
            id="star",
        ),
        pytest.param(
            "from definitions.polcy import policy\n",
            (
                "unknown-import",
                "5:6",
                "definitions.polcy",
                "definitions.polcy is no file of the definitions",
            ),
            id="no such file",
        ),
        pytest.param(
            "from definitions.policy import policy as é, critcal\n",
            (
                "unknown-import",
                "5:45",
                "critcal",
                "critcal is bound nowhere in definitions/policy.py",
            ),
            id="no such name, behind a letter of two bytes",
        ),
        pytest.param(
            "from ..policy import critcal\n",
            (
                "unknown-import",
                "5:22",
                "critcal",
                "critcal is bound nowhere in definitions/policy.py",
            ),
            id="a relative import",
        ),
        pytest.param(
            "import definitions.services.payments\n",
            (
                "unknown-import",
                "5:8",
                "definitions.services.payments",
                "definitions.services.payments is no file of the definitions",
            ),
            id="a whole file",
        ),
        pytest.param(
            "from giggamon_compiler import Severty\n",
            (
                "unknown-import",
                "5:31",
                "Severty",
                "Severty does not exist in giggamon_compiler",
            ),
            id="no such word in the vocabulary",
        ),
        pytest.param(
            "from giggamon_compiler.modle import rule\n",
            (
                "unknown-import",
                "5:6",
                "giggamon_compiler.modle",
                "giggamon_compiler.modle cannot be imported: there is no such module",
            ),
            id="no such part of the compiler",
        ),
    ],
)
def test_it_is_a_finding(read, text, said):
    loaded = read(service=text)
    assert loaded.said == [said]
    assert loaded.names("services/orders") == []


def test_what_may_be_imported_is_listed(read):
    assert read(service="import os\n").finding.help == ALLOWED


@pytest.mark.parametrize(
    ("text", "help_line"),
    [
        ("from definitions.polcy import x\n", "did you mean definitions.policy?"),
        ("from definitions.policy import critcal\n", "did you mean critical?"),
        ("from definitions import polic\n", "did you mean policy?"),
        ("from giggamon_compiler import Severty\n", "did you mean Severity?"),
    ],
)
def test_the_nearest_name_is_offered(read, text, help_line):
    assert read(service=text).finding.help == help_line


def test_pure_modules_and_whole_files_may_be_imported(read):
    loaded = read(
        service="""\
        from decimal import Decimal
        from collections.abc import Sequence
        from giggamon_compiler.model.rule import Record
        from grafanalib.core import Graph
        from definitions import teams
        from .. import policy as house
        import definitions.policy as rules
        half = Decimal("0.5")
        """
    )
    assert loaded.said == []


def test_a_circle_is_said_with_every_import_in_it(read):
    loaded = read(
        {
            "a.py": "from definitions.b import b\na = 1\n",
            "b.py": "\nfrom definitions.c import c\nb = 1\n",
            "c.py": "import definitions.a\nc = 1\n",
        }
    )
    assert loaded.said == [
        (
            "circular-import",
            "a.py:1:6",
            "definitions.b",
            "definitions/a.py imports itself: "
            "definitions/a.py → definitions/b.py → definitions/c.py → definitions/a.py",
        )
    ]
    assert loaded.noted == [
        ("b.py:2:6", "definitions.c", "which imports in turn"),
        ("c.py:1:8", "definitions.a", "which imports in turn"),
    ]
    assert loaded.finding.fatal


def test_two_circles_are_two_findings(read):
    loaded = read(
        {
            "a.py": "from definitions.b import b\na = 1\n",
            "b.py": "from definitions.a import a\nb = 1\n",
            "c.py": "from definitions.c import c\nfrom definitions.a import a\n",
        }
    )
    assert [said[:2] for said in loaded.said] == [
        ("circular-import", "a.py:1:6"),
        ("circular-import", "c.py:1:6"),
    ]


def test_an_import_for_types_only_makes_no_circle(read):
    loaded = read(
        {
            "a.py": "from definitions.b import b\na = 1\n",
            "b.py": """\
                from typing import TYPE_CHECKING
                if TYPE_CHECKING:
                    from definitions.a import a
                b = 1
                """,
        }
    )
    assert loaded.said == []
