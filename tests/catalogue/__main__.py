"""Record the catalogues anew: `python -m tests.catalogue [NAME…]`."""

import sys
import tempfile
from pathlib import Path

from tests.catalogue.cases import CASES
from tests.catalogue.recording import record

for case in CASES:
    if case.name in sys.argv[1:] or len(sys.argv) == 1:
        with tempfile.TemporaryDirectory() as folder:
            text = record(case, Path(folder))
        case.path.parent.mkdir(exist_ok=True)
        case.path.write_text(text)
        sys.stdout.write(f"{case.path}: {len(text.splitlines())} lines\n")
