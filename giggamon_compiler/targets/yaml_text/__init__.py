"""YAML to and from raw trees, exact to the character, through libyaml.

In a raw tree a plain scalar that YAML may take for something other than a string is an `ir.Plain`
with its source text; every other scalar is a str. Both are written back so that Prometheus,
Alertmanager and Grafana read the same.

writing    raw tree → text
parsing    a text as this compiler writes it → raw tree, and the places in it
documents  a text that somebody else wrote → raw tree, and all that is wrong with it
remedies   what to write instead of what is wrong with it
marks      the place of each part of such a text, looked up when it is reported (`spelling`)
"""

from giggamon_compiler.targets.yaml_text.documents import Document, Fault, read_document
from giggamon_compiler.targets.yaml_text.marks import Mark, Marks, marks_of
from giggamon_compiler.targets.yaml_text.numbers import is_integer
from giggamon_compiler.targets.yaml_text.parsing import keys_at, parse, place_of
from giggamon_compiler.targets.yaml_text.remedies import conflict_in, remedy
from giggamon_compiler.targets.yaml_text.writing import is_bare, write

__all__ = [
    "Document",
    "Fault",
    "Mark",
    "Marks",
    "conflict_in",
    "is_bare",
    "is_integer",
    "keys_at",
    "marks_of",
    "parse",
    "place_of",
    "read_document",
    "remedy",
    "write",
]
