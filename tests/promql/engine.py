"""The real engine as a judge of PromQL: a throwaway Prometheus, and promtool in batches.

A `Generation` is one pair of programs with its version. `engine(generation, folder)` runs a
Prometheus on loopback with its data in `folder`/data (blocks that were made there before are
served), and `Engine.ask` and `ask_many` put questions to its HTTP API over one connection that
stays open. `rejected` tells which of many expressions promtool refuses in a rule.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests.e2e.servers import running

# How much is on its way before an answer is read: less than the buffers of a connection hold, else
# both sides would wait for the other to read.
UNANSWERED_BYTES = 16_000
GROUPS_A_FILE = 2000
ANSWER_SECONDS = 60.0
PROMTOOL_SECONDS = 120.0
EXPERIMENTAL = "--enable-feature=promql-experimental-functions"


@dataclass(frozen=True, slots=True)
class Generation:
    """A Prometheus and its promtool, by path; version: "2.42", "3.5"."""

    prometheus: str
    promtool: str
    version: str

    @property
    def is_newer(self) -> bool:
        """Whether it has what came with 3.0: parse_query, flags for experimental functions."""
        return int(self.version.split(".")[0]) >= 3


def find_generation(folder: Path | None = None) -> Generation | None:
    """The programs in a folder, or on PATH; None where they are missing."""
    path = str(folder) if folder else None
    found = [shutil.which(name, path=path) for name in ("prometheus", "promtool")]
    if None in found:
        return None
    prometheus, promtool = map(str, found)
    said = subprocess.run(
        [promtool, "--version"], capture_output=True, text=True, timeout=30, check=True
    )
    version = re.search(r"version (\d+\.\d+)", said.stdout + said.stderr)
    return Generation(prometheus, promtool, version[1]) if version else None


def find_newer() -> Generation | None:
    """The newer generation, in the folder that GIGGAMON_NEWER_TOOLS names."""
    folder = os.environ.get("GIGGAMON_NEWER_TOOLS")
    return find_generation(Path(folder)) if folder else None


class Engine:
    """A running Prometheus; version: of its programs."""

    def __init__(self, address: str, version: str) -> None:
        host, port = address.rsplit(":", 1)
        self.version = version
        self.address = address
        self._socket = socket.create_connection((host, int(port)), timeout=ANSWER_SECONDS)
        self._answers: IO[bytes] = self._socket.makefile("rb")

    def close(self) -> None:
        """End the connection; the server is ended by `engine`."""
        self._answers.close()
        self._socket.close()

    def ask(self, path: str, **form: str) -> Any:
        """The JSON that it answers, {"status": …, "data": …}; an error is no exception."""
        return self.ask_many(path, [form])[0]

    def ask_many(self, path: str, forms: Sequence[Mapping[str, str]]) -> list[Any]:
        """The same question with each of these forms; the answers stand in their order."""
        answers: list[Any] = []
        waiting: list[bytes] = []
        for form in forms:
            request = self._request(path, form)
            if waiting and sum(map(len, waiting)) + len(request) > UNANSWERED_BYTES:
                answers += self._exchange(waiting)
                waiting = []
            waiting.append(request)
        return answers + self._exchange(waiting)

    def _exchange(self, requests: Sequence[bytes]) -> list[Any]:
        self._socket.sendall(b"".join(requests))
        return [json.loads(_read_body(self._answers)) for _ in requests]

    def _request(self, path: str, form: Mapping[str, str]) -> bytes:
        body = urllib.parse.urlencode(form).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self.address}\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        )
        return head.encode() + body


@contextmanager
def engine(generation: Generation, folder: Path, *flags: str) -> Iterator[Engine]:
    """Run a Prometheus that scrapes nothing, with its data in `folder`/data; stopped at the end."""
    config = folder / "prometheus.yml"
    config.write_text("{}\n", encoding="utf-8")

    def command(port: int) -> list[str]:
        return [
            generation.prometheus,
            f"--config.file={config}",
            f"--storage.tsdb.path={folder}/data",
            "--storage.tsdb.retention.time=100y",
            f"--web.listen-address=127.0.0.1:{port}",
            *([EXPERIMENTAL] if generation.is_newer else []),
            *flags,
        ]

    with running("prometheus", folder, command) as server:
        server.wait_until_ready()
        asked = Engine(server.address, generation.version)
        try:
            yield asked
        finally:
            asked.close()


def _read_body(answers: IO[bytes]) -> bytes:
    """The body of the next answer: of a stated length, or in chunks."""
    status = answers.readline()
    if not status.startswith(b"HTTP/1.1 "):
        raise ConnectionError(f"prometheus: no HTTP answer: {status!r}")
    length: int | None = None
    for line in iter(answers.readline, b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    if length is not None:
        return answers.read(length)
    parts = []
    while size := int(answers.readline(), 16):
        parts.append(answers.read(size))
        answers.readline()
    answers.readline()
    return b"".join(parts)


def rejected(
    generation: Generation, folder: Path, exprs: Sequence[str], *, experimental: bool = False
) -> dict[int, str]:
    """Which expressions `promtool check rules` refuses, by index, with what it says."""
    found: dict[int, str] = {}
    for start in range(0, len(exprs), GROUPS_A_FILE):
        part = exprs[start : start + GROUPS_A_FILE]
        said = _check_rules(generation, folder, part, experimental)
        found |= {start + index: message for index, message in said.items()}
    return found


def _check_rules(
    generation: Generation, folder: Path, exprs: Sequence[str], experimental: bool
) -> dict[int, str]:
    file = folder / "rules.yml"
    groups = [
        f"- name: case-{index}\n  rules:\n  - record: r\n    expr: {quoted(expr)}\n"
        for index, expr in enumerate(exprs)
    ]
    file.write_text("groups:\n" + "".join(groups), encoding="utf-8")
    flags = [EXPERIMENTAL] if experimental and generation.is_newer else []
    done = subprocess.run(
        [generation.promtool, "check", "rules", "--lint=none", *flags, str(file)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PROMTOOL_SECONDS,
    )
    said = (done.stdout + done.stderr).decode(errors="replace")
    marks = list(re.finditer(r'group "case-(\d+)", rule \d+, "r": ', said))
    ends = [mark.start() for mark in marks[1:]] + [len(said)]
    found = {
        int(mark[1]): said[mark.end() : end].split("\n")[0].strip()
        for mark, end in zip(marks, ends, strict=False)
    }
    # All is well and nothing is refused, or both not: else a report was not understood.
    if (done.returncode == 0) == bool(found):
        raise RuntimeError(f"promtool: ended with {done.returncode}, and said\n{said[:2000]}")
    return found


def quoted(text: str) -> str:
    r"""A text as a YAML scalar in double quotes; what is not printable ASCII is escaped: "\x00"."""
    return '"' + re.sub(r"[^ !#-\[\]-~]", lambda found: _escaped(found[0]), text) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
