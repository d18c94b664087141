"""What stands in for others: a dead man's switch, and what a real blackbox exporter asks."""

from __future__ import annotations

import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.boards import ask_boards
from tests.e2e.clock import Clock
from tests.e2e.deadman import Switch, watch_beats
from tests.e2e.mailbox import Mailbox
from tests.e2e.outputs import BLACKBOX, PROMETHEUS, Outputs, Target, point_blackbox
from tests.e2e.outputs import point_prometheus as point
from tests.e2e.probed import serve_probed
from tests.e2e.scenario import Answer, DeadMan, Down, Scenario
from tests.e2e.servers import Tools, blackbox

DEAD_MAN = DeadMan("https://a.example/beat", "Watchdog", 10)
SECURE, PLAIN, PORT = "https://shop.example/health?x=1", "http://plain.example", "mail.example:25"
OUTPUTS = Outputs(
    {
        PROMETHEUS: {
            "scrape_configs": [
                {
                    "job_name": module,
                    "params": {"module": [module]},
                    "static_configs": [{"targets": targets}],
                    "relabel_configs": [
                        {"source_labels": ["__address__"], "target_label": "__param_target"},
                        {"source_labels": ["__param_target"], "target_label": "instance"},
                        {"target_label": "__address__", "replacement": "blackbox:9115"},
                    ],
                }
                for module, targets in (("page", [SECURE, PLAIN]), ("port", [PORT]))
            ]
        },
        BLACKBOX: {
            "modules": {
                "page": {"prober": "http", "timeout": "2s"},
                "port": {"prober": "tcp", "timeout": "2s"},
            }
        },
    }
)


def beat(status: str = "firing", name: str = "Watchdog") -> dict[str, Any]:
    return {"status": status, "alerts": [{"labels": {"alertname": name}}]}


def test_a_switch_calls_once_when_beats_stop_and_says_when_they_come_again():
    switch = Switch(DEAD_MAN, 10)
    assert switch.look(100, 110) is None
    assert switch.beat(beat(), 109) is None
    assert switch.look(100, 119) is None
    said = switch.look(100, 119.1)
    assert said is not None
    assert (said.kind, said.address, said.status) == ("deadman", DEAD_MAN.url, "firing")
    assert said.title == "No beat of Watchdog for 10 s"
    assert switch.look(100, 150) is None
    again = switch.beat(beat(), 160)
    assert again is not None
    assert again.status == "resolved"


@pytest.mark.parametrize(
    ("address", "body", "heard"),
    [
        (DEAD_MAN.url, beat(), True),
        ("https://b.example", beat(), False),
        (DEAD_MAN.url, beat("resolved"), False),
        (DEAD_MAN.url, beat(name="Other"), False),
    ],
)
def test_only_the_beat_is_a_beat(address: str, body: dict[str, Any], heard: bool):
    assert Switch(DEAD_MAN, 10).hears(address, body) is heard


def test_a_switch_is_set_when_the_scenario_begins():
    mailbox, clock = Mailbox(), Clock(time.time(), speed=100)
    with watch_beats([DEAD_MAN], clock, mailbox):
        time.sleep(0.3)
        assert not mailbox.messages()
        clock.start()
        deadline = time.monotonic() + 10
        while not mailbox.messages() and time.monotonic() < deadline:
            time.sleep(0.05)
    assert [it.title for it in mailbox.messages()] == ["No beat of Watchdog for 10 s"]


@pytest.mark.timeout(120)
def test_the_real_exporter_asks_what_stands_in(tools: Tools, tmp_path: Path):
    scenario = Scenario(
        duration=60,
        destinations={},
        series=(),
        expect=(),
        down=(Down(PORT, 100, 200), Down(SECURE, 100, 200)),
        answer=(Answer(PLAIN, status=503, from_=100),),
    )
    clock = Clock(time.time())
    with serve_probed(OUTPUTS, scenario, clock, tmp_path) as probed:
        assert probed is not None
        point_blackbox(OUTPUTS, probed.certificate).write(tmp_path)
        with blackbox(tools, tmp_path, 1) as server:
            server.wait_until_ready()
            targets = {target.address: target for target in OUTPUTS.targets()}

            def successes() -> dict[str, str]:
                return {
                    address: ask(server.address, str(target.module), probed.addresses[target])
                    for address, target in targets.items()
                }

            assert successes() == dict.fromkeys(targets, "1")
            clock.zero = time.time() - 150
            time.sleep(0.3)  # a port is shut within a moment
            assert successes() == dict.fromkeys(targets, "0")


def ask(exporter: str, module: str, target: str) -> str:
    query = urllib.parse.urlencode({"module": module, "target": target})
    with urllib.request.urlopen(f"http://{exporter}/probe?{query}", timeout=10) as answer:
        lines = str(answer.read(), "utf-8").splitlines()
    return next(line for line in lines if line.startswith("probe_success ")).split()[1]


def test_a_probe_keeps_its_name_and_asks_loopback():
    found = {target: f"127.0.0.1:{n}" for n, target in enumerate(OUTPUTS.targets(), 1)}
    assert Target("page", SECURE, "page") in found
    job = point(OUTPUTS, found, {}, "127.0.0.1:9").files[PROMETHEUS]["scrape_configs"][0]
    assert [it["targets"] for it in job["static_configs"]] == [["127.0.0.1:1"], ["127.0.0.1:2"]]
    steps = job["relabel_configs"]
    assert steps[2] == {"target_label": "__address__", "replacement": "127.0.0.1:9"}
    assert [(it["regex"], it["replacement"]) for it in steps[3:]] == [
        (r"127\.0\.0\.1:1", SECURE),
        (r"127\.0\.0\.1:2", PLAIN),
    ]


class _Prometheus:
    """Answers every query with no series, and keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def get(self, path: str, **query: str) -> Any:
        self.asked.append(query.get("query") or f"{path} {query.get('match[]')}")
        return {"data": ["a", "b"] if "/label/" in path else {"result": []}}


def test_variables_of_boards_are_all_or_the_first_value():
    board = """{"templating": {"list": [
        {"name": "instance", "includeAll": true, "query": "label_values(up, instance)"},
        {"name": "kind", "includeAll": false, "query":
         {"query": "label_values(up{a=\\"b\\"}, kind)"}}
      ]}, "panels": [
        {"title": "One", "targets": [{"expr": "x{i=~\\"$instance\\",k=\\"${kind}\\"}"}]},
        {"title": "Two", "targets": [{"expr": "sum(ALERTS{alertstate=\\"firing\\"})"}]},
        {"title": "Three", "targets": [{"expr": "x{i=\\"$other\\"}"}]}
      ]}"""
    settings = {"global": {"scrape_interval": "10s"}}
    outputs = Outputs({PROMETHEUS: settings, "grafana/dashboards/a/b.json": board})
    prometheus: Any = _Prometheus()
    count, problems = ask_boards(outputs, prometheus, 1, {})
    assert count == 3
    assert prometheus.asked == [
        '/api/v1/label/kind/values up{a="b"}',
        'x{i=~".*",k="a"}',
        'sum(ALERTS{alertstate="firing"})',
    ]
    assert [problem.partition(": ")[2] for problem in problems] == [
        'no data: x{i=~"$instance",k="${kind}"}',
        'a variable that this test does not know: x{i="$other"}',
    ]
