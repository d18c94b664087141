"""Each mended fault of the schemas, with a board that Grafana takes and they refuse."""

import pytest

from tests.schemas.boards import (
    PATCHES,
    an_exported_board_names_its_inputs,
    any_value_is_no_object,
    data_links_are_no_dashboard_links,
    grafana_fills_in_what_is_left_out,
    judge_board,
    one_of_several_kinds_of_cells_is_enough,
)


def board(panel=None, **fields):
    stat = {
        "type": "stat",
        "options": {
            "graphMode": "none",
            "colorMode": "value",
            "justifyMode": "auto",
            "textMode": "auto",
            "wideLayout": True,
            "showPercentChange": False,
            "percentChangeColorMode": "standard",
            "orientation": "auto",
            "reduceOptions": {"calcs": ["lastNotNull"]},
        },
        "fieldConfig": {"defaults": {}, "overrides": []},
    }
    return {
        "schemaVersion": 42,
        "templating": {"list": []},
        "annotations": {"list": []},
        "panels": [{**stat, **(panel or {})}],
        **fields,
    }


OVERRIDE = {
    "matcher": {"id": "byName", "options": "total"},
    "properties": [{"id": "unit", "value": "s"}],
}
LINK = {"title": "Trace", "url": "https://traces.example/${__value.raw}"}

CELLS = {"align": "auto", "cellOptions": {"type": "auto"}, "inspect": False}

CASES = {
    any_value_is_no_object: board({"fieldConfig": {"defaults": {}, "overrides": [OVERRIDE]}}),
    data_links_are_no_dashboard_links: board(
        {"links": [LINK], "fieldConfig": {"defaults": {"links": [LINK]}, "overrides": []}}
    ),
    grafana_fills_in_what_is_left_out: board({"options": {"reduceOptions": {"calcs": ["max"]}}}),
    one_of_several_kinds_of_cells_is_enough: board(
        {
            "type": "table",
            "options": {"frameIndex": 0, "showHeader": True},
            "fieldConfig": {"defaults": {"custom": CELLS}, "overrides": []},
        }
    ),
    an_exported_board_names_its_inputs: board(__inputs=[]),
}


def test_a_board_without_any_of_them_needs_no_patch():
    assert judge_board(board(), ()) == []


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.__name__)
def test_only_the_patch_lets_the_board_pass(patch):
    others = tuple(other for other in PATCHES if other is not patch)
    assert judge_board(CASES[patch], others)
    assert judge_board(CASES[patch]) == []


@pytest.mark.parametrize(
    "broken",
    [
        board({"gridPos": {"x": 12, "y": 0, "w": 25, "h": 8}}),
        board({"datasource": "Prometheus"}),
        board({"targets": [{"expr": "up", "step": 10}]}),
        board({"fieldConfig": {"defaults": {"unit": None}, "overrides": []}}),
        board(style="dark"),
    ],
)
def test_what_is_wrong_is_still_refused(broken):
    assert judge_board(broken)
