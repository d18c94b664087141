"""Values that ready-made packs return: bound, they belong to the file; faults are at its line."""

from giggamon_compiler.findings import Finding, Place, within
from giggamon_compiler.load import place_findings
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.value import origin_of

PACK = """\
from giggamon_compiler import library

limits = library.mysql.Limits(connections_used=0.8)
alerts = library.mysql.alerts("mysql", limits, critical=critical, warning=warning)
"""


def test_the_members_of_a_named_tuple_have_their_names(read):
    loaded = read(service=PACK)
    assert not loaded.findings, loaded.said
    assert loaded.names("services/orders")[:3] == ["service", "alerts.down", "alerts.connections"]


def test_a_finding_is_at_the_call_of_the_pack(read):
    loaded = read(service=PACK)
    place = loaded.place_of("alerts.down", "expr")
    assert loaded.spot(place) == ("8:10", 'library.mysql.alerts("mysql"')


def test_what_is_meant_in_a_text_of_a_pack_is_shown(read):
    loaded = read(service=PACK)
    down = loaded.value("services/orders", "alerts.down")
    assert isinstance(down, Alert)
    start = down.expr.index("{")
    part = within(origin_of(down, "expr"), down.expr, start, start + 1)
    (finding,) = place_findings([Finding("some-check", "x", part)])
    assert isinstance(finding.origin, Place)
    assert finding.origin.line == 8
    assert [note.message for note in finding.notes] == [
        'the text is computed, and this stands at ▸ in it: mysql_up▸{job="mysql"} == 0'
    ]
