"""A rule file that somebody else wrote, strictly as Prometheus reads it.

Whatever promtool accepts becomes groups whose file says the same again: what has no field of its
own stands in `rest`. Whatever it refuses becomes findings, all of them, and no groups; but what
is wrong with an expression or a template is not looked at here. Facts: rulefmt of Prometheus 2.42
and 3.5 on top of Go's yaml.v3, each tried with promtool.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from giggamon_compiler.durations import milliseconds
from giggamon_compiler.findings import FilePlace, Finding, Note, TextFile
from giggamon_compiler.ir import Group, Query, Rest, Rule, Tree
from giggamon_compiler.targets import yaml_text
from giggamon_compiler.targets.rules.entries import ID, MOST, Entries, Kind, Reading
from giggamon_compiler.targets.rules.validity import (
    Version,
    annotation_fault,
    label_fault,
    metric_fault,
    version_of,
)
from giggamon_compiler.targets.rules.writing import group_tree
from giggamon_compiler.targets.shape import Keys, is_null, present
from giggamon_compiler.targets.texts import decode

_FILE: Mapping[str, Kind] = {"groups": "list"}
_GROUP: Mapping[str, Kind] = {
    "name": "text",
    "interval": "duration",
    "query_offset": "duration",
    "limit": "integer",
    "labels": "texts",
    "rules": "list",
}
_RULE: Mapping[str, Kind] = {
    "alert": "text",
    "record": "text",
    "expr": "text",
    "for": "duration",
    "keep_firing_for": "duration",
    "labels": "texts",
    "annotations": "texts",
}
# The fields that the older of our versions does not know.
_SINCE = {"query_offset": "2.53", "labels": "3.0"}
_ONLY_ALERTS = ("for", "keep_firing_for", "annotations")


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file; rest: what stands beside its groups, or the whole tree where it is null.

    findings: why there are no groups, or that the file says more than Prometheus looks at
    """

    groups: tuple[Group, ...] = ()
    rest: Rest | Tree = field(default_factory=dict)
    findings: Sequence[Finding] = ()


def read_files(files: Mapping[str, bytes], version: str) -> tuple[RuleFile, ...]:
    """What files say, or why Prometheus of a version would not load them; by name."""
    return tuple(_read_bytes(name, data, version) for name, data in files.items())


def _read_bytes(name: str, data: bytes, version: str) -> RuleFile:
    file = decode(name, data, ID)
    return read_file(file, version) if isinstance(file, TextFile) else RuleFile(findings=(file,))


def read_file(file: TextFile, version: str) -> RuleFile:
    """The groups of a file, or why Prometheus of a version ("3.5") would not load it."""
    document = yaml_text.read_document(file.text)
    reading = Reading(file, version_of(version))
    conflict = yaml_text.conflict_in(file.text) if document.faults else None
    if conflict is not None:
        reading.say_conflict(*conflict)
        return RuleFile(findings=reading.findings)
    for fault in document.faults[:MOST]:
        advice = yaml_text.remedy(fault.message, file.text, fault.start)
        reading.say_at(fault.message, fault.start, fault.end, advice)
    if document.tree is None or reading.findings:
        return RuleFile(findings=reading.findings)
    found = _read_top(reading, document.tree)
    if reading.findings:
        return RuleFile(findings=reading.findings)
    if document.ignored is not None:
        reading.say_ignored(document.ignored)
        return replace(found, findings=reading.findings)
    return found


def emit_file(file: RuleFile) -> str:
    """The text of a rule file."""
    if not isinstance(file.rest, Mapping):
        return yaml_text.write(file.rest)
    groups = [group_tree(group) for group in file.groups]
    return yaml_text.write(present({"groups": groups or None}, file.rest))


def _read_top(reading: Reading, tree: Tree) -> RuleFile:
    if is_null(tree):
        return RuleFile(rest=tree)
    entries = Entries(reading, (), reading.file.name)
    if isinstance(tree, dict) and "groups" not in tree and _refuse_other(entries, tree):
        return RuleFile()
    if not entries.take(tree, _FILE):
        return RuleFile()
    groups: list[Group] = []
    first: dict[str, int] = {}
    for index, item in _items(entries, "groups"):
        group = _read_group(reading, item, index)
        name = group.name
        if name and first.setdefault(name, index) != index:
            other = Note("the other one is here", _name_of_group(reading, first[name]))
            reading.say(
                f"{name} is the name of two groups of {reading.file.name}",
                ("groups", index, "name"),
                advice="give one of them another name",
                subject=name,
                notes=(other,),
            )
        groups.append(group)
    return RuleFile(tuple(groups), entries.rest)


def _refuse_other(entries: Entries, tree: Mapping[str, Tree]) -> bool:
    """Whether a file is of another kind, which is said once and not of each of its fields."""
    who, kind = entries.who, tree.get("kind")
    names = [name for name in tree if not is_null(name)]
    if "apiVersion" in tree and isinstance(kind, str):
        message = f"{who} is a {kind} of Kubernetes, and no rule file"
        entries.reading.say(message, ("kind",), advice="lint what stands below its spec")
    elif "rule_files" in tree and "tests" in tree:
        message = f"{who} holds tests of rules, and no rules"
        entries.reading.say(message, ("tests",), key=True, advice="name the files of rules only")
    elif names:
        few = ", ".join(names[:3])
        message = f"{who} is no rule file: it has {few} and no groups"
        entries.reading.say(message, (names[0],), key=True, advice="name the files of rules only")
    return bool(names)


def _name_of_group(reading: Reading, index: int) -> FilePlace:
    return FilePlace(reading.file, ("groups", index, "name"))


def _items(entries: Entries, name: str) -> Iterator[tuple[int, Tree]]:
    """The items of a list with their index; Go leaves out those that are null."""
    items = entries.values.get(name, [])
    if any(is_null(item) for item in items):
        entries.rest[name] = [item if is_null(item) else {} for item in items]
    return ((index, item) for index, item in enumerate(items) if not is_null(item))


def _read_group(reading: Reading, tree: Tree, index: int) -> Group:
    path = ("groups", index)
    name = tree.get("name") if isinstance(tree, dict) else None
    named = isinstance(name, str) and name and not is_null(name)
    who = str(name) if named else f"group {index + 1}"
    entries = Entries(reading, path, who, who)
    if entries.take(tree, _GROUP, _SINCE) and not named and not isinstance(name, (dict, list)):
        reading.say(f"{who} of {reading.file.name} has no name", path, advice="add name")
    values = entries.values
    _judge_labels(entries, "labels", label_fault)
    return Group(
        reading.file.name,
        values.get("name", ""),
        tuple(
            _read_rule(reading, item, (*path, "rules", number), f"rule {number + 1} of {who}")
            for number, item in _items(entries, "rules")
        ),
        values.get("interval"),
        values.get("limit"),
        values.get("query_offset"),
        values.get("labels", {}),
        entries.rest,
        FilePlace(reading.file, path),
    )


def _read_rule(reading: Reading, tree: Tree, path: Keys, who: str) -> Rule:
    entries = Entries(reading, path, who)
    values = entries.values
    if isinstance(tree, dict):
        name = tree.get("alert") or tree.get("record")
        if type(name) is str:
            entries.who = entries.subject = name
        entries.take(tree, _RULE, None)
        _judge_rule(entries, tree)
    else:
        reading.say(f"{who} must be a mapping", path)
    kind: Literal["alert", "record"] = "record" if "record" in values else "alert"
    return Rule(
        kind,
        values.get(kind, ""),
        Query(values.get("expr", ""), FilePlace(reading.file, (*path, "expr"))),
        values.get("for"),
        values.get("keep_firing_for"),
        values.get("labels", {}),
        values.get("annotations", {}),
        rest=entries.rest,
        origin=FilePlace(reading.file, path),
    )


def _judge_rule(entries: Entries, tree: Mapping[str, Tree]) -> None:
    """What Prometheus asks of a rule beyond the kinds of its fields."""
    values = entries.values
    if "alert" in values and "record" in values:
        what = "a rule is an alert or a recording, and this one is both"
        entries.wrong("record", what, "make two rules of it", key=True)
    elif not _is_said(entries, tree, "alert") and not _is_said(entries, tree, "record"):
        message = f"{entries.who} has no name"
        entries.reading.say(message, entries.path, advice="add alert or record")
    if not _is_said(entries, tree, "expr"):
        message = f"{entries.who} has no expr"
        path = (*entries.path, "expr") if "expr" in tree else entries.path
        entries.reading.say(message, path, advice="add expr", subject=entries.subject)
    if "record" in values and "alert" not in values:
        _judge_recording(entries)
    _judge_labels(entries, "labels", label_fault)
    _judge_labels(entries, "annotations", annotation_fault)


def _is_said(entries: Entries, tree: Mapping[str, Tree], name: str) -> bool:
    """Whether a field holds something, or something wrong, which is a finding already."""
    wrong = isinstance(tree.get(name), (dict, list)) and name not in entries.rest
    return name in entries.values or wrong


def _judge_recording(entries: Entries) -> None:
    values = entries.values
    if fault := metric_fault(values["record"], entries.reading.version):
        entries.wrong("record", f"{values['record']} {fault}", "give it another name")
    for name in _ONLY_ALERTS:
        value = values.get(name)
        if value and (name == "annotations" or milliseconds(value)):
            what = f"a recording rule has no {name}: only an alert has"
            entries.wrong(name, what, "leave it out", key=True)


def _judge_labels(
    entries: Entries, field: str, fault_of: Callable[[str, Version], str | None]
) -> None:
    version = entries.reading.version
    for name in entries.values.get(field, ()):
        if fault := fault_of(name, version):
            what = f"the {field.removesuffix('s')} {name}".rstrip()
            entries.reading.say(
                f"{entries.who}: {what} {fault}",
                (*entries.path, field, name),
                key=True,
                advice="give it another name",
                subject=entries.subject,
            )
