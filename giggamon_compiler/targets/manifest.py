"""The manifest: what no server's format carries of the program, a file for each definition file.

Rules, scrape jobs and boards stand in the servers' own files; the manifest only adds whose they
are, and why. It is joined by identity: a rule's file, group, kind, name and its number among those
of that name; a job's name and number; a board's folder and key, and a panel's id. What does not
join stays without an owner. What belongs to no definition file stands in `manifest.json`.

Parts come in the order of their files' names, then as they stand there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from giggamon_compiler import ir
from giggamon_compiler.findings import Origin
from giggamon_compiler.ir import Dashboard, Group, Panel, Program, ScrapeJob, Tree
from giggamon_compiler.targets import codec, json_text
from giggamon_compiler.targets.shape import Keys, ShapeError, below

FOLDER = "manifest/"
SUFFIX = ".json"
NOWHERE = "manifest.json"
FORMAT = 1

# Sections that hold whole parts: their name in the program, and their class.
_PARTS: Mapping[str, type[Any]] = {
    "services": ir.Service,
    "hosts": ir.Host,
    "teams": ir.Team,
    "severities": ir.Severity,
    "policy": ir.Policy,
    "environment": ir.Environment,
    "metrics": ir.Metric,
    "catalogues": ir.Catalogue,
    "objectives": ir.Objective,
    "allowances": ir.Allowance,
    "alert_tests": ir.AlertTest,
    "route_tests": ir.RouteTest,
    "runbooks": ir.Runbook,
}
_SINGLE = frozenset({"policy", "environment"})

T = TypeVar("T")
Numbered = tuple[T, int]


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """What the manifest says of a rule; number: among the rules of that name, from 0."""

    group: str
    kind: Literal["alert", "record"]
    name: str
    number: int = 0
    owner: str | None = None
    severity: str | None = None
    objective: str | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class JobEntry:
    """What the manifest says of a scrape job; number: among the jobs of that name, from 0."""

    name: str
    owner: str | None = None
    number: int = 0
    catalogue: str | None = None


@dataclass(frozen=True, slots=True)
class BoardEntry:
    """What the manifest says of a board; panels: the key of each, by its id; thresholds: alerts."""

    folder: str
    key: str
    owner: str | None = None
    was: str | None = None
    panels: Mapping[str, str] = field(default_factory=dict)
    thresholds: Mapping[str, str] = field(default_factory=dict)


_ENTRIES: Mapping[str, type[Any]] = {"rules": RuleEntry, "jobs": JobEntry, "boards": BoardEntry}


# Writing ------------------------------------------------------------------------------------------


def emit(program: Program) -> dict[str, str]:
    """A file for each definition file of which there is something to say."""
    sheets: defaultdict[str, dict[str, Tree]] = defaultdict(lambda: {"format": FORMAT})
    for name in _PARTS:
        parts = getattr(program, name)
        if name in _SINGLE and parts is not None:
            sheets[_path(parts.file)][name] = codec.encode(parts)
        elif name not in _SINGLE:
            for part in parts:
                sheets[_path(_file_of(part))].setdefault(name, []).append(codec.encode(part))
    for section, entries in _entries(program).items():
        for file, entry in entries:
            sheets[_path(file)].setdefault(section, []).append(codec.encode(entry))
    return {path: json_text.write(sheets[path]) for path in sorted(sheets)}


def _path(file: str | None) -> str:
    return NOWHERE if file is None else f"{FOLDER}{file}{SUFFIX}"


def _file_of(part: Any) -> str:
    file: str = f"runbooks/{part.name}" if isinstance(part, ir.Runbook) else part.file
    return file


def _entries(program: Program) -> dict[str, Iterator[tuple[str | None, Any]]]:
    """What is said of the parts that stand in a server's file, each with its definition file."""
    return {
        "rules": _rule_entries(program.groups),
        "jobs": _job_entries(program),
        "boards": _board_entries(program.dashboards),
    }


def _rule_entries(groups: Iterable[Group]) -> Iterator[tuple[str, RuleEntry]]:
    pairs = [(group, rule) for group in groups for rule in group.rules]
    for (group, rule), number in _numbered(pairs, _rule_name):
        said = (rule.owner, rule.severity, rule.objective, rule.was)
        if said != (None, None, None, None):
            yield group.file, RuleEntry(group.name, rule.kind, rule.name, number, *said)


def _rule_name(pair: tuple[Group, ir.Rule]) -> tuple[str, str, str, str]:
    group, rule = pair
    return group.file, group.name, rule.kind, rule.name


def _job_entries(program: Program) -> Iterator[tuple[str | None, JobEntry]]:
    files = {service.name: service.file for service in program.services}
    jobs = program.prometheus.jobs if program.prometheus else ()
    for job, number in _numbered(jobs, lambda job: job.name):
        if (job.owner, job.catalogue) != (None, None):
            entry = JobEntry(job.name, job.owner, number, job.catalogue)
            yield files.get(job.owner or ""), entry


def _board_entries(boards: Iterable[Dashboard]) -> Iterator[tuple[str | None, BoardEntry]]:
    for board in boards:
        panels = list(_all_panels(board.panels))
        keys = {str(it.id): it.key for it in panels if it.key is not None}
        alerts = {str(it.id): it.threshold for it in panels if it.threshold is not None}
        said = (board.owner, board.was, keys, alerts)
        if (board.file, *said) != (None, None, None, {}, {}):
            yield board.file, BoardEntry(board.folder, board.key, *said)


def _all_panels(panels: Iterable[Panel]) -> Iterator[Panel]:
    for panel in panels:
        yield panel
        yield from _all_panels(panel.panels)


def _numbered(parts: Iterable[T], name_of: Callable[[T], object]) -> Iterator[Numbered[T]]:
    """Each part with its number among those before it that have its name."""
    seen: Counter[object] = Counter()
    for part in parts:
        name = name_of(part)
        yield part, seen[name]
        seen[name] += 1


# Reading ------------------------------------------------------------------------------------------


def read(files: Mapping[str, str], program: Program) -> Program:
    """Add what the manifest alone says, and join the rest to what is there.

    Raises TargetError, and ShapeError also for a format that is not known.
    """
    parts: dict[str, list[Any]] = {name: [] for name in (*_PARTS, *_ENTRIES)}
    for file, path, text in _sheets(files):
        for section, part in _read_sheet(file, path, json_text.parse(text, path)):
            parts[section].append(part)
    whole: dict[str, Any] = {
        name: (next(iter(parts[name]), None) if name in _SINGLE else tuple(parts[name]))
        for name in _PARTS
    }
    return replace(
        program,
        **whole,
        groups=_join_rules(program.groups, parts["rules"]),
        prometheus=_join_jobs(program.prometheus, parts["jobs"]),
        dashboards=_join_boards(program.dashboards, parts["boards"]),
    )


def _sheets(files: Mapping[str, str]) -> Iterator[tuple[str | None, str, str]]:
    yield from below(files, FOLDER, SUFFIX)
    if NOWHERE in files:
        yield None, NOWHERE, files[NOWHERE]


def _read_sheet(file: str | None, path: str, sheet: Tree) -> Iterator[tuple[str, Any]]:
    """Every part and entry of a file, with its section; an entry comes with its definition file."""
    if not isinstance(sheet, dict) or sheet.get("format") != FORMAT:
        raise ShapeError(path, ("format",), f"only format {FORMAT} of the manifest is known")
    for name, content in sheet.items():
        if name in _SINGLE:
            yield name, codec.decode(_PARTS[name], content, path, (name,), file=file)
            continue
        if name != "format" and not (isinstance(content, list) and name in {*_PARTS, *_ENTRIES}):
            raise ShapeError(path, (name,), f"{name} is no list of the manifest")
        for index, item in enumerate(content if name != "format" else ()):
            if name in _ENTRIES:
                yield name, (file, codec.decode(_ENTRIES[name], item, path, (name, index)))
            else:
                given = {} if name == "runbooks" else {"file": file}
                yield name, codec.decode(_PARTS[name], item, path, (name, index), **given)


def _join_rules(
    groups: tuple[Group, ...], entries: list[tuple[str, RuleEntry]]
) -> tuple[Group, ...]:
    if not entries:
        return groups
    said: dict[tuple[str, str, str, str, int], RuleEntry] = {
        (file, it.group, it.kind, it.name, it.number): it for file, it in entries
    }
    pairs = [(group, rule) for group in groups for rule in group.rules]
    rules = (
        _join_rule(rule, said.get((*_rule_name((group, rule)), number)))
        for (group, rule), number in _numbered(pairs, _rule_name)
    )
    return tuple(replace(group, rules=tuple(next(rules) for _ in group.rules)) for group in groups)


def _join_rule(rule: ir.Rule, entry: RuleEntry | None) -> ir.Rule:
    if entry is None:
        return rule
    return replace(
        rule,
        owner=entry.owner,
        severity=entry.severity,
        objective=entry.objective,
        was=entry.was,
    )


def _join_jobs(
    server: ir.Prometheus | None, entries: list[tuple[str | None, JobEntry]]
) -> ir.Prometheus | None:
    if server is None or not entries:
        return server
    said = {(entry.name, entry.number): entry for _, entry in entries}
    jobs: Iterator[Numbered[ScrapeJob]] = _numbered(server.jobs, lambda job: job.name)
    joined = (_join_job(job, said.get((job.name, number))) for job, number in jobs)
    return replace(server, jobs=tuple(joined))


def _join_job(job: ScrapeJob, entry: JobEntry | None) -> ScrapeJob:
    return job if entry is None else replace(job, owner=entry.owner, catalogue=entry.catalogue)


def _join_boards(
    boards: tuple[Dashboard, ...], entries: list[tuple[str | None, BoardEntry]]
) -> tuple[Dashboard, ...]:
    said = {(entry.folder, entry.key): (file, entry) for file, entry in entries}
    joined = []
    for board in boards:
        file, entry = said.get((board.folder, board.key), (None, None))
        if entry is not None:
            panels = _join_panels(board.panels, entry)
            board = replace(board, file=file, owner=entry.owner, was=entry.was, panels=panels)
        joined.append(board)
    return tuple(joined)


def _join_panels(panels: tuple[Panel, ...], entry: BoardEntry) -> tuple[Panel, ...]:
    return tuple(
        replace(
            it,
            key=entry.panels.get(str(it.id)),
            threshold=entry.thresholds.get(str(it.id)),
            panels=_join_panels(it.panels, entry),
        )
        for it in panels
    )


def origin(program: Program, path: str, keys: Keys) -> Origin:
    """Where the part of a manifest that the keys lead to was written, if the manifest holds it."""
    match keys:
        case (str(name), *_) if name in _SINGLE:
            part = getattr(program, name)
            return part.origin if part else None
        case (str(name), int(index), *_) if name in _PARTS and name != "runbooks":
            parts = [part for part in getattr(program, name) if _path(part.file) == path]
            return parts[index].origin if index < len(parts) else None
    return None
