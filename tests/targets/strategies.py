"""Programs made by hypothesis: any whatsoever, in canonical order, every field of every class.

What a field can hold follows from its type, so a new field is varied without a word here; listed
are only the few that the formats bind: paths, names that must differ, and the keys of `rest`.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from giggamon_compiler import ir
from giggamon_compiler.ir import Plain
from tests.targets.nasty import NASTY, PLAINS

# No half pairs and no zero: what no file of the definitions can hold.
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")

texts = st.sampled_from(NASTY) | st.text(CHARACTERS, max_size=12)
plains = st.sampled_from(PLAINS).map(Plain)
files = st.sampled_from(
    [
        "services/orders",
        "services/orders_test",
        "services/payments",
        "teams",
        "runbooks/a",
        "é",
        "a.b",
    ]
)
paths = st.lists(st.text("abéZ09_-. ", min_size=1, max_size=8), min_size=1, max_size=2).map(
    "/".join
)
yaml_trees = st.recursive(
    texts | plains,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
json_trees = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)


def rest(
    trees: st.SearchStrategy[Any], modelled: str, least: int = 0
) -> st.SearchStrategy[dict[str, Any]]:
    """Fields that no format models."""
    names = texts.filter(lambda name: name not in modelled.split())
    return st.dictionaries(names, trees, min_size=least, max_size=2)


def unique(parts: st.SearchStrategy[Any], *names: str) -> st.SearchStrategy[tuple[Any, ...]]:
    """Up to two parts that differ in what the names say, and sorted by it."""

    def identity(part: Any) -> tuple[Any, ...]:
        return tuple(getattr(part, name) for name in names)

    lists = st.lists(parts, max_size=2, unique_by=identity)
    return lists.map(lambda chosen: tuple(sorted(chosen, key=identity)))


def by_file(kind: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    """Up to three parts, those of one file in any order."""
    lists = st.lists(part(kind), max_size=3)
    return lists.map(lambda chosen: tuple(sorted(chosen, key=lambda it: it.file)))


def of(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type."""
    outer, inner = get_origin(hint) or hint, get_args(hint)
    if outer in (UnionType, Union):
        return st.one_of(*(st.none() if it is type(None) else of(it) for it in inner))
    if outer is Literal:
        return st.sampled_from(inner)
    if outer is tuple:
        return st.lists(of(inner[0]), max_size=2).map(tuple)
    if outer is Mapping:
        return st.dictionaries(texts, of(inner[1]), max_size=2)
    if is_dataclass(outer):
        kind: Any = outer
        return part(kind)
    return {str: texts, bool: st.booleans(), int: st.integers(0, 99), Any: yaml_trees}[outer]


@cache
def part(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a class of the IR, each field by its type if nothing else is said of it."""
    hints = get_type_hints(kind)
    chosen = {
        it.name: SPECIAL[kind, it.name]() if (kind, it.name) in SPECIAL else of(hints[it.name])
        for it in fields(kind)
        if it.name not in ("origin", "file")
    }
    if kind is ir.Dashboard:
        chosen["file"] = st.none() | files
    elif "file" in hints:
        chosen["file"] = files
    return st.builds(kind, **chosen).map(settle)


def settle(value: Any) -> Any:
    """The value as a file can say it."""
    if isinstance(value, ir.Prometheus) and value.alertmanagers:
        return replace(value, rest={k: v for k, v in value.rest.items() if k != "alerting"})
    if isinstance(value, ir.ScrapeJob):
        static = {"static_configs"} if value.targets or value.labels else set()
        taken = static | ({"params", "relabel_configs"} if value.probing else set())
        return replace(value, rest={k: v for k, v in value.rest.items() if k not in taken})
    if isinstance(value, ir.Receiver):
        ordered = sorted(value.integrations, key=lambda it: it.config)
        return replace(value, integrations=tuple(ordered))
    if isinstance(value, ir.Dashboard):
        count = iter(range(1, 99))
        return replace(value, panels=tuple(number(panel, count) for panel in value.panels))
    return value


def number(panel: ir.Panel, count: Any) -> ir.Panel:
    """A panel with ids that its board has once."""
    inner = tuple(number(child, count) for child in panel.panels)
    return replace(panel, id=next(count) * 3, panels=inner)


def prometheus_rest() -> st.SearchStrategy[Any]:
    """Fields beside the modelled ones, also within `global`, and an `alerting` of another shape."""
    special = st.fixed_dictionaries(
        {},
        optional={
            "global": rest(yaml_trees, "scrape_interval evaluation_interval external_labels", 1),
            "alerting": st.just({"alertmanagers": [{"scheme": "https"}]}),
        },
    )
    plain = rest(yaml_trees, "global alerting rule_files scrape_configs")
    return st.tuples(plain, special).map(lambda both: both[0] | both[1])


def job_rest() -> st.SearchStrategy[Any]:
    """Fields beside the modelled ones, and static targets in two parts."""
    modelled = "job_name scrape_interval scrape_timeout metrics_path scheme static_configs"
    two = st.just({"static_configs": [{"targets": ["a:1"]}, {"targets": ["b:1"]}]})
    # Much like a probe's, and yet another one's.
    probing = st.just(
        {
            "params": {"module": ["icmp"]},
            "relabel_configs": [
                {"source_labels": ["__address__"], "target_label": "__param_target"},
                {"source_labels": ["__param_target"], "target_label": "host"},
                {"target_label": "__address__", "replacement": "blackbox:9115"},
            ],
        }
    )
    return st.tuples(rest(yaml_trees, modelled), st.just({}) | two | probing).map(
        lambda both: both[0] | both[1]
    )


def provider_rest() -> st.SearchStrategy[Any]:
    """Fields beside the modelled ones, also within `options`, and of the fixed ones."""
    special = st.fixed_dictionaries(
        {},
        optional={
            "options": rest(yaml_trees, "path", 1)
            | st.just({"foldersFromFilesStructure": Plain("false")}),
            "type": st.just("other"),
        },
    )
    plain = rest(yaml_trees, "name type options")
    return st.tuples(plain, special).map(lambda both: both[0] | both[1])


def routes() -> st.SearchStrategy[Any]:
    """Routes of routes, few levels deep."""
    leaves = st.just(())
    return st.recursive(
        leaves,
        lambda inner: st.lists(
            st.builds(replace, part(ir.Route), routes=inner), min_size=1, max_size=2
        ).map(tuple),
        max_leaves=3,
    )


def panels() -> st.SearchStrategy[Any]:
    """Panels, and some within a row."""
    inner = st.lists(part(ir.Panel), max_size=2).map(tuple)
    return st.lists(st.builds(replace, part(ir.Panel), panels=inner), max_size=2).map(tuple)


def modules() -> st.SearchStrategy[Any]:
    """Modules of names that differ, in any order."""
    return st.lists(part(ir.Module), max_size=2, unique_by=lambda it: it.name).map(tuple)


_GROUP = "name interval limit query_offset labels rules"
_RULE = "alert record expr for keep_firing_for labels annotations"
_ROUTE = "receiver matchers group_by group_wait group_interval repeat_interval continue routes"
_CONFIG = "route receivers global inhibit_rules templates"
_PROBERS = ("http", "tcp", "dns", "icmp", "grpc")
_INHIBITION = "source_matchers target_matchers equal"
_BOARD = "uid title description panels templating"
_VARIABLE = "name type label query"
_PANEL = "id type title description gridPos fieldConfig targets panels datasource"
_TARGET = "refId expr legendFormat datasource"

SPECIAL: Mapping[tuple[Any, str], Any] = {
    (ir.Group, "rest"): lambda: rest(yaml_trees, _GROUP),
    (ir.Rule, "rest"): lambda: rest(yaml_trees, _RULE),
    (ir.Prometheus, "rest"): prometheus_rest,
    (ir.ScrapeJob, "rest"): job_rest,
    (ir.ScrapeJob, "owner"): lambda: st.none() | st.just("orders") | texts,
    (ir.Service, "name"): lambda: st.just("orders") | texts,
    (ir.Module, "settings"): lambda: st.dictionaries(
        st.sampled_from(_PROBERS), yaml_trees, max_size=2
    ),
    (ir.Module, "rest"): lambda: rest(yaml_trees, f"prober timeout {' '.join(_PROBERS)}"),
    (ir.Blackbox, "modules"): modules,
    (ir.Blackbox, "rest"): lambda: rest(yaml_trees, "modules"),
    (ir.Route, "rest"): lambda: rest(yaml_trees, _ROUTE),
    (ir.Route, "routes"): lambda: st.just(()),
    (ir.Alertmanager, "rest"): lambda: rest(yaml_trees, _CONFIG),
    (ir.Alertmanager, "route"): lambda: st.builds(replace, part(ir.Route), routes=routes()),
    (ir.Receiver, "rest"): lambda: rest(yaml_trees, "name"),
    (ir.Inhibition, "rest"): lambda: rest(yaml_trees, _INHIBITION),
    (ir.Integration, "config"): lambda: st.sampled_from(["slack_configs", "a_configs", "_configs"]),
    (ir.Template, "name"): lambda: paths,
    (ir.Runbook, "name"): lambda: paths,
    (ir.DataSource, "rest"): lambda: rest(yaml_trees, "name type uid url"),
    (ir.Provider, "rest"): provider_rest,
    (ir.Dashboard, "rest"): lambda: rest(json_trees, _BOARD),
    (ir.Dashboard, "panels"): panels,
    (ir.Panel, "panels"): lambda: st.just(()),
    (ir.Panel, "rest"): lambda: rest(json_trees, _PANEL),
    (ir.Variable, "rest"): lambda: rest(json_trees, _VARIABLE),
    (ir.Target, "rest"): lambda: rest(json_trees, _TARGET),
}

_programs = st.builds(
    ir.Program,
    groups=by_file(ir.Group),
    prometheus=st.none() | part(ir.Prometheus),
    alertmanager=st.none() | part(ir.Alertmanager),
    blackbox=st.none() | part(ir.Blackbox),
    templates=unique(part(ir.Template), "name"),
    dashboards=unique(part(ir.Dashboard), "folder", "key"),
    datasources=of(tuple[ir.DataSource, ...]),
    providers=of(tuple[ir.Provider, ...]),
    services=by_file(ir.Service),
    runbooks=unique(part(ir.Runbook), "name"),
    hosts=by_file(ir.Host),
    teams=by_file(ir.Team),
    severities=by_file(ir.Severity),
    policy=st.none() | part(ir.Policy),
    environment=st.none() | part(ir.Environment),
    catalogues=by_file(ir.Catalogue),
    metrics=by_file(ir.Metric),
    objectives=by_file(ir.Objective),
    alert_tests=by_file(ir.AlertTest),
    route_tests=by_file(ir.RouteTest),
)


@st.composite
def programs(draw: Any) -> ir.Program:
    """Whole programs."""
    program: ir.Program = draw(_programs)
    return program
