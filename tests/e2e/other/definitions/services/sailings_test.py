"""What the alerts of sailings must and must not do."""

from definitions.rules_of_the_house import look, wake
from definitions.services.sailings import answers, gone, timetable_old
from giggamon_compiler import AlertTest

one_gone = AlertTest(
    gone,
    series={
        'up{job="sailings-web",instance="a"}': "1x3 0x5",
        'up{job="sailings-web",instance="b"}': "1x8",
    },
    quiet=["3m"],
    fires={"5m": [{"job": "sailings-web", "instance": "a"}]},
    annotations={"summary": "a is gone"},
)

yesterday = AlertTest(
    timetable_old,
    interval="1h",
    series={'sailings_timetable_timestamp_seconds{job="sailings-web",instance="a"}': "0x30"},
    quiet=["24h"],
    fires={"25h": [{"job": "sailings-web", "instance": "a"}]},
)

burning = AlertTest(  # a fifth is broken
    answers,
    severity=wake,
    series={
        'sailings_lookups_total{job="sailings-web",outcome="found"}': "0+80x120",
        'sailings_lookups_total{job="sailings-web",outcome="broken"}': "0+20x120",
    },
    fires={"100m": [{}]},
)

smouldering = AlertTest(  # 4 %: four times what the objective allows
    answers,
    severity=look,
    series={
        'sailings_lookups_total{job="sailings-web",outcome="found"}': "0+96x200",
        'sailings_lookups_total{job="sailings-web",outcome="broken"}': "0+4x200",
    },
    fires={"180m": [{}]},
)
