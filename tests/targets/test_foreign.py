"""Rule files that somebody else wrote: read as Prometheus reads them, or refused where it would.

The verdicts in foreign_cases.json are those of promtool 2.42.0 and 3.5.3; whichever is on the PATH
is asked again.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from giggamon_compiler import targets
from giggamon_compiler.findings import Place
from giggamon_compiler.ir import Plain
from giggamon_compiler.targets import RuleFile

CASES = json.loads((Path(__file__).parent / "foreign_cases.json").read_text())
EXAMPLES = sorted((Path(__file__).parent / "rule_files").rglob("*.yml"))
VERSIONS = ("2.42", "3.5")
NO_CONTENT = "did not find expected node content, while parsing a flow node"


class Loader(yaml.CSafeLoader):
    """PyYAML's own reader of merge keys, for which every scalar is its text."""

    yaml_implicit_resolvers = {"<": [("tag:yaml.org,2002:merge", re.compile("<<$"))]}  # noqa: RUF012
    yaml_constructors = {}  # noqa: RUF012


def by_kind(loader, _tag, node):
    """What a node holds, whatever its tag says."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    loader.flatten_mapping(node)
    return yaml.constructor.BaseConstructor.construct_mapping(loader, node, deep=True)


Loader.add_multi_constructor("", by_kind)


def raw(text: str):
    """The raw tree of the first document."""
    loader = Loader(text)
    return loader.get_data() if loader.check_data() else ""


def read(text: str, version: str = "3.5") -> RuleFile:
    (file,) = targets.read_files({"rules.yml": text.encode("utf-8", "surrogatepass")}, version)
    return file


def accepts(file: RuleFile) -> bool:
    return all(finding.id == "rules-ignored" for finding in file.findings)


def said(text: str, version: str = "3.5") -> list[tuple[str, str]]:
    """What is found: the characters that it speaks of, and the message."""
    return [
        (cut(text, finding.origin), finding.message)
        for finding in targets.place_files(read(text, version).findings)
    ]


def cut(text: str, place) -> str:
    assert isinstance(place, Place)
    starts = [0, *(it.end() for it in re.finditer("\r\n|\n|\r", text))]
    start = starts[place.line - 1] + place.column - 1
    return text[start : starts[place.end_line - 1] + place.end_column - 1]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_verdict_is_that_of_promtool(case, version):
    assert accepts(read(case["text"], version)) == case[version]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_accepted_says_the_same_when_it_is_emitted(case, version):
    file = read(case["text"], version)
    again = "anchor redefined" in case["name"] or "anchor dup" in case["name"]  # not for PyYAML
    if accepts(file) and not again and "!!binary" not in case["text"]:
        emitted = targets.emit_file(file)
        assert raw(emitted) == raw(case["text"])
        assert accepts(read(emitted, version))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_real_file_comes_back_whole(path):
    text = path.read_text(encoding="utf-8")
    file = read(text)
    assert accepts(file)
    assert raw(targets.emit_file(file)) == raw(text)


def test_promtool_says_so_again(tmp_path):
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not on the PATH")
    told = subprocess.run([promtool, "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"version (\d+\.\d+)", told.stdout + told.stderr)
    version = found[1] if found else ""
    if version not in VERSIONS:
        pytest.skip(f"promtool {version} is none of {VERSIONS}")
    for index, case in enumerate(CASES):
        text = case["text"].encode("utf-8", "surrogatepass")
        (tmp_path / f"{index}.yml").write_bytes(text)
    names = [f"{index}.yml" for index in range(len(CASES))]
    command = [promtool, "check", "rules", "--lint=none", *names]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    parts = re.split(r"(?m)^Checking (\d+)\.yml$", done.stdout.decode(errors="replace"))
    verdicts = {int(parts[at]): "SUCCESS" in parts[at + 1] for at in range(1, len(parts), 2)}
    assert verdicts == {index: case[version] for index, case in enumerate(CASES)}


def test_the_fields_of_a_file_are_those_of_the_program():
    text = """\
groups:
- name: g
  interval: 1m
  limit: 5
  query_offset: 30s
  labels: {cluster: a}
  rules:
  - alert: Down
    expr: up == 0
    for: 5m
    keep_firing_for: 1m
    labels: {severity: 1, empty: }
    annotations: {summary: yes}
  - record: a:b
    expr: 1
"""
    file = read(text)
    (group,) = file.groups
    down, record = group.rules
    assert (group.file, group.name, group.interval, group.limit) == ("rules.yml", "g", "1m", "5")
    assert (group.query_offset, group.labels) == ("30s", {"cluster": "a"})
    assert (down.kind, down.name, down.query.text, down.for_) == ("alert", "Down", "up == 0", "5m")
    assert down.labels == {"severity": "1", "empty": ""}
    assert (down.keep_firing_for, down.annotations) == ("1m", {"summary": "yes"})
    assert (record.kind, record.name, record.query.text) == ("record", "a:b", "1")
    assert down.rest == {"labels": {"empty": Plain("")}}
    assert group.rest == record.rest == file.rest == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "groups:\n- name: a\n  nmae: b\n  rules:\n  - alert: X\n    for: soon\n"
            "  - record: r\n    expr: up\n    for: 5m\n    labels: {'': x}\n"
            "- name: a\n  rules: {}\n",
            [
                ("nmae", "a: Prometheus knows no field nmae here"),
                ("soon", 'X: for "soon" is no duration'),
                ("alert: X", "X has no expr"),
                ("for", "r: a recording rule has no for: only an alert has"),
                ("''", "r: the label is empty"),
                ("{}", "a: rules must be a list"),
                ("a", "a is the name of two groups of rules.yml"),
            ],
        ),
        (
            "groups:\n- rules:\n  - expr: up\n  - alert: [x]\n    expr: {}\n  - 5\n",
            [
                ("rules", "group 1 of rules.yml has no name"),
                ("expr: up", "rule 1 of group 1 has no name"),
                ("[x]", "rule 2 of group 1: alert must be a single value"),
                ("{}", "rule 2 of group 1: expr must be a single value"),
                ("5", "rule 3 of group 1 must be a mapping"),
            ],
        ),
        (
            "groups: [{name: a, limit: ten, interval: [], labels: {b: {}}}, x]",
            [
                ("ten", "a: limit must be a number"),
                ("[]", "a: interval must be a duration, as 5m"),
                ("{}", "a: b of labels must be a single value"),
                ("x", "group 2 must be a mapping"),
            ],
        ),
        (
            "groups:\n- {name: a, name: b}\n- <<: [x]\n  1: 2\nx: *y\n",
            [
                ("name", "rules.yml: name is there twice"),
                (
                    "[",
                    "rules.yml: the merge key << takes a mapping, or a list of them",
                ),
                ("*y", "rules.yml: there is no anchor &y above this"),
            ],
        ),
        ("- a", [("a", "rules.yml must be a mapping")]),
        (
            "groups: [\n",
            [("", f"rules.yml: no YAML: {NO_CONTENT}")],
        ),
    ],
)
def test_everything_that_is_wrong_is_said_where_it_is(text, expected):
    assert said(text) == expected


def test_what_a_version_does_not_know_is_said_so():
    text = "groups: [{name: a, labels: {a: b}, rules: [{record: a-b, expr: up}]}]"
    assert said(text) == []
    (labels, message), (name, other) = said(text, "2.42")
    assert (labels, name) == ("labels", "a-b")
    assert message == "a: Prometheus has the field labels since 3.0"
    assert other.endswith("which Prometheus has since 3.0")


def test_what_prometheus_does_not_look_at_is_said():
    text = "groups: []\n---\n# nothing\n---\ngroups:\n- name: a\n"
    file = read(text)
    assert accepts(file)
    assert said(text) == [
        ("groups:", "rules.yml: Prometheus reads only the first document, and not this one")
    ]
    assert said("groups: []\n---\n# nothing\n") == []


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            "apiVersion: v1\nkind: PrometheusRule\nspec: {groups: []}\n",
            "PrometheusRule",
            "rules.yml is a PrometheusRule of Kubernetes, and no rule file",
        ),
        (
            "rule_files: [a.yml]\ntests: []\n",
            "tests",
            "rules.yml holds tests of rules, and no rules",
        ),
        (
            "global: {}\nscrape_configs: []\n",
            "global",
            "rules.yml is no rule file: it has global, scrape_configs and no groups",
        ),
    ],
)
def test_a_file_of_another_kind_is_named_as_what_it_is(text, place, message):
    assert said(text) == [(place, message)]


keys = st.sampled_from(
    [
        *("alert", "record", "expr", "for", "keep_firing_for", "labels", "annotations", "name"),
        *(
            "interval",
            "limit",
            "query_offset",
            "rules",
            "groups",
            "foo",
            "",
            "~",
            "null",
            "a-b",
            "1",
        ),
    ]
)
scalars = st.sampled_from(
    [
        "",
        "x",
        "up",
        "5m",
        "0",
        "0s",
        "1h30m",
        "5",
        "-1",
        "1e3",
        "null",
        "~",
        "true",
        "ä",
        "a b",
        "x\n",
    ]
)
trees = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(keys, inner, max_size=3)
)
rules = st.fixed_dictionaries(
    {"expr": st.just("up")},
    optional={
        "alert": scalars,
        "record": scalars,
        "for": scalars,
        "labels": trees,
        "annotations": trees,
        "foo": trees,
    },
)
files = st.fixed_dictionaries(
    {
        "groups": st.lists(
            st.fixed_dictionaries(
                {"name": scalars},
                optional={"rules": st.lists(rules | trees, max_size=3), "limit": scalars},
            ),
            max_size=2,
        )
    }
)


@given(files | trees, st.sampled_from([None, True, False]), st.booleans())
def test_whatever_is_read_is_refused_or_comes_back(tree, flow, plain):
    text = yaml.dump(tree, default_flow_style=flow, default_style=None)
    if plain:  # so that nulls are nulls
        text = re.sub(r"'(|~|null|true|5|1e3|-1|0)'", r"\1", text)
    file = read(text)
    if accepts(file):
        assert raw(targets.emit_file(file)) == raw(text)
    else:
        assert not file.groups
        assert all(finding.message for finding in targets.place_files(file.findings))
