"""What a definitions folder holds, read: its files, and the values that each binds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from giggamon_compiler.exposition import Exposition
from giggamon_compiler.model.team import Environment, Labels, Policy
from giggamon_compiler.model.value import Value

T = TypeVar("T", bound=Value)


@dataclass(frozen=True, slots=True)
class DefinitionFile:
    """One file: `name` is its path below the folder without `.py` ("services/orders").

    values: each value that the file binds, with its name; members of lists and dicts follow as
    `alerts[0]` and `alerts['key']`. Private names and imported ones are not among them.
    """

    name: str
    values: tuple[tuple[str, Value], ...]
    _found: dict[type[Value], list[Any]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def of(self, kind: type[T]) -> Iterator[T]:
        """The file's values of one kind; everything that is lowered asks for its own."""
        found = self._found.get(kind)
        if found is None:
            found = self._found[kind] = [it for _, it in self.values if isinstance(it, kind)]
        return iter(found)

    @property
    def is_test(self) -> bool:
        """Whether the file holds tests only."""
        return self.name.endswith("_test")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A recorded exposition; file: how its file is shown."""

    file: str
    exposition: Exposition


@dataclass(frozen=True, slots=True)
class Definitions:
    """A whole folder.

    files: by name; complete: whether every file could be read, so that nothing more exists
    runbooks: the headings of each Markdown file below `runbooks/`, by its name without `.md`, each
    with whether anything is said below it
    catalogues: by the name of each file below `catalogue/` without `.prom`
    allows: whether any value may state an allowance; nobody looks for one otherwise
    """

    files: tuple[DefinitionFile, ...]
    runbooks: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    complete: bool = True
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)
    allows: bool = True

    def of(self, kind: type[T]) -> Iterator[tuple[DefinitionFile, T]]:
        """Every value of one kind, with its file."""
        return ((file, value) for file in self.files for value in file.of(kind))

    @property
    def environment(self) -> Environment | None:
        """The installation that the outputs are for."""
        return next((value for _, value in self.of(Environment)), None)

    @property
    def policy(self) -> Policy | None:
        """The house rules."""
        return next((value for _, value in self.of(Policy)), None)

    @property
    def label_names(self) -> Labels:
        """The names of the labels that the compiler puts."""
        return self.policy.labels if self.policy else Labels()
