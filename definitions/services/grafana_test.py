"""What the alerts about Grafana must and must not do."""

from definitions.services.grafana import BEHIND, down, reach, rules_failing, rules_late
from giggamon_compiler import AlertTest, library

reach_incidents = library.endpoint.reach_incidents("grafana-health", reach)

stopped = AlertTest(
    down,
    series={
        'up{job="grafana",instance="a"}': "1x9 0x10",
        'up{job="grafana",instance="b"}': "1x9 0x4 1x10",
        'up{job="other",instance="c"}': "0x20",
    },
    quiet=["14m"],
    fires={"15m": [{"job": "grafana", "instance": "a"}]},
)
gone = AlertTest(
    down,
    series={'up{job="other",instance="c"}': "1x20"},
    quiet=["4m"],
    fires={"5m": [{"job": "grafana"}]},
)

in_error = AlertTest(
    rules_failing,
    series={
        'grafana_alerting_alerts{job="grafana",instance="a",state="error"}': "0x9 1x20",
        'grafana_alerting_alerts{job="grafana",instance="b",state="error"}': "0x9 1x14 0x5",
        'grafana_alerting_alerts{job="grafana",instance="b",state="alerting"}': "3x30",
        'grafana_alerting_alerts{job="other",instance="c",state="error"}': "1x30",
    },
    quiet=["24m"],
    fires={"25m": [{"job": "grafana", "instance": "a", "state": "error"}]},
)

late = AlertTest(
    rules_late,
    series={
        'grafana_alerting_scheduler_behind_seconds{job="grafana",instance="a"}': (
            f"0x9 {BEHIND + 1}x20"
        ),
        'grafana_alerting_scheduler_behind_seconds{job="grafana",instance="b"}': f"{BEHIND}x30",
        'grafana_alerting_scheduler_behind_seconds{job="grafana",instance="d"}': (
            f"0x9 {BEHIND + 1}x9 0x10"
        ),
        'grafana_alerting_scheduler_behind_seconds{job="other",instance="c"}': "999x30",
    },
    quiet=["19m"],
    fires={"20m": [{"job": "grafana", "instance": "a"}]},
)
