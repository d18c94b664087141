"""The list of mutants that no test notices: of each rule, by mutant, why it may live.

"equal" says that the engine does not tell it from the rule. Every other reason is written by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.mutants.judging import Judged

LIST = Path(__file__).parent / "survivors.json"
EQUAL = "equal"

Listed = Mapping[str, Mapping[str, str]]


def read_list(path: Path = LIST) -> Listed:
    """Why each mutant that no test notices may live, by rule and mutant."""
    found: Listed = json.loads(path.read_text("utf-8"))
    return found


def listed_anew(listed: Listed, found: Iterable[Judged]) -> Listed:
    """The list with what was found of the rules that were judged; a new survivor has no reason."""
    made = dict(listed)
    for it in found:
        before = listed.get(it.name, {})
        kept = {mutant.key: before.get(mutant.key, "") for mutant in it.survivors}
        kept = {key: "" if reason == EQUAL else reason for key, reason in kept.items()}
        made[it.name] = {**dict.fromkeys((mutant.key for mutant in it.equal), EQUAL), **kept}
    return {name: mutants for name, mutants in sorted(made.items()) if mutants}


def write_list(listed: Listed, path: Path = LIST) -> None:
    """Write the list."""
    path.write_text(json.dumps(listed, indent=2, ensure_ascii=False) + "\n", "utf-8")


def differences(listed: Listed, found: Iterable[Judged]) -> Iterator[str]:
    """What the list says otherwise than was found, of the rules that were judged.

    Where equal mutants were not looked for, each that is not noticed must be listed, and no other.
    """
    for it in found:
        said = listed.get(it.name, {})
        alive = {mutant.key: mutant for mutant in (*it.survivors, *it.equal)}
        for key in sorted(alive.keys() - said.keys()):
            yield f"{it.name}: no test notices {key}\n    {alive[key].rule.query.text}"
        for key in sorted(said.keys() - alive.keys()):
            yield f"{it.name}: the list names {key}, which a test notices or which is no more"
        for mutant in it.equal:
            if said.get(mutant.key, EQUAL) != EQUAL:
                yield f"{it.name}: the list has a reason for {mutant.key}, which is equal"


def wrongly_equal(listed: Listed, found: Iterable[Judged]) -> Iterator[str]:
    """What the list calls equal, and the engine tells from the rule."""
    for it in found:
        for mutant in it.survivors:
            if listed.get(it.name, {}).get(mutant.key) == EQUAL:
                yield f"{it.name}: {mutant.key} is not equal: {mutant.rule.query.text}"
