"""`giggamon list`: what the definitions hold, one thing a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from giggamon_compiler.cli import options

if TYPE_CHECKING:
    from giggamon_compiler.ir import Program
    from giggamon_compiler.report.cards import PlaceText

Row = tuple[str, ...]


def list_services(program: Program, place_of: PlaceText) -> Iterator[Row]:
    """Name, team, what it depends on, place."""
    for it in program.services:
        yield it.name, it.team, ",".join(it.depends_on) or "-", place_of(it.origin)


def list_hosts(program: Program, place_of: PlaceText) -> Iterator[Row]:
    """Name, address, roles, place."""
    for it in program.hosts:
        yield it.name, it.address, ",".join(it.roles) or "-", place_of(it.origin)


def list_teams(program: Program, place_of: PlaceText) -> Iterator[Row]:
    """Name, channels, place."""
    for it in program.teams:
        yield it.name, ",".join(it.channels) or "-", place_of(it.origin)


def list_severities(program: Program, place_of: PlaceText) -> Iterator[Row]:
    """Name, channels, the three timers, what is promised, place."""
    for it in program.severities:
        timers = (it.group_wait, it.group_interval, it.repeat_interval)
        promise = it.notified_within or "-"
        yield it.name, ",".join(it.channels) or "-", *timers, promise, place_of(it.origin)


def list_alerts(program: Program, place_of: PlaceText) -> Iterator[Row]:
    """Identity, severity, how long it must last, how many tests it has, place."""
    from giggamon_compiler.report.text import count

    tests = Counter(
        key for test in program.alert_tests for key in (test.alert, (test.alert, test.severity))
    )
    for it in program.rules:
        if it.kind == "alert":
            own = tests[(it.identity, it.severity) if it.objective else it.identity]
            severity, lasts = it.severity or "-", it.for_ or "0s"
            yield it.identity, severity, lasts, count(own, "test"), place_of(it.origin)


def list_records(program: Program, place_of: PlaceText) -> Iterator[Row]:
    """Identity, group, place."""
    for group in program.groups:
        for it in group.rules:
            if it.kind == "record":
                yield it.identity, group.name, place_of(it.origin)


def list_slos(program: Program, place_of: PlaceText) -> Iterator[Row]:
    """Identity, objective in per cent, window, severities of the fast and slow alert, place."""
    for it in program.objectives:
        speeds = (it.fast or "-", it.slow or "-")
        yield it.identity, f"{it.target}%", it.window, *speeds, place_of(it.origin)


def list_dashboards(program: Program, place_of: PlaceText) -> Iterator[Row]:
    """Folder and key, uid, title, place."""
    for it in program.dashboards:
        yield it.identity, it.uid, it.title, place_of(it.origin)


def list_metrics(program: Program, place_of: PlaceText) -> Iterator[Row]:
    """Name, service, kind, what it tells, place."""
    for it in program.metrics:
        yield it.name, it.owner, it.kind, it.signal or "-", place_of(it.origin)


def list_catalogues(program: Program, place_of: PlaceText) -> Iterator[Row]:
    """Name, exporter, version, how many metrics and lines, whether they were recorded, place."""
    from giggamon_compiler.report.text import count

    for it in program.catalogues:
        how = "recorded" if it.recorded else "not recorded"
        sizes = count(len(it.metrics), "metric"), count(it.lines, "line")
        yield it.name, it.exporter or "-", it.version or "-", *sizes, how, place_of(it.origin)


def list_allowances(program: Program, place_of: PlaceText) -> Iterator[Row]:
    """Check, of whom, until when, why, place."""
    for it in program.allowances:
        yield it.check, it.of, it.until, it.because, place_of(it.origin)


def list_tests(program: Program, place_of: PlaceText) -> Iterator[Row]:
    """File and name, what it tests, place."""
    for alert in program.alert_tests:
        what = f"{alert.alert}{f' ({alert.severity})' if alert.severity else ''}"
        yield f"{alert.file}.{alert.name}", what, place_of(alert.origin)
    for route in program.route_tests:
        yield f"{route.file}.{route.name}", "routing", place_of(route.origin)


def list_routes(program: Program, place_of: PlaceText) -> Iterator[Row]:
    """Receiver, channels, the matchers that lead to it."""
    from giggamon_compiler.report.cards import nodes

    if program.alertmanager is None:
        return
    channels = {
        it.name: ",".join(one.config.removesuffix("_configs") for one in it.integrations)
        for it in program.alertmanager.receivers
    }
    for way, leaf in nodes(program.alertmanager.route, ()):
        name = leaf.receiver or "-"
        yield name, channels.get(name) or "nobody", ", ".join(way) or "everything else"


def list_checks() -> Iterator[Row]:
    """Id, level, what it finds."""
    from giggamon_compiler.checks import read_checks

    for it in read_checks().values():
        yield it.id, it.level, it.summary


KINDS: Mapping[str, Callable[[Program, PlaceText], Iterator[Row]]] = {
    "services": list_services,
    "hosts": list_hosts,
    "teams": list_teams,
    "severities": list_severities,
    "alerts": list_alerts,
    "records": list_records,
    "slos": list_slos,
    "dashboards": list_dashboards,
    "metrics": list_metrics,
    "catalogues": list_catalogues,
    "allowances": list_allowances,
    "tests": list_tests,
    "routes": list_routes,
}


@click.command("list")
@click.argument("kind", required=False)
@options.definitions
@options.form
def command(kind: str | None, definitions: Path, form: str) -> int:
    """List what the definitions hold, one thing a line: its name first, its place last.

    KIND is services, hosts, teams, severities, alerts, records, slos, dashboards, metrics,
    catalogues, allowances, tests, routes or checks; without it, say how many there are of each.
    """
    from giggamon_compiler.cli import compilation as cc

    code = 0
    if kind is not None and kind not in (*KINDS, "checks"):
        raise click.UsageError(
            f"{kind} is no kind of thing: it is one of {', '.join(KINDS)}, checks"
        )
    if kind == "checks":
        rows = list(list_checks())
    else:
        compiled, code = cc.compile_to_look(definitions)
        program = compiled.build.program
        if kind is not None:
            rows = list(KINDS[kind](program, cc.place_text))
        else:
            rows = [
                (name, str(sum(1 for _ in rows_of(program, lambda _: ""))))
                for name, rows_of in KINDS.items()
            ]
    _say_rows(kind or "kinds", rows, form)
    if kind == "catalogues" and form != "json":
        _say_unrecorded(program)
    return code


def _say_unrecorded(program: Program) -> None:
    """How much of the catalogues was not recorded of a real exporter."""
    from giggamon_compiler.cli.terminal import say
    from giggamon_compiler.report.text import count

    lines = sum(it.lines for it in program.catalogues)
    apart = [it for it in program.catalogues if not it.recorded]
    if lines:
        metrics = count(sum(len(it.metrics) for it in apart), "metric")
        say(f"not recorded: {sum(it.lines for it in apart)} of {count(lines, 'line')}, {metrics}")


def _say_rows(kind: str, rows: list[Row], form: str) -> None:
    import json

    from giggamon_compiler.cli.terminal import say
    from giggamon_compiler.report.cards import columns

    if form == "json":
        say(json.dumps({"version": 1, kind: [list(row) for row in rows]}, ensure_ascii=False))
    else:
        for line in columns(rows):
            say(line)
