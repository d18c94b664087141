"""Labels that a legend names and no series has."""

import pytest

from tests.checks.test_unknown_label import TOLD
from tests.house import find, underlined

ID = "legend-label"
ORDERS = TOLD["services/orders.py"]


def found(tmp_path, expr, legend):
    board = f"""
board = Dashboard("b", title="B", rows=[Row("A", [panel.TimeSeries("T", key="k", unit="short",
    queries=[Query('''{expr}''', legend="{legend}")])])])
"""
    files = TOLD | {"services/orders.py": ORDERS + board}
    return [it for it in find(tmp_path, files) if it.id == ID]


@pytest.mark.parametrize(
    ("expr", "legend", "help_"),
    [
        (
            "sum by (job) (requests_total)",
            "{{instance}}",
            "have the query keep instance, or name j",
        ),
        ("sum(requests_total)", "{{ job }}", "have the query keep job, or leave it out"),
        ("requests_total", "{{pod}}", "have the query keep pod, or leave it out"),
        ("requests_total", "{{cod}}", "did you mean code?"),
        ("redis_keys", "{{database}}", "have the query keep"),
        ("sum by (db) (redis_up)", "{{db}}", "have the query keep db, or leave it out"),
        ("sum by (job) (rate(requests_total[$__rate_interval]))", "{{job}} {{zone}}", "have the"),
    ],
)
def test_what_is_not_there(tmp_path, expr, legend, help_):
    (finding,) = found(tmp_path, expr, legend)
    assert finding.level == "warning"
    assert finding.help.startswith(help_)
    assert underlined(finding) == f'"{legend}"'


@pytest.mark.parametrize(
    ("expr", "legend"),
    [
        ("sum by (job) (requests_total)", "{{job}}"),
        ("sum by (job) (requests_total)", "instance"),
        ("requests_total", "{{instance}} {{code}} {{zone}}"),
        ("redis_keys", "{{db}}"),
        ("sum by ($by) (requests_total)", "{{code}}"),
        ("sum by (job) (requests_total) or redis_keys", "{{db}}"),
        ("elsewhere", "{{anything}}"),
        ("time()", "{{job}}"),
    ],
)
def test_what_is_there(tmp_path, expr, legend):
    assert found(tmp_path, expr, legend) == []
