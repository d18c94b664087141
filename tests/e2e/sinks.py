"""Where messages end: a server that speaks Slack, PagerDuty and webhook, and a mail server."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

from tests.e2e.clock import Clock
from tests.e2e.deadman import Switch, watch_beats
from tests.e2e.mail import serve_mail
from tests.e2e.mailbox import Mailbox
from tests.e2e.message import from_pagerduty, from_slack, from_webhook
from tests.e2e.scenario import DeadMan


@dataclass(frozen=True, slots=True)
class Sinks:
    """Where the sinks are: an address without a path, a host with port, a certificate to trust."""

    mailbox: Mailbox
    http: str
    smtp: str
    certificate: Path
    routing_keys: dict[str, str] = field(default_factory=dict)
    logins: dict[str, str] = field(default_factory=dict)


@contextmanager
def serve_sinks(
    folder: Path, deadmen: Sequence[DeadMan] = (), clock: Clock | None = None
) -> Iterator[Sinks]:
    """Serve both; `routing_keys` (key → file) and `logins` (user → password) are filled later.

    deadmen: webhooks that hear beats; clock: the scenario's, for their patience
    """
    mailbox = Mailbox()
    routing_keys: dict[str, str] = {}
    logins: dict[str, str] = {}
    with watch_beats(deadmen, clock or Clock(time.time()), mailbox) as switches:
        web = _serve_http(mailbox, routing_keys, switches)
        try:
            with serve_mail(mailbox, logins, folder) as (smtp, certificate):
                http = f"http://127.0.0.1:{web.server_address[1]}"
                yield Sinks(mailbox, http, smtp, certificate, routing_keys, logins)
        finally:
            web.shutdown()
            web.server_close()


# HTTP ---------------------------------------------------------------------------------------------


def _serve_http(
    mailbox: Mailbox, routing_keys: dict[str, str], switches: Sequence[Switch]
) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            arrived = time.time()
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            kind, _, rest = self.path.removeprefix("/").partition("/")
            answer = {"slack": slack, "pagerduty": pagerduty, "webhook": webhook}.get(kind)
            status, content, reply = (
                answer(unquote(rest), body, arrived) if answer else (404, "text/plain", kind)
            )
            self.send_response(status)
            self.send_header("Content-Type", content)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    def slack(rest: str, body: Any, arrived: float) -> tuple[int, str, str]:
        mailbox.put(from_slack(rest, body, arrived))
        return 200, "text/plain", "ok"

    def pagerduty(_rest: str, body: Any, arrived: float) -> tuple[int, str, str]:
        key = routing_keys.get(body.get("routing_key"))
        if key is None:
            mailbox.refuse(f"PagerDuty: nobody has the routing key {body.get('routing_key')!r}")
            return 400, "application/json", '{"status":"invalid event"}'
        mailbox.put(from_pagerduty(key, body, arrived))
        reply = {"status": "success", "message": "Event processed", "dedup_key": body["dedup_key"]}
        return 202, "application/json", json.dumps(reply)

    def webhook(rest: str, body: Any, arrived: float) -> tuple[int, str, str]:
        where, _, address = rest.partition("/")
        key = address if where == "file" else None
        switch = next((it for it in switches if it.hears(address, body)), None)
        said = switch.beat(body, arrived) if switch else from_webhook(address, key, body, arrived)
        if said is not None:
            mailbox.put(said)
        return 200, "text/plain", ""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server
