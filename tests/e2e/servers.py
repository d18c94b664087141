"""Real Prometheus and Alertmanager on free loopback ports, stopped and reaped whatever happens."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.speed import shorten

READY_SECONDS = 60.0
STOP_SECONDS = 10.0
BLACKBOX = "prometheus-blackbox-exporter"


class ServerError(Exception):
    """A server did not come up or gave an answer that says no; the message ends with its log."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The programs of one generation, by path."""

    prometheus: str
    promtool: str
    alertmanager: str
    amtool: str
    blackbox: str | None = None


def find_tools(folder: Path | None = None) -> Tools:
    """The programs in a folder, or on PATH."""
    names = ("prometheus", "promtool", "prometheus-alertmanager", "amtool")
    paths = [shutil.which(name, path=str(folder) if folder else None) for name in names]
    missing = [name for name, path in zip(names, paths, strict=True) if path is None]
    if missing:
        where = folder or "PATH"
        raise ServerError(f"{', '.join(missing)}: not in {where}; .ci/install puts them on PATH")
    if not shutil.which("openssl"):
        raise ServerError("openssl: not in PATH, and the mail sink needs a certificate from it")
    prober = shutil.which(BLACKBOX, path=str(folder) if folder else None)
    prometheus, promtool, alertmanager, amtool = map(str, paths)
    return Tools(prometheus, promtool, alertmanager, amtool, prober or shutil.which(BLACKBOX))


@dataclass(slots=True)
class Server:
    """A running server; address: "host:port" of its interface; cluster: of its gossip."""

    name: str
    process: subprocess.Popen[bytes]
    address: str
    log: Path
    cluster: str | None = None

    def get(self, path: str, **query: str) -> Any:
        """What it answers to a request of its API, from JSON."""
        url = f"http://{self.address}{path}"
        if query:
            url += "?" + urllib.parse.urlencode(query)
        return self._ask(urllib.request.Request(url))

    def post(self, path: str, body: Any) -> None:
        """Send JSON to its API."""
        data = json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        self._ask(urllib.request.Request(f"http://{self.address}{path}", data, headers))

    def _ask(self, request: urllib.request.Request) -> Any:
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                text = answer.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            said = error.read().decode(errors="replace")
            raise ServerError(f"{self.name}: {error.code} for {request.full_url}: {said}") from None

    def is_ready(self) -> bool:
        """Whether it says that it serves; raises where it has ended."""
        if self.process.poll() is not None:
            raise ServerError(f"{self.name} ended by itself\n{self.last_lines()}")
        path = "/-/healthy" if self.name == "blackbox" else "/-/ready"
        try:
            with urllib.request.urlopen(f"http://{self.address}{path}", timeout=2):
                pass
            if self.cluster:
                return bool(self.get("/api/v2/status")["cluster"]["status"] == "ready")
            return True
        except (OSError, ServerError):
            return False

    def wait_until_ready(self) -> None:
        """Wait until it serves."""
        deadline = time.monotonic() + READY_SECONDS
        while not self.is_ready():
            if time.monotonic() > deadline:
                raise ServerError(f"{self.name} is not ready\n{self.last_lines()}")
            time.sleep(0.1)

    def wait_until_it_tells(self, managers: int) -> None:
        """Wait until a Prometheus knows its Alertmanagers: up to then it drops its alerts."""
        deadline = time.monotonic() + READY_SECONDS
        while len(self.get("/api/v1/alertmanagers")["data"]["activeAlertmanagers"]) < managers:
            if time.monotonic() > deadline:
                raise ServerError(f"{self.name} knows too few Alertmanagers\n{self.last_lines()}")
            time.sleep(0.1)

    def kill(self, hang: bool) -> None:
        """End it as a machine that loses its power would, or freeze it."""
        self.process.send_signal(signal.SIGSTOP if hang else signal.SIGKILL)
        if not hang:
            self.process.wait(STOP_SECONDS)

    def break_configuration(self) -> None:
        """Make its configuration file none, and tell it to read that."""
        file = self._configuration()
        file.rename(file.with_suffix(".good"))
        file.write_text("global: [this is no configuration\n", encoding="utf-8")
        self.process.send_signal(signal.SIGHUP)

    def mend_configuration(self) -> None:
        """Put its configuration file back, and tell it to read that."""
        file = self._configuration()
        file.with_suffix(".good").rename(file)
        self.process.send_signal(signal.SIGHUP)

    def _configuration(self) -> Path:
        return self.log.parent / "prometheus/prometheus.yml"

    def last_lines(self, count: int = 15) -> str:
        """The end of its log."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(f"  {self.name}: {line}" for line in lines[-count:])


@contextmanager
def prometheus(
    tools: Tools, folder: Path, speed: float, configure: Callable[[str], None]
) -> Iterator[Server]:
    """A Prometheus from `folder`/prometheus/prometheus.yml, with its data in `folder`/data.

    configure: writes that file, for a server at an address
    """

    def command(port: int) -> list[str]:
        configure(f"127.0.0.1:{port}")
        return [
            tools.prometheus,
            f"--config.file={folder}/prometheus/prometheus.yml",
            f"--storage.tsdb.path={folder}/data",
            f"--web.listen-address=127.0.0.1:{port}",
            f"--rules.alert.resend-delay={shorten('1m', speed)}",
            f"--query.lookback-delta={shorten('5m', speed)}",
        ]

    with running("prometheus", folder, command) as server:
        yield server


@contextmanager
def alertmanager(
    tools: Tools, folder: Path, speed: float, name: str, peers: int, first: Server | None
) -> Iterator[Server]:
    """An Alertmanager from `folder`/alertmanager/alertmanager.yml.

    peers: how many there are in all; first: the one that is there already. Peers are ranked by the
    time of their start, so that the first one never waits for another.
    """
    gossip = f"127.0.0.1:{free_port()}" if peers > 1 else None

    def command(port: int) -> list[str]:
        return [
            tools.alertmanager,
            f"--config.file={folder}/alertmanager/alertmanager.yml",
            f"--storage.path={folder}/data",
            f"--web.listen-address=127.0.0.1:{port}",
            f"--cluster.listen-address={gossip or ''}",
            f"--cluster.peer-timeout={shorten('15s', speed)}",
            *([f"--cluster.peer={first.cluster}"] if first else []),
        ]

    with running(name, folder, command) as server:
        server.cluster = gossip
        yield server


@contextmanager
def blackbox(tools: Tools, folder: Path, speed: float) -> Iterator[Server]:
    """A blackbox exporter from `folder`/blackbox/blackbox.yml."""
    program = tools.blackbox
    if program is None:
        raise ServerError(f"{BLACKBOX}: not in PATH, and the definitions have probes")

    def command(port: int) -> list[str]:
        return [
            program,
            f"--config.file={folder}/blackbox/blackbox.yml",
            f"--web.listen-address=127.0.0.1:{port}",
            # By default the half of a second that a scrape is given back.
            f"--timeout-offset={0.5 / speed}",
        ]

    with running("blackbox", folder, command) as server:
        yield server


def free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(name: str, folder: Path, command: Callable[[int], list[str]]) -> Iterator[Server]:
    """A process; started again on another port where somebody was faster to take the first."""
    log = folder / f"{name.replace(':', '-')}.log"
    for attempt in range(3):
        port = free_port()
        with log.open("wb") as out:
            process = subprocess.Popen(
                command(port),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                # One thread each: several runs share the machine's cores.
                env={**os.environ, "GOMAXPROCS": "1"},
            )
        try:
            time.sleep(0.2)
            taken = process.poll() is not None and b"address already in use" in log.read_bytes()
            if taken and attempt < 2:
                continue
            yield Server(name, process, f"127.0.0.1:{port}", log)
            return
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGCONT)
        process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
