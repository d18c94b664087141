"""Our schemas agree with the servers on what a duration and a name are: promtool is the oracle."""

import json
import re
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giggamon_compiler.judges.schemas import validator_of


def good(format, text):
    return validator_of(format).is_valid(text)


def accepted_rule_files(folder, rules):
    """Which rules promtool accepts, each in a file of its own."""
    names = [f"{number}.yml" for number in range(len(rules))]
    for name, rule in zip(names, rules, strict=True):
        document = {"groups": [{"name": "g", "rules": [rule]}]}
        (folder / name).write_text(json.dumps(document), encoding="utf-8")
    said = subprocess.run(
        ["promtool", "check", "rules", "--lint=none", *names],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    bad = set(re.findall(r"(?m)^(\d+\.yml): ", said.stderr))
    assert len(bad) + said.stdout.count("SUCCESS") == len(names)
    return [name not in bad for name in names]


DURATIONS = st.one_of(
    st.text("0123456789ymwdhs .+-µ\n٣", max_size=8),
    st.lists(
        st.tuples(st.integers(0, 99), st.sampled_from(["y", "w", "d", "h", "m", "s", "ms"])),
        max_size=4,
    ).map(lambda parts: "".join(f"{number}{unit}" for number, unit in parts)),
).filter(
    # An empty field is one that is left out, there; of centuries ours says no before it must.
    lambda text: bool(text) and not re.search(r"[0-9]{3,}y", text)
)


@settings(max_examples=8, deadline=None)
@given(st.lists(DURATIONS, min_size=40, max_size=40))
def test_durations_are_those_of_prometheus(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("durations")
    rules = [{"alert": "A", "expr": "up", "for": text} for text in texts]
    accepted = accepted_rule_files(folder, rules)
    assert [good("duration", text) for text in texts] == accepted


NAMES = st.text("aZ_:09-.é \n٣", min_size=1, max_size=4)


@settings(max_examples=8, deadline=None)
@given(st.lists(NAMES, min_size=40, max_size=40))
def test_names_are_those_of_prometheus(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("names")
    classic = [{"alert": "A", "expr": "up", "labels": {text: "x"}} for text in texts]
    records = [{"record": text, "expr": "up"} for text in texts]
    accepted = accepted_rule_files(folder, classic + records)
    labels, metrics = accepted[: len(texts)], accepted[len(texts) :]
    if not all(accepted):  # from 3.0 on nearly everything is a name
        assert labels == [good("label-name", text) for text in texts]
        assert metrics == [good("metric-name", text) for text in texts]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ('label_values(up{job="orders"}, instance)', True),
        ("label_values(up,instance) ", True),
        ("label_values(instance)", True),
        ("label_values($rack)", True),
        ("label_names()", True),
        ("metrics(node_.*)", True),
        ("query_result(topk(5, up))", True),
        ("", False),
        ("up", False),
        ('up{job="orders"}', False),
        ("label_values(up)!", False),
        ("label_values(up, )", False),
        ("label_values(up, by instance)", False),
        ("query_result()", False),
        ("query_result(sum(up)\n)", False),  # to Grafana the end of the question
    ],
)
def test_what_grafana_fills_a_choice_with(text, is_one):
    assert good("choices", text) is is_one
