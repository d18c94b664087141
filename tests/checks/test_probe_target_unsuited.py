"""A target has the form that its prober takes; the real exporter fails on every other."""

import shutil
import subprocess
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager

import pytest

from tests.checks.probes import probing
from tests.e2e.servers import free_port
from tests.house import underlined

EXPORTER = shutil.which("prometheus-blackbox-exporter")
# By prober: those that are taken, and those that are not.
TARGETS = {
    "http": (
        ["https://a.example/", "a.example", "http://a.example:80?x=1#y", "[::1]:80/x", "1.2.3.4:8"],
        ["tcp://a.example", "a b", "https://a.example/a b", "https://", ""],
    ),
    "tcp": (["a.example:25", "[::1]:25"], ["a.example", "https://a.example/", "::1:25:", ":"]),
    "icmp": (["a.example", "1.2.3.4", "::1"], ["a.example:80", "https://a.example/", "a b"]),
    "dns": (["a.example", "1.2.3.4:53", "::1"], ["https://a.example/", "dns://a.example:53"]),
}
BAD = [(prober, target) for prober, (_, bad) in TARGETS.items() for target in bad if target]


@pytest.mark.parametrize(
    ("prober", "target", "good"),
    [
        (prober, target, good)
        for prober, both in TARGETS.items()
        for good, targets in zip((True, False), both, strict=True)
        for target in targets
    ],
)
def test_targets(tmp_path, prober, target, good):
    module, probe = f'prober="{prober}"', f'targets=["{target}"]'
    found = probing(tmp_path, module, probe, only="probe-target-unsuited")
    assert [underlined(it) for it in found] == ([] if good else [f'"{target}"'])


@pytest.mark.skipif(EXPORTER is None, reason="no blackbox exporter is installed")
def test_the_exporter_fails_on_what_is_refused(tmp_path):
    with exporter(tmp_path) as url:
        for prober, target in BAD:
            query = urllib.parse.urlencode({"module": prober, "target": target})
            with urllib.request.urlopen(f"{url}?{query}", timeout=10) as answer:
                assert b"\nprobe_success 0\n" in answer.read(), (prober, target)


@contextmanager
def exporter(folder):
    """A running exporter with a module of each prober."""
    file, port = folder / "blackbox.yml", free_port()
    settings = {"dns": ", dns: {query_name: a.example}"}
    modules = (f"{it}: {{prober: {it}, timeout: 2s{settings.get(it, '')}}}" for it in TARGETS)
    file.write_text(f"modules: {{{', '.join(modules)}}}")
    command = [str(EXPORTER), f"--config.file={file}", f"--web.listen-address=127.0.0.1:{port}"]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stderr=log) as process:
        try:
            deadline = time.monotonic() + 20
            while True:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/-/healthy", timeout=2):
                        break
                except OSError:
                    assert time.monotonic() < deadline
                    time.sleep(0.05)
            yield f"http://127.0.0.1:{port}/probe"
        finally:
            process.terminate()
            process.wait(10)
