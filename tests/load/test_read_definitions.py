"""Whatever stands in a file, it is read to findings inside the file, never to a traceback."""

import ast
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from giggamon_compiler.findings import Place, has_errors
from giggamon_compiler.load import read_definitions
from giggamon_compiler.lower import lower

ROOT = Path(__file__).resolve().parents[2]
FILES = ["services/orders.py", "services/orders_test.py", "teams.py", "policy.py"]

# What is put in place of a word: values of every kind, and what nobody means to write.
WORDS = [
    *("None", "3", "-1.5", "True", "''", "'é 🔥'", "[]", "[1]", "{}", "{'a': 'b'}", "()", "('a',)"),
    *("x", "lambda: 1", "service", "commerce", "critical", "availability", "Alert", "open", "*[]"),
    *("'/'", "'a\\nb'", "f'{3}'", "'\\ud800'", "float('nan')", "2 ** 70", "(n for n in 'ab')"),
    *("Alert('A', expr='up')", "Row('R', [])", "[Alert('A', expr='b')]", "block.slo(availability)"),
]
SIGNS = ["(", ")", ",", "=", "#", "\\", '"', "\0", "\ufeff", "\u2028", "é"]


@st.composite
def changes(draw):
    """A change to a text: an expression or a word replaced, or lines out of their order."""
    kind = draw(st.sampled_from(["expression"] * 5 + ["word", "drop", "twice", "swap"]))
    where, there = draw(st.integers(0, 10_000)), draw(st.integers(0, 10_000))
    word: str = draw(st.sampled_from(WORDS if kind == "expression" else WORDS + SIGNS))

    def change(text: str) -> str:
        spans = list(expressions_in(text) if kind == "expression" else words_in(text))
        if kind in ("expression", "word"):
            start, end = spans[where % len(spans)] if spans else (0, 0)
            return text[:start] + word + text[end:]
        lines = text.split("\n")
        first, second = where % len(lines), there % len(lines)
        if kind == "drop":
            del lines[first]
        elif kind == "twice":
            lines.insert(second, lines[first])
        else:
            lines[first], lines[second] = lines[second], lines[first]
        return "\n".join(lines)

    return change


def words_in(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each word, text and sign."""
    for match in re.finditer(r"\"[^\"\n]*\"|'[^'\n]*'|\w+|[^\w\s]", text):
        yield match.span()


def expressions_in(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each expression, where the text is Python."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and text.isascii() and node.end_lineno:
            start = starts[node.lineno - 1] + node.col_offset
            yield start, starts[node.end_lineno - 1] + (node.end_col_offset or 0)


def text_of(folder: Path, place: Place) -> str:
    return (folder.parent / place.file).read_bytes().decode("utf-8-sig")


@given(st.sampled_from(FILES), st.lists(changes(), min_size=1, max_size=3))
@settings(max_examples=120, deadline=None)
def test_a_changed_folder_is_read_and_lowered(file, made):
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "definitions"
        shutil.copytree(ROOT / "definitions", folder)
        text = (folder / file).read_text(encoding="utf-8")
        for change in made:
            text = change(text)
        (folder / file).write_text(text, encoding="utf-8")

        definitions, findings = read_definitions(folder)

        assert definitions.complete is not has_errors(findings)
        lower(definitions)
        for finding in findings:
            for place in (finding.origin, *(note.origin for note in finding.notes)):
                if place is not None:
                    assert isinstance(place, Place)
                    assert_inside(place, text_of(folder, place))


def assert_inside(place: Place, text: str) -> None:
    """The span lies in the text, is no span backwards, and shows the line as it is."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert 1 <= place.line <= place.end_line <= len(lines)
    assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    assert 1 <= place.end_column <= len(lines[place.end_line - 1]) + 2
    assert (place.line, place.column) <= (place.end_line, place.end_column)
    assert place.text == lines[place.line - 1]
