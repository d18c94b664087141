"""Values that ready-made packs return: bound, they belong to the file; faults are at its line."""

import re

import pytest

from giggamon_compiler.findings import Finding, within
from giggamon_compiler.load import place_findings
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.value import origin_of

PACK = """\
from giggamon_compiler import library

limits = library.redis.Limits(memory_used=0.85, clients_used=0.8, evictions_per_second=5,
    replica_lag=30, command_seconds=0.005, hit_ratio=0.8)
alerts = library.redis.alerts("redis", limits, critical=critical, warning=warning, info=warning)
"""
CALL = ("9:10", 'library.redis.alerts("redis"')


def test_the_members_of_a_named_tuple_have_their_names(read):
    loaded = read(service=PACK)
    assert not loaded.findings, loaded.said
    assert loaded.names("services/orders")[:3] == ["service", "alerts.down", "alerts.exporter_down"]


def test_a_finding_is_at_the_call_of_the_pack(read):
    loaded = read(service=PACK)
    place = loaded.place_of("alerts.down", "expr")
    assert loaded.spot(place) == CALL


def test_what_is_meant_in_a_text_of_a_pack_is_shown(read):
    loaded = read(service=PACK)
    down = loaded.value("services/orders", "alerts.down")
    assert isinstance(down, Alert)
    start = down.expr.index("{")
    part = within(origin_of(down, "expr"), down.expr, start, start + 1)
    (finding,) = place_findings([Finding("some-check", "x", part)])
    assert loaded.spot(finding.origin) == CALL
    assert [note.message for note in finding.notes] == [
        'the text is computed, and this stands at ▸ in it: redis_up▸{job="redis"} == 0'
    ]


@pytest.mark.parametrize(
    ("wrong", "at", "underlined", "said", "help_line"),
    [
        (
            "memory_used=85",
            "7:31",
            "memory_used=85",
            (
                "wrong-type",
                "redis.Limits: memory_used is 85, where a share from 0 to less than 1 belongs",
            ),
            "write 0.85 for 85 per cent",
        ),
        (
            'replica_lag="30s"',
            "8:5",
            'replica_lag="30s"',
            (
                "wrong-type",
                'redis.Limits: replica_lag is "30s", where a number of seconds above 0 belongs',
            ),
            "write 30",
        ),
        (
            "hit_ration=0.8",
            "8:44",
            "hit_ration=0.8",
            ("unknown-argument", "redis.Limits has no limit hit_ration"),
            "did you mean hit_ratio?",
        ),
        (
            "",
            "7:10",
            "library.redis.Limits",
            ("missing-argument", "redis.Limits needs hit_ratio, and it is left out"),
            "add hit_ratio=…, a share above 0, and 1 at most",
        ),
    ],
)
def test_limits_that_do_not_belong_there(read, wrong, at, underlined, said, help_line):
    name = wrong.partition("=")[0].replace("ration", "ratio") or "hit_ratio"
    loaded = read(service=re.sub(rf"\b{name}=[0-9.]+", wrong, PACK))
    assert loaded.said == [(said[0], at, underlined, said[1])]
    assert loaded.finding.help == help_line
    assert loaded.finding.fatal


def test_limits_that_a_function_of_the_house_makes(read):
    code = "from giggamon_compiler import library\ndef late(n):\n"
    code += "    return library.batch.Limits(late=n, seconds=1)\n"
    loaded = read({"lib.py": code}, service="from definitions.lib import late\nlimits = late(-1)\n")
    assert loaded.said[0][:3] == ("wrong-type", "lib.py:3:33", "late=n")
    assert loaded.noted[0] == ("6:10", "late(-1)", "called from here")
