"""The folder itself: whatever its name, whatever lies in it, and whatever cannot be read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from giggamon_compiler.load import read_definitions
from giggamon_compiler.load.folder import shown_path
from tests.load.conftest import HOUSE

ROOT = Path(__file__).resolve().parents[2]


def test_our_own_definitions_have_no_finding():
    definitions, findings = read_definitions(ROOT / "definitions")
    assert findings == ()
    assert definitions.complete
    assert "services/orders" in [file.name for file in definitions.files]


@pytest.mark.parametrize("folder", ["monitoring", "a folder.with-signs", "os", "json/definitions"])
def test_any_folder_stands_for_definitions(read, folder):
    loaded = read(service='down = Alert("Down", expr="up == 0")\n', folder=folder)
    assert loaded.said == []
    assert loaded.names("services/orders") == ["service", "down"]


def test_a_folder_with_init_files_is_read_alike(read):
    loaded = read(
        {"__init__.py": '"""House."""\n', "services/__init__.py": ""},
        service='down = Alert("Down", expr="up == 0")\n',
    )
    assert loaded.said == []
    assert loaded.names("services/orders") == ["service", "down"]
    assert all("__init__" not in file.name for file in loaded.definitions.files)


def test_a_broken_init_file_hides_nothing(read):
    loaded = read({"services/__init__.py": "1 / 0\n"}, service="down = 3\nup = 4\nup = 5\n")
    assert loaded.ids == ["value-not-bound", "bound-twice"]


def test_a_missing_folder_is_said(tmp_path):
    definitions, findings = read_definitions(tmp_path / "definitons")
    (finding,) = findings
    assert (finding.id, finding.message, finding.fatal) == (
        "no-definitions",
        "definitons does not exist",
        True,
    )
    assert finding.help.startswith("name the folder that holds your definitions")
    assert not definitions.complete


def test_a_file_in_place_of_the_folder_is_said(tmp_path):
    (tmp_path / "definitions").write_text("")
    _, findings = read_definitions(tmp_path / "definitions")
    assert [finding.message for finding in findings] == ["definitions is no folder"]


def test_an_empty_folder_is_said(tmp_path):
    (tmp_path / "definitions").mkdir()
    _, findings = read_definitions(tmp_path / "definitions")
    assert [finding.message for finding in findings] == ["definitions holds no definition file"]


def test_a_link_to_a_folder_above_ends(read, tmp_path):
    (tmp_path / "definitions" / "services").mkdir(parents=True)
    (tmp_path / "definitions" / "services" / "again").symlink_to(tmp_path / "definitions")
    loaded = read(service="")
    assert loaded.said == [
        (
            "file-unreadable",
            "services/again:1:1",
            "",
            "definitions/services/again cannot be read: it is a link to a folder above itself",
        )
    ]


def test_a_link_to_nothing_is_said(read, tmp_path):
    (tmp_path / "definitions").mkdir()
    (tmp_path / "definitions" / "gone.py").symlink_to(tmp_path / "nowhere.py")
    (tmp_path / "definitions" / ".#draft.py").symlink_to("editor@host")
    assert [said[3] for said in read().said] == [
        "definitions/gone.py cannot be read: No such file or directory"
    ]


def test_a_pipe_is_not_waited_for(read, tmp_path):
    (tmp_path / "definitions").mkdir()
    os.mkfifo(tmp_path / "definitions" / "pipe.py")
    assert [said[3] for said in read().said] == [
        "definitions/pipe.py cannot be read: it is no regular file"
    ]


def test_what_the_system_refuses_is_said(read, monkeypatch):
    def refuse(path):
        if path.name in ("teams.py", "orders.md"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", refuse)
    loaded = read({"runbooks/orders.md": "## Down\n"}, house={"teams.py": HOUSE["teams.py"]})
    assert [said[3] for said in loaded.said] == [
        "definitions/runbooks/orders.md cannot be read: Permission denied",
        "definitions/teams.py cannot be read: Permission denied",
    ]


def test_a_folder_that_the_system_refuses_is_said(read, monkeypatch):
    def refuse(path):
        if path.name == "services":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    real = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", refuse)
    loaded = read(service="")
    assert [said[3] for said in loaded.said] == [
        "definitions/services cannot be read: Permission denied"
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "services/a.b.py",
            "definitions/services/a.b.py has a name with a dot, which no import can name",
        ),
        ("services/a'b.py", "definitions/services/a'b.py has a name with a single quote"),
        (
            "services/a\nb.py",
            "definitions/services/a\\nb.py has a name with a line break in it",
        ),
        *(
            (
                name,
                f"definitions/{name} has a name with {character} in it, "
                "which Prometheus reads as a pattern",
            )
            for name, character in (
                ("services/a[b.py", "["),
                ("services/a].py", "]"),
                ("[boards]/a.py", "["),
                ("services/a*.py", "*"),
                ("services/a?/b.py", "?"),
            )
        ),
    ],
)
def test_a_file_name_that_is_no_name_is_said(read, name, message):
    assert [said[3] for said in read({name: ""}).said] == [message]


def test_a_file_name_with_a_hyphen_is_read(read):
    loaded = read(
        {
            "services/card-payments.py": """\
                from definitions.teams import platform
                from giggamon_compiler import Service
                service = Service("card-payments", team=platform)
                """
        }
    )
    assert loaded.said == []
    assert loaded.names("services/card-payments") == ["service"]


def test_a_file_beside_a_folder_of_its_name_is_said(read):
    loaded = read({"lib.py": "", "lib/alerts.py": ""})
    assert [said[3] for said in loaded.said] == [
        "definitions/lib.py can never be imported, because the folder beside it has the same name"
    ]


def test_runbooks_are_their_headings(read):
    loaded = read(
        {
            "runbooks/orders.md": """\
                # Orders
                ## OrdersDown
                text
                ### Not this
                ```sh
                ## not this
                ```
                ~~~
                ```
                ## nor this
                ~~~
                ##   OrdersSlow ##
                ##NoHeading
                """,
            "runbooks/deep/er.md": "## Down\n",
            "notes.md": "## Nothing\n",
        }
    )
    assert loaded.said == []
    assert loaded.definitions.runbooks == {
        "orders": {"OrdersDown": True, "OrdersSlow": True},
        "deep/er": {"Down": False},
    }


def test_a_conflict_in_a_runbook_is_said(read):
    loaded = read({"runbooks/orders.md": "## A\n<<<<<<< x\n=======\n>>>>>>> y\n"})
    assert loaded.said[0][:3] == ("merge-conflict", "runbooks/orders.md:2:1", "<<<<<<< x")


def test_a_folder_is_shown_from_where_people_are(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert shown_path(tmp_path / "house" / "definitions") == "house/definitions"
    assert shown_path(Path("definitions")) == "definitions"
    assert shown_path(Path()) == tmp_path.name
    assert shown_path(Path("/elsewhere/definitions")) == "definitions"


def test_a_working_folder_that_was_deleted_is_survived(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    _, findings = read_definitions(Path("definitions"))
    assert [it.message for it in findings] == ["definitions does not exist"]


def test_nothing_is_written_and_nothing_stays(read, tmp_path):
    before, path = set(sys.modules), list(sys.path)
    read(service="")
    written = [it for it in (tmp_path / "definitions").rglob("*") if it.name == "__pycache__"]
    assert written == []
    assert sys.path == path
    assert not [name for name in set(sys.modules) - before if name.startswith("definitions")]


def test_a_program_may_write_byte_code_or_not(tmp_path):
    folder = tmp_path / "definitions"
    folder.mkdir()
    (folder / "teams.py").write_text("text = 1\n")
    script = (
        "import sys; from pathlib import Path; from giggamon_compiler.load import read_definitions;"
        f"sys.dont_write_bytecode = False; read_definitions(Path({str(folder)!r}));"
        "assert not sys.dont_write_bytecode"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, timeout=60)
    assert [it.name for it in folder.iterdir()] == ["teams.py"]
