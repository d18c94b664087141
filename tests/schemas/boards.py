"""A judge of boards that is not ours: the schemas that Grafana's own SDK publishes.

The schemas have faults. Each is mended here by a function of its own; `test_boards.py` has a board
that Grafana takes and they refuse for each.
"""

import copy
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

FOLDER = Path(__file__).parent / "grafana"
ANYTHING: dict[str, Any] = {}

Schema = dict[str, Any]


def any_value_is_no_object(schema: Schema) -> None:
    """The options of a matcher, the value of an override, the query of a variable are anything."""
    definitions = schema["definitions"]
    if "MatcherConfig" in definitions:
        definitions["MatcherConfig"]["properties"]["options"] = ANYTHING
        definitions["DynamicConfigValue"]["properties"]["value"] = ANYTHING
        definitions["VariableModel"]["properties"]["query"] = ANYTHING


def data_links_are_no_dashboard_links(schema: Schema) -> None:
    """The links of a panel and of a field have a title and an address, and little else."""
    definitions = schema["definitions"]
    if "DashboardLink" in definitions:
        link = {"type": "object", "required": ["title", "url"]}
        for owner in ("Panel", "FieldConfig"):
            definitions[owner]["properties"]["links"]["items"] = link


def grafana_fills_in_what_is_left_out(schema: Schema) -> None:
    """The options of a panel are merged with the panel's defaults: none of them is required."""
    options = schema["definitions"].get("Options", {})
    options.pop("required", None)


def one_of_several_kinds_of_cells_is_enough(schema: Schema) -> None:
    """The options of a cell are told apart by their type, which the schema leaves open."""
    cells = schema["definitions"].get("TableCellOptions")
    if cells is not None:
        cells["anyOf"] = cells.pop("oneOf")


def an_exported_board_names_its_inputs(schema: Schema) -> None:
    """An export to share has three more fields, which the import takes out."""
    if "Dashboard" in schema["definitions"]:
        for name in ("__inputs", "__requires", "__elements"):
            schema["definitions"]["Dashboard"]["properties"][name] = ANYTHING


PATCHES: tuple[Callable[[Schema], None], ...] = (
    any_value_is_no_object,
    data_links_are_no_dashboard_links,
    grafana_fills_in_what_is_left_out,
    one_of_several_kinds_of_cells_is_enough,
    an_exported_board_names_its_inputs,
)


@cache
def validator(
    file: str, definition: str, patches: tuple[Callable[[Schema], None], ...] = PATCHES
) -> Draft7Validator:
    """The validator of one definition of a file."""
    schema = copy.deepcopy(json.loads((FOLDER / f"{file}.jsonschema.json").read_text()))
    for patch in patches:
        patch(schema)
    if definition == "Dashboard":  # panels are judged one by one, by their kind
        schema["definitions"]["Dashboard"]["properties"]["panels"] = ANYTHING
    return Draft7Validator({**schema, "$ref": f"#/definitions/{definition}"})


def judge_board(
    board: dict[str, Any], patches: tuple[Callable[[Schema], None], ...] = PATCHES
) -> list[str]:
    """What is wrong with a board, its panels, their options, fields and queries."""

    def judge(tree: Any, where: str, file: str, definition: str) -> Iterator[str]:
        for error in validator(file, definition, patches).iter_errors(tree):
            yield f"{where}{error.json_path[1:]}: {error.message}"

    def judge_panels(panels: list[dict[str, Any]], where: str) -> Iterator[str]:
        for number, panel in enumerate(panels):
            here = f"{where}[{number}]"
            if panel["type"] == "row":
                yield from judge({**panel, "panels": []}, here, "dashboard", "RowPanel")
                yield from judge_panels(panel["panels"], f"{here}.panels")
                continue
            yield from judge(panel, here, "dashboard", "Panel")
            kind = panel["type"].replace("-", "")
            yield from judge(panel["options"], f"{here}.options", kind, "Options")
            custom = panel["fieldConfig"]["defaults"].get("custom")
            if custom is not None:
                yield from judge(custom, f"{here}.custom", kind, "FieldConfig")
            for target in panel.get("targets", ()):
                yield from judge(target, f"{here}.target", "prometheus", "Dataquery")

    return [
        *judge(board, "board", "dashboard", "Dashboard"),
        *judge_panels(board.get("panels", []), "panels"),
    ]
