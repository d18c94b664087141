"""Values that ready-made packs return: bound, they belong to the file; faults are at its line."""

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
