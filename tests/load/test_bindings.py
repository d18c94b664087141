"""A statement that would lose a value in silence is a finding at that statement."""

import pytest

UP = 'Alert("Up", expr="up == 0")'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            'down = Alert("Down", expr="up == 0")\ndown = Alert("Slow", expr="up == 1")\n',
            ("bound-twice", "6:1", "down", "down is bound twice, so what it was first is lost"),
            id="a copied block whose name was not changed",
        ),
        pytest.param(
            f"def down():\n    return 1\ndown = {UP}\n",
            ("bound-twice", "7:1", "down", "down is bound twice, so what it was first is lost"),
            id="a function and a value",
        ),
        pytest.param(
            f"down = {UP}\ndef down(): return 1\n",
            (
                "bound-twice",
                "6:1",
                "def down(): return 1",
                "down is bound twice, so what it was first is lost",
            ),
            id="a value and a function",
        ),
        pytest.param(
            f"critical = {UP}\n",
            (
                "bound-twice",
                "5:1",
                "critical",
                "critical is bound twice, so what it was first is lost",
            ),
            id="over an import",
        ),
        pytest.param(
            'Alert(\n    "Up",\n    expr="up == 0",\n)\n',
            (
                "value-not-bound",
                "5:1",
                'Alert(\n    "Up",\n    expr="up == 0",\n)',
                "Up is bound to no name, so nothing of it is kept",
            ),
            id="a value that nothing binds",
        ),
        pytest.param(
            "block.slo(critical)\n",
            (
                "value-not-bound",
                "5:1",
                "block.slo(critical)",
                "block.slo(…) is bound to no name, so nothing of it is kept",
            ),
            id="a call of a function",
        ),
        pytest.param(
            '"""Not a docstring."""\n',
            (
                "value-not-bound",
                "5:1",
                '"""Not a docstring."""',
                "'Not a docstring.' stands alone, so it means nothing",
            ),
            id="a text that stands alone",
        ),
        pytest.param(
            "critical\n",
            ("value-not-bound", "5:1", "critical", "critical stands alone, so it means nothing"),
            id="a name that stands alone",
        ),
        pytest.param(
            f"for n in [1, 2]:\n    down = {UP}\n",
            (
                "bound-in-block",
                "6:5",
                "down",
                "down is bound under for, where values are lost in silence",
            ),
            id="for",
        ),
        pytest.param(
            f"if critical.name:\n    if critical:\n        down = {UP}\n",
            (
                "bound-in-block",
                "7:9",
                "down",
                "down is bound under if, where values are lost in silence",
            ),
            id="if",
        ),
        pytest.param(
            f"with critical:\n    down = {UP}\n",
            (
                "bound-in-block",
                "6:5",
                "down",
                "down is bound under with, where values are lost in silence",
            ),
            id="with",
        ),
        pytest.param(
            f"try:\n    down = {UP}\nexcept ValueError:\n    pass\n",
            (
                "bound-in-block",
                "6:5",
                "down",
                "down is bound under try, where values are lost in silence",
            ),
            id="try",
        ),
        pytest.param(
            "while True:\n    pass\n",
            (
                "bound-in-block",
                "5:1",
                "while True:",
                "while stands at the top level, and definitions are values with names",
            ),
            id="a loop without end is not run",
        ),
        pytest.param(
            "def make():\n    global down\n    down = 1\n",
            ("bound-in-block", "6:5", "global down", "down is bound from within make()"),
            id="a global name bound in a function",
        ),
        pytest.param(
            f"alerts = [(down := {UP})]\n",
            (
                "bound-in-expression",
                "5:12",
                f"down := {UP}",
                "down is bound inside an expression",
            ),
            id="inside an expression",
        ),
        pytest.param(
            f"alerts = []\nalerts.append({UP})\n",
            (
                "changed-later",
                "6:1",
                f"alerts.append({UP})",
                "alerts is changed after it was bound",
            ),
            id="append",
        ),
        pytest.param(
            f"alerts = []\nalerts += [{UP}]\n",
            ("changed-later", "6:1", f"alerts += [{UP}]", "alerts is changed after it was bound"),
            id="augmented assignment",
        ),
        pytest.param(
            f"alerts = {{}}\nalerts['up'] = {UP}\n",
            (
                "changed-later",
                "6:1",
                "alerts['up']",
                "alerts['up'] is set on something that was bound before",
            ),
            id="an item set later",
        ),
        pytest.param(
            f"down = {UP}\ndown.expr = 'up == 1'\n",
            (
                "changed-later",
                "6:1",
                "down.expr",
                "down.expr is set on something that was bound before",
            ),
            id="an argument set later",
        ),
        pytest.param(
            f"down = {UP}\ndel down\n",
            ("changed-later", "6:5", "down", "down is taken away again"),
            id="del",
        ),
        pytest.param(
            "class Down:\n    pass\n",
            (
                "class-in-definitions",
                "5:1",
                "class Down:",
                "Down is a class, and definitions are values",
            ),
            id="class",
        ),
        pytest.param(
            "global down\n",
            (
                "statement-without-effect",
                "5:1",
                "global down",
                "global down means nothing at the top level",
            ),
            id="global",
        ),
    ],
)
def test_it_is_a_finding(read, text, said):
    loaded = read(service=text)
    assert loaded.said == [said]
    assert not loaded.definitions.complete
    assert loaded.names("services/orders") == []


def test_a_second_binding_shows_the_first(read):
    loaded = read(service=f"down = {UP}\n\ndown = {UP}\n")
    assert loaded.noted == [("5:1", "down", "bound here before")]


def test_all_names_under_a_block_are_found_and_show_it(read):
    loaded = read(service=f"if True:\n    up = {UP}\nelse:\n    down = {UP}\n")
    assert [finding.subject for finding in loaded.findings] == ["up", "down"]
    assert loaded.noted == 2 * [("5:1", "if True:", "the if")]


def test_what_loses_nothing_is_allowed(read):
    loaded = read(
        service=f"""\
        from typing import TYPE_CHECKING
        from definitions.policy import critical
        import definitions.teams, definitions.policy
        if TYPE_CHECKING:
            from giggamon_compiler import SLO
        up: Alert = {UP}
        also_up = same = up
        (first, second), *rest = (1, 2), 3
        later: int
        def _make(name):
            for n in range(3):
                if n == 2:
                    found = Alert(name, expr="up")
            return found
        made = _make("Made")
        later_on = lambda: (found := 3)
        assert up
        pass
        """
    )
    assert loaded.said == []
    assert loaded.names("services/orders") == ["service", "up", "made"]
