"""Messages against expectations: each expected one came once, in time, and says what it should."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.e2e.bound import Bound, bound_of
from tests.e2e.message import Message
from tests.e2e.outputs import Outputs
from tests.e2e.run import Outcome
from tests.e2e.scenario import Destination, Expect, Scenario
from tests.e2e.speed import grace

# What a template leaves where something is missing, and templates that nobody filled in.
_RUINS = re.compile(r"<no value>|\{\{|%!\w?\(|map\[")


@dataclass(frozen=True, slots=True)
class Arrival:
    """An expected message that came, `took` seconds of the scenario after its cause."""

    expect: Expect
    destination: str
    message: Message
    took: float
    bound: Bound | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a run: problems in words, none where all is well, and what arrived."""

    problems: Sequence[str]
    arrivals: Sequence[Arrival]


def judge(outputs: Outputs, scenario: Scenario, outcome: Outcome) -> Verdict:
    """Compare what arrived with what must."""
    problems = list(outcome.problems)
    arrivals: list[Arrival] = []
    left = list(outcome.messages)
    names = {d.address(): name for name, d in scenario.destinations.items()}
    for expect in sorted(scenario.expect, key=lambda each: each.after):
        bound = bound_of(outputs, expect.alert, expect.severity) if expect.bound else None
        if expect.bound and bound is None:
            problems.append(f"{expect.alert}: no rule of that name and severity is in the outputs")
        for destination in expect.to:
            found = _take(left, expect, scenario.destinations[destination], outcome)
            if found is None:
                problems.append(_absent(expect, destination, left, names))
                continue
            took = outcome.clock.scenario(found.arrived) - expect.after
            arrival = Arrival(expect, destination, found, took, bound)
            arrivals.append(arrival)
            problems += [
                f"{expect.alert} {expect.status} at {destination}: {what}"
                for what in _faults(arrival, scenario)
            ]
    seen = {_content(arrival.message) for arrival in arrivals} if scenario.repeats else set()
    strange = [message for message in left if _content(message) not in seen]
    problems += [_unexpected(message, names, outcome) for message in strange]
    problems += _incidents(outcome.messages)
    return Verdict(problems, arrivals)


def _take(
    left: list[Message], expect: Expect, destination: Destination, outcome: Outcome
) -> Message | None:
    """The first message that is this one, taken out of those that are left."""

    def fits(message: Message) -> bool:
        return (
            (message.kind, message.address) == destination.address()
            and message.status == expect.status
            and re.search(rf"\b{re.escape(expect.alert)}\b", message.words()) is not None
        )

    # A message before its cause is the one of an earlier expectation, or nobody's.
    early = outcome.clock.wall(expect.after)
    found = [message for message in left if fits(message) and message.arrived >= early]
    if not found:
        return None
    left.remove(found[0])
    return found[0]


def _content(message: Message) -> tuple[str, ...]:
    """What makes a message the same as another one."""
    return (message.kind, message.address, message.status, message.title, message.text)


def _faults(arrival: Arrival, scenario: Scenario) -> list[str]:
    """What is wrong with a message that came."""
    expect, message, took = arrival.expect, arrival.message, arrival.took
    wanted = scenario.destinations[arrival.destination]
    late = grace(scenario.speed)
    faults = []
    if took > expect.within + late:
        faults.append(f"came after {took:.1f} s, and may take {expect.within:g} s")
    if took < expect.earliest:
        faults.append(f"came after {took:.1f} s, which is before {expect.earliest:g} s")
    bound = arrival.bound
    if bound and took - bound.for_ > bound.seconds + late:
        terms = " + ".join(f"{value:g} {name}" for name, value in bound.terms.items())
        faults.append(f"came {took - bound.for_:.1f} s beyond `for`; the bound is {terms}")
    if wanted.key is not None and message.key != wanted.key:
        faults.append(f"was sent with {message.key}, not {wanted.key}")
    if message.kind == "email" and message.key != wanted.login:
        faults.append(f"was sent by the user {message.key}, not {wanted.login}")
    if expect.title is not None and message.title != expect.title:
        faults.append(f"has the title {message.title!r}, not {expect.title!r}")
    faults += [f"does not say {part!r}" for part in expect.says if part not in message.words()]
    faults += [f"has no link {link}" for link in expect.links if link not in message.links]
    if expect.severity is not None and expect.severity not in _severities(message):
        faults.append(f"does not name its severity, {expect.severity}")
    ruins = _RUINS.search(message.words())
    if ruins:
        faults.append(f"holds {ruins[0]!r}, which no template should leave: {message.words()!r}")
    return [f"{fault}\n{_indented(message.show())}" for fault in faults]


def _severities(message: Message) -> set[str]:
    return {*re.findall(r"\w[\w-]*", message.words()), message.severity or ""}


def _absent(
    expect: Expect, destination: str, left: Sequence[Message], names: Mapping[tuple[str, str], str]
) -> str:
    others = {
        names.get((m.kind, m.address), m.address)
        for m in left
        if m.status == expect.status and expect.alert in m.words()
    }
    went = f"; such a message went to {', '.join(sorted(others))}" if others else ""
    return f"{expect.alert} {expect.status} never came to {destination}{went}"


def _unexpected(message: Message, names: Mapping[tuple[str, str], str], outcome: Outcome) -> str:
    at = outcome.clock.scenario(message.arrived)
    place = names.get((message.kind, message.address))
    where = place or f"{message.kind} {message.address!r}, which is nobody's"
    return (
        f"nobody expected this at {where} after {at:.1f} s: {message.status}: {message.title}\n"
        f"{_indented(message.show())}"
    )


def _incidents(messages: Sequence[Message]) -> list[str]:
    """Resolves that close no incident that was opened."""
    opened = {m.incident for m in messages if m.kind == "pagerduty" and m.status == "firing"}
    return [
        f"PagerDuty: a resolve for an incident that was never opened: {message.title}"
        for message in messages
        if message.kind == "pagerduty"
        and message.status == "resolved"
        and message.incident not in opened
    ]


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
