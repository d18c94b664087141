"""From a folder of definitions to values with their places, and findings for all that is wrong.

folder      the files on disk, and their texts (`source`)
syntax      text → code, with what the tree says: `bindings`, `purity`, `imports`
reading     runs the files by the `importer`; why one does not run is in `faults` and `calls`
judgement   looks at the values: `membership`, `holders`, `shapes`, `names`, `references`, `ledger`
placing     gives findings their places and their order
places      from a value to the span in its file (`trees`), only when something is reported
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from giggamon_compiler.findings import Finding, has_errors
from giggamon_compiler.load.placing import place_findings

if TYPE_CHECKING:
    from giggamon_compiler.model.definitions import Definitions

__all__ = ["place_findings", "read_definitions"]


def read_definitions(folder: Path) -> tuple[Definitions, tuple[Finding, ...]]:
    """Read a folder; whatever is wrong with it is a finding, never an exception.

    What reads is imported here: findings on rule files are placed without it.

    A file with an error is left out of the definitions, as is a file whose values reach into one.
    """
    from giggamon_compiler.load.folder import read_folder
    from giggamon_compiler.load.judgement import judge_values, sound_files
    from giggamon_compiler.load.places import remember_sources
    from giggamon_compiler.load.reading import read_files
    from giggamon_compiler.model.definitions import DefinitionFile, Definitions
    from giggamon_compiler.model.value import Allow

    with _without_garbage_collection():
        found = read_folder(folder)
        if not found.sources:
            return Definitions((), found.runbooks, False, found.catalogues), place_findings(
                found.findings
            )
        remember_sources(found.sources.values())
        reading = read_files(found.sources.values())
        judgement, at_large = judge_values(reading, found.shown)
        findings = [*found.findings, *at_large]
        for of_file in reading.findings.values():
            findings += of_file
        files = (
            DefinitionFile(source.name, tuple(judgement.members[module]))
            for module in sound_files(judgement)
            if not (source := reading.files[module].source).is_package
        )
        ordered = tuple(sorted(files, key=lambda file: file.name))
        complete = not has_errors(findings)
        allows = any(isinstance(value, Allow) for value in reading.ledger)
        definitions = Definitions(ordered, found.runbooks, complete, found.catalogues, allows)
        return definitions, place_findings(findings)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """A load makes many objects that live on: looking for garbage among them only costs time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
