"""Expositions: the text that an exporter answers a scrape with, read and written.

reading   text → the metrics that it shows, and its comments
sampling  fewer series of a metric, so that every label and as many of its values as fit are kept
writing   metrics → text, in one order

Source: Prometheus documentation, "Exposition formats" (text format 0.0.4), and the grammar of
Prometheus' own reader (`model/textparse/promlex.l`); of OpenMetrics what differs in names.
"""

from giggamon_compiler.exposition.metrics import (
    Exposition,
    Family,
    Kind,
    Series,
    own_label,
)
from giggamon_compiler.exposition.reading import ExpositionError, read
from giggamon_compiler.exposition.sampling import LeftOut, sample
from giggamon_compiler.exposition.writing import write

__all__ = [
    "Exposition",
    "ExpositionError",
    "Family",
    "Kind",
    "LeftOut",
    "Series",
    "own_label",
    "read",
    "sample",
    "write",
]
