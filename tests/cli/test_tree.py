"""The output folder: only what is ours is touched, and every file is whole at any moment."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from giggamon_compiler.cli.tree import Changes, OutputError, compare, read, write

FILES = {
    "manifest/services/orders.json": '{"format": 1}\n',
    "prometheus/prometheus.yml": "global: {}\n",
    "prometheus/rules/services/orders.yml": "groups: []\n",
    "grafana/dashboards/commerce/orders.json": '{"title": "注文"}\n',
}
PATHS = tuple(sorted(FILES))


FIRST, SECOND = '"format"' * 1000, '"FORMAT"' * 900 + '"format"'


def build(output, files=FILES):
    changes = compare(output, files)
    write(output, files, changes)
    return changes


def test_what_is_written_is_in_step(tmp_path):
    assert build(tmp_path / "out") == Changes(added=PATHS)
    assert not compare(tmp_path / "out", FILES)
    assert read(tmp_path / "out") == FILES


def test_only_what_differs_is_written(tmp_path):
    build(tmp_path)
    kept = (tmp_path / PATHS[0]).stat().st_ino
    changed = {**FILES, PATHS[-1]: "groups: [{}]\n"}
    assert build(tmp_path, changed) == Changes(changed=(PATHS[-1],))
    assert (tmp_path / PATHS[0]).stat().st_ino == kept


def test_leftovers_go_with_the_folders_that_they_leave_empty(tmp_path):
    build(tmp_path)
    without = {path: text for path, text in FILES.items() if "grafana" not in path}
    changes = build(tmp_path, without)
    assert changes == Changes(left=("grafana/dashboards/commerce/orders.json",))
    assert not (tmp_path / "grafana").exists()


def test_what_is_not_ours_is_never_touched(tmp_path):
    build(tmp_path)
    foreign = [
        tmp_path / "README.md",
        tmp_path / "grafana" / "notes.txt",
        tmp_path / "blackbox.yml",
    ]
    for path in foreign:
        path.write_text("mine")
    build(tmp_path, {"manifest/services/orders.json": FILES["manifest/services/orders.json"]})
    assert all(path.read_text() == "mine" for path in foreign)


@pytest.mark.parametrize("manifest", [None, '{"name": "a package"}'])
def test_a_folder_that_holds_the_files_of_others_is_refused(tmp_path, manifest):
    if manifest:
        (tmp_path / "manifest").mkdir()
        (tmp_path / "manifest" / "package.json").write_text(manifest)
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    theirs = tmp_path / "prometheus" / "prometheus.yml"
    theirs.parent.mkdir()
    theirs.write_text("theirs")
    with pytest.raises(OutputError) as refusal:
        build(tmp_path)
    assert "did not write" in refusal.value.finding.message
    assert theirs.read_text() == "theirs"
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {theirs, *before}


def test_files_keep_the_usual_permissions(tmp_path):
    build(tmp_path)
    plain = tmp_path / "plain"
    plain.write_text("")
    assert (tmp_path / PATHS[0]).stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize(
    "path", ["../x.yml", "prometheus/../../x.yml", "/x.yml", "elsewhere/x.yml"]
)
def test_no_path_leads_out_of_the_folder(tmp_path, path):
    with pytest.raises(OutputError):
        build(tmp_path / "out", {path: "x"})
    assert not (tmp_path / "x.yml").exists()


def test_a_file_in_the_way_is_said(tmp_path):
    (tmp_path / "manifest").mkdir()
    (tmp_path / "prometheus").write_text("in the way")
    with pytest.raises(OutputError) as refusal:
        build(tmp_path)
    assert refusal.value.finding.fatal


def test_a_full_disk_leaves_the_old_file(tmp_path):
    """A limit on the size of a file stands for the disk: as there, a write fails half-way."""
    build(tmp_path)
    big = {**FILES, PATHS[-1]: "x" * 100_000}
    done = run_python(
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "try:\n    write(output, files, compare(output, files))\n"
        "except OutputError as error:\n    print(error.finding.message)\n",
        tmp_path,
        big,
    ).communicate(timeout=30)[0]
    assert "cannot be used: file too large" in done
    assert compare(tmp_path, FILES) == Changes()


def run_python(code, output, files):
    start = (
        "from pathlib import Path\n"
        "from giggamon_compiler.cli.tree import OutputError, compare, write\n"
        f"output, files = Path({str(output)!r}), {dict(files)!r}\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    process.stdin.write(start + code)
    process.stdin.close()
    process.stdin = None
    return process


@pytest.mark.parametrize("seed", range(6))
def test_a_kill_at_any_moment_leaves_whole_files(tmp_path, seed):
    first = {f"manifest/services/s{number}.json": FIRST for number in range(40)}
    second = dict.fromkeys(first, SECOND)
    build(tmp_path, first)
    process = run_python(
        "print('ready', flush=True)\n"
        f"other = dict.fromkeys(files, {FIRST!r})\n"
        "while True:\n"
        "    for wanted in (files, other):\n"
        "        write(output, wanted, compare(output, wanted))\n",
        tmp_path,
        second,
    )
    try:
        assert process.stdout.readline() == "ready\n"
        time.sleep(random.Random(seed).uniform(0.005, 0.2))
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=30)
    texts = {(tmp_path / path).read_text() for path in first}
    assert texts <= {FIRST, SECOND}
    assert set(compare(tmp_path, first).left) == {
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.tmp")
    }
    build(tmp_path, first)
    assert read(tmp_path) == first
    assert not list(tmp_path.rglob("*.tmp"))
