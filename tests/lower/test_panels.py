"""Boards as people write them become files that Grafana takes as they are."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giggamon_compiler import (
    Alert,
    Dashboard,
    Query,
    Row,
    Scrape,
    Variable,
    block,
    panel,
)
from giggamon_compiler.ir import Program
from giggamon_compiler.load import read_definitions
from giggamon_compiler.lower import lower as lower_all
from giggamon_compiler.targets import grafana
from tests.lower.strategies import boards
from tests.lower.written import (
    board,
    calm,
    delivery,
    emitted,
    lower,
    panel_of,
    queue,
    rate,
)
from tests.schemas.boards import judge_board

# A slow machine is no failure.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

ROOT = Path(__file__).resolve().parents[2]

# Grafana's names of what the vocabulary has, and the only ones that its boards hold.
KINDS_OF_GRAFANA = {
    *("timeseries", "stat", "gauge", "bargauge", "table", "heatmap", "state-timeline", "text"),
}


def without_what_no_dashboard_carries(found):
    """A board as a file says it: the keys of panels and whose it is are the manifest's."""

    def bare(it):
        return replace(it, key=None, threshold=None, panels=tuple(map(bare, it.panels)))

    panels = tuple(map(bare, found.panels))
    return replace(found, panels=panels, file=None, owner=None, was=None)


def all_panels(tree):
    for each in tree.get("panels", ()):
        yield each
        yield from all_panels(each)


def null_paths(tree, where=""):
    if tree is None:
        yield where
    for key, value in tree.items() if isinstance(tree, dict) else ():
        yield from null_paths(value, f"{where}.{key}")
    for value in tree if isinstance(tree, list) else ():
        yield from null_paths(value, f"{where}[]")


@patient
@given(boards, st.booleans())
def test_any_board_is_what_grafana_wants_and_reads_back_equal(written, outside):
    program = lower(written, outside=outside)
    files = grafana.emit(program)
    (text,) = files.values()
    tree = json.loads(text)
    assert judge_board(tree) == []
    assert all(path.endswith(".thresholds.steps[].value") for path in null_paths(tree))
    found = list(all_panels(tree))
    ids = [each["id"] for each in found]
    assert len(set(ids)) == len(ids)
    for each in found:
        names = [target["refId"] for target in each.get("targets", ())]
        assert names == ["A", "B", "C", "D"][: len(names)]
    expected = tuple(map(without_what_no_dashboard_carries, program.dashboards))
    assert grafana.read(files, Program()).dashboards == expected


def every_kind():
    """A board with a panel of each kind, and a choice that they obey."""
    busy = Alert("Busy", expr="sum(rate(x[1m])) > 100", severity=calm)
    full = Alert("Full", expr="used / size > 0.9", severity=calm)
    buckets = "sum by (le) (rate(time_bucket[$__rate_interval]))"
    used = Query('used{instance=~"$instance"} / size', legend="{{instance}}")
    states = [panel.State(0, "down", color="red"), panel.State(1, "up", color="green")]
    timeline = panel.StateTimeline("States", [Query("up")], key="states", states=states)
    lines = replace(rate, unit="reqps", description="All of them.", min=0, threshold=busy)
    rows = [
        Row("Traffic", [queue, lines, panel.Heatmap("Times", [Query(buckets)], key="t", unit="s")]),
        Row(
            "Rooms",
            [
                panel.Gauge("Used", [used], key="used", unit="percentunit", threshold=full),
                panel.BarGauge("Bars", [used], key="bars", unit="percentunit"),
                panel.Table(
                    "Table",
                    [replace(used, legend="Used"), Query("size", legend="Size", unit="bytes")],
                    key="table",
                    unit="percentunit",
                    columns={"instance": "Instance"},
                    threshold=full,
                ),
            ],
        ),
        Row("More", [timeline, panel.Text("Read me", "# Parcels", key="text")], collapsed=True),
    ]
    choice = Variable("instance", query='label_values(up{job="parcels"}, instance)')
    return board(*rows, variables=[choice])


def test_a_whole_board_is_as_it_was_agreed(update_golden):
    """`board.json` was read by a person, and looked at as Grafana's own components draw it."""
    path = Path(__file__).parent / "board.json"
    (text,) = grafana.emit(lower(every_kind())).values()
    if update_golden:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    assert {each["type"] for each in all_panels(json.loads(text))} == {*KINDS_OF_GRAFANA, "row"}


def test_our_own_boards_are_what_grafana_wants():
    definitions, findings = read_definitions(ROOT / "definitions")
    assert findings == ()
    files = grafana.emit(lower_all(definitions))
    assert "grafana/dashboards/commerce/orders.json" in files
    for text in files.values():
        assert judge_board(json.loads(text)) == []


def test_an_objective_is_shown_with_what_is_good():
    tree = emitted(board(*block.slo(delivery)))
    header, attained, left, burn = tree["panels"]
    assert [each["type"] for each in tree["panels"]] == ["row", "stat", "stat", "timeseries"]
    assert header["title"] == "Objective: delivery"
    assert {each["gridPos"]["h"] for each in (attained, left, burn)} == {8}
    assert [each["gridPos"]["w"] for each in (attained, left, burn)] == [6, 6, 12]
    assert attained["fieldConfig"]["defaults"]["thresholds"]["steps"] == [
        {"color": "red", "value": None},
        {"color": "green", "value": 0.9995},
    ]
    assert burn["fieldConfig"]["defaults"]["thresholds"]["steps"][1] == {"color": "red", "value": 1}
    assert burn["fieldConfig"]["defaults"]["custom"]["thresholdsStyle"] == {"mode": "dashed"}
    (query,) = (target["expr"] for target in attained["targets"])
    assert 'slo:total:increase30d{svc="parcels",slo="delivery"}' in query
    assert burn["targets"][0]["legendFormat"] == "over 5 minutes"


def test_a_figure_is_asked_once_and_lines_over_the_range():
    stat, lines = panel_of(queue), panel_of(rate)
    assert [(it["instant"], it["range"]) for it in stat["targets"]] == [(True, False)]
    assert [(it["instant"], it["range"]) for it in lines["targets"]] == [(False, True)]
    assert stat["options"]["reduceOptions"]["calcs"] == ["lastNotNull"]
    assert stat["options"]["colorMode"] == "none"  # nothing says what is good
    assert stat["targets"][0]["legendFormat"] == "__auto"
    named = replace(queue, queries=[Query("up", legend="")])
    assert panel_of(named)["targets"][0]["legendFormat"] == ""


def test_limits_may_be_fractions():
    lines = panel_of(replace(rate, min=0.5, max=float("inf")))
    assert lines["fieldConfig"]["defaults"]["min"] == 0.5
    assert "max" not in lines["fieldConfig"]["defaults"]


def test_a_collapsed_row_holds_its_panels_and_takes_one_line():
    tree = emitted(board(Row("Closed", [queue, rate], collapsed=True), Row("Open", [])))
    closed, opened = tree["panels"]
    assert closed["collapsed"] is True
    assert [each["title"] for each in closed["panels"]] == ["Waiting", "Requests"]
    assert [each["gridPos"]["y"] for each in closed["panels"]] == [1, 1]
    assert opened["gridPos"]["y"] == 1
    assert opened["panels"] == []


def test_boards_come_in_the_order_of_their_files():
    written = [
        Dashboard(key, title=key, rows=[], folder=folder) for folder, key in ("b1", "a2", "a1")
    ]
    assert [found.identity for found in lower(*written).dashboards] == [
        "a/parcels-1",
        "a/parcels-2",
        "b/parcels-1",
    ]


def test_a_board_finds_what_belongs_to_it():
    tree = emitted(board(Row("Row", [queue])), depends_on=["ships"])
    assert tree["tags"] == ["giggamon", "service:parcels", "team:shipping"]
    *boards, runbook = tree["links"]
    assert [(each["title"], each["tags"]) for each in boards] == [
        ("Boards of parcels", ["service:parcels"]),
        ("Boards of team shipping", ["team:shipping"]),
        ("Boards of ships", ["service:ships"]),
        ("Overviews", ["overview"]),
    ]
    assert runbook["url"] == "https://git.example/runbooks/parcels.md"
    (firing,) = tree["annotations"]["list"]
    assert firing["expr"] == 'ALERTS{alertstate="firing",svc="parcels"}'
    assert tree["editable"] is False
    assert tree["timezone"] == "browser"


def test_a_board_of_no_service_is_an_overview_and_leads_by_its_tags():
    tree = emitted(board(Row("Row", [queue]), tags=["team:shipping", "sea"]), outside=True)
    assert tree["tags"] == ["giggamon", "overview", "team:shipping", "sea"]
    titles = [each["title"] for each in tree["links"]]
    assert titles == ["Overviews", "Boards of team shipping", "Runbook"]


def test_a_board_outside_of_services_lies_at_the_top():
    program = lower(board(Row("Row", [queue])), outside=True)
    assert list(grafana.emit(program)) == ["grafana/dashboards/parcels.json"]
    assert program.dashboards[0].owner is None


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        (None, "shipping/parcels"),
        ("Sales", "Sales/parcels"),
        (
            "General",
            "parcels",
        ),  # Grafana's own name of its topmost folder, which it lets nobody use
    ],
)
def test_the_folder_is_the_teams_unless_given(folder, path):
    files = grafana.emit(lower(board(Row("Row", [queue]), folder=folder)))
    assert list(files) == [f"grafana/dashboards/{path}.json"]


@pytest.mark.parametrize(
    ("own", "house", "step", "refresh"),
    [
        (None, "10s", "10s", "30s"),
        ("1m", "10s", "1m", "1m"),
        ("1m30s", "10s", "90s", "90s"),  # Grafana reads one unit only
        ("1s500ms", "10s", "1500ms", "30s"),
    ],
)
def test_no_query_looks_closer_than_the_samples_are(own, house, step, refresh):
    scrape = Scrape("parcels", targets=["parcels:1"], interval=own)
    tree = emitted(board(Row("Row", [rate])), scrape=scrape, scrape_interval=house)
    lines = tree["panels"][1]
    assert lines["interval"] == lines["targets"][0]["interval"] == step
    assert tree["refresh"] == refresh


def ids_of(*rows):
    (found,) = lower(board(*rows)).dashboards
    return {each.key: each.id for each in found.panels if each.key}


def test_a_panel_keeps_its_number_whatever_happens_around_it():
    before = ids_of(Row("Row", [queue, rate]))
    renamed = replace(queue, title="Something else", unit="bytes")
    other = panel.Stat("New", [Query("up")], key="new")
    after = ids_of(Row("First", [other]), Row("Other", [rate, renamed]))
    assert before.items() <= after.items()
