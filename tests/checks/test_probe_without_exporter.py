"""A probe needs a blackbox exporter."""

import pytest

from tests.checks.probes import probing

ARGUMENTS = ('prober="http"', 'targets=["https://shop.giggatek.example/"]')


@pytest.mark.parametrize(("blackbox", "count"), [("", 1), (', blackbox="blackbox:9115"', 0)])
def test_exporters(tmp_path, blackbox, count):
    found = probing(tmp_path, *ARGUMENTS, only="probe-without-exporter", blackbox=blackbox)
    assert [it.subject for it in found] == ["production"] * count
    assert [note.message for it in found for note in it.notes] == ["shop is a probe"] * count
