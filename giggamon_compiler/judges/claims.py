"""What is claimed of each scalar of a program: which format it has.

Only what people write is claimed; what the compiler makes of it, the routing tree's timers for
example, would say the same again in other places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from giggamon_compiler import ir
from giggamon_compiler.findings import Origin

# Format, value, whose it is, and where: an origin with the path to the part below it.
Claim = tuple[str, str, str, Origin, tuple[str | int, ...]]

_RESERVED = frozenset({"class", "from"})  # arguments that Python's words give an underscore
# Fields that say where a message goes, by Alertmanager's key and name; they may be templates.
_TARGETS = {("email_configs", "to"): "mail-address", ("slack_configs", "channel"): "title"}
_TEXTS = frozenset({"summary", "description"})


def claims_of(program: ir.Program) -> Iterator[Claim]:
    """Every claim, in the order in which people look for faults: house, rules, boards, tests."""
    yield from _house(program)
    yield from _servers(program)
    yield from channel_claims(program)
    modern = _is_modern(program.environment)
    label = "utf8-label-name" if modern else "label-name"
    metric = "utf8-metric-name" if modern else "metric-name"
    for group in program.groups:
        if not all(rule.objective for rule in group.rules):
            yield from _group(group, label)
        for rule in group.rules:
            if not rule.objective:
                yield from _rule(rule, label, metric)
    for declared in program.metrics:
        yield from _metric(declared, label, metric)
    for objective in program.objectives:
        yield from _objective(objective)
    for board in program.dashboards:
        yield from _board(board)
    for alert_test in program.alert_tests:
        yield from _alert_test(alert_test, label)
    for route_test in program.route_tests:
        who, origin = route_test.name, route_test.origin
        yield from _pairs("utf8-label-name", route_test.labels, who, origin, "labels")


def _is_modern(environment: ir.Environment | None) -> bool:
    """Whether names may hold any character, as Prometheus allows since 3.0.

    Without an environment, which may be one that could not be read, they may.
    """
    if environment is None:
        return True
    major = environment.prometheus.partition(".")[0]
    return major.isascii() and major.isdecimal() and int(major) >= 3


def _pairs(
    name: str, texts: Mapping[str, str], who: str, origin: Origin, *path: str
) -> Iterator[Claim]:
    for key, value in texts.items():
        yield name, key, who, origin, (*path, key)
        yield "text", value, who, origin, (*path, key)


def _present(format: str, who: str, origin: Origin, **values: str | None) -> Iterator[Claim]:
    for name, value in values.items():
        if value is not None:
            yield format, value, who, origin, (name,)


def _house(program: ir.Program) -> Iterator[Claim]:
    for service in program.services:
        yield "name", service.name, service.name, service.origin, ("name",)
    for team in program.teams:
        yield "name", team.name, team.name, team.origin, ("name",)
    for severity in program.severities:
        who, origin = severity.name, severity.origin
        yield "name", who, who, origin, ("name",)
        yield "duration", severity.group_wait, who, origin, ("group_wait",)
        yield "interval", severity.group_interval, who, origin, ("group_interval",)
        yield "interval", severity.repeat_interval, who, origin, ("repeat_interval",)
        yield from _present("interval", who, origin, notified_within=severity.notified_within)
    policy, environment = program.policy, program.environment
    if policy is not None:
        for key, name in policy.labels.items():
            yield "label-name", name, "policy", policy.origin, ("labels", key)
    if environment is not None:
        who, origin = environment.name, environment.origin
        yield "name", who, who, origin, ("name",)
        yield "period", environment.retention, who, origin, ("retention",)
        for source in program.datasources:
            yield from _present("url", who, origin, prometheus_url=source.url)


def _servers(program: ir.Program) -> Iterator[Claim]:
    server, environment, policy = program.prometheus, program.environment, program.policy
    if server is None or environment is None or policy is None:
        return
    yield "interval", server.scrape_interval, "policy", policy.origin, ("scrape_interval",)
    yield "interval", server.evaluation_interval, "policy", policy.origin, ("evaluation_interval",)
    who, origin = environment.name, environment.origin
    for name, value in server.external_labels.items():
        yield "label-name", name, who, origin, ("external_labels", name)
        yield "unexpanded", value, who, origin, ("external_labels", name)
    for index, address in enumerate(server.alertmanagers):
        yield "address", address, who, origin, ("alertmanagers", index)
    for job in server.jobs:
        yield from _job(job)
        if job.probing is not None and job.probing.exporter:
            yield "address", job.probing.exporter, who, origin, ("blackbox",)
    for module in program.blackbox.modules if program.blackbox else ():
        yield "name", module.name, module.name, module.origin, ("name",)
        yield from _present("interval", module.name, module.origin, timeout=module.timeout)


def _job(job: ir.ScrapeJob) -> Iterator[Claim]:
    who, origin = job.name, job.origin
    yield "title", job.name, who, origin, ("job",)
    for index, target in enumerate(job.targets):
        yield "title" if job.probing else "address", target, who, origin, ("targets", index)
    yield from _pairs("label-name", job.labels, who, origin, "labels")
    yield from _present("interval", who, origin, interval=job.interval, timeout=job.timeout)
    yield from _present("url-path", who, origin, path=job.path)


def channel_claims(program: ir.Program) -> Iterator[Claim]:
    """What is claimed of the channels, of the mail server and of the routing tree."""
    for team in program.teams:
        for path, channel in team.channels.items():
            who = f"{team.name}/{path}"
            yield "integration", channel.config, who, channel.origin, ()
            for name, tree in channel.fields.items():
                argument = f"{name}_" if name in _RESERVED else name
                format = _TARGETS.get((channel.config, name))
                if format and isinstance(tree, str) and "{{" not in tree:
                    yield format, tree, who, channel.origin, (argument,)
                else:
                    yield from _tree(name, tree, who, channel.origin, (argument,))
    server, environment = program.alertmanager, program.environment
    if server is None:
        return
    for name, tree in server.globals.items():
        if environment is not None:
            for format, value, who, origin, _ in _tree(
                name, tree, environment.name, environment.origin, ("smtp",)
            ):
                yield format, value, who, origin, ("smtp",)
    for index, label in enumerate(server.route.group_by or ()):
        if label != "...":
            yield "utf8-label-name", label, "policy", server.route.origin, ("group_by", index)
    yield from _matchers(server.route)


def _matchers(route: ir.Route) -> Iterator[Claim]:
    for index, matcher in enumerate(route.matchers):
        yield "matcher", matcher, route.receiver or "", route.origin, ("matchers", index)
    for child in route.routes:
        yield from _matchers(child)


def _tree(
    name: str, tree: ir.Tree, who: str, origin: Origin, path: tuple[str | int, ...]
) -> Iterator[Claim]:
    """The claims of a setting of Alertmanager; one that is a template is any text."""
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from _tree(key, value, who, origin, (*path, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _tree("", value, who, origin, (*path, index))
    elif isinstance(tree, str):
        yield _format_of(name, tree), tree, who, origin, path


def _format_of(name: str, value: str) -> str:
    if name.endswith("_file"):
        return "secret-path"
    if name == "smarthost" or name.endswith("_smarthost"):
        return "mail-server"
    if name in ("url", "api_url") and value and "{{" not in value:
        return "url"
    return "text"


def _group(group: ir.Group, label: str) -> Iterator[Claim]:
    who, origin = group.name, group.origin
    yield "title", group.name, who, origin, ("name",)
    yield from _present("interval", who, origin, interval=group.interval)
    yield from _present("duration", who, origin, query_offset=group.query_offset)
    yield from _present("count", who, origin, limit=group.limit)
    yield from _pairs(label, group.labels, who, origin, "labels")


def _rule(rule: ir.Rule, label: str, metric: str) -> Iterator[Claim]:
    who, origin = rule.name, rule.origin
    yield "alert-name" if rule.kind == "alert" else metric, rule.name, who, origin, ("name",)
    yield "expression", rule.query.text, who, rule.query.origin, ()
    yield from _present(
        "duration", who, origin, for_=rule.for_, keep_firing_for=rule.keep_firing_for
    )
    yield from _pairs(label, rule.labels, who, origin, "labels")
    for name, text in rule.annotations.items():
        path = (name,) if name in _TEXTS else ("annotations", name)
        yield label, name, who, origin, path
        yield "text", text, who, origin, path


def _metric(metric: ir.Metric, label: str, name: str) -> Iterator[Claim]:
    who, origin = metric.name, metric.origin
    yield name, metric.name, who, origin, ("name",)
    yield "text", metric.help, who, origin, ("help",)
    for key in metric.labels:
        yield label, key, who, origin, ("labels", key)
    for index, bound in enumerate(metric.buckets):
        yield "number", bound, who, origin, ("buckets", index)
    for index, share in enumerate(metric.quantiles):
        yield "quantile", share, who, origin, ("quantiles", index)


def _objective(objective: ir.Objective) -> Iterator[Claim]:
    who, origin = objective.name, objective.origin
    yield "name", objective.name, who, origin, ("name",)
    yield "percentage", objective.target, who, origin, ("objective",)
    yield "period", objective.window, who, origin, ("window",)
    yield "selector", objective.bad.text, who, objective.bad.origin, ()
    yield "selector", objective.total.text, who, objective.total.origin, ()


def _board(board: ir.Dashboard) -> Iterator[Claim]:
    who, origin = board.key, board.origin
    yield "name", board.key, who, origin, ("key",)
    yield "uid", board.uid, who, origin, ("key",)
    yield "title", board.title, who, origin, ("title",)
    if board.folder:
        yield "folder", board.folder, who, origin, ("folder",)
    yield from _present("text", who, origin, description=board.description)
    for variable in board.variables:
        if variable.kind == "query":
            yield "choices", variable.query.text, f"${variable.name}", variable.query.origin, ()
    for panel in board.panels:
        yield from _panel(panel)


def _panel(panel: ir.Panel) -> Iterator[Claim]:
    who, origin = panel.key or panel.title, panel.origin
    if panel.key is not None:
        yield "name", panel.key, who, origin, ("key",)
    yield "panel-kind", panel.kind, who, origin, ()
    yield "text", panel.title, who, origin, ("title",)
    yield from _present("unit", who, origin, unit=panel.unit)
    yield from _present("text", who, origin, description=panel.description)
    for index, target in enumerate(panel.targets):
        yield "reference", target.ref, who, origin, ("queries", index)
        yield "expression", target.query.text, who, target.query.origin, ()
        if target.legend is not None:
            yield "text", target.legend, who, target.query.origin, ()
    for inner in panel.panels:
        yield from _panel(inner)


def _alert_test(test: ir.AlertTest, label: str) -> Iterator[Claim]:
    who, origin = test.name, test.origin
    yield "interval", test.interval, who, origin, ("interval",)
    for index, time in enumerate(test.quiet):
        yield "duration", time, who, origin, ("quiet", index)
    for firing in test.fires:
        yield "duration", firing.time, who, origin, ("fires", firing.time)
        for index, labels in enumerate(firing.alerts):
            for key, value in labels.items():
                yield label, key, who, origin, ("fires", firing.time, index, key)
                yield "text", value, who, origin, ("fires", firing.time, index, key)
    yield from _pairs("text", test.series, who, origin, "series")
    yield from _pairs(label, test.annotations, who, origin, "annotations")
