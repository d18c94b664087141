"""What an exporter exposes: fetched, made short, and written as a catalogue.

Nothing is replaced in silence: what was replaced or left out stands in the head of the file.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from giggamon_compiler.exposition import Exposition, ExpositionError, Family, Series, read, sample
from giggamon_compiler.exposition import write as render
from giggamon_compiler.secrets import masked

LARGEST = 32 << 20  # bytes; a server of a million series answers less of its own
PATIENCE = 30.0  # seconds for each wait on the network: some exporters ask slow services
# The text format and no other: most exporters answer with what is asked for.
ACCEPT = "text/plain;version=0.0.4"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_LABEL = re.compile(r"([a-zA-Z_][a-zA-Z0-9_]*)=(.+)", re.DOTALL)
_BUILD = "_build_info"
_WIDTH = 98


class RecordError(Exception):
    """Nothing could be recorded; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A wish to record: what answers at each of `urls` (or a file, or "-"), as `name`.

    values: of each label whose values are to be replaced, by what; note: a remark for the head
    """

    urls: Sequence[str]
    name: str
    version: str | None
    values: Mapping[str, str]
    note: str = ""

    def take(self) -> tuple[str, str]:
        """The catalogue's text, and what it holds in words. Raises RecordError."""
        merged = _merge([(url, _read(url)) for url in self.urls])
        families = tuple(self._replaced(family) for family in self._checked(merged))
        kept, left = sample(Exposition(families))
        exporter, version = self._made_by(families)
        said = [
            f"exporter: {exporter}",
            f"version: {version}",
            f"recorded by: {self._command()}",
            *_folded(_HEAD),
        ]
        if self.note:
            said += _folded(f"note: {self.note}")
        if self.values:
            said += _folded(f"replaced: the values of {', '.join(sorted(self.values))}")
        for it in left:
            said.append(f"left out: {it.left} of {it.all} series of {it.name}")
        series = sum(len(family.series) for family in kept.families)
        shown = f"{len(families)} metrics with {series} series of {exporter} {version}"
        return render(replace(kept, comments=tuple(said))), shown

    def _checked(self, merged: Iterator[Family]) -> Sequence[Family]:
        """The metrics, where each label to be replaced is on one of them. Raises RecordError."""
        families = tuple(merged)
        if self.values:
            known = {name for it in families for series in it.series for name, _ in series.labels}
            for label in self.values:
                if label not in known:
                    raise RecordError(_unknown_label(label, known))
        return families

    def _replaced(self, family: Family) -> Family:
        if not self.values:
            return family
        series = dict.fromkeys(
            Series(
                it.name,
                tuple((label, self.values.get(label, value)) for label, value in it.labels),
            )
            for it in family.series
        )
        return replace(family, series=tuple(series))

    def _made_by(self, families: Sequence[Family]) -> tuple[str, str]:
        """The exporter and its version, as its build_info says: its own, or the only one."""
        builds = {it.name.removesuffix(_BUILD): it for it in families if it.name.endswith(_BUILD)}
        builds.pop("go", None)  # of the client library: which Go, and which module
        name = self.name if self.name in builds or len(builds) != 1 else next(iter(builds))
        stated = self.version
        if stated is None and name in builds:
            labels = dict(builds[name].series[0].labels)
            stated = labels.get("version")
        if not stated:
            raise RecordError(
                f"{self.urls[0]} does not say the exporter's version: add --version VERSION"
            )
        return name, " ".join(stated.split())

    def _command(self) -> str:
        words = ["giggamon", "record", *self.urls, self.name]
        words += ["--version", self.version] if self.version else []
        for label, value in sorted(self.values.items()):
            words += ["--replace", f"{label}={value}"]
        return shlex.join(words)


_HEAD = (
    "Names, types, helps and labels are what was seen, and label values those of one machine. "
    "Sample values are not kept: each is 0."
)


def read_replacements(words: Sequence[str]) -> Mapping[str, str]:
    """Label to value. Raises RecordError."""
    values = {}
    for word in words:
        match = _LABEL.fullmatch(word)
        if match is None:
            raise RecordError(f"--replace {word} is not LABEL=VALUE, such as nodename=host-1")
        values[match[1]] = match[2]
    return values


def _unknown_label(label: str, known: set[str]) -> str:
    from giggamon_compiler.load.wording import nearest

    near = nearest(label, known)
    advice = f"did you mean {near}?" if near else f"there are {', '.join(sorted(known)) or 'none'}"
    return f"--replace {label}=…: no series has a label {label}: {advice}"


def path_of(definitions: Path, name: str) -> Path:
    """The file of a catalogue. Raises RecordError."""
    if not _NAME.fullmatch(name):
        raise RecordError(
            f"{name or 'the empty name'} cannot name a catalogue: "
            "use small letters, digits, _ and -, such as mysqld_exporter"
        )
    if not definitions.is_dir():
        raise RecordError(
            f"{definitions} is no folder: name that of your definitions with --definitions"
        )
    return definitions / "catalogue" / f"{name}.prom"


def write(path: Path, text: str) -> None:
    """Write a file whole, so that a kill leaves the old one. Raises RecordError."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(exist_ok=True)
        try:
            with temporary.open("wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise RecordError(f"{path} cannot be written: {_reason(error)}") from None


def _folded(text: str) -> list[str]:
    """A text in lines that are not too long."""
    from textwrap import wrap

    return wrap(text, _WIDTH)


def _read(url: str) -> Exposition:
    data = _fetch(url)
    try:
        exposition = read(data.decode())
    except UnicodeDecodeError as error:
        wrong = f"byte 0x{data[error.start]:02x} is not UTF-8"
        raise RecordError(f"{url} answers no exposition: {wrong}") from None
    except ExpositionError as error:
        wrong = f"line {error.line}: {error.message}"
        raise RecordError(f"{url} answers no exposition: {wrong}") from None
    if not exposition.families:
        raise RecordError(f"{url} answers no metric: is it the path of the metrics?")
    return exposition


def _merge(expositions: Sequence[tuple[str, Exposition]]) -> Iterator[Family]:
    """The metrics of all, each once. Raises RecordError where two do not agree on its type."""
    merged: dict[str, Family] = {}
    for url, exposition in expositions:
        for family in exposition.families:
            known = merged.get(family.name, family)
            if known.kind == "untyped":  # nobody has said what it is
                known = replace(known, kind=family.kind, help=known.help or family.help)
            if family.kind not in ("untyped", known.kind):
                raise RecordError(
                    f"{family.name} is a {family.kind} at {url} and a {known.kind} elsewhere: "
                    "record them as two catalogues"
                )
            series = dict.fromkeys((*known.series, *family.series))
            merged[family.name] = replace(known, series=tuple(series))
    return iter(merged.values())


def _fetch(url: str) -> bytes:
    if "://" not in url:
        return _read_local(url)
    _check_url(url)
    request = urllib.request.Request(url, headers={"Accept": ACCEPT})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            data: bytes = answer.read(LARGEST + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise RecordError(f"{url} answers {error.code} {error.reason}".rstrip()) from None
    except (OSError, HTTPException, ValueError) as error:
        raise RecordError(f"{url} cannot be fetched: {_reason(error)}") from None
    return _bounded(data, url)


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        login = parts.username is not None or parts.password is not None
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise RecordError(f"{masked(url)} is no address: {str(error).lower()}") from None
    if login or masked(url) != url:
        raise RecordError(
            f"{masked(url)} holds what looks like a secret, and the address would stand in the "
            "catalogue: save what answers to a file, and name that in its place"
        )
    if not whole or not url.isascii() or not url.isprintable() or " " in url:
        raise RecordError(f"{url} is no address, such as http://localhost:9104/metrics")


def _read_local(name: str) -> bytes:
    try:
        if name == "-":
            return _bounded(sys.stdin.buffer.read(LARGEST + 1), "standard input")
        if not Path(name).is_file():
            raise RecordError(
                f"{name} is neither an address, such as http://localhost:9104/metrics, nor a file"
            )
        with Path(name).open("rb") as file:
            return _bounded(file.read(LARGEST + 1), name)
    except OSError as error:
        raise RecordError(f"{name} cannot be read: {_reason(error)}") from None
    except ValueError:
        raise RecordError("a name with a NUL byte is none of a file") from None


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > LARGEST:
        raise RecordError(
            f"{name} answers more than {LARGEST >> 20} MiB, which is too much for a catalogue"
        )
    return data


def _reason(error: Exception) -> str:
    """Why, in a few words; the cause itself where urllib has wrapped it."""
    inner = getattr(error, "reason", None)
    if isinstance(inner, Exception):
        error = inner
    strerror = getattr(error, "strerror", None)
    if isinstance(error, TimeoutError):
        return f"no answer within {PATIENCE:g} seconds"
    return str(strerror or str(error) or type(error).__name__).lower().rstrip(".")
