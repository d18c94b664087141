"""Recorded expositions of exporters, below `catalogue/`."""

from __future__ import annotations

from giggamon_compiler.exposition import ExpositionError, read
from giggamon_compiler.findings import Finding, Place
from giggamon_compiler.model.definitions import Catalogue

FOLDER = "catalogue/"
SUFFIX = ".prom"


def read_catalogue(file: str, text: str) -> Catalogue | Finding:
    """A catalogue, or what is wrong with its text; file: how it is shown."""
    try:
        return Catalogue(file, read(text))
    except ExpositionError as error:
        line = text.split("\n")[error.line - 1]
        return Finding(
            "catalogue-line",
            f"{file} is no exposition: {error.message}",
            Place(file, error.line, error.column, error.line, len(line) + 1, line),
            "record it anew with giggamon record, or mend the line",
            file,
        )
