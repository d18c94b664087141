"""Folders of definitions in a temporary place, read through the front door."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

from giggamon_compiler.findings import Finding, Place
from giggamon_compiler.load import place_findings, read_definitions
from giggamon_compiler.model.definitions import Definitions
from giggamon_compiler.model.value import Value, origin_of

HOUSE = {
    "teams.py": """\
        from giggamon_compiler import Team, notify

        platform = Team("platform", chat=notify.Slack(channel="#platform", api_url_file="slack"))
        """,
    "policy.py": """\
        from definitions.teams import platform
        from giggamon_compiler import Policy, Severity

        critical = Severity(
            "critical",
            channels=["page", "chat"],
            group_wait="5s",
            group_interval="10s",
            repeat_interval="1h",
        )
        warning = Severity(
            "warning",
            channels=["chat"],
            group_wait="30s",
            group_interval="5m",
            repeat_interval="12h",
        )
        policy = Policy(severities=[critical, warning], fallback=warning, default_team=platform)
        """,
    "environment.py": """\
        from giggamon_compiler import Environment

        environment = Environment(
            "production", prometheus="3.5", alertmanager="0.33", retention="15d"
        )
        """,
}

# What a test writes into a service's file begins on line 5.
SERVICE = """\
from definitions.policy import critical, warning
from definitions.teams import platform
from giggamon_compiler import Alert, Dashboard, Query, Row, Scrape, Service, block, panel
service = Service("orders", team=platform)
"""

# Id, place, the text that is underlined, and the message.
Said = tuple[str, str, str, str]


@dataclass(frozen=True)
class Loaded:
    """A folder that was read."""

    folder: Path
    definitions: Definitions
    findings: tuple[Finding, ...]

    def names(self, file: str) -> list[str]:
        """The names of the values of one file."""
        return [name for it in self.definitions.files if it.name == file for name, _ in it.values]

    def value(self, file: str, name: str) -> Value:
        """One value of one file."""
        return next(dict(it.values)[name] for it in self.definitions.files if it.name == file)

    def placed(self, name: str, *path: str | int) -> Finding:
        """A finding about a part of a value of services/orders.py, with its place."""
        origin = origin_of(self.value("services/orders", name), *path)
        (finding,) = place_findings([Finding("some-check", name, origin)])
        return finding

    def place_of(self, name: str, *path: str | int) -> Place:
        """The place of a part of a value of services/orders.py."""
        place = self.placed(name, *path).origin
        assert isinstance(place, Place)
        return place

    def span_of(self, name: str, *path: str | int) -> tuple[int, int, int, int]:
        """Line, column, end line and end column of a part of a value of services/orders.py."""
        place = self.place_of(name, *path)
        return place.line, place.column, place.end_line, place.end_column

    @property
    def finding(self) -> Finding:
        """The only finding."""
        assert len(self.findings) == 1, self.said
        return self.findings[0]

    @property
    def said(self) -> list[Said]:
        """What the findings say."""
        return [(it.id, *self.spot(it.origin), it.message) for it in self.findings]

    @property
    def noted(self) -> list[tuple[str, str, str]]:
        """What the notes of the findings say."""
        return [(*self.spot(it.origin), it.message) for one in self.findings for it in one.notes]

    @property
    def ids(self) -> list[str]:
        """The ids of the findings."""
        return [finding.id for finding in self.findings]

    def spot(self, place: object) -> tuple[str, str]:
        """A place as line and column, after the file if it is not services/orders.py; its text."""
        if place is None:
            return "", ""
        assert isinstance(place, Place)
        path = self.folder.parent / place.file
        name = place.file.removeprefix(f"{self.folder.name}/")
        prefix = "" if name == "services/orders.py" else f"{name}:"
        return f"{prefix}{place.line}:{place.column}", text_of(path, place)


def text_of(path: Path, place: Place) -> str:
    """What a place spans, read from the file itself."""
    if not path.is_file():
        return ""
    lines = path.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    lines = lines[place.line - 1 : place.end_line]
    lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    return "\n".join(lines)


Read = Callable[..., Loaded]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write files below `definitions/`, with a whole house around them, and read the folder.

    `service` is what stands in services/orders.py below its first four lines.
    """

    def read(
        files: Mapping[str, str | bytes] | None = None,
        *,
        service: str | None = None,
        house: Mapping[str, str] = HOUSE,
        folder: str = "definitions",
    ) -> Loaded:
        root = tmp_path / folder
        given: dict[str, str | bytes] = {**house, **(files or {})}
        if service is not None:
            given["services/orders.py"] = SERVICE + dedent(service)
        for name, text in given.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(text, bytes):
                path.write_bytes(text)
            else:
                path.write_text(dedent(text), encoding="utf-8")
        return Loaded(root, *read_definitions(root))

    return read
