"""grafanalib's JSON made what today's Grafana writes itself.

grafanalib writes the shapes of Grafana 6 to 8, with nulls, empty texts and long removed keys, and
leaves it to Grafana's migrations to make sense of them; one it makes wrong sense of (a gauge loses
its calculation). A file that claims the newest schema is not migrated at all. So every shape here
is the newest one. `normalise` is pure, and applying it twice is applying it once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Any

Json = Any
Object = dict[str, Json]

SCHEMA_VERSION = 42  # the last one of boards of this form


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a board, a panel, … may hold; from the schemas of the Grafana Foundation SDK. The rest of
# what grafanalib writes was removed from Grafana.
_BOARD = _names(
    "uid title description tags timezone editable graphTooltip time timepicker fiscalYearStartMonth"
    " liveNow weekStart refresh schemaVersion panels templating annotations links preload"
)
_PANEL = _names(
    "type id pluginVersion targets title description transparent datasource gridPos links repeat"
    " repeatDirection maxPerRow maxDataPoints transformations interval timeFrom timeShift"
    " hideTimeOverride timeCompare libraryPanel cacheTimeout queryCachingTTL options fieldConfig"
)
_ROW = _names("type collapsed title gridPos id panels repeat")
_FIELD = _names(
    "displayName displayNameFromDS description path writeable filterable unit decimals min max"
    " mappings thresholds color links actions noValue custom fieldMinMax"
)
_TARGET_GONE = _names("query target metric step")
_VARIABLE_GONE = _names("useTags tagsQuery tagValuesQuery")
_CURRENT = _names("selected text value")
_TIMEPICKER = _names("hidden refresh_intervals quick_ranges nowDelay")

# Values that say what Grafana does anyway, and grafanalib's own ones that nobody asked for.
_PANEL_IDLE: Object = {
    "transparent": False,
    "hideTimeOverride": False,
    "links": [],
    "transformations": [],
    "targets": [],
    "maxDataPoints": 100,
}
_FIELD_IDLE: Object = {"unit": "", "noValue": "none", "mappings": [], "links": [], "custom": {}}
_CUSTOM_IDLE: Object = {"stacking": {}, "axisLabel": ""}
_TARGET_IDLE: Object = {
    "hide": False,
    "format": "time_series",
    "interval": "",
    "intervalFactor": 2,
}
_TIMEPICKER_IDLE: Object = {
    "hidden": False,
    "refresh_intervals": ["5s", "10s", "30s", "1m", "5m", "15m", "30m", "1h", "2h", "1d"],
}
_STAT_OPTIONS: Object = {
    "wideLayout": True,
    "showPercentChange": False,
    "percentChangeColorMode": "standard",
}
_BASE_STEP: Object = {"color": "green", "value": None}


def normalise(board: Mapping[str, Json], source: Mapping[str, str]) -> Object:
    """A board of grafanalib as Grafana writes it; `source`: {type, uid} of the data source.

    It replaces every data source that is none or only a name.
    """
    result = _some(board, _BOARD, {"description": ""})
    result["schemaVersion"] = SCHEMA_VERSION
    result["panels"] = _each(_panel, _list(board.get("panels")), source)
    for key, change in (("templating", _variable), ("annotations", _annotation)):
        result[key] = {"list": _each(change, _list(_object(board.get(key)).get("list")), source)}
    picker = _some(_object(board.get("timepicker")), _TIMEPICKER, _TIMEPICKER_IDLE)
    result.pop("timepicker", None)
    return {**result, "timepicker": picker} if picker else result


def _panel(panel: Object, source: Mapping[str, str]) -> Object:
    if panel.get("type") == "row":
        row = _some(panel, _ROW)
        return {**row, "panels": _each(_panel, _list(panel.get("panels")), source)}
    result = _some(_KINDS.get(str(panel.get("type")), dict)(panel), _PANEL, _PANEL_IDLE)
    result["datasource"] = _source(panel, source)
    result["fieldConfig"] = _field_config(_object(result.get("fieldConfig")))
    result["options"] = _options(_object(result.get("options")))
    targets = _each(_target, _list(panel.get("targets")), result["datasource"])
    return {**result, "targets": list(_numbered(targets))} if targets else result


def _target(target: Object, source: Mapping[str, str]) -> Object:
    result = _some(target, target.keys() - _TARGET_GONE, _TARGET_IDLE)
    result["datasource"] = _source(target, source)
    if "range" not in result and "expr" in result:
        result["range"] = not result.get("instant")
    return result


def _numbered(targets: list[Object]) -> Iterable[Object]:
    """Targets with a letter each: A, B, …, Z, A1, …; one that has a name of its own keeps it."""
    taken = [target.get("refId") for target in targets]
    names = (f"{chr(ord('A') + number % 26)}{number // 26 or ''}" for number in count())
    free = (name for name in names if name not in taken)
    for target in targets:
        yield target if target.get("refId") else {**target, "refId": next(free)}


def _field_config(config: Object) -> Object:
    defaults = _some(_object(config.get("defaults")), _FIELD, _FIELD_IDLE)
    defaults["thresholds"] = _thresholds(_object(defaults.get("thresholds")))
    if "custom" in defaults:
        custom = _some(_object(defaults["custom"]), None, _CUSTOM_IDLE)
        if _object(custom.get("scaleDistribution")).get("type") == "linear":
            custom["scaleDistribution"] = {"type": "linear"}
        defaults = {**defaults, "custom": custom}
    return {"defaults": defaults, "overrides": _list(config.get("overrides"))}


def _thresholds(thresholds: Object) -> Object:
    """Steps of a colour and a value, the first of which has none: from minus infinity."""
    steps = [
        {"color": step.get("color"), "value": step.get("value") if number else None}
        for number, step in enumerate(map(_object, _list(thresholds.get("steps"))))
    ]
    return {"mode": thresholds.get("mode") or "absolute", "steps": steps or [dict(_BASE_STEP)]}


def _options(options: Object) -> Object:
    """The options of any panel: a legend says whether it is shown, beside how.

    That of a heatmap says no more than whether, by another name.
    """
    legend = options.get("legend")
    if not isinstance(legend, dict) or {"showLegend", "show"} & legend.keys():
        return options
    mode = legend.get("displayMode")
    shown = {**legend, "showLegend": mode != "hidden"}
    return {**options, "legend": {**shown, "displayMode": "list"} if mode == "hidden" else shown}


def _stat(panel: Object) -> Object:
    return {**panel, "options": {**_STAT_OPTIONS, **_object(panel.get("options"))}}


def _gauge(panel: Object) -> Object:
    """grafanalib puts a gauge's options among the defaults of its fields, where nobody looks."""
    config = _object(panel.get("fieldConfig"))
    defaults = _object(config.get("defaults"))
    shown = {key: value for key, value in config.items() if key.startswith("showThreshold")}
    options = {**shown, **_reduction(defaults), **_object(panel.get("options"))}
    return {**panel, "options": options}


def _bargauge(panel: Object) -> Object:
    """grafanalib writes `fieldOptions`, which became `fieldConfig` and `reduceOptions`."""
    options = dict(_object(panel.get("options")))
    if "fieldOptions" not in options:
        return panel
    old = _object(options.pop("fieldOptions"))
    kept = {key: value for key, value in options.items() if not key.startswith("showThreshold")}
    defaults = {
        **_object(_object(panel.get("fieldConfig")).get("defaults")),
        **_object(old.get("defaults")),
        "mappings": old.get("mappings"),
    }
    return {
        **panel,
        "options": {**kept, **_reduction(old)},
        "fieldConfig": {"defaults": defaults, "overrides": []},
    }


def _reduction(old: Object) -> Object:
    if "calcs" not in old:
        return {}
    calculation = {"calcs": old["calcs"], "fields": "", "values": old.get("values", False)}
    return {"reduceOptions": _some({**calculation, "limit": old.get("limit")})}


_KINDS: Mapping[str, Callable[[Object], Object]] = {
    "stat": _stat,
    "gauge": _gauge,
    "bargauge": _bargauge,
}


def _variable(variable: Object, source: Mapping[str, str]) -> Object:
    result = _some(variable, variable.keys() - _VARIABLE_GONE)
    if "datasource" in result:
        result["datasource"] = _source(variable, source)
    current = _some(_object(result.pop("current", None)), _CURRENT)
    return {**result, "current": current} if "value" in current else result


def _annotation(annotation: Object, source: Mapping[str, str]) -> Object:
    return {**_some(annotation), "datasource": _source(annotation, source)}


def _source(owner: Object, source: Mapping[str, str]) -> Object:
    """The data source of a part: its own where it is a reference, else `source`."""
    own = owner.get("datasource")
    return own if isinstance(own, dict) and own else dict(source)


def _some(
    tree: Mapping[str, Json], keys: Iterable[str] | None = None, idle: Mapping[str, Json] = {}
) -> Object:
    """The members of these keys that are there and say something."""
    return {
        key: value
        for key, value in tree.items()
        if value is not None
        and (keys is None or key in keys)
        and not (key in idle and value == idle[key])
    }


def _each(
    change: Callable[[Object, Mapping[str, str]], Object],
    items: list[Json],
    source: Mapping[str, str],
) -> list[Object]:
    return [change(item, source) for item in items if isinstance(item, dict)]


def _object(tree: Json) -> Object:
    return tree if isinstance(tree, dict) else {}


def _list(tree: Json) -> list[Json]:
    return tree if isinstance(tree, list) else []
