"""What a run makes of compiled outputs: addresses, secrets, speed, the bound."""

from __future__ import annotations

from pathlib import Path

import pytest

from giggamon_compiler import targets
from giggamon_compiler.latency import Latency
from tests.e2e.bound import bound_of
from tests.e2e.mailbox import Mailbox
from tests.e2e.outputs import (
    ALERTMANAGER,
    PROMETHEUS,
    OutputError,
    Outputs,
    compile_definitions,
    point_alertmanager,
)
from tests.e2e.sinks import Sinks
from tests.e2e.speed import accelerate, shorten_expression


def sinks() -> Sinks:
    return Sinks(Mailbox(), "http://127.0.0.1:1", "127.0.0.1:2", Path("/cert"))


def leaves(tree: object, path: tuple[object, ...] = ()):
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, (*path, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from leaves(value, (*path, index))
    else:
        yield path, tree


def test_only_addresses_are_overridden(ours: Outputs, tmp_path: Path):
    pointed = point_alertmanager(ours, sinks(), tmp_path).files[ALERTMANAGER]
    before, after = dict(leaves(ours.files[ALERTMANAGER])), dict(leaves(pointed))

    assert set(before) <= set(after)
    changed = {path[-1] for path in after if after[path] != before.get(path)}
    assert changed <= {
        *("smtp_smarthost", "smtp_auth_password_file", "pagerduty_url", "ca_file"),
        *("routing_key_file", "api_url_file", "url", "url_file"),
    }
    assert {"routing_key_file", "api_url_file"} <= changed


def test_a_secret_has_one_content_and_its_own_file(ours: Outputs, tmp_path: Path):
    target = sinks()
    point_alertmanager(ours, target, tmp_path)

    files = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.rglob("*-*")}
    keys = {content: name for name, content in files.items() if name.endswith("-pagerduty")}
    assert target.routing_keys == keys
    assert files["payments-slack"] == "http://127.0.0.1:1/slack/payments-slack"
    assert set(target.logins) == {"monitoring"}


def test_a_relative_secret_stays_as_it_is(tmp_path: Path):
    slack = {"api_url_file": "key", "channel": "#x"}
    receivers = [{"name": "x", "slack_configs": [slack]}]
    outputs = Outputs({ALERTMANAGER: {"receivers": receivers, "route": {"receiver": "x"}}})
    pointed = point_alertmanager(outputs, sinks(), tmp_path).files[ALERTMANAGER]
    assert pointed["receivers"][0]["slack_configs"][0]["api_url_file"] == "key"


@pytest.mark.parametrize(
    "receiver",
    [
        {"opsgenie_configs": [{"api_key_file": "/k"}]},
        {"slack_configs": [{"app_token_file": "/k", "channel": "#x"}]},
        {"pagerduty_configs": [{"service_key_file": "/k"}]},
    ],
)
def test_what_no_sink_speaks_is_an_error(receiver: dict[str, object], tmp_path: Path):
    outputs = Outputs({ALERTMANAGER: {"receivers": [{"name": "x", **receiver}]}})
    with pytest.raises(OutputError, match="receiver x: no sink speaks"):
        point_alertmanager(outputs, sinks(), tmp_path)


def test_all_timers_are_scaled_alike(ours: Outputs):
    slow, fast = ours, accelerate(ours, 10)
    assert fast.files[PROMETHEUS]["global"]["scrape_interval"] == "1000ms"
    before, after = (dict(leaves(tree.files[ALERTMANAGER])) for tree in (slow, fast))
    changed = {path[-1] for path in before if before[path] != after[path]}
    assert changed == {"group_wait", "group_interval", "repeat_interval"}
    for path, tree in slow.rule_files().items():
        before, after = dict(leaves(tree)), dict(leaves(fast.files[path]))
        changed = {path[-1] for path in before if before[path] != after[path]}
        assert changed <= {"for", "keep_firing_for", "expr", "interval"}


@pytest.mark.parametrize(
    ("text", "fast"),
    [
        ("rate(x[5m])", "rate(x[30000ms])"),
        ("max_over_time(rate(x[5m])[1h:1m])", "max_over_time(rate(x[30000ms])[360000ms:6000ms])"),
        ("x[1h:]", "x[360000ms:]"),
        ("x offset 1h30m", "x offset 540000ms"),
        ("x offset -5m > 5", "x offset -30000ms > 5"),
        ('x{path=~"/[a-z]+"} * 60', 'x{path=~"/[a-z]+"} * 60'),
    ],
)
def test_expressions_are_scaled(text: str, fast: str):
    assert shorten_expression(text, 10) == fast
    assert shorten_expression(text, 1) == text


@pytest.mark.parametrize("folder", ["ours", "other"])
def test_the_compiler_proves_the_same_bounds(folder: str, request: pytest.FixtureRequest):
    outputs: Outputs = request.getfixturevalue(folder)
    program = targets.read(outputs.texts)
    latency = Latency(program)
    severities = {severity.name: severity for severity in program.severities}

    compared = 0
    for group in program.groups:
        for rule in group.rules:
            severity = severities.get(rule.severity or "")
            if severity and severity.notified_within:
                bound = bound_of(outputs, rule.name, severity.name)
                assert bound is not None
                proven = latency.bound_of(group, rule, severity)
                assert proven.length == bound.seconds * 1000, f"{rule.name}: {proven}; {bound}"
                compared += 1
    assert compared > 2


def test_definitions_that_do_not_compile_are_an_error(tmp_path: Path):
    (tmp_path / "definitions").mkdir()
    (tmp_path / "definitions" / "policy.py").write_text("policy = (", encoding="utf-8")
    with pytest.raises(OutputError, match="giggamon build says"):
        compile_definitions(tmp_path / "definitions", tmp_path / "generated")
