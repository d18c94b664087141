"""Every exporter of the catalogues, started before what it exports."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.catalogue.elasticsearch import elasticsearch
from tests.catalogue.recording import Start
from tests.catalogue.servers import (
    PASSWORD,
    USER,
    MissingError,
    https,
    mariadb,
    names,
    program,
    redis,
    running,
    until_shown,
)
from tests.e2e.servers import free_port

FETCH_SECONDS = 300


@contextmanager
def node(folder: Path, port: int) -> Iterator[list[str]]:
    """The node exporter."""
    command = ("prometheus-node-exporter", f"--web.listen-address=127.0.0.1:{port}")
    with running("exporter", folder, *command):
        url = f"http://127.0.0.1:{port}/metrics"
        until_shown(url, "node_load1 ", "promhttp_metric_handler_requests_total")
        yield [url]


@contextmanager
def mysqld(folder: Path, port: int) -> Iterator[list[str]]:
    """The exporter of MySQL, before a primary and before its replica."""
    with ExitStack() as stack:
        primary = stack.enter_context(mariadb(folder / "primary"))
        replica = stack.enter_context(mariadb(folder / "replica", primary))
        urls = []
        for number, database in enumerate((primary, replica)):
            name = f"exporter-{number}"
            listen = f"--web.listen-address=127.0.0.1:{port + number}"
            source = f"{USER}:{PASSWORD}@(127.0.0.1:{database})/"
            command = ("prometheus-mysqld-exporter", listen)
            stack.enter_context(running(name, folder, *command, DATA_SOURCE_NAME=source))
            urls.append(f"http://127.0.0.1:{port + number}/metrics")
        until_shown(urls[0], "mysql_up 1", "mysql_global_status_threads_running")
        until_shown(urls[1], "mysql_up 1", "mysql_slave_status_seconds_behind_master")
        yield urls


@contextmanager
def redis_exporter(folder: Path, port: int) -> Iterator[list[str]]:
    """The exporter of Redis, before a primary and before its replica."""
    with ExitStack() as stack:
        primary = stack.enter_context(redis(folder / "primary"))
        replica = stack.enter_context(redis(folder / "replica", primary))
        urls = []
        for number, database in enumerate((primary, replica)):
            name = f"exporter-{number}"
            command = [
                *("prometheus-redis-exporter", f"--redis.addr=redis://127.0.0.1:{database}"),
                f"--web.listen-address=127.0.0.1:{port + number}",
                "--check-single-keys=db0=orders",
            ]
            stack.enter_context(running(name, folder, *command))
            urls.append(f"http://127.0.0.1:{port + number}/metrics")
        until_shown(urls[0], "redis_up 1", 'slave_state="online"', "redis_key_size")
        until_shown(urls[1], "redis_up 1", "redis_master_link_up{", "redis_slave_info")
        yield urls


_MODULES = """
modules:
  http: {prober: http, http: {tls_config: {insecure_skip_verify: true}}}
  tcp: {prober: tcp}
  tls: {prober: tcp, tcp: {tls: true, tls_config: {insecure_skip_verify: true}}}
  icmp: {prober: icmp}
  dns: {prober: dns, dns: {query_name: localhost, query_type: A}}
"""


@contextmanager
def blackbox(folder: Path, port: int) -> Iterator[list[str]]:
    """The blackbox exporter: what it says of itself."""
    (folder / "blackbox.yml").write_text(_MODULES)
    command = ["prometheus-blackbox-exporter", "--config.file=blackbox.yml"]
    with running("exporter", folder, *command, f"--web.listen-address=127.0.0.1:{port}"):
        url = f"http://127.0.0.1:{port}/metrics"
        until_shown(url, "blackbox_exporter_build_info")
        yield [url]


def blackbox_version() -> str:
    """Its version, which its probes do not show."""
    command = [program("prometheus-blackbox-exporter"), "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    match = re.search(r"version ([0-9.]+)", done.stdout + done.stderr)
    assert match, done
    return match[1]


def probes(*modules: str) -> Start:
    """The blackbox exporter: what it says of others, with these modules."""

    @contextmanager
    def start(folder: Path, port: int) -> Iterator[list[str]]:
        web = port + 1
        targets = {"http": f"https://localhost:{web}/", "icmp": "127.0.0.1"}
        with (
            https(folder / "web", web),
            names(web),
            blackbox(folder, port) as (url,),
        ):
            base = url.replace("/metrics", "/probe")
            asked = [(module, targets.get(module, f"127.0.0.1:{web}")) for module in modules]
            urls = [f"{base}?module={module}&target={target}" for module, target in asked]
            for it in urls:
                until_shown(it, "probe_success 1")
            yield urls

    return start


@contextmanager
def elasticsearch_exporter(folder: Path, port: int) -> Iterator[list[str]]:
    """The exporter of Elasticsearch, before a stand-in."""
    with elasticsearch() as address:
        command = ["prometheus-elasticsearch-exporter", f"--es.uri={address}", "--es.all"]
        command += ["--es.indices", f"--web.listen-address=127.0.0.1:{port}"]
        with running("exporter", folder, *command):
            url = f"http://127.0.0.1:{port}/metrics"
            until_shown(url, "elasticsearch_jvm_memory_used_bytes", "elasticsearch_version")
            yield [url]


_PROMETHEUS = """
global: {{scrape_interval: 1s, evaluation_interval: 1s}}
rule_files: [rules.yml]
alerting: {{alertmanagers: [{{static_configs: [{{targets: ["127.0.0.1:{alertmanager}"]}}]}}]}}
scrape_configs:
  - {{job_name: prometheus, static_configs: [{{targets: ["127.0.0.1:{prometheus}"]}}]}}
"""
_RANGE = "/api/v1/query_range?query=up&start=0&end=60&step=60"
_RULES = """
groups:
  - name: monitoring
    rules:
      - {record: "job:up:min", expr: min by (job) (up)}
      - {alert: Watchdog, expr: vector(1)}
"""
_ALERTMANAGER = """
route: {receiver: nobody, group_wait: 1s}
receivers: [{name: nobody}]
"""


@contextmanager
def alertmanager(folder: Path, port: int) -> Iterator[list[str]]:
    """An Alertmanager, a cluster of its own."""
    folder.mkdir(exist_ok=True)
    (folder / "alertmanager.yml").write_text(_ALERTMANAGER)
    command = ["prometheus-alertmanager", "--config.file=alertmanager.yml", "--storage.path=data"]
    command += [f"--web.listen-address=127.0.0.1:{port}"]
    command += [f"--cluster.listen-address=127.0.0.1:{free_port()}"]
    with running("alertmanager", folder, *command):
        url = f"http://127.0.0.1:{port}/metrics"
        until_shown(url, "alertmanager_cluster_members 1", "alertmanager_config_hash")
        yield [url]


@contextmanager
def prometheus(folder: Path, port: int) -> Iterator[list[str]]:
    """A Prometheus that scrapes itself, evaluates a rule of each kind and tells an Alertmanager."""
    with alertmanager(folder / "alertmanager", told := free_port()):
        config = _PROMETHEUS.format(alertmanager=told, prometheus=port)
        (folder / "prometheus.yml").write_text(config)
        (folder / "rules.yml").write_text(_RULES)
        command = ["prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=data"]
        with running("prometheus", folder, *command, f"--web.listen-address=127.0.0.1:{port}"):
            url = f"http://127.0.0.1:{port}/metrics"
            until_shown(url, "prometheus_notifications_sent_total{", "prometheus_rule_group_rules{")
            for path in ("/-/healthy", "/-/ready", "/api/v1/query?query=up", _RANGE):
                until_shown(url.replace("/metrics", path), "")
            until_shown(url, 'handler="/api/v1/query_range"', 'handler="/metrics"')
            yield [url]


JVM = Path(__file__).parent / "jvm"


@contextmanager
def jvm(folder: Path, port: int) -> Iterator[list[str]]:
    """The official Java client in a program of its own; Maven fetches it."""
    command = [program("mvn"), "--batch-mode", "--quiet", "--file", str(JVM / "pom.xml")]
    command += ["dependency:copy-dependencies", f"-DoutputDirectory={folder}/jars"]
    fetched = subprocess.run(command, capture_output=True, text=True, timeout=FETCH_SECONDS)
    if fetched.returncode:
        raise MissingError(f"Maven does not fetch the Java client: {fetched.stdout.strip()}")
    source = str(JVM / "Main.java")
    with running("jvm", folder, "java", "-cp", f"{folder}/jars/*", source, str(port)):
        url = f"http://127.0.0.1:{port}/metrics"
        until_shown(url, "jvm_gc_collection_seconds_count", "process_cpu_seconds_total")
        yield [url]
