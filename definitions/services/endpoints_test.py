"""What the alerts about endpoints must and must not do."""

from definitions.services.endpoints import (
    alerts,
    certificate_limits,
    certificates,
    exporter_down,
    limits,
    module_unknown,
    modules_refused,
)
from giggamon_compiler import AlertTest, library

incidents = library.endpoint.incidents("website", limits, alerts)
certificate_incidents = library.endpoint.certificate_incidents(
    "website", certificate_limits, certificates
)

reload_failed = AlertTest(
    modules_refused,
    series={
        'blackbox_exporter_config_last_reload_successful{job="blackbox",instance="a"}': "1x9 0x20",
        'blackbox_exporter_config_last_reload_successful{job="blackbox",instance="b"}': "1x9 0x8 1x9",
        'blackbox_exporter_config_last_reload_successful{job="other",instance="c"}': "0x30",
    },
    quiet=["18m"],
    fires={"20m": [{"job": "blackbox", "instance": "a"}]},
)

unknown = AlertTest(
    module_unknown,
    series={
        'blackbox_module_unknown_total{job="blackbox",instance="a"}': "0x10 1+1x6 7x20",
        'blackbox_module_unknown_total{job="blackbox",instance="b"}': "5x40",
        'blackbox_module_unknown_total{job="blackbox",instance="d"}': "0x10 1x2 2x2 3x20",
        'blackbox_module_unknown_total{job="other",instance="c"}': "0+1x40",
    },
    quiet=["17m", "23m"],
    fires={
        "19m": [{"job": "blackbox", "instance": it} for it in ("a", "d")],
        "20m": [{"job": "blackbox", "instance": it} for it in ("a", "d")],
    },
)

down = AlertTest(
    exporter_down,
    series={
        'up{job="blackbox",instance="a"}': "1x9 0x10",
        'up{job="blackbox",instance="b"}': "1x9 0x4 1x10",
        'up{job="other",instance="c"}': "0x20",
    },
    quiet=["14m"],
    fires={"15m": [{"job": "blackbox", "instance": "a"}]},
)
gone = AlertTest(
    exporter_down,
    series={'up{job="other",instance="c"}': "1x20"},
    quiet=["4m"],
    fires={"5m": [{"job": "blackbox"}]},
)
