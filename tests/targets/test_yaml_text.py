"""YAML that comes back letter for letter, whoever reads it, and errors that say where they are."""

from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from giggamon_compiler.ir import Plain
from giggamon_compiler.targets import yaml_text
from giggamon_compiler.targets.shape import Keys, TargetError
from tests.targets.nasty import NASTY, PLAINS
from tests.targets.strategies import texts, yaml_trees

mappings = st.dictionaries(texts, yaml_trees, min_size=1, max_size=3)


def leaves(tree: Any, keys: Keys = ()) -> list[tuple[Keys, Any]]:
    """Everything in a tree that holds nothing else, with the keys that lead there."""
    if isinstance(tree, dict) and tree:
        return [leaf for name, item in tree.items() for leaf in leaves(item, (*keys, name))]
    if isinstance(tree, list) and tree:
        return [leaf for at, item in enumerate(tree) for leaf in leaves(item, (*keys, at))]
    return [(keys, tree)]


@given(mappings)
def test_another_reader_reads_the_same(tree):
    text = yaml_text.write(tree)
    assert yaml.load(text, Loader=yaml.BaseLoader) == tree  # PyYAML's own parser, in Python
    assert yaml.load(text, Loader=yaml.CBaseLoader) == tree
    assert yaml_text.parse(text, "x") == tree


@given(mappings)
def test_a_text_is_a_text_for_a_reader_that_knows_types(tree):
    # A plain scalar may be anything, and Python's type for it another: both are one text here.
    texts_only = {
        f"{'.'.join(map(str, keys))}.{count}": leaf
        for count, (keys, leaf) in enumerate(leaves(tree))
        if type(leaf) is str
    }
    assert yaml.safe_load(yaml_text.write(texts_only)) == texts_only


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_keep_their_letters(text):
    written = yaml_text.write({"a": text, text: [text]})
    assert yaml.safe_load(written) == {"a": text, text: [text]}
    assert type(yaml_text.parse(written, "x")["a"]) is str


@pytest.mark.parametrize("text", PLAINS)
def test_what_is_no_string_stays_so(text):
    written = yaml_text.write({"a": Plain(text)})
    assert written.removesuffix("\n").rstrip() == f"a: {text}".rstrip()
    assert type(yaml_text.parse(written, "x")["a"]) is Plain


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("orders", "a: orders"),
        ('up{job="orders"} == 0', 'a: up{job="orders"} == 0'),
        ("5m", "a: 5m"),
        ("1h30m", "a: 1h30m"),
        ("https://a.example/#x", "a: https://a.example/#x"),
        ("yes", "a: 'yes'"),
        ("5", "a: '5'"),
        ("{{ $value }} more", "a: '{{ $value }} more'"),
        ("it's", "a: it's"),
        ("'", "a: ''''"),
        ("sum(\n  up)", "a: |-\n  sum(\n    up)"),
        ("sum(\n\n  up)\n", "a: |\n  sum(\n\n    up)"),
        ("tab\t", 'a: "tab\\t"'),
        ("a \nb", 'a: "a \\nb"'),
        ("\x85", 'a: "\\N"'),
        ("a\u2028b", 'a: "a\\Lb"'),
        ("\na", 'a: "\\na"'),
        ("a\n\n", 'a: "a\\n\\n"'),
        ("word " * 300 + "end", f"a: {'word ' * 300}end"),
    ],
)
def test_texts_are_written_as_people_would(text, written):
    assert yaml_text.write({"a": text}) == f"{written}\n"


def test_a_comment_stays_one_line():
    written = yaml_text.write({"a": "b"}, "from a\nb: c\x85d\u2028.py")
    assert written == "# from a b: c d .py\na: b\n"
    assert yaml_text.parse(written, "x") == {"a": "b"}


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "a is there twice", 3, 1),
        ("a: &x 1\nb: *x\n", "the alias *x is not read; write the value itself", 2, 4),
        ("a:\n  <<: {b: 1}\n", "the merge key << is not read; write the fields themselves", 2, 3),
        ("a: 1\n---\nb: 2\n", "a second document begins here", 2, 1),
        ("? [a]\n: b\n", "a key must be a single value", 1, 3),
        ("a: !!binary aGk=\n", "the tag tag:yaml.org,2002:binary is not read", 1, 4),
        ("a: !x {}\n", "the tag !x is not read", 1, 4),
        ("a: [\n", "no YAML: did not find expected node content", 1, 5),
        ("a: b: c\n", "no YAML: mapping values are not allowed in this context", 1, 5),
        ("a:\n  - b\n c: d\n", "no YAML: did not find expected key", 3, 2),
        ("a: 'b\n", "no YAML: found unexpected end of stream", 1, 6),
        ("é: a\nb: \x07\n", "no YAML: control characters are not allowed", 2, None),
        ("[" * 200 + "]" * 200, "nested more than 100 levels deep", 1, 101),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(text, message, line, column):
    with pytest.raises(TargetError) as caught:
        yaml_text.parse(text, "rules.yml")
    assert caught.value.message.startswith(message)
    assert (caught.value.path, caught.value.line, caught.value.column) == (
        "rules.yml",
        line,
        column,
    )


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_read_or_refused(text):
    with suppress(TargetError):
        yaml_text.parse(text, "x")
    assert isinstance(yaml_text.keys_at(text, 1), tuple)


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "~\n", "null"])
def test_an_empty_text_is_null(text):
    tree = yaml_text.parse(text, "x")
    assert type(tree) is Plain
    assert tree in {"", "~", "null"}


@given(mappings)
def test_keys_lead_to_a_place_and_back(tree):
    text = yaml_text.write(tree, "a comment")
    for keys, _ in leaves(tree):
        place = yaml_text.place_of(text, keys)
        assert place is not None
        assert yaml_text.keys_at(text, *place) == keys


TEXT = """\
# a comment
groups:
- name: orders
  rules:
  - alert: A
    expr: |-
      sum(
        up)
    labels: {a: b, c: d}
  - record: b
    expr: up
other: x
"""


@pytest.mark.parametrize(
    ("line", "column", "keys"),
    [
        (1, None, ()),
        (2, None, ("groups",)),
        (2, 3, ("groups",)),
        (3, None, ("groups", 0, "name")),
        (3, 1, ("groups",)),
        (3, 3, ("groups", 0, "name")),
        (5, None, ("groups", 0, "rules", 0, "alert")),
        (6, None, ("groups", 0, "rules", 0, "expr")),
        (8, None, ("groups", 0, "rules", 0, "expr")),
        (9, 20, ("groups", 0, "rules", 0, "labels", "c")),
        (9, 14, ("groups", 0, "rules", 0, "labels", "a")),
        (10, None, ("groups", 0, "rules", 1, "record")),
        (12, None, ("other",)),
        (99, None, ("other",)),
    ],
)
def test_a_place_leads_to_keys(line, column, keys):
    assert yaml_text.keys_at(TEXT, line, column) == keys


def test_keys_that_lead_nowhere_end_at_the_nearest_thing():
    assert yaml_text.place_of(TEXT, ("groups", 0, "rules", 1, "for")) == (10, 5)
    assert yaml_text.place_of(TEXT, ("none",)) == (2, 1)
    assert yaml_text.place_of("a: [", ("a",)) is None
