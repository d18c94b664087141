"""What is exported: databases and web servers on loopback, stopped whatever happens."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

from tests.e2e.servers import free_port

PATIENCE = 60.0
STOP_SECONDS = 15.0
USER = "exporter"
PASSWORD = "exporter"


class MissingError(Exception):
    """A program is not there; the message names it."""


# One file with two names, of which only one is in the package that starts no service.
_SAME = {"redis-server": "redis-check-rdb"}


def program(name: str) -> str:
    """Its path; a system's own folders are looked into as well, whoever runs the test."""
    folders = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
    names = (name, _SAME.get(name, name))
    path = next((path for it in names if (path := shutil.which(it, path=folders))), None)
    if path is None:
        raise MissingError(f"{name} is not installed; .ci/heavy installs it")
    return path


@contextmanager
def running(name: str, folder: Path, *command: str, **env: str) -> Iterator[None]:
    """A process in a folder, with its log there."""
    path = program(command[0])
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [command[0], *command[1:]],
            executable=path,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, **env},
        )
    try:
        yield
        if process.poll() is not None:
            raise RuntimeError(f"{name} ended by itself\n{(folder / f'{name}.log').read_text()}")
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until(what: str, holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            if holds():
                return
        except OSError:
            pass
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {PATIENCE:.0f} s for {what}")
        time.sleep(0.1)


def is_open(port: int) -> bool:
    """Whether somebody listens."""
    with socket.create_connection(("127.0.0.1", port), 1):
        return True


def until_shown(url: str, *texts: str) -> None:
    """Wait until an exposition holds some texts."""
    said = [""]

    def holds() -> bool:
        with urllib.request.urlopen(url, timeout=20) as answer:
            said[0] = answer.read().decode()
        return all(text in said[0] for text in texts)

    until(f"{texts} in {url}", holds)


_SYSTEM = "mysql_system_tables mysql_performance_tables mysql_system_tables_data"
_GRANT = f"""
CREATE USER IF NOT EXISTS '{USER}'@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';
GRANT PROCESS, SLAVE MONITOR, BINLOG MONITOR, SELECT ON *.* TO '{USER}'@'127.0.0.1';
"""
_PRIMARY = """
CREATE USER 'replica'@'127.0.0.1' IDENTIFIED BY 'replica';
GRANT REPLICATION SLAVE ON *.* TO 'replica'@'127.0.0.1';
CREATE DATABASE shop;
CREATE TABLE shop.orders (id INT AUTO_INCREMENT PRIMARY KEY, note VARCHAR(99));
INSERT INTO shop.orders(note) VALUES ('a'), ('b');
"""
_REPLICA = """
CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT={port}, MASTER_USER='replica',
MASTER_PASSWORD='replica', MASTER_USE_GTID=slave_pos;
START SLAVE;
"""


@contextmanager
def mariadb(folder: Path, primary: int | None = None) -> Iterator[int]:
    """A MariaDB without anything in it but a table, or a replica of another; yields its port."""
    share = Path("/usr/share/mysql")
    data = folder / "data"
    data.mkdir(parents=True)
    tables = "".join((share / f"{name}.sql").read_text() for name in _SYSTEM.split())
    common = ["--no-defaults", "--user=root", f"--datadir={data}", f"--lc-messages-dir={share}"]
    subprocess.run(
        [program("mariadbd"), *common, "--bootstrap"],
        input=f"CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n{tables}",
        text=True,
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    state = _PRIMARY if primary is None else _REPLICA.format(port=primary)
    (folder / "init.sql").write_text(
        "".join(f"{' '.join(it.split())};\n" for it in (_GRANT + state).split(";") if it.strip())
    )
    port = free_port()
    command = [
        *("mariadbd", *common, f"--port={port}", "--bind-address=127.0.0.1", "--log-bin=bin"),
        *(f"--server-id={1 if primary is None else 2}", f"--socket={folder}/socket"),
        *(f"--init-file={folder}/init.sql", f"--pid-file={folder}/pid"),
        *(["--read-only=1"] if primary else []),
    ]
    with running("mariadb", folder, *command):
        until("MariaDB", lambda: is_open(port))
        yield port


@contextmanager
def redis(folder: Path, primary: int | None = None) -> Iterator[int]:
    """A Redis with a list in it, or a replica of another; yields its port."""
    folder.mkdir(parents=True)
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    command += ["--dir", str(folder), "--maxmemory", "64mb"]
    command += ["--repl-diskless-sync-delay", "0"]
    command += ["--replicaof", "127.0.0.1", str(primary)] if primary else []
    with running("redis", folder, *command):
        until("Redis", lambda: is_open(port))
        if primary is None:
            with socket.create_connection(("127.0.0.1", port), 5) as client:
                client.sendall(b"RPUSH orders a\r\nSET note b EX 9999\r\nGET note\r\n")
                client.recv(99)
        yield port


@contextmanager
def https(folder: Path, port: int) -> Iterator[None]:
    """A web server with a certificate of its own."""
    folder.mkdir(parents=True)
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *(program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "90"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = ThreadingHTTPServer(("127.0.0.1", port), _Quiet)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def names(port: int) -> Iterator[None]:
    """A server of names that answers every question with one address, by UDP."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", port))
        server.settimeout(0.1)
        stopped = Event()

        def serve() -> None:
            while not stopped.is_set():
                with suppress(TimeoutError):
                    question, sender = server.recvfrom(512)
                    server.sendto(_answered(question), sender)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield
        finally:
            stopped.set()
            thread.join()


def _answered(question: bytes) -> bytes:
    """The answer to a question (RFC 1035, 4.1): the same name, an A record, 60 s, 127.0.0.1."""
    end = question.index(0, 12) + 5
    head = question[:2] + b"\x81\x80" + b"\0\1\0\1\0\0\0\0"
    record = b"\xc0\x0c" + b"\0\1\0\1" + b"\0\0\0\x3c" + b"\0\4\x7f\0\0\1"
    return head + question[12:end] + record


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.send_header("Last-Modified", "Tue, 03 Nov 2026 10:00:00 GMT")
        self.end_headers()
        self.wfile.write(b"ok\n")
