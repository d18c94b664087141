"""Modules and probes, from the definition to what Prometheus and the blackbox exporter read."""

import shutil
import subprocess

import pytest
import yaml

from giggamon_compiler import load, lower, targets
from giggamon_compiler.findings import Finding, PyPlace
from tests.house import underlined, write_house

FILES = {
    "environment.py": """
        environment = Environment("production", prometheus="2.42", alertmanager="0.25",
            retention="35d", blackbox="blackbox:9115")
    """,
    "probes.py": """
        page = Module("page", prober="http", timeout="5s",
            http={"valid_status_codes": [200, 204], "fail_if_not_ssl": True, "headers": {"A": "1"}})
        bare = Module("bare", prober="icmp")
    """,
    "services/orders.py": """
        service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:80"]))
        shop = Probe("shop", module=page, targets=["https://shop.example/?a=$b"], interval="30s",
            timeout="8s", labels={"site": "north"})
        router = Probe("router", module=bare, targets=["router.example"])
    """,
}


@pytest.fixture
def program(tmp_path):
    definitions, findings = load.read_definitions(write_house(tmp_path, FILES))
    assert not findings
    return lower.lower(definitions)


@pytest.fixture
def files(program):
    return targets.emit(program)


def test_a_probe_is_a_scrape_of_the_exporter(files):
    jobs = yaml.safe_load(files["prometheus/prometheus.yml"])["scrape_configs"]
    assert [job["job_name"] for job in jobs] == ["orders", "router", "shop"]
    # As the exporter's README has it, "Prometheus Configuration".
    assert jobs[2] == {
        "job_name": "shop",
        "scrape_interval": "30s",
        "scrape_timeout": "8s",
        "metrics_path": "/probe",
        "params": {"module": ["page"]},
        "static_configs": [
            {"targets": ["https://shop.example/?a=$b"], "labels": {"site": "north"}}
        ],
        "relabel_configs": [
            {"source_labels": ["__address__"], "target_label": "__param_target"},
            {"source_labels": ["__param_target"], "target_label": "instance"},
            {"target_label": "__address__", "replacement": "blackbox:9115"},
        ],
    }


def test_modules_are_the_exporters_configuration(files):
    assert yaml.safe_load(files["blackbox/blackbox.yml"]) == {
        "modules": {
            "bare": {"prober": "icmp"},
            "page": {
                "prober": "http",
                "timeout": "5s",
                "http": {
                    "valid_status_codes": [200, 204],
                    "fail_if_not_ssl": True,
                    "headers": {"A": "1"},
                },
            },
        }
    }


@pytest.mark.skipif(
    shutil.which("prometheus-blackbox-exporter") is None, reason="no exporter is installed"
)
def test_the_exporter_takes_it(files, tmp_path):
    file = tmp_path / "blackbox.yml"
    file.write_text(files["blackbox/blackbox.yml"])
    command = ["prometheus-blackbox-exporter", "--config.check", f"--config.file={file}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr


def test_it_comes_back_from_its_files(program, files):
    assert targets.read(files) == program


def test_nothing_is_written_where_nothing_is_probed(tmp_path):
    definitions, _ = load.read_definitions(write_house(tmp_path, {}))
    assert "blackbox/blackbox.yml" not in targets.emit(lower.lower(definitions))


@pytest.mark.parametrize(
    ("path", "keys", "text"),
    [
        ("blackbox/blackbox.yml", ("modules", "page", "http", "fail_if_not_ssl"), "True"),
        ("blackbox/blackbox.yml", ("modules", "page", "timeout"), '"5s"'),
        (
            "prometheus/prometheus.yml",
            ("scrape_configs", 2, "static_configs", 0, "targets", 0),
            '"https://shop.example/?a=$b"',
        ),
        ("prometheus/prometheus.yml", ("scrape_configs", 2, "params", "module", 0), "page"),
        ("prometheus/prometheus.yml", ("scrape_configs", 2, "scrape_timeout"), '"8s"'),
    ],
)
def test_a_part_of_an_output_is_traced_to_the_definition(program, path, keys, text):
    origin = targets.origin_of_path(program, path, keys)
    assert isinstance(origin, PyPlace)
    (placed,) = load.place_findings([Finding("x", "x", origin)])
    assert underlined(placed) == text


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        (
            "services/orders.py",
            'service = Service("orders", team=commerce)\n'
            'shop = Probe("shop", module=Module("m", prober="tcp"), targets=["a:1"])\n',
            "shop refers to the Module m, which no file binds under a public name",
        ),
        (
            "probes.py",
            'page = Module("page", prober="http")\n'
            'shop = Probe("shop", module=page, targets=["a:1"])\n',
            "shop is a Probe in definitions/probes.py, which belongs to no service",
        ),
        (
            "services/orders.py",
            'service = Service("orders", team=commerce)\n'
            'page = Module("page", prober="htp")\n'
            'shop = Probe("shop", module=page, targets=["a:1"])\n',
            "page: prober is the text 'htp', where "
            '"http", "tcp", "dns", "icmp" or "grpc" belongs',
        ),
    ],
)
def test_what_cannot_be_meant_is_said(tmp_path, file, text, said):
    changed = {"environment.py": FILES["environment.py"], file: text}
    _, findings = load.read_definitions(write_house(tmp_path, changed))
    assert said in [finding.message for finding in load.place_findings(findings)]
