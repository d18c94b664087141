"""What the alerts of boarding must and must not do."""

from definitions.services.boarding import crowded, stuck
from giggamon_compiler import AlertTest

one_stuck = AlertTest(
    stuck,
    series={
        'boarding_gate_answers{job="gates",place="pier-1"}': "1x3 0x3",
        'boarding_gate_answers{job="gates",place="ramp-3"}': "1x6",
    },
    quiet=["3m"],
    fires={"4m": [{"job": "gates", "place": "pier-1", "trade": "mechanic"}]},
    annotations={"summary": "The gate at pier-1 is stuck"},
)

full = AlertTest(
    crowded,
    series={
        'boarding_people_waiting{job="gates",quay="west",place="pier-1"}': "100x2 200x8",
        'boarding_people_waiting{job="gates",quay="west",place="ramp-3"}': "120x10",
    },
    quiet=["2m", "3m"],
    fires={"5m": [{"quay": "west"}]},
    annotations={"summary": "320 people wait at the west quay"},
)
