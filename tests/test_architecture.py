"""The shape of the code: imports, effects, start-up, sizes, and the tools that judge it."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "giggamon_compiler"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

MODULES = sorted(PACKAGE.rglob("*.py"))
SOURCES = [
    *MODULES,
    *sorted((ROOT / "definitions").rglob("*.py")),
    *(path for path in sorted((ROOT / "tests").rglob("*.py")) if "golden" not in path.parts),
]

LONGEST_FILE = 350
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "manager", "misc", "base"}
LOADED_ONLY_WHEN_NEEDED = {"deepdiff", "grafanalib", "jsonschema", "re2", "yaml"}

# Which parts may do what, by the name of the function or method that is called.
EFFECTS = {
    "write": (
        {"write_text", "write_bytes", "mkdir", "makedirs", "unlink", "touch", "rmdir", "rmtree"}
        | {"rename", "renames", "symlink_to", "hardlink_to", "chmod", "fsync", "mkdtemp", "mkstemp"}
        | {"NamedTemporaryFile", "TemporaryDirectory", "TemporaryFile"},
        {"cli", "judges"},  # a judge writes to a temporary folder of its own, for the real tools
    ),
    "read": (
        {"open", "read_text", "read_bytes", "iterdir", "glob", "rglob", "scandir", "listdir"},
        {"cli", "judges", "load", "checks"},  # the folder of checks is the list of checks
    ),
    "run code": (
        {"exec", "eval", "compile", "import_module", "__import__", "run_path", "run_module"},
        {"cli", "load", "checks", "__init__"},  # the vocabulary is imported when asked for
    ),
    "speak": ({"print", "input", "breakpoint"}, {"cli"}),
}
# A pattern is no code: what stands before the dot tells the two apart.
PURE_NAMESAKES = {("re", "compile"), ("re2", "compile")}


def part_of(path: Path) -> str:
    """The folder or module directly below the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def place(path: Path, line: int) -> str:
    """How an offence is shown."""
    return f"{path.relative_to(ROOT)}:{line}"


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """The calls in a file, each with the last name of what is called."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            yield node.func.id, node
        elif isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name) and (owner.id, node.func.attr) in PURE_NAMESAKES:
                continue
            yield node.func.attr, node


def run(*command: str) -> None:
    """Run a tool of this venv in the project's root; its own output is the message of a failure."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_go_one_way():
    run("-c", "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])")


def test_ruff_has_nothing_to_say():
    run("-m", "ruff", "check", "--no-cache")


def test_format_is_ruffs():
    run("-m", "ruff", "format", "--check", "--no-cache")


@pytest.mark.timeout(300)
def test_types_hold():
    run("-m", "mypy")


@pytest.mark.parametrize("effect", EFFECTS)
def test_effects_are_where_they_belong(effect):
    names, parts = EFFECTS[effect]
    offences = [
        f"{place(path, call.lineno)}: {name}()"
        for path in MODULES
        if part_of(path) not in parts
        for name, call in calls(path)
        if name in names
    ]
    assert not offences, f"only {', '.join(sorted(parts))} may {effect}"


def test_the_vocabulary_is_for_definitions_only():
    parts = {part_of(path) for path in MODULES}
    offences = [
        f"{place(path, node.lineno)}: {name.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "giggamon_compiler"
        for name in node.names
        if name.name not in parts
    ]
    assert not offences, "import it from the module of model/ that defines it"


def test_a_file_does_one_job():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    too_long = [place(path, lines) for path, lines in lengths.items() if lines > LONGEST_FILE]
    assert not too_long, f"more than {LONGEST_FILE} lines is a sign of two jobs"


def test_a_module_is_named_after_what_it_holds():
    vague = [
        place(path, 1)
        for path in MODULES
        if NAMES_THAT_SAY_NOTHING & set(path.relative_to(PACKAGE).with_suffix("").parts)
    ]
    assert not vague


@pytest.mark.parametrize(
    "start",
    [
        pytest.param("import giggamon_compiler", id="import"),
        pytest.param(
            "sys.argv = ['giggamon', '--help']\n"
            "from giggamon_compiler.cli import main\n"
            "try:\n    main()\n"
            "except SystemExit as end:\n    assert not end.code, end.code",
            id="help",
        ),
    ],
)
def test_start_loads_nothing_heavy(start):
    heavy = f"sys.exit(' '.join(sorted({LOADED_ONLY_WHEN_NEEDED!r} & set(sys.modules))) or 0)"
    run("-c", f"import sys\n{start}\n{heavy}")


def test_the_lock_is_in_step_with_the_project():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {
        canonicalize_name(name): version
        for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, flags=re.MULTILINE)
    }
    wanted = [
        Requirement(line)
        for line in (
            *PROJECT["project"]["dependencies"],
            *PROJECT["build-system"]["requires"],
            *(line for line in PROJECT["dependency-groups"]["dev"] if isinstance(line, str)),
        )
    ]
    out_of_step = [
        f"{each} is locked at {locked.get(canonicalize_name(each.name))}"
        for each in wanted
        if locked.get(canonicalize_name(each.name), "nothing") not in each.specifier
    ]
    assert not out_of_step, "make it again: the command stands in its first lines"


def test_the_lock_names_no_host_and_no_machine():
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("#    uv pip compile pyproject.toml ")
    assert not [line for line in lines if re.search(r"://|^-|\s/|file:", line)]
