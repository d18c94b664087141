"""Boards are read and written without loss, whoever wrote them."""

import json
from dataclasses import replace
from pathlib import PurePosixPath

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from giggamon_compiler.findings import Made, PyPlace
from giggamon_compiler.ir import Dashboard, Panel, Program, Query, Target, Variable
from giggamon_compiler.targets import grafana, json_text
from giggamon_compiler.targets.shape import ShapeError, TargetError

# A slow machine is no failure.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

PATH = "grafana/dashboards/house/board.json"

characters = st.characters(codec="utf-8") | st.sampled_from(
    list('\x00\x1f\x7f\x85\u2028\ud800"\\/%.~ \t\n')
)
texts = st.text(characters, max_size=8)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
trees = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)

# What a board may say, whole or damaged: the fields that are read, and one that is not.
NAMES = [
    *("uid", "title", "description", "panels", "type", "id", "gridPos", "targets", "datasource"),
    *("fieldConfig", "defaults", "unit", "refId", "expr", "legendFormat", "x", "y", "w", "h"),
    *("templating", "list", "query", "label", "name", "other"),
]
scraps = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 2) | st.sampled_from(["", "A", "row", "loki"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
    ),
    max_leaves=30,
)


@st.composite
def foreign_boards(draw):
    """A board as Grafana exports it, some fields of which are gone or are something else."""

    def thin(tree):
        gone = draw(st.sets(st.sampled_from(sorted(tree)), max_size=3))
        tree = {name: value for name, value in tree.items() if name not in gone}
        return tree | draw(st.dictionaries(st.sampled_from(NAMES), scraps, max_size=1))

    def panel(depth):
        tree = {
            "id": draw(st.integers(0, 9)),
            "type": draw(st.sampled_from(["", "row", "graph", "stat"])),
            "title": draw(texts),
            "description": draw(texts),
            "gridPos": thin(
                {"x": 0, "y": draw(st.integers(0, 2)), "w": 12, "h": 8, "static": True}
            ),
            "fieldConfig": {"defaults": thin({"unit": draw(texts), "min": 0}), "overrides": []},
            "datasource": draw(st.sampled_from([None, "Prometheus", {"type": "loki", "uid": "x"}])),
            "targets": [
                thin({"refId": "A", "expr": draw(texts), "legendFormat": draw(texts)})
                for _ in range(draw(st.integers(0, 2)))
            ],
        }
        if depth:
            tree["panels"] = [panel(depth - 1) for _ in range(draw(st.integers(0, 2)))]
        return thin(tree)

    def variable():
        query = draw(st.sampled_from(["", "up", {}, {"query": "up", "refId": "A"}, {"query": ""}]))
        kind = draw(st.sampled_from(["query", "interval"]))
        return thin({"name": draw(texts), "type": kind, "label": draw(texts), "query": query})

    panels = [panel(1) for _ in range(draw(st.integers(0, 3)))]
    choices = {"list": [variable() for _ in range(draw(st.integers(0, 2)))]}
    board = {"uid": "x", "title": draw(texts), "description": "", "panels": panels}
    return thin({**board, "templating": thin(choices)})


NOWHERE = {"panels": [{"gridPos": {"x": 0, "y": 0, "w": 0, "h": 0}, "id": 0, "title": ""}]}


@patient
@example(NOWHERE)
@given(foreign_boards() | st.dictionaries(st.sampled_from(NAMES), scraps))
def test_a_board_of_others_comes_back_as_it_was(board):
    program = grafana.read({PATH: json.dumps(board)}, Program())
    files = grafana.emit(program)
    assert files[PATH] == json_text.write(board)  # text, because to Python 1 and True are equal
    assert grafana.read(files, Program()) == program


queries = st.builds(Query, texts)
rests = st.dictionaries(st.sampled_from(["options", "interval", "x-y"]), trees, max_size=2)
targets = st.builds(Target, texts, queries, st.none() | texts, rests)


def panels_of(inner):
    return st.builds(
        Panel,
        st.none(),
        st.integers(),
        texts,
        texts,
        st.integers(),
        st.integers(),
        st.integers(),
        st.integers(),
        st.lists(targets, max_size=3).map(tuple),
        st.none() | texts,
        st.none() | texts,
        inner,
        rest=rests,
    )


panels = panels_of(st.lists(panels_of(st.just(())), max_size=2).map(tuple))
variables = st.builds(Variable, texts, texts, queries, st.none() | texts, rests)
boards = st.builds(
    Dashboard,
    texts,
    texts,
    texts,
    texts,
    st.lists(panels, max_size=3).map(tuple),
    st.none() | texts,
    variables=st.lists(variables, max_size=2).map(tuple),
    rest=rests,
)


@patient
@given(st.lists(boards, max_size=3, unique_by=lambda board: (board.folder, board.key)))
def test_what_is_written_reads_back_equal(found):
    ordered = sorted(found, key=lambda board: (board.folder, board.key))
    program = Program(dashboards=tuple(ordered))
    files = grafana.emit(program)
    assert len(files) == len(found)
    assert grafana.read(files, Program()) == program


@patient
@given(texts, texts)
def test_no_name_leads_out_of_the_folder(folder, key):
    path = grafana.path_of(Dashboard("", key, folder, "", ()))
    inside = path.removeprefix(grafana.FOLDER)
    assert inside != path
    assert not {"", ".", ".."} & set(inside.split("/"))
    assert str(PurePosixPath(inside)) == inside
    assert inside.isprintable()
    path.encode()


@pytest.mark.parametrize(
    ("folder", "key", "path"),
    [
        ("commerce", "orders", "commerce/orders.json"),
        ("", "fleet", "fleet.json"),
        ("Über uns/2", "a b", "Über uns/2/a b.json"),
        ("..", "100%", "%2E../100%25..json"),
    ],
)
def test_a_path_reads_like_its_names(folder, key, path):
    assert grafana.path_of(Dashboard("", key, folder, "", ())) == f"grafana/dashboards/{path}"


@patient
@given(trees)
def test_json_is_written_as_pythons_own_writer_would(tree):
    plain = json.dumps(tree, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    text = json_text.write(tree)
    try:
        plain.encode()
    except UnicodeEncodeError:
        plain = json.dumps(tree, indent=2, sort_keys=True) + "\n"
    assert text == plain


def test_other_files_are_left_alone():
    files = {"grafana/provisioning/x.yml": "a: 1", "grafana/dashboards/notes.md": "# Notes"}
    assert grafana.read(files, Program()) == Program()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{\n  "title": "Orders",\n}\n', (3, 1)),
        ("", (1, 1)),
        ('{"panels": ' + "[" * 200 + "]" * 200 + "}", (None, None)),
        ("[" * 100_000, (None, None)),
    ],
)
def test_what_is_no_json_is_said_where(text, place):
    with pytest.raises(TargetError) as error:
        grafana.read({PATH: text}, Program())
    assert error.value.path == PATH
    assert (error.value.line, error.value.column) == place


@pytest.mark.parametrize("text", ["[]", "null", '"board"', "1"])
def test_what_is_no_board_is_said(text):
    with pytest.raises(ShapeError, match="must be an object"):
        grafana.read({PATH: text}, Program())


def test_a_query_in_another_language_is_no_promql():
    loki, prometheus = {"type": "loki", "uid": "l"}, {"type": "prometheus", "uid": "p"}
    mixed = {"type": "datasource", "uid": "-- Mixed --"}
    board = {
        "panels": [
            {
                "datasource": loki,
                "targets": [{"expr": "{}"}, {"expr": "up", "datasource": prometheus}],
            },
            {"datasource": mixed, "targets": [{"expr": "up"}, {"expr": "{}", "datasource": loki}]},
            {"type": "row", "panels": [{"datasource": "old name", "targets": [{"expr": "up"}]}]},
        ]
    }
    (found,) = grafana.read({PATH: json.dumps(board)}, Program()).dashboards
    first, second, row = found.panels
    assert [target.query.text for target in first.targets] == ["", "up"]
    assert [target.query.text for target in second.targets] == ["up", ""]
    assert row.panels[0].targets[0].query.text == "up"


made = {name: Made(()) for name in ("board", "row", "panel", "query")}


def placed(name, *path):
    return PyPlace(made[name], path)


PROGRAM = Program(
    dashboards=(
        Dashboard(
            "orders",
            "board",
            "house",
            "Orders",
            (
                Panel(None, 1, "row", "Row", 0, 0, 24, 1, origin=placed("row")),
                Panel(
                    "queue",
                    2,
                    "stat",
                    "Queue",
                    0,
                    1,
                    24,
                    4,
                    (Target("A", Query("up", placed("query", "expr")), "up"),),
                    origin=placed("panel"),
                ),
            ),
            origin=placed("board"),
        ),
    )
)


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ((), placed("board")),
        (("title",), placed("board", "title")),
        (("uid",), placed("board", "key")),
        (("panels", 0, "id"), placed("row")),
        (("panels", 0, "title"), placed("row", "title")),
        (("panels", 1), placed("panel")),
        (("panels", 1, "id"), placed("panel", "key")),
        (("panels", 1, "fieldConfig", "defaults", "unit"), placed("panel", "unit")),
        (("panels", 1, "gridPos", "x"), placed("panel")),
        (("panels", 1, "targets", 0, "expr"), placed("query", "expr")),
        (("panels", 1, "targets", 0, "legendFormat"), placed("query", "legend")),
        (("panels", 1, "targets", 9), placed("panel")),
        (("panels", 9), placed("board")),
    ],
)
def test_a_place_in_the_file_is_a_place_in_the_definition(keys, place):
    assert grafana.origin(PROGRAM, PATH, keys) == place


def test_the_panels_of_a_collapsed_row_have_places_too():
    (board,) = PROGRAM.dashboards
    row, panel = board.panels
    program = Program(dashboards=(replace(board, panels=(replace(row, panels=(panel,)),)),))
    keys = ("panels", 0, "panels", 0, "targets", 0, "expr")
    assert grafana.origin(program, PATH, keys) == placed("query", "expr")


def test_another_file_has_no_place():
    assert grafana.origin(PROGRAM, "grafana/dashboards/house/other.json", ()) is None
