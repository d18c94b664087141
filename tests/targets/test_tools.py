"""What is written is what the real tools and servers read."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings

from giggamon_compiler import ir, targets
from giggamon_compiler.ir import Program
from tests.e2e import servers
from tests.targets.valid_programs import EXPRESSIONS, every_text, valid_programs

some = settings(
    max_examples=8,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # each try starts programs: to look for a smaller one takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hundred = settings(some, max_examples=100)
ten = settings(some, max_examples=10)


@pytest.fixture
def older() -> servers.Tools:
    """The programs on PATH, of the older generation where they are Debian 12's."""
    return servers.find_tools()


@pytest.fixture
def newer() -> servers.Tools:
    """The programs of the newer generation."""
    folder = os.environ.get("GIGGAMON_NEWER_TOOLS")
    if not folder:
        pytest.skip("GIGGAMON_NEWER_TOOLS names no folder; .ci/newer-tools fills one")
    return servers.find_tools(Path(folder))


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[], Path]:
    """Empty folders, one after the other."""
    count = iter(range(10**6))

    def make() -> Path:
        folder = tmp_path / str(next(count))
        folder.mkdir()
        return folder

    return make


def written(program: Program, folder: Path) -> Path:
    """A folder that holds what is emitted."""
    for path, text in targets.emit(program).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return folder


def run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def accept(program: Program, tools: servers.Tools, folder: Path) -> None:
    """Both tools have nothing to say against a program."""
    written(program, folder)
    run(tools.promtool, "check", "config", folder / "prometheus/prometheus.yml")
    run(tools.amtool, "check-config", folder / "alertmanager/alertmanager.yml")


@some
@given(program=valid_programs())
def test_the_tools_accept_what_is_written(program, older, fresh):
    accept(program, older, fresh())


def test_the_servers_report_every_text_as_it_was(older, fresh):
    report(every_text(), older, fresh())


@pytest.mark.heavy
def test_the_newer_servers_report_every_text_as_it_was(newer, fresh):
    report(every_text(), newer, fresh())


@pytest.mark.heavy
@pytest.mark.timeout(600)
@hundred
@given(program=valid_programs())
def test_the_older_tools_accept_a_hundred_programs(program, older, fresh):
    accept(program, older, fresh())


@pytest.mark.heavy
@pytest.mark.timeout(600)
@hundred
@given(program=valid_programs(newer=True))
def test_the_newer_tools_accept_a_hundred_programs(program, newer, fresh):
    accept(program, newer, fresh())


@pytest.mark.heavy
@pytest.mark.timeout(600)
@ten
@given(program=valid_programs())
def test_the_older_servers_report_ten_programs(program, older, fresh):
    report(program, older, fresh())


@pytest.mark.heavy
@pytest.mark.timeout(600)
@ten
@given(program=valid_programs(newer=True))
def test_the_newer_servers_report_ten_programs(program, newer, fresh):
    report(program, newer, fresh())


def report(program: Program, tools: servers.Tools, folder: Path) -> None:
    """Running servers say what the program says."""
    written(program, folder)
    with servers.prometheus(tools, folder, 1, lambda _: None) as server:
        server.wait_until_ready()
        answer = server.get("/api/v1/rules")
        config = texts_of(server.get("/api/v1/status/config")["data"]["yaml"])
    # Prometheus 3 does not speak of groups without rules.
    said = [group for group in answer["data"]["groups"] if group["rules"]]
    reported = {reported_group(group, folder): group for group in said}
    groups = [group for group in program.groups if group.rules]
    assert reported.keys() == {(group.file, group.name) for group in groups}
    for group in groups:
        same_group(group, reported[group.file, group.name], program)
    assert program.prometheus
    same_server(program.prometheus, config)

    with servers.alertmanager(tools, folder, 1, "alertmanager", 1, None) as server:
        server.wait_until_ready()
        config = texts_of(server.get("/api/v2/status")["config"]["original"])
    assert program.alertmanager
    same_config(program.alertmanager, config)


def reported_group(group: dict[str, Any], folder: Path) -> tuple[str, str]:
    file = Path(group["file"]).relative_to(folder / "prometheus/rules")
    return str(file.with_suffix("")), group["name"]


def same_group(group: ir.Group, reported: dict[str, Any], program: Program) -> None:
    assert program.prometheus
    interval = group.interval or program.prometheus.evaluation_interval
    assert reported["interval"] == seconds(interval)
    assert reported["limit"] == int(group.limit or 0)
    for rule, said in zip(group.rules, reported["rules"], strict=True):
        assert said["type"] == {"alert": "alerting", "record": "recording"}[rule.kind]
        assert said["name"] == rule.name
        assert said["query"] == EXPRESSIONS[rule.query.text]
        assert there(said.get("labels", {})) == there({**group.labels, **rule.labels})
        if rule.kind == "alert":
            assert there(said["annotations"]) == there(rule.annotations)
            assert said["duration"] == seconds(rule.for_ or "0s")
            assert said["keepFiringFor"] == seconds(rule.keep_firing_for or "0s")


def same_server(server: ir.Prometheus, config: dict[str, Any]) -> None:
    assert config["global"]["scrape_interval"] == server.scrape_interval
    assert seconds(config["global"]["evaluation_interval"]) == seconds(server.evaluation_interval)
    assert there(config["global"].get("external_labels", {})) == there(server.external_labels)
    addresses = [
        address
        for manager in config.get("alerting", {}).get("alertmanagers", ())
        for static in manager["static_configs"]
        for address in static["targets"]
    ]
    assert addresses == list(server.alertmanagers)
    for job, said in zip(server.jobs, config.get("scrape_configs", ()), strict=True):
        assert said["job_name"] == job.name
        assert said["scrape_interval"] == (job.interval or server.scrape_interval)
        assert said["metrics_path"] == (job.path or "/metrics")
        assert said["scheme"] == (job.scheme or "http")
        for static in said.get("static_configs", ()):
            assert static["targets"] == list(job.targets)
            assert there(static.get("labels", {})) == there(job.labels)


def same_config(config: ir.Alertmanager, said: dict[str, Any]) -> None:
    same_route(config.route, said["route"])
    for receiver, told in zip(config.receivers, said["receivers"], strict=True):
        assert told["name"] == receiver.name
        sent = [
            (name, item)
            for name in sorted(told)
            if name.endswith("_configs")
            for item in told[name]
        ]
        for integration, (name, item) in zip(receiver.integrations, sent, strict=True):
            assert name == integration.config
            for field, value in integration.fields.items():
                if field not in ("url", "headers"):  # secret since 0.26; spelt its own way
                    assert item[field] == value, field
    for rule, told in zip(config.inhibitions, said.get("inhibit_rules", ()), strict=True):
        assert told["source_matchers"] == list(rule.source)
        assert told["target_matchers"] == list(rule.target)
        assert told["equal"] == list(rule.equal)


def same_route(route: ir.Route, said: dict[str, Any]) -> None:
    assert said.get("receiver") == route.receiver
    assert said.get("matchers", []) == list(route.matchers)
    assert said.get("group_by", []) == list(route.group_by or ())
    assert said.get("continue", "false") == str(route.continue_).lower()
    for name in ("group_wait", "group_interval", "repeat_interval"):
        expected = getattr(route, name)
        assert seconds(said.get(name, "0s")) == seconds(expected or "0s")
    for child, told in zip(route.routes, said.get("routes", ()), strict=True):
        same_route(child, told)


def there(labels: Mapping[str, str]) -> dict[str, str]:
    """A label with an empty value is one that is not there."""
    return {name: text for name, text in labels.items() if text}


def texts_of(text: str) -> Any:
    """YAML as a server prints it, with every scalar as text: Go writes `=` as it is."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def seconds(duration: str) -> int:
    """Prometheus' durations prefer the largest unit: 7d is printed as 1w."""
    units = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
    return sum(int(number) * units[unit] for number, unit in parts(duration))


def parts(duration: str) -> Iterator[tuple[str, str]]:
    number = ""
    for char in duration:
        if char.isdigit():
            number += char
        else:
            yield number, char
            number = ""
