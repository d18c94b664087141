"""A name that changes in a catalogue empties what reads it, and the build names just that."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import pytest

from tests.mutants.judging import read_generated
from tests.promql.engine import Generation, find_generation, find_newer
from tests.synthetic.changing import Change, changed_catalogues
from tests.synthetic.renaming import Held, changes_for, held_by, judge_changes
from tests.synthetic.shown import read_catalogues

PROGRAM = read_generated()
HELD = {it.subject: it for it in held_by(PROGRAM)}
CHANGES = changes_for(PROGRAM, HELD.values())
# One of them may be empty, and something is left.
MAY_REMAIN = re.compile(r"\b(or|unless|absent|absent_over_time)\b")
SAMPLE = 8


def remains(held: Held) -> bool:
    """Whether something may be left of it when a selector is empty."""
    return len(held.texts) > 1 or any(MAY_REMAIN.search(text) for text in held.texts)


def differences(generation: Generation | None, folder, changes: Sequence[Change]) -> list[str]:
    assert generation is not None, "no prometheus; see .ci/install and .ci/newer-tools"
    assert changes
    found = []
    for it in judge_changes(generation, folder, PROGRAM, read_catalogues(), changes):
        left = {subject for subject in it.selectors - it.queries if not remains(HELD[subject])}
        for what, subjects in (
            ("is empty, and the build does not say so", it.selectors - it.named),
            ("is named by the build, and has data", it.named - it.selectors),
            ("is empty, though each selector has data", it.queries - it.selectors),
            ("has data, though a selector is empty", left),
        ):
            found += [f"{it.change}: {subject} {what}" for subject in sorted(subjects)]
    return found


def test_what_some_changes_empty_is_what_the_build_names(tmp_path):
    some = [it for it in CHANGES if zlib.crc32(str(it).encode()) % SAMPLE == 0]
    assert differences(find_generation(), tmp_path, some) == []


@pytest.mark.heavy
@pytest.mark.parametrize("find", [find_generation, find_newer])
def test_what_each_change_empties_is_what_the_build_names(tmp_path, find):
    assert differences(find(), tmp_path, CHANGES) == []


def test_every_catalogue_that_is_read_is_changed():
    sources = {it.source for it in CHANGES}
    jobs = PROGRAM.prometheus.jobs if PROGRAM.prometheus else ()
    read = {name for it in HELD.values() for one in it.selectors if (name := one.name)}
    shown = {it.file: set(it.metrics) for it in PROGRAM.catalogues}
    used = {f"catalogue/{it.catalogue}" for it in jobs if it.catalogue}
    assert {file for file in used if shown[file] & read} <= sources


TEXT = """# HELP x_seconds Words x_seconds
# TYPE x_seconds histogram
x_seconds_bucket{a="1,\\"2",le="1"} 0
x_seconds_sum{a="1"} 0
# TYPE x gauge
x{a="1"} 0
"""


def test_a_renamed_metric_is_renamed_in_its_lines_alone():
    said = changed_catalogues({"e": TEXT}, Change("catalogue/e", "x_seconds"))["e"]
    assert said == TEXT.replace("P x_seconds", "P x_secondsrenamed").replace(
        "E x_seconds", "E x_secondsrenamed"
    ).replace("x_seconds_", "x_secondsrenamed_")


@pytest.mark.parametrize(("value", "old", "new"), [
    ('1,"2', '1,\\"2"', '1,\\"2renamed"'),
    ("1", 'sum{a="1"', 'sum{a="1renamed"'),
])  # fmt: skip
def test_a_renamed_value_is_renamed_in_the_lines_of_its_metric_alone(value, old, new):
    change = Change("catalogue/e", "x_seconds", "a", value)
    assert changed_catalogues({"e": TEXT}, change)["e"] == TEXT.replace(old, new)
