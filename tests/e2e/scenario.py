"""A scenario: what the services show over time, and who must hear of it. Times are in seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

UNITS = {
    "ms": 0.001,
    "s": 1.0,
    "m": 60.0,
    "h": 3600.0,
    "d": 86400.0,
    "w": 604800.0,
    "y": 31536000.0,
}
_DURATION = re.compile(r"(\d+)(ms|[smhdwy])")
_SELECTOR = re.compile(r"^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})?$", re.DOTALL)
_LABEL = re.compile(r'\s*([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"\s*(?:,|$)')


KINDS = ("slack", "pagerduty", "email", "webhook", "deadman")


class ScenarioError(Exception):
    """The scenario file cannot be used; the message says which table and key."""


def seconds(text: str) -> float:
    """The length of a duration in Prometheus' notation ("1h30m")."""
    if text != "0" and not re.fullmatch(rf"(?:{_DURATION.pattern})+", text):
        raise ValueError(f"{text!r} is no duration such as 90s, 5m or 1h30m")
    return sum(int(number) * UNITS[unit] for number, unit in _DURATION.findall(text))


@dataclass(frozen=True, slots=True)
class Step:
    """What a series does from a time on: a value, a slope a second, or nothing any more.

    ago: the value is the time of day, so long before the start, in seconds since 1970
    """

    from_: float = 0
    value: float | None = None
    rate: float = 0
    ago: float | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A series of a job's targets, or of one of them; metric: name and labels, as in PromQL."""

    metric: str
    job: str
    instance: str | None = None
    value: float | None = None
    rate: float = 0
    ago: float | None = None
    steps: tuple[Step, ...] = ()

    def plan(self) -> tuple[Step, ...]:
        """The steps; where only one is meant it is written without a list."""
        return self.steps or (Step(value=self.value, rate=self.rate, ago=self.ago),)

    def name_and_labels(self) -> tuple[str, dict[str, str]]:
        """The metric's name, and its labels."""
        return read_selector(self.metric)


@dataclass(frozen=True, slots=True)
class Usual:
    """What a metric that the scenario does not write shows on a good day, by its whole selector.

    metric: a regular expression of a series as PromQL writes it; the first that fits counts
    job: of these jobs only, a regular expression; absent: the series is not there
    """

    metric: str
    job: str = ".*"
    value: float | None = None
    rate: float = 0
    ago: float | None = None
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Down:
    """A target that does not answer for a while."""

    instance: str
    from_: float
    until: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the target of a probe answers by HTTP for a while, instead of 200 and nothing."""

    instance: str
    status: int = 200
    body: str = ""
    from_: float = float("-inf")
    until: float = float("inf")


@dataclass(frozen=True, slots=True)
class DeadMan:
    """A dead man's switch behind a webhook: it calls when no beat has come for so long.

    url: of the webhook; alert: the name of the alert whose message is a beat
    """

    url: str
    alert: str
    patience: float


@dataclass(frozen=True, slots=True)
class Post:
    """An alert that somebody else sends to every Alertmanager.

    started: how long before `at` it began; what is older than `group_wait` is not waited for
    until: when it is resolved; never where it is left out
    """

    labels: dict[str, str]
    at: float = 0
    started: float = 3600
    until: float | None = None
    annotations: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stop:
    """A server that dies, or hangs without a word: an Alertmanager, by its production address.

    alertmanager: Prometheus itself, where it is left out
    """

    at: float
    alertmanager: str | None = None
    hang: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """For a while Prometheus' configuration file is none, and it is told to read it.

    until: when the file is mended and read again
    """

    from_: float
    until: float


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a message can arrive: exactly one kind, with the address of production.

    slack: the channel; key: the file of its address. pagerduty: the file of the routing key.
    email: the recipient; login: the user that the mail server knows. webhook: the address, or the
    file that holds it. deadman: the address that a dead man's switch hears its beats at.
    """

    slack: str | None = None
    key: str | None = None
    pagerduty: str | None = None
    email: str | None = None
    login: str | None = None
    webhook: str | None = None
    deadman: str | None = None

    def address(self) -> tuple[str, str]:
        """Kind and address."""
        found = [(kind, address) for kind in KINDS if (address := getattr(self, kind))]
        if len(found) != 1:
            raise ScenarioError(
                f"a destination is one of {', '.join(KINDS)}, not {len(found)} of them: {found}"
            )
        return found[0]


@dataclass(frozen=True, slots=True)
class Expect:
    """A message that must arrive once at each of the places `to`, within so long `after` the cause.

    alert: its name, in the title or the text; earliest: not before so long after the cause
    title: the whole title; says: parts of title or text; links: whole addresses
    severity: as the message spells it; bound: the time must also keep the bound of the design
    """

    alert: str
    to: tuple[str, ...]
    within: float
    after: float
    status: str = "firing"
    earliest: float = 0
    title: str | None = None
    says: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    severity: str | None = None
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Empty:
    """A panel that may be without data, with the reason; panel: folder/board/key."""

    panel: str
    because: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario, whole.

    duration: how long it takes; history: how long everything has been as at the start, before it
    silent: destinations that hear nothing at all; boards_at: when the boards are asked for data
    cut_off: Alertmanagers that live but reach no receiver
    repeats: the same message may arrive twice, because an Alertmanager that died sent it too
    usual: what jobs show that the scenario does not write; without any, they show nothing
    only: the services that are played, by the names of their files; all where it is left out
    real: targets that are this run's own servers, by their addresses of production
    speed: how many times faster than the clock it may run, with every timer scaled alike
    """

    duration: float
    destinations: dict[str, Destination]
    series: tuple[Series, ...]
    expect: tuple[Expect, ...]
    history: float = 3600
    speed: float = 1
    silent: tuple[str, ...] = ()
    boards_at: float | None = None
    empty: tuple[Empty, ...] = ()
    usual: tuple[Usual, ...] = ()
    only: tuple[str, ...] = ()
    real: tuple[str, ...] = ()
    down: tuple[Down, ...] = ()
    answer: tuple[Answer, ...] = ()
    deadman: tuple[DeadMan, ...] = ()
    broken: tuple[Broken, ...] = ()
    post: tuple[Post, ...] = ()
    stop: tuple[Stop, ...] = ()
    cut_off: tuple[str, ...] = ()
    repeats: bool = False


def read_selector(text: str) -> tuple[str, dict[str, str]]:
    """Name and labels of a series, from PromQL's notation; its values hold no escapes."""
    found = _SELECTOR.match(text)
    if not found:
        raise ScenarioError(f'{text!r} is no series such as http_requests_total{{code="500"}}')
    name, inner = found.groups()
    labels: dict[str, str] = {}
    rest = inner or ""
    while rest.strip():
        label = _LABEL.match(rest)
        if not label:
            raise ScenarioError(f"{text!r}: cannot read the labels at {rest!r}")
        labels[label.group(1)] = label.group(2)
        rest = rest[label.end() :]
    return name, labels
