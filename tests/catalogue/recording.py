"""The recorded catalogues, and how each is recorded."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from giggamon_compiler.cli.recording import Recording

DEFINITIONS = Path(__file__).parents[2] / "definitions/catalogue"
# No service of the definitions scrapes what these hold.
UNUSED = Path(__file__).parent / "recorded"

Start = Callable[[Path, int], AbstractContextManager[list[str]]]


@dataclass(frozen=True, slots=True)
class Case:
    """A catalogue.

    port: what the exporter listens at by default; replaced: labels that name the machine
    version: asks for it, where the exposition does not say it
    shared: the share of the metrics that every machine has; folder: where the catalogue lies
    """

    name: str
    start: Start
    port: int
    replaced: tuple[tuple[str, str], ...] = ()
    note: str = ""
    version: Callable[[], str] | None = None
    shared: float = 1.0
    folder: Path = DEFINITIONS

    @property
    def path(self) -> Path:
        """The file of the catalogue."""
        return self.folder / f"{self.name}.prom"


def record(case: Case, folder: Path, port: int | None = None) -> str:
    """Record a catalogue; the folder is for what runs meanwhile."""
    version = case.version() if case.version else None
    with case.start(folder, port or case.port) as urls:
        return Recording(urls, case.name, version, dict(case.replaced), case.note).take()[0]
