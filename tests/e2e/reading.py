"""Scenario files: TOML, described in README.md, into the values of `scenario.py`.

Times are numbers of seconds or durations ("5m"). Every mistake is a `ScenarioError` that names the
table and the key.
"""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

from tests.e2e.scenario import Scenario, ScenarioError, seconds


def read_scenario(path: Path) -> Scenario:
    """The scenario in a TOML file, on top of the one that its `based_on` names."""
    try:
        scenario: Scenario = _read(Scenario, _tables(path), "scenario")
        _check(scenario)
    except ScenarioError as error:
        raise ScenarioError(f"{path}: {error}") from None
    return scenario


def _tables(path: Path) -> dict[str, Any]:
    """The tables of a file. Of its base, the destinations stay, and the series that it does not
    write itself; every other key is the file's own where it has it.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScenarioError(str(error)) from None
    based_on = table.pop("based_on", None)
    if based_on is None:
        return table
    base = _tables(path.parent / based_on)

    def identity(series: dict[str, Any]) -> tuple[Any, ...]:
        return series.get("metric"), series.get("job"), series.get("instance")

    own = [identity(series) for series in table.get("series", [])]
    kept = [series for series in base.get("series", []) if identity(series) not in own]
    return {
        **base,
        **table,
        "destinations": {**base.get("destinations", {}), **table.get("destinations", {})},
        "series": [*kept, *table.get("series", [])],
    }


def _check(scenario: Scenario) -> None:
    for destination in scenario.destinations.values():
        destination.address()
    for series in scenario.series:
        series.name_and_labels()
    for expectation in scenario.expect:
        unknown = {*expectation.to, *scenario.silent} - set(scenario.destinations)
        if unknown:
            raise ScenarioError(f"expect: no destination is named {', '.join(sorted(unknown))}")
        if set(expectation.to) & set(scenario.silent):
            raise ScenarioError(f"expect {expectation.alert}: goes to a destination that is silent")
        if expectation.status not in ("firing", "resolved"):
            raise ScenarioError(f"expect: status is firing or resolved, not {expectation.status}")
        if expectation.after + expectation.within > scenario.duration:
            raise ScenarioError(
                f"expect {expectation.alert}: after {expectation.after:g} within "
                f"{expectation.within:g} lies behind the end at {scenario.duration:g}"
            )


def _read(cls: Any, table: Any, where: str) -> Any:
    """A dataclass from a table, by the types of its fields."""
    if not isinstance(table, dict):
        raise ScenarioError(f"{where}: a table is wanted, not {table!r}")
    known: dict[str, Field[Any]] = {entry.name.rstrip("_"): entry for entry in fields(cls)}
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise ScenarioError(f"{where}: unknown key {unknown[0]}; known are {', '.join(known)}")
    hints = get_type_hints(cls)
    values: dict[str, Any] = {}
    for key, entry in known.items():
        if key in table:
            values[entry.name] = _convert(hints[entry.name], table[key], f"{where}.{key}")
        elif entry.default is MISSING and entry.default_factory is MISSING:
            raise ScenarioError(f"{where}: {key} is missing")
    return cls(**values)


def _convert(hint: Any, value: Any, where: str) -> Any:
    """A value of TOML as the type of a field; texts of numbers are durations."""
    options = get_args(hint)
    if hint == tuple[str, ...] or (options and options[-1] is Ellipsis):
        if not isinstance(value, list):
            raise ScenarioError(f"{where}: a list is wanted, not {value!r}")
        return tuple(_convert(options[0], item, f"{where}[{n}]") for n, item in enumerate(value))
    if options and options[0] is str and len(options) == 2 and options[1] is not type(None):
        if not isinstance(value, dict):
            raise ScenarioError(f"{where}: a table is wanted, not {value!r}")
        return {key: _convert(options[1], item, f"{where}.{key}") for key, item in value.items()}
    kinds = [option for option in options or (hint,) if option is not type(None)]
    (kind,) = kinds
    if hasattr(kind, "__dataclass_fields__"):
        return _read(kind, value, where)
    if kind is float and isinstance(value, str):
        try:
            return seconds(value)
        except ValueError as error:
            raise ScenarioError(f"{where}: {error}") from None
    if kind is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind):
        raise ScenarioError(f"{where}: {kind.__name__} is wanted, not {value!r}")
    return value
