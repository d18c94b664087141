"""What is wrong with a board's query is told before anybody looks at an empty panel."""

import pytest

from giggamon_compiler import lower
from giggamon_compiler.findings import Place
from giggamon_compiler.judges import Toolbox, check_files, find_tools
from giggamon_compiler.load import place_findings, read_definitions
from giggamon_compiler.targets import emit
from tests.house import underlined, write_house

BOARD = """
service = Service("orders", team=commerce)
board = Dashboard("orders", title="Orders", rows=[Row("Queue", [
    panel.Stat("Now", [Query('up'), Query({query!r}, legend="now")], key="now", unit="short"),
])])
"""


def judged(folder, query):
    house = write_house(folder, {"services/orders.py": BOARD.format(query=query)})
    definitions, loading = read_definitions(house)
    assert not loading, place_findings(loading)
    program = lower.lower(definitions)
    tools = find_tools()
    assert isinstance(tools, Toolbox)
    return place_findings(check_files(program, emit(program), tools))


@pytest.mark.parametrize(
    "query",
    [
        "up",
        "rate(a_total[$__rate_interval])",
        "rate(a_total[${__rate_interval}])",
        "increase(a_total[$__range]) / $__range_s",
        "avg_over_time(a[[[__interval]]])",
        "sum(a) or (",  # nothing, beside a variable that nobody knows
    ],
)
def test_a_query_that_can_be_asked_is_no_finding(tmp_path, query):
    query = query.replace("or (", "or ($job")
    assert judged(tmp_path, query) == ()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("sum(up", "unclosed left parenthesis"),
        ("rate(a_total)", "expected type range vector"),
        ("rate(a_total[$__rate_interval]) by (job)", "unexpected <by>"),
        ("summ(up)", "unknown function"),
    ],
)
def test_a_query_that_cannot_be_asked_is_told_where_it_stands(tmp_path, query, said):
    (finding,) = judged(tmp_path, query)
    assert finding.id == "invalid-promql"
    assert finding.message.startswith("panel Now: promtool cannot read the PromQL: ")
    assert said in finding.message
    assert isinstance(finding.origin, Place)
    assert underlined(finding) == repr(query)
