"""The output folder: what differs from what the definitions compile to, and writing that.

Only files below the folders of our own targets are ever touched, and only where `manifest/` shows
that the folder is ours. Each file is written whole: a temporary file beside it, flushed to the
disk, takes its place. A kill in the middle leaves whole files, old or new; the next build goes on.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from giggamon_compiler.findings import Finding

FOLDERS = ("manifest", "prometheus", "alertmanager", "blackbox", "grafana")
_OURS = (".json", ".yml", ".tmpl")
_TEMPORARY = ".giggamon.tmp"
_WRITERS = 8


@dataclass(frozen=True, slots=True)
class Changes:
    """Paths below the output folder that differ, sorted; left: what nothing compiles to."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.left)


class OutputError(Exception):
    """The output folder cannot be read or written; `finding` says why."""

    def __init__(self, path: Path, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.finding = Finding(
            "output-not-writable", f"{path} {reason}", None, advice, str(path), fatal=True
        )


def compare(output: Path, files: Mapping[str, str]) -> Changes:
    """What a build would add, change and remove. Raises OutputError."""
    if output.exists() and not output.is_dir():
        raise OutputError(output, "is no folder", "name another folder with --output")
    try:
        there = set(_walk(output))
        changed = [path for path in files if path in there and _differs(output / path, files[path])]
    except OSError as error:
        raise _unusable(output, error) from None
    added = [path for path in files if path not in there]
    left = there.difference(files)
    return Changes(tuple(sorted(added)), tuple(sorted(changed)), tuple(sorted(left)))


def write(output: Path, files: Mapping[str, str], changes: Changes) -> None:
    """Bring the output folder in step. Raises OutputError."""
    wanted = [*changes.added, *changes.changed]
    try:
        if (changes.changed or changes.left) and not _is_ours(output / "manifest"):
            raise OutputError(
                output,
                "holds files that giggamon did not write: it has no manifest",
                "name another folder with --output, or remove this one if nobody misses it",
            )
        if wanted:
            (output / "manifest").mkdir(parents=True, exist_ok=True)
        _write_all(output, {path: files[path] for path in wanted})
        for path in changes.left:
            (output / path).unlink(missing_ok=True)
        _remove_empty_folders(output)
    except OSError as error:
        raise _unusable(output, error) from None


def read(output: Path) -> dict[str, str]:
    """The outputs as they stand in the folder, path → text. Raises OutputError."""
    try:
        return {
            path: _content_of(output / path).decode(errors="replace")
            for path in sorted(_walk(output))
            if not path.endswith(_TEMPORARY)
        }
    except OSError as error:
        raise _unusable(output, error) from None


def _is_ours(manifest: Path) -> bool:
    """Whether a folder holds a manifest of ours, or what a killed build left of one."""
    if not manifest.is_dir():
        return False
    files = [path for path in manifest.rglob("*") if path.is_file()]
    return all(path.name.endswith(_TEMPORARY) for path in files) or any(
        b'"format"' in path.read_bytes() for path in files if path.suffix == ".json"
    )


def _walk(output: Path) -> Iterator[str]:
    """What is ours: files of our kinds below our folders, and temporary files of a killed build."""
    for top in FOLDERS:
        for folder, _, names in os.walk(output / top, onerror=_raise_if_there):
            below = Path(folder).relative_to(output).as_posix()
            for name in names:
                if name.endswith((*_OURS, _TEMPORARY)):
                    yield f"{below}/{name}"


def _raise_if_there(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def _differs(path: Path, text: str) -> bool:
    return _content_of(path) != text.encode("utf-8")


def _content_of(path: Path) -> bytes:
    """What a file holds; whoever opens a pipe would wait for ever."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OutputError(path, "is no regular file", "remove it, and run giggamon build")
    return path.read_bytes()


def _write_all(output: Path, files: Mapping[str, str]) -> None:
    """Write many files side by side, because each waits for the disk."""
    for path in files:
        parts = PurePosixPath(path).parts
        if path.startswith("/") or ".." in parts or parts[0] not in FOLDERS:
            raise OSError(f"{path} would stand outside of it")
    for folder in sorted({(output / path).parent for path in files}):
        folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(_WRITERS) as writers:
        list(writers.map(lambda path: _write_file(output / path, files[path]), files))
    for folder in {(output / path).parent for path in files}:
        _flush_folder(folder)


def _write_file(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}{_TEMPORARY}")
    try:
        with temporary.open("wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _flush_folder(folder: Path) -> None:
    """Make renames last, where the system can do that for a folder."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove_empty_folders(output: Path) -> None:
    for top in FOLDERS:
        for folder, _, _ in os.walk(output / top, topdown=False):
            if not any(Path(folder).iterdir()):
                Path(folder).rmdir()


def _unusable(output: Path, error: OSError) -> OutputError:
    reason = error.strerror.lower() if error.strerror else str(error)
    where = error.filename2 or error.filename  # the target, where a file was to be renamed
    where = Path(where) if isinstance(where, str) else output
    return OutputError(
        where,
        f"cannot be used: {reason}",
        "make room or change its permissions, or name another folder with --output",
    )


def changes_text(output: Path, changes: Changes, heal: str | None) -> str:
    """The changes, one a line: as done, or, with the command that heals them, as found."""
    words = ("missing", "stale", "left over") if heal else ("added", "changed", "removed")
    rows = zip(words, (changes.added, changes.changed, changes.left), strict=True)
    lines = [f"{word:<9}  {output / path}" for word, paths in rows for path in paths]
    return "\n".join([*lines, *([f"bring {output} in step: {heal}"] if heal else []), ""])


def stale_findings(output: Path, changes: Changes, heal: str) -> list[Finding]:
    """A finding for each path that a build would touch."""
    return [
        Finding(id_, f"{output / path} {what}", None, heal, str(output / path))
        for id_, paths, what in (
            ("missing-output", changes.added, "is missing"),
            ("stale-output", changes.changed, "is not what the definitions compile to"),
            ("leftover-output", changes.left, "is left over: no definition compiles to it"),
        )
        for path in paths
    ]


def empty_finding(output: Path, heal: str) -> Finding:
    """An output folder that no build has written to yet."""
    return Finding("missing-output", f"{output} holds no outputs yet", None, heal, str(output))


def places_text(definitions: Path, output: Path = Path("generated")) -> str:
    """The options that name the folders, where they are not the usual ones."""
    named = (("definitions", definitions, "definitions"), ("output", output, "generated"))
    return "".join(
        f" --{option} {shlex.quote(str(path))}"
        for option, path, usual in named
        if path != Path(usual)
    )
