"""What probes ask, on loopback: web servers and open ports in the place of those of production."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

from tests.e2e.clock import Clock
from tests.e2e.exporter import QuietServer
from tests.e2e.mail import make_certificate
from tests.e2e.outputs import BLACKBOX, OutputError, Outputs, Target
from tests.e2e.scenario import Answer, Down, Scenario


@dataclass(frozen=True, slots=True)
class Probed:
    """Where the targets of probes are found, and the certificate that they show."""

    addresses: dict[Target, str]
    certificate: Path


@contextmanager
def serve_probed(
    outputs: Outputs, scenario: Scenario, clock: Clock, folder: Path
) -> Iterator[Probed | None]:
    """Serve every target of a probe; None where there is none."""
    targets = [target for target in outputs.targets() if target.module is not None]
    if not targets:
        yield None
        return
    certificate, key = make_certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with ExitStack() as stack:
        addresses: dict[Target, str] = {}
        for target in targets:
            module = outputs.files[BLACKBOX]["modules"][target.module]
            down = [it for it in scenario.down if it.instance == target.address]
            if module["prober"] == "http":
                answers = [it for it in scenario.answer if it.instance == target.address]
                url = urlsplit(target.address if "://" in target.address else f"//{target.address}")
                tls = context if url.scheme == "https" else None
                port = stack.enter_context(_serve_web(answers, down, clock, tls))
                found = url._replace(netloc=f"127.0.0.1:{port}").geturl()
                addresses[target] = found.removeprefix("//")
            elif module["prober"] == "tcp" and not (module.get("tcp") or {}).get("tls"):
                port = stack.enter_context(_open_port(down, clock))
                addresses[target] = f"127.0.0.1:{port}"
            else:
                raise OutputError(
                    f"{target.job}: nothing stands in for what the module {target.module} asks"
                )
        yield Probed(addresses, certificate)


@contextmanager
def _serve_web(
    answers: Sequence[Answer], down: Sequence[Down], clock: Clock, tls: ssl.SSLContext | None
) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            now = clock.scenario(time.time())
            if _is_down(down, now):
                self.close_connection = True  # without a word
                return
            answer = next((it for it in answers if it.from_ <= now < it.until), Answer(""))
            body = answer.body.encode()
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):
                self.wfile.write(body if self.command != "HEAD" else b"")

        do_HEAD = do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = QuietServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def _open_port(down: Sequence[Down], clock: Clock) -> Iterator[int]:
    """A port that takes connections and closes them, shut while its target is down."""
    with socket.socket() as first:
        first.bind(("127.0.0.1", 0))
        port = int(first.getsockname()[1])
    stopped, opened = Event(), Event()

    def serve() -> None:
        while not stopped.is_set():
            if _is_down(down, clock.scenario(time.time())):
                stopped.wait(0.05)
                continue
            with socket.create_server(("127.0.0.1", port)) as server:
                server.settimeout(0.05)
                opened.set()
                while not stopped.is_set() and not _is_down(down, clock.scenario(time.time())):
                    with suppress(TimeoutError):
                        server.accept()[0].close()

    thread = Thread(target=serve, daemon=True)
    thread.start()
    opened.wait(5)
    try:
        yield port
    finally:
        stopped.set()
        thread.join()


def _is_down(down: Iterable[Down], now: float) -> bool:
    return any(outage.from_ <= now < outage.until for outage in down)
