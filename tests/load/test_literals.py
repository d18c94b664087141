"""From characters of a text to the literals that it is written in: Python itself is the oracle."""

import ast
import re
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giggamon_compiler.findings import FilePlace, Finding, Place, TextFile, within
from giggamon_compiler.load import place_findings
from giggamon_compiler.lower import lower
from giggamon_compiler.model.value import origin_of

_ESCAPES = {"\n": r"\n", "\t": r"\t", "\\": r"\\", "'": r"\'", '"': r"\"", "\a": r"\a"}
_NAMES = {
    "é": r"\N{LATIN SMALL LETTER E WITH ACUTE}",
    "🚀": r"\N{ROCKET}",
    "a": r"\N{latin small letter a}",
}
_CHARS = "ab7é🚀\n\t'\"\\# {}\a\x00d"


@dataclass(frozen=True)
class Part:
    """A literal: what it says, and how it is spelled."""

    text: str
    opening: str
    body: str
    closing: str

    @property
    def source(self) -> str:
        return self.opening + self.body + self.closing


def spell(draw, char: str, following: str, quotes: str) -> str:
    """One of the ways to write a character in a literal that is not raw."""
    ways = [f"\\u{ord(char):04x}", f"\\x{ord(char):02X}", f"\\{ord(char):03o}"]
    ways = ways[: 3 if ord(char) < 0x80 else 2 if ord(char) < 0x100 else 1]
    if ord(char) > 0xFFFF:
        ways = []
    ways.append(f"\\U{ord(char):08x}")
    if not following.isdigit() and ord(char) < 8:
        ways.append(f"\\{ord(char):o}")
    ways += [known[char] for known in (_ESCAPES, _NAMES) if char in known]
    if char not in "\\\x00" and char != quotes[0] and (char != "\n" or len(quotes) == 3):
        ways += [char] * 3
    chosen: str = draw(st.sampled_from(ways))
    return chosen


def says_itself(text: str, quotes: str) -> bool:
    """Whether a raw literal can say a text."""
    try:
        return bool(ast.literal_eval(f"r{quotes}{text}{quotes}") == text)
    except SyntaxError:
        return False


@st.composite
def parts(draw) -> Part:
    text = draw(st.text(_CHARS, max_size=8))
    quotes = draw(st.sampled_from(["'", '"', "'''", '"""']))
    # A part of a raw literal is read as one below: what a backslash protects is tried on its own.
    kept = re.sub(r"\\+\n?", r"\\", text.replace("\x00", "").replace(quotes[0], ""))
    if draw(st.booleans()) and says_itself(kept, quotes):
        return Part(kept, draw(st.sampled_from("rR")) + quotes, kept, quotes)
    body = []
    for char, following in zip(text, [*text[1:], ""], strict=False):
        if draw(st.integers(0, 9)) == 0:
            body.append("\\\n")
        body.append(spell(draw, char, following, quotes))
    return Part(text, draw(st.sampled_from(["", "", "u", "U"])) + quotes, "".join(body), quotes)


@st.composite
def spellings(draw) -> tuple[list[Part], str, str]:
    """Literals side by side or joined by `+`, what stands between them, and all that."""
    written = draw(
        st.lists(parts(), min_size=1, max_size=4).filter(lambda it: any(p.text for p in it))
    )
    between = draw(st.sampled_from([" ", "\n", '  # it\'s "é"\n    ', " \\\n", " + ", "\n    + "]))
    return written, between, between.join(part.source for part in written)


def folded(source: str) -> str:
    """What Python makes of literals that are joined."""

    def fold(node: ast.expr) -> str:
        if isinstance(node, ast.BinOp):
            return fold(node.left) + fold(node.right)
        return str(ast.literal_eval(node))

    return fold(ast.parse(f"({source})", mode="eval").body)


def put(loaded, origin, text: str, start: int, end: int):
    """Where some characters of a text are, as line and column, and what stands there."""
    (finding,) = place_findings([Finding("some-check", "x", within(origin, text, start, end))])
    return loaded.spot(finding.origin)


def look(loaded, part: str, text: str, *path: str):
    """Where the only occurrence of a part of a text of `it` is."""
    assert text.count(part) == 1
    start = text.index(part)
    origin = origin_of(loaded.value("services/orders", "it"), *path)
    return put(loaded, origin, text, start, start + len(part))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    spellings(),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=4, max_size=8),
    st.booleans(),
)
def test_what_stands_at_the_place_says_what_was_meant(read, spelling, chosen, in_dict):
    written, _, source = spelling
    text = "".join(part.text for part in written)
    assert folded(source) == text
    owner = [index for index, part in enumerate(written) for _ in part.text]
    argument = f'labels={{"é": "é", "k": ({source})}}' if in_dict else f"expr=({source})"
    given_ = 'expr="up", ' if in_dict else ""
    loaded = read(
        {"services/orders.py": _SERVICE + f"é = 'é'; it = Alert('É', {given_}{argument})\n"}
    )
    origin = origin_of(
        loaded.value("services/orders", "it"), *(("labels", "k") if in_dict else ("expr",))
    )
    for one, other in chosen:
        start, last = sorted((one % len(text), other % len(text)))
        _, fragment = put(loaded, origin, text, start, last + 1)
        assert not fragment.startswith("\\\n")
        assert not fragment.endswith("\\\n") or text[last] == "\n"
        around = written[owner[start]].opening, " " + written[owner[last]].closing
        assert folded(fragment.join(around)) == text[start : last + 1] + " "


_SERVICE = """\
from definitions.teams import platform
from giggamon_compiler import Alert, Service
service = Service("orders", team=platform)
"""


@st.composite
def indented(draw) -> str:
    """Lines of which no character but white space stands there twice."""
    count = iter(range(0x4E00, 0x9000))
    pieces = st.sampled_from(
        ["", " ", "\t", "    ", "c", "c", "c c", "\n", "\n", "\n    ", "\n        "]
    )
    chosen = draw(st.lists(pieces, min_size=3, max_size=25))
    return "".join(chr(next(count)) if char == "c" else char for char in "".join(chosen))


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(indented().filter(str.strip), st.data())
def test_indentation_that_the_compiler_takes_away_moves_nothing(read, value, data):
    loaded = read({"services/orders.py": f"{_SERVICE}it = Alert('A', expr='''{value}''')\n"})
    file = (loaded.folder / "services/orders.py").read_text()
    query = lower(loaded.definitions).rules[0].query
    text = query.text
    shown = [index for index, char in enumerate(text) if not char.isspace()]
    start, last = sorted((data.draw(st.sampled_from(shown)), data.draw(st.sampled_from(shown))))
    _, fragment = put(loaded, query.origin, text, start, last + 1)
    assert fragment == file[file.index(text[start]) : file.index(text[last]) + 1]


def test_columns_count_characters_and_lines_may_lie_between(read):
    loaded = read(
        service="""\
        it = Alert("Größe", summary="ä", expr="\\"ö\\" == ü{a=\\u0022é\\x22} "
            # between
            '> 5')
        """
    )
    text = '"ö" == ü{a="é"} > 5'
    assert look(loaded, "ü", text, "expr") == ("5:49", "ü")
    assert look(loaded, '"é"', text, "expr") == ("5:53", "\\u0022é\\x22")
    assert look(loaded, "} > 5", text, "expr") == ("5:64", "} \"\n    # between\n    '> 5")


def test_a_quote_in_a_raw_literal(read):
    loaded = read(service="""it = Alert("A", expr=r'a\\'b\\"c', summary="a\\\\.b")\n""")
    assert look(loaded, "'", "a\\'b\\\"c", "expr") == ("5:26", "'")
    assert look(loaded, '"', "a\\'b\\\"c", "expr") == ("5:29", '"')
    assert look(loaded, "\\", "a\\.b", "summary") == ("5:44", "\\\\")


@pytest.mark.filterwarnings("ignore:invalid escape sequence")
def test_an_escape_that_python_does_not_know_is_itself(read):
    loaded = read(service="""it = Alert("A", expr='a\\.b\\d')\n""")
    assert look(loaded, "\\.", "a\\.b\\d", "expr") == ("5:24", "\\.")
    assert look(loaded, "\\d", "a\\.b\\d", "expr") == ("5:27", "\\d")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('("up" + (" =" "= 0"))', '=" "= 0'),
        ('"""\n    up\n      == 0\n    """', "== 0"),
        ('dedent("""\n    up\n      == 0\n    """)', "== 0"),
        ('"up == 0 ".strip()', "== 0"),
    ],
)
def test_parentheses_and_white_space_are_no_obstacle(read, written, meant):
    source = f"from textwrap import dedent\n{_SERVICE}it = Alert('A', expr={written})\n"
    loaded = read({"services/orders.py": source})
    query = lower(loaded.definitions).rules[0].query
    start = query.text.index("==")
    _, fragment = put(loaded, query.origin, query.text, start, len(query.text))
    assert fragment == meant


@pytest.mark.parametrize(
    "written",
    [
        'f"up == {0}"',
        '"up " f"== 0"',
        '"up == {}".format(0)',
        '"up == 1".replace("1", "0")',
        '"%s == 0" % "up"',
        "_expr",
        '" == ".join(("up", "0"))',
    ],
)
def test_of_what_is_computed_the_whole_argument_is_meant(read, written):
    loaded = read(
        {"services/orders.py": f"{_SERVICE}_expr = 'up == 0'\nit = Alert('A', expr={written})\n"}
    )
    assert loaded.value("services/orders", "it").expr == "up == 0"
    assert look(loaded, "==", "up == 0", "expr") == ("5:22", written)


class TestWhatIsHandedOn:
    """The literal is followed to where the text was given."""

    def test_through_a_function(self, read):
        loaded = read(
            service="""\
            def _alert(name, expr, **more):
                return Alert(name, expr=expr, **more)
            it = _alert("A", "up == 0", annotations={"summary": "a\\tb"})
            """
        )
        assert look(loaded, "==", "up == 0", "expr") == ("7:22", "==")
        assert look(loaded, "\t", "a\tb", "annotations", "summary") == ("7:55", "\\t")

    def test_through_a_copy(self, read):
        loaded = read(
            service="""\
            from dataclasses import replace
            _base = Alert("A", expr="up == 0")
            it = replace(_base, name="B")
            """
        )
        assert look(loaded, "==", "up == 0", "expr") == ("6:29", "==")

    def test_a_part_of_what_is_not_written_out_is_not_looked_for(self, read):
        loaded = read(
            service="""\
            _texts = {"summary": "up == 0"}
            it = Alert("A", expr="up", annotations=dict(_texts, summary="up == 0"))
            """
        )
        path = ("annotations", "other")
        assert look(loaded, "==", "up == 0", *path) == ("6:40", 'dict(_texts, summary="up == 0")')


def test_an_end_is_after_the_last_character_and_empty(read):
    loaded = read(service="it = Alert('A', expr='''\n    sum(\n''')\n")
    query = lower(loaded.definitions).rules[0].query
    assert query.text == "sum("
    assert put(loaded, query.origin, "sum(", 4, 4) == ("6:9", "")
    assert put(loaded, query.origin, "sum(", 0, 0) == ("6:5", "")


def test_another_text_is_the_whole_argument(read):
    loaded = read(service="it = Alert('A', expr='up == 0')\n")
    assert look(loaded, "==", "down == 0", "expr") == ("5:22", "'up == 0'")
    assert look(loaded, "up", "up", "expr") == ("5:22", "'up == 0'")


def test_a_foreign_file_that_nobody_looked_into_is_shown_at_its_start():
    file = TextFile("rules/a.yml", "groups:\n")
    for origin in (FilePlace(file, ("groups", 0)), within(FilePlace(file), "up", 0, 1)):
        (finding,) = place_findings([Finding("some-check", "x", origin)])
        assert finding.origin == Place("rules/a.yml", 1, 1, 1, 2, "groups:")
