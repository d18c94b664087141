"""Rule files of Prometheus: groups of alerting and recording rules.

output   those of an output tree, one for each definition file: `emit` and `read` of the format
foreign  one that somebody else wrote: strictly as Prometheus reads it, with all that is wrong
"""

from giggamon_compiler.targets.rules.foreign import RuleFile, emit_file, read_file, read_files
from giggamon_compiler.targets.rules.output import FOLDER, SUFFIX, emit, origin, read

__all__ = [
    "FOLDER",
    "SUFFIX",
    "RuleFile",
    "emit",
    "emit_file",
    "origin",
    "read",
    "read_file",
    "read_files",
]
