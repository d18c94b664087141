"""Judging what a folder's files bind: every value of every file, all findings at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from giggamon_compiler.findings import Finding, has_errors
from giggamon_compiler.load.holders import holder_finding, unread_holders
from giggamon_compiler.load.instructions import line_of_instruction
from giggamon_compiler.load.ledger import lost_finding, lost_values, unused_finding
from giggamon_compiler.load.membership import (
    OWNED,
    ROOTS,
    SHOWN,
    TESTS,
    Member,
    check_membership,
    check_only_ones,
    has_made_board,
    home_of,
    members_of,
)
from giggamon_compiler.load.names import check_names
from giggamon_compiler.load.reading import Reading
from giggamon_compiler.load.references import bound_in, check_listed, check_references
from giggamon_compiler.load.selectors import check_selectors
from giggamon_compiler.load.shapes import Fault, check_shape
from giggamon_compiler.load.syntax import Parsed
from giggamon_compiler.load.vocabulary import parts_of
from giggamon_compiler.load.wording import name_of, nearest
from giggamon_compiler.model.dashboard import Dashboard
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.team import Severity
from giggamon_compiler.model.value import Value, made_of


@dataclass(slots=True)
class Judgement:
    """What is known of a folder's values while they are judged.

    homes: by path, the module of a file; members: by module; owners: by member, its module
    subjects: by value, who is meant when it is spoken of: itself, or what it is a part of
    parts: values that others are made of; sound: values whose arguments all have their types
    reached: by module, the modules that made what its values are made of
    unread: things that have a finding because their values are not read
    """

    reading: Reading
    homes: Mapping[str, str]
    members: Mapping[str, Sequence[Member]]
    owners: Mapping[int, str]
    subjects: dict[int, str] = field(default_factory=dict)
    parts: set[int] = field(default_factory=set)
    sound: dict[int, tuple[str, Value]] = field(default_factory=dict)
    reached: dict[str, set[str]] = field(default_factory=dict)
    unread: list[object] = field(default_factory=list)


def judge_values(reading: Reading, folder: str) -> tuple[Judgement, list[Finding]]:
    """Add to the reading's findings what is wrong with each value; also return what no file did."""
    ran = {
        module: (reading.files[module], namespace)
        for module, namespace in reading.namespaces.items()
    }
    homes = {parsed.source.path: module for module, parsed in reading.files.items()}
    members = members_of(ran)
    owners = {id(value): module for module, its in members.items() for _, value in its}
    judgement = Judgement(reading, homes, members, owners)
    for module, (parsed, namespace) in ran.items():
        findings = reading.findings[module]
        holders = list(unread_holders(parsed, vars(namespace)))
        judgement.unread += (holder.thing for holder in holders)
        findings += (holder_finding(parsed.source, holder) for holder in holders)
        findings += check_membership(parsed.source, judgement.members[module])
        _judge_types(judgement, module)
    _judge_references(judgement)
    _judge_use(judgement)
    at_large: list[Finding] = []
    everything = len(ran) == len(reading.files)
    for home, finding in check_only_ones(judgement.members, folder, complete=everything):
        (reading.findings[home] if home else at_large).append(finding)
    return judgement, at_large


def sound_files(judgement: Judgement) -> Iterator[str]:
    """The modules without an error whose values reach into none with one."""
    findings = judgement.reading.findings
    users: dict[str, list[str]] = {}
    for module, reached in judgement.reached.items():
        for needed in reached:
            users.setdefault(needed, []).append(module)
    waiting = [module for module in findings if has_errors(findings[module])]
    tainted = set(waiting)
    while waiting:
        more = set(users.get(waiting.pop(), ())) - tainted
        tainted |= more
        waiting += more
    return (module for module in judgement.members if module not in tainted)


def _judge_types(judgement: Judgement, module: str) -> None:
    """Look at a file's members and all that they are made of, but for members of other files."""
    members = judgement.members[module]
    service = next((value for _, value in members if isinstance(value, Service)), None)
    reached = judgement.reached.setdefault(module, set())
    for bound, member in members:
        subject = _subject(bound, member, service)
        whole = name_of(member, bound)
        waiting = [(member, bound)]
        while waiting:
            value, name = waiting.pop()
            reached.add(judgement.homes.get(home_of(value), module))
            if id(value) not in judgement.subjects:
                judgement.subjects[id(value)] = subject
                _judge_value(judgement, value, name, module)
                inner = parts_of(value)
                judgement.parts.update(map(id, inner))
                for part in inner:
                    owner = judgement.owners.get(id(part), module)
                    reached.add(owner)
                    if owner == module:
                        waiting.append((part, f"{type(part).__name__} of {whole}"))


def _judge_value(judgement: Judgement, value: Value, name: str, module: str) -> None:
    subject = judgement.subjects[id(value)]
    findings = list(check_shape(value, name, subject, partial(_advise, judgement, module)))
    if not findings:
        judgement.sound[id(value)] = (module, value)
        findings += check_names(value, subject)
        findings += check_selectors(value, subject)
    judgement.reading.findings[judgement.homes.get(home_of(value), module)] += findings


def _advise(judgement: Judgement, module: str, fault: Fault) -> str:
    """The value that a text stands for, where it is the name of one, and where to import it."""
    known = {
        called: (binding, home)
        for home, members in judgement.members.items()
        for binding, value in members
        if isinstance(value, fault.kinds)
        for called in (binding, name_of(value, binding))
    }
    near = nearest(fault.text, known) if fault.text else None
    if near is None:
        return ""
    binding, home = known[near]
    what = f"{fault.path[0]}={binding}" if len(fault.path) == 1 else binding
    where = "without quotes" if home == module else f"imported from {home}"
    return f"write {what}, the value, {where}"


def _judge_references(judgement: Judgement) -> None:
    """Look at what the values of right types refer to."""
    files = {module: parsed.source.file for module, parsed in judgement.reading.files.items()}
    by_file = {files[module]: its for module, its in judgement.members.items()}
    bound = bound_in(by_file, set(judgement.sound))
    for module, value in judgement.sound.values():
        subject = judgement.subjects[id(value)]
        found = check_references(value, files[module], bound, subject)
        judgement.reading.findings[module] += found
    for module, members in judgement.members.items():
        for _, value in members:
            if isinstance(value, Severity):
                judgement.reading.findings[module] += check_listed(value, bound)


def _judge_use(judgement: Judgement) -> None:
    """Look for values that no name holds, and for bound ones of which nothing becomes."""
    reading = judgement.reading
    for module, members in judgement.members.items():
        source = reading.files[module].source
        used = (*ROOTS, *SHOWN) if has_made_board(source, members) else ROOTS
        for name, value in members:
            if isinstance(value, used) or source.is_test or source.is_package:
                continue
            if id(value) not in judgement.parts:
                shown = source.is_service and isinstance(value, SHOWN)
                reading.findings[module].append(unused_finding(name, value, shown=shown))
    if all(id(value) in judgement.subjects for value in reading.ledger):
        return  # as nearly always: each is bound, or a part of one that is
    for value in lost_values(reading.ledger, reading.namespaces.values(), judgement.unread):
        home = judgement.homes.get(home_of(value), "")
        if home in reading.namespaces and not _is_spoken_of(reading.files[home], value):
            reading.findings[home].append(lost_finding(value))


def _subject(bound: str, member: Value, service: Service | None) -> str:
    name = bound if isinstance(member, TESTS) else name_of(member, bound)
    if service is not None and isinstance(member, (*OWNED, *SHOWN, Dashboard)):
        return f"{name_of(service)}/{name}"
    return name


def _is_spoken_of(parsed: Parsed, value: Value) -> bool:
    """Whether the statement that constructed a value has a finding already."""
    return parsed.speaks_of(line_of_instruction(*made_of(value).frames[-1]))
