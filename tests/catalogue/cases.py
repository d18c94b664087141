"""Which catalogues are recorded."""

from tests.catalogue import exporters
from tests.catalogue.recording import DEFINITIONS, UNUSED, Case

CASES = (
    Case(
        "node_exporter",
        exporters.node,
        9100,
        (("address", "02:00:00:00:00:01"), ("nodename", "host-1"), ("release", "6.1.0")),
        shared=0.8,
    ),
    Case("mysqld_exporter", exporters.mysqld, 9104, note="MariaDB, a primary and its replica"),
    Case(
        "redis_exporter",
        exporters.redis_exporter,
        9121,
        (
            *(("master_port", "6379"), ("slave_port", "6379"), ("tcp_port", "6379")),
            *(("os", "Linux"), ("run_id", "1"), ("process_id", "1")),
        ),
        "Redis, a primary and its replica, with --check-single-keys=db0=orders",
    ),
    Case("blackbox_exporter", exporters.blackbox, 9115),
    *(
        Case(
            f"blackbox_{name}",
            exporters.probes(*modules),
            9115,
            (("fingerprint_sha256", "0"),) if name in ("http", "tcp") else (),
            note,
            exporters.blackbox_version,
            folder=folder,
        )
        for name, modules, note, folder in (
            ("http", ("http",), "a probe by HTTPS that succeeds", DEFINITIONS),
            ("tcp", ("tcp", "tls"), "a probe by TCP and one by TLS that succeed", UNUSED),
            ("icmp", ("icmp",), "a probe by ICMP that succeeds", UNUSED),
            ("dns", ("dns",), "a probe of a server of names that succeeds", UNUSED),
        )
    ),
    Case(
        "elasticsearch_exporter",
        exporters.elasticsearch_exporter,
        9114,
        (("url", "http://localhost:9200"),),
        "with --es.all --es.indices; Elasticsearch itself was a stand-in, which decided what "
        "clusters, nodes, indices and pools are called",
    ),
    Case(
        "prometheus",
        exporters.prometheus,
        9090,
        (("alertmanager", "http://localhost:9093/api/v2/alerts"),),
    ),
    Case("alertmanager", exporters.alertmanager, 9093, (("peer", "01ARZ3NDEKTSV4RRFFQ69G5FAV"),)),
    Case(
        "jvm",
        exporters.jvm,
        9404,
        (("vendor", "Debian"), ("version", "17")),
        "the official Java client, prometheus-metrics-instrumentation-jvm, on Java 17 with G1",
        lambda: "1.10.0",  # of the client, as pom.xml asks for
    ),
)
