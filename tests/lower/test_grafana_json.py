"""Whatever grafanalib writes comes out as Grafana's own schemas want it."""

import json

import pytest
from grafanalib import core
from grafanalib._gen import DashboardEncoder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giggamon_compiler.lower.grafana_json import normalise
from tests.schemas.boards import validator

# A slow machine is no failure.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

SOURCE = {"type": "prometheus", "uid": "here"}

# Every panel of grafanalib that is part of Grafana itself today.
PANELS = {
    "timeseries": core.TimeSeries,
    "stat": core.Stat,
    "gauge": core.GaugePanel,
    "bargauge": core.BarGauge,
    "table": core.Table,
    "text": core.Text,
    "logs": core.Logs,
    "barchart": core.BarChart,
    "histogram": core.Histogram,
    "piechart": core.PieChartv2,
    "state-timeline": core.StateTimeline,
    "heatmap": core.Heatmap,
    "dashlist": core.DashboardList,
    "news": core.News,
}


def tree_of(thing):
    return json.loads(json.dumps(thing.to_json_data(), cls=DashboardEncoder))


def board_of(*panels, **fields):
    return tree_of(core.Dashboard(title="Board", panels=list(panels), **fields).auto_panel_ids())


def nulls(tree, where=""):
    if tree is None:
        yield where
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from nulls(value, f"{where}.{key}")
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from nulls(value, f"{where}[{index}]")


def normal(*panels, **fields):
    return normalise(board_of(*panels, **fields), SOURCE)


def queried(kind, **fields):
    targets = [core.Target(expr="up"), core.Target(expr="down", instant=True)]
    place = core.GridPos(h=8, w=12, x=0, y=0)
    if kind == "news":
        fields["feedUrl"] = "https://news.example/feed"
    return PANELS[kind](title="Panel", targets=targets, gridPos=place, **fields)


@pytest.mark.parametrize("kind", PANELS)
def test_every_kind_of_panel_becomes_clean(kind):
    board = normal(queried(kind))
    (panel,) = board["panels"]
    assert panel["type"] == kind
    errors = [
        error.message
        for definition, tree in (("Dashboard", board), ("Panel", panel))
        for error in validator("dashboard", definition).iter_errors(tree)
    ]
    assert errors == []
    for target in panel["targets"]:
        assert list(validator("prometheus", "Dataquery").iter_errors(target)) == []
        assert target["datasource"] == SOURCE
    assert [target["refId"] for target in panel["targets"]] == ["A", "B"]
    base = panel["fieldConfig"]["defaults"]["thresholds"]["steps"][0]
    assert base.pop("value", "gone") is None
    assert list(nulls(board)) == []


@pytest.mark.parametrize("kind", PANELS)
def test_raw_it_is_not(kind):
    (panel,) = board_of(queried(kind))["panels"]
    assert list(validator("dashboard", "Panel").iter_errors(panel))


WORDS = [
    *("type", "panels", "targets", "thresholds", "steps", "value", "color", "options", "legend"),
    *("displayMode", "custom", "fieldConfig", "defaults", "fieldOptions", "calcs", "datasource"),
    *("refId", "current", "list", "expr"),
]

scraps = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 200) | st.sampled_from(["", "null", "A", "row"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(WORDS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@st.composite
def damaged_boards(draw):
    """A board of grafanalib, some parts of which are replaced by whatever may come."""
    panels = draw(st.lists(st.sampled_from(sorted(PANELS)), max_size=3))
    tree = board_of(*map(queried, panels), core.RowPanel(title="Row"))
    for _ in range(draw(st.integers(0, 4))):
        part = tree
        while isinstance(part, dict | list) and part:
            keys = sorted(part) if isinstance(part, dict) else range(len(part))
            key = draw(st.sampled_from(keys))
            if draw(st.booleans()):
                part[key] = draw(scraps)
                break
            part = part[key]
    return tree


@patient
@given(damaged_boards())
def test_it_takes_anything_and_twice_is_once(board):
    before = json.dumps(board)
    once = normalise(board, SOURCE)
    assert normalise(json.loads(json.dumps(once)), SOURCE) == once
    assert json.dumps(board) == before


def test_a_gauge_keeps_its_calculation():
    panel = normal(core.GaugePanel(title="Full", calc="max", max=10))["panels"][0]
    assert panel["options"]["reduceOptions"]["calcs"] == ["max"]
    assert panel["options"]["showThresholdMarkers"] is True
    assert "calcs" not in panel["fieldConfig"]["defaults"]
    assert panel["fieldConfig"]["defaults"]["max"] == 10


def test_bars_keep_calculation_unit_and_thresholds():
    panel = normal(core.BarGauge(title="Full", calc="max", format="bytes"))["panels"][0]
    assert panel["options"]["reduceOptions"]["calcs"] == ["max"]
    assert "fieldOptions" not in panel["options"]
    assert panel["fieldConfig"]["defaults"]["unit"] == "bytes"
    assert panel["fieldConfig"]["defaults"]["thresholds"]["steps"] == [
        {"color": "green", "value": None},
        {"color": "red", "value": 80.0},
    ]


def test_a_hidden_legend_is_said_so():
    panel = normal(core.TimeSeries(title="Lines", legendDisplayMode="hidden"))["panels"][0]
    assert panel["options"]["legend"]["showLegend"] is False
    assert panel["options"]["legend"]["displayMode"] == "list"


def test_a_data_source_of_its_own_stays():
    logs = {"type": "loki", "uid": "logs"}
    target = core.Target(expr="{}", datasource=logs)
    panel = normal(core.Logs(title="Logs", dataSource=logs, targets=[target]))["panels"][0]
    assert panel["datasource"] == panel["targets"][0]["datasource"] == logs


def test_a_name_of_a_query_stays_and_no_other_gets_it():
    targets = [core.Target(expr="x"), core.Target(expr="y", refId="A"), core.Target(expr="z")]
    panel = normal(core.TimeSeries(title="Lines", targets=targets))["panels"][0]
    assert [target["refId"] for target in panel["targets"]] == ["B", "A", "C"]


def test_a_variable_has_no_empty_choice():
    chosen = core.Template(name="job", query="x", dataSource="here", default="api")
    empty = core.Template(name="code", query="x", dataSource="here")
    board = normal(templating=core.Templating(list=[chosen, empty]))
    first, second = board["templating"]["list"]
    assert first["current"]["value"] == "api"
    assert "current" not in second
    assert [error.message for error in validator("dashboard", "Dashboard").iter_errors(board)] == []


def test_what_grafana_would_not_migrate_is_not_there():
    board = normal(core.TimeSeries(title="Lines", targets=[core.Target(expr="up")]))
    assert board["schemaVersion"] == 42
    panel = board["panels"][0]
    assert "maxDataPoints" not in panel
    assert "intervalFactor" not in panel["targets"][0]
    assert not {"style", "rows", "hideControls", "__inputs", "id"} & set(board)
