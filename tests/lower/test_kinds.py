"""Each kind of panel, as Grafana is to show it."""

from dataclasses import replace

import pytest

from giggamon_compiler import Alert, Query, Row, panel
from tests.lower.written import board, emitted, panel_of, rate

FULL = Alert("Full", expr="used / size > 0.9")
used = Query("used / size", legend="{{instance}}")
share = panel.Gauge("Used", [used], key="used", unit="percentunit")


def defaults_of(drawn):
    return drawn["fieldConfig"]["defaults"]


def overrides_of(drawn):
    """Which field has which property."""
    return {
        (each["matcher"]["id"], each["matcher"]["options"], one["id"]): one["value"]
        for each in drawn["fieldConfig"]["overrides"]
        for one in each["properties"]
    }


FIGURES = [panel.Stat, panel.Gauge, panel.BarGauge, panel.Table]
OVER_TIME = [panel.TimeSeries, panel.Heatmap, panel.StateTimeline]


@pytest.mark.parametrize("kind", [*FIGURES, *OVER_TIME])
def test_a_figure_is_asked_for_now_and_all_else_over_the_time_shown(kind):
    (target,) = panel_of(kind("Panel", [used], key="used"))["targets"]
    assert (target["instant"], target["range"]) == (kind in FIGURES, kind in OVER_TIME)


@pytest.mark.parametrize("kind", [panel.Gauge, panel.BarGauge])
@pytest.mark.parametrize(
    ("unit", "limits", "ends"),
    [
        ("percentunit", {}, (0, 1)),
        ("percent", {}, (0, 100)),
        ("percent", {"min": 50, "max": 80}, (50, 80)),
        ("bytes", {"max": 2**30}, (0, 2**30)),
        ("bytes", {}, (0, None)),
        ("bytes", {"min": float("-inf"), "max": float("nan")}, (None, None)),
    ],
)
def test_a_dial_ends_where_its_unit_does(kind, unit, limits, ends):
    defaults = defaults_of(panel_of(kind("Used", [used], key="used", unit=unit, **limits)))
    assert (defaults.get("min"), defaults.get("max")) == ends


@pytest.mark.parametrize("kind", [panel.Gauge, panel.BarGauge])
def test_a_dial_has_the_colours_of_its_alert_and_else_one_that_says_nothing(kind):
    plain = panel_of(kind("Used", [used], key="used"))
    assert defaults_of(plain)["color"] == {"mode": "fixed", "fixedColor": "blue"}
    shown = defaults_of(panel_of(kind("Used", [used], key="used", threshold=FULL)))
    assert shown["color"] == {"mode": "thresholds"}
    green, red = shown["thresholds"]["steps"]
    assert green == {"color": "green", "value": None}
    assert red["color"] == "red"
    assert red["value"] == pytest.approx(0.9)


def test_bars_lie_beside_their_names():
    drawn = panel_of(panel.BarGauge("Used", [used], key="used"))
    assert drawn["options"]["orientation"] == "horizontal"
    assert drawn["options"]["namePlacement"] == "left"


HOSTS = panel.Table(
    "Hosts",
    [Query("used", legend="Memory used"), Query("up", legend="Up for", unit="s")],
    key="hosts",
    unit="bytes",
    columns={"instance": "Host", "rack": "Rack"},
)


def steps_of(table):
    return {each["id"]: each["options"] for each in panel_of(table)["transformations"]}


def test_a_table_has_the_columns_that_were_named_and_a_figure_for_each_query():
    drawn = panel_of(HOSTS)
    assert [target["format"] for target in drawn["targets"]] == ["table", "table"]
    steps = steps_of(HOSTS)
    order = ["instance", "rack", "Value #A", "Value #B"]
    assert list(steps) == ["filterFieldsByName", "merge", "organize"]
    assert steps["filterFieldsByName"] == {"include": {"names": order}}
    assert steps["organize"]["indexByName"] == {name: index for index, name in enumerate(order)}
    assert steps["organize"]["renameByName"] == dict(
        zip(order, ["Host", "Rack", "Memory used", "Up for"], strict=True)
    )
    assert overrides_of(drawn) == {("byName", "Up for", "unit"): "s"}
    assert drawn["options"]["sortBy"] == [{"displayName": "Memory used", "desc": True}]


def test_a_table_without_columns_shows_every_label():
    steps = steps_of(replace(HOSTS, queries=[Query("up")], columns={}))
    assert list(steps) == ["filterFieldsByName", "organize"]
    assert steps["filterFieldsByName"] == {"exclude": {"names": ["Time", "__name__"]}}
    assert steps["organize"]["renameByName"] == {"Value": "Hosts"}


def test_of_a_table_what_is_not_well_is_coloured_in_its_first_figure():
    alert = Alert("Much", expr="used > 5 and up > 100")
    drawn = panel_of(replace(HOSTS, smallest_first=True, threshold=alert))
    assert overrides_of(drawn)["byName", "Memory used", "custom.cellOptions"] == {
        "type": "color-background",
        "mode": "basic",
    }
    well, much = defaults_of(drawn)["thresholds"]["steps"]
    assert (well["color"], much["color"]) == ("transparent", "red")
    assert much["value"] == pytest.approx(5)
    assert drawn["options"]["sortBy"] == [{"displayName": "Memory used", "desc": False}]


def test_a_heatmap_has_the_unit_of_the_bounds_on_its_axis():
    query = Query("sum by (le) (rate(x_bucket[$__rate_interval]))", legend="{{le}}")
    drawn = panel_of(panel.Heatmap("Times", [query], key="times", unit="s"))
    assert drawn["targets"][0]["format"] == "heatmap"
    assert drawn["options"]["calculate"] is False
    assert drawn["options"]["yAxis"]["unit"] == "s"
    assert drawn["options"]["cellValues"]["unit"] == "short"
    nameless = panel_of(panel.Heatmap("Times", [replace(query, legend=None)], key="times"))
    assert nameless["targets"][0]["legendFormat"] == "{{le}}"


STATES = [
    panel.State(0, "down", color="red"),
    panel.State(1, "up", color="green"),
    panel.State(0.5, "half", color="yellow"),
]


@pytest.mark.parametrize("kind", [panel.Stat, panel.StateTimeline])
def test_a_state_is_told_by_its_name_and_colour(kind):
    drawn = panel_of(kind("State", [Query("up")], key="state", states=STATES))
    (mapping,) = defaults_of(drawn)["mappings"]
    assert mapping["type"] == "value"
    assert {
        value: (it["text"], it["color"], it["index"]) for value, it in mapping["options"].items()
    } == {
        "0": ("down", "red", 0),
        "1": ("up", "green", 1),
        "0.5": ("half", "yellow", 2),
    }
    assert defaults_of(drawn)["thresholds"]["steps"] == [{"color": "text", "value": None}]
    if kind is panel.Stat:
        assert drawn["options"]["colorMode"] == "value"


@pytest.mark.parametrize(
    ("value", "key"),  # as `String(value)` answers in a browser
    [
        (0, "0"),
        (-0.0, "0"),
        (-3, "-3"),
        (2.5, "2.5"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (0.00001, "0.00001"),
        (0.0000001, "1e-7"),
        (-1.5e-10, "-1.5e-10"),
    ],
)
def test_a_state_is_found_by_the_number_as_a_browser_writes_it(value, key):
    states = [panel.State(value, "so", color="blue")]
    drawn = panel_of(panel.Stat("State", [Query("up")], key="state", states=states))
    assert list(defaults_of(drawn)["mappings"][0]["options"]) == [key]


def test_a_text_asks_nothing():
    drawn = panel_of(panel.Text("Read me", "# Orders\n\nTell *us*.", key="text"))
    assert not {"targets", "interval"} & drawn.keys()
    assert drawn["options"]["mode"] == "markdown"
    assert drawn["options"]["content"].startswith("# Orders")


def test_parts_of_a_whole_stand_on_each_other():
    custom = defaults_of(panel_of(replace(rate, stacked=True)))["custom"]
    assert custom["stacking"] == {"mode": "normal", "group": "A"}
    assert custom["fillOpacity"] > 0


@pytest.mark.parametrize("kind", [panel.TimeSeries, panel.Stat, panel.Gauge, panel.StateTimeline])
def test_a_query_may_have_a_unit_of_its_own(kind):
    queries = [Query("x"), Query("y", unit="s")]
    drawn = panel_of(kind("Two", queries, key="two", unit="bytes"))
    assert defaults_of(drawn)["unit"] == "bytes"
    assert overrides_of(drawn) == {("byFrameRefID", "B", "unit"): "s"}


@pytest.mark.parametrize("kind", [*FIGURES, *OVER_TIME])
def test_each_kind_has_room(kind):
    alone = emitted(board(Row("Row", [kind("Panel", [used], key="used")])))["panels"][1]
    assert alone["gridPos"]["w"] == 24
    assert alone["gridPos"]["h"] >= 4
