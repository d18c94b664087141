"""Modules as the real exporter takes them: what it refuses is shown where it is written."""

import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from giggamon_compiler import pipeline
from giggamon_compiler.findings import Place
from giggamon_compiler.judges import Toolbox, find_tools
from tests.house import FILES, underlined, write_house
from tests.judges.fakes import script

ENVIRONMENT = FILES["environment.py"].replace('"production"', '"production", blackbox="box:9115"')


def build(folder: Path, tools: Toolbox, *modules: str) -> pipeline.Build:
    """A house with a probe of each of these modules."""
    lines = ['service = Service("orders", team=commerce)']
    for number, module in enumerate(modules):
        lines += [
            f'module_{number} = Module("module_{number}", {module})',
            f'probe_{number} = Probe("probe_{number}", module=module_{number},',
            f"    targets=[{'https://a.example/' if 'http' in module else 'a.example:22'!r}])",
        ]
    files = {"environment.py": ENVIRONMENT, "services/orders.py": "\n".join(lines)}
    return pipeline.build(write_house(folder, files), tools)


def errors(built: pipeline.Build) -> list[Any]:
    return [it for it in built.findings if it.level == "error"]


REFUSED = {
    'prober="http", http={"tls_config": {"insecure_skip_verfy": True}}': (
        "insecure_skip_verfy not found",
        "True",
    ),
    'prober="tcp", tcp={"query_response": [{"expct": "^SSH"}]}': ("expct not found", '"^SSH"'),
    'prober="tcp", tcp={"query_response": [{"expect": "^SSH-(2.0-"}]}': (
        "Could not compile regular expression `^SSH-(2.0-`",
        '"^SSH-(2.0-"',
    ),
    r'prober="tcp", tcp={"query_response": [{"expect": r"^a\d\"("}]}': (
        r"Could not compile regular expression `^a\d\"(`",
        r'r"^a\d\"("',
    ),
    'prober="http", http={"valid_status_codes": "200"}': ("into []int", '"200"'),
    'prober="http", timeout="1d"': ("`1d` into time.Duration", '"1d"'),
    'prober="http", http={"body_size_limit": "7x"}': ("unknown unit x in 7x", None),
    'prober="http", http={"basic_auth": {"username": "a"}, "bearer_token_file": "b"}': (
        "at most one of",
        None,
    ),
}
GOOD = 'prober="http", timeout="5s", http={"valid_status_codes": [200]}'


@pytest.mark.parametrize("module", REFUSED)
def test_what_is_refused_is_shown_where_it_is_written(tmp_path, tools, module):
    text, shown = REFUSED[module]
    built = build(tmp_path, tools, GOOD, module)
    (finding,) = [it for it in errors(built) if it.id == "refused-by-blackbox-exporter"]
    assert text in finding.message
    assert "CONFIGURATION.md" in finding.help
    assert not built.valid
    if shown is None:
        assert "module module_1: " in finding.message
        assert underlined(finding).startswith("Module")
        assert isinstance(finding.origin, Place)
        assert '"module_1"' in finding.origin.text
    else:
        assert underlined(finding) == shown


def test_every_module_that_is_refused_is_named(tmp_path, tools):
    broken = [it for it in REFUSED if "compile" in REFUSED[it][0] or "bearer" in it]
    found = errors(build(tmp_path, tools, *broken, GOOD))
    named = {it.message.partition(": ")[0].rpartition(" ")[2] for it in found}
    assert named == {"module_0", "module_1", "module_2"}


def test_what_a_check_has_said_is_not_said_again(tmp_path, tools):
    found = errors(build(tmp_path, tools, 'prober="http", http={"valid_status_code": [200]}'))
    assert [it.id for it in found] == ["unknown-module-setting"]


def test_it_is_named_where_it_spoke(tmp_path, tools):
    with_modules, without = build(tmp_path / "a", tools, GOOD), build(tmp_path / "b", tools)
    assert not errors(with_modules)
    assert with_modules.judged_by == (*tools.names, f"blackbox exporter {tools.blackbox_version}")
    assert without.judged_by == tools.names


@pytest.fixture
def path(tmp_path, tools) -> Path:
    """A search path with promtool and amtool alone."""
    folder: Path = tmp_path / "bin"
    folder.mkdir()
    for name in ("promtool", "amtool"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


def found_in(path: Path) -> Toolbox:
    found = find_tools(str(path))
    assert isinstance(found, Toolbox), found
    return found


def test_without_it_nobody_judges_modules_and_nothing_fails(tmp_path, path):
    built = build(tmp_path, found_in(path), *REFUSED)
    ids = {it.id for it in errors(built)}
    assert not ids & {"missing-tool", "judge-failed", "refused-by-blackbox-exporter"}
    assert [it.split()[0] for it in built.judged_by] == ["promtool", "amtool"]


@pytest.mark.parametrize("name", ["blackbox_exporter", "prometheus-blackbox-exporter"])
def test_it_goes_by_two_names(path, name):
    own = script(path, name, 'echo "blackbox_exporter, version 0.99.1 (branch: x)"')
    tools = found_in(path)
    assert (tools.blackbox, tools.blackbox_version) == (own, "0.99.1")
    assert tools.names_for({"blackbox/blackbox.yml": ""})[2:] == ("blackbox exporter 0.99.1",)
    assert tools.names_for({}) == tools.names


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("kill -SEGV $$", "was ended by signal 11"),
        ("exit 2", "broke off with exit code 2"),
        ("exit 0", "does not say"),
        ("echo hello; exit 1", "fails, and does not say why"),
    ],
)
def test_one_that_is_broken_is_fatal_where_there_are_modules(tmp_path, path, body, text):
    script(path, "blackbox_exporter", body)
    tools = found_in(path)
    (finding,) = errors(build(tmp_path / "a", tools, GOOD))
    assert (finding.id, finding.subject, finding.fatal) == (
        "judge-failed",
        "blackbox_exporter",
        True,
    )
    assert text in finding.message
    assert not errors(build(tmp_path / "b", tools))


def test_one_that_hangs_is_stopped(tmp_path, tools, path):
    hanging = script(path, "blackbox_exporter", "sleep 300")
    impatient = Toolbox(tools.promtool, tools.amtool, seconds=2.0, blackbox=hanging)
    begun = time.monotonic()
    (finding,) = errors(build(tmp_path, impatient, GOOD))
    assert time.monotonic() - begun < 20
    assert finding.message == "blackbox_exporter gave no answer within 2 s and was stopped"


def test_newer_ones_write_their_log_otherwise(tmp_path, path):
    said = (
        r"""level=ERROR source=main.go:84 msg="Error loading config" err="error parsing config """
    )
    said += r'''file: yaml: unmarshal errors:\n  line 5: field x not found in type config.plain"'''
    quoted = f"time=2026-01-01T00:00:00.000Z {said}"
    script(path, "blackbox_exporter", f"cat >&2 <<'E'\n{quoted}\nE\nexit 1")
    (finding,) = errors(build(tmp_path, found_in(path), GOOD))
    assert "line 5: the blackbox exporter says: field x not found" in finding.message
