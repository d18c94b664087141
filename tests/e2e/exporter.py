"""What the services show: one small exporter for each target, driven by the scenario's clock."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from tests.e2e.clock import Clock
from tests.e2e.outputs import Target
from tests.e2e.scenario import Down, Series, Step

# Prometheus documentation, "Exposition formats".
_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def value_at(series: Series, clock: Clock, wall: float, past: float) -> float | None:
    """The value of a series at a time, or None where it does not exist.

    past: when the made-up past begins; a counter stands at 0 there. Slopes are per real second, so
    that a rate that PromQL computes is the rate of the scenario at any speed.
    """
    level: float | None = None
    rate, since = 0.0, wall
    for step in series.plan():
        begin = clock.origin if step.from_ <= 0 else clock.wall(step.from_)
        if step.from_ > 0 and wall < begin:
            break
        before = None if level is None else level + rate * (begin - since)
        level, rate, since = _level(step, before, begin, clock, past), step.rate, begin
    return None if level is None else level + rate * (wall - since)


def _level(
    step: Step, before: float | None, begin: float, clock: Clock, past: float
) -> float | None:
    if step.gone:
        return None
    if step.ago is not None:
        return begin - step.ago
    if step.value is not None:
        return step.value
    if before is not None:
        return before
    return step.rate * (begin - past) if step.from_ <= 0 else 0.0


class _Target:
    """The series of one target, as they stand now; each begins with what never changes."""

    def __init__(self, series: Sequence[Series], clock: Clock, past: float) -> None:
        self._series = [(one, _begun(one)) for one in series]
        self._clock, self._past = clock, past

    def show(self) -> bytes:
        """The exposition; metrics without a type are taken as they are."""
        now = time.time()
        lines = []
        for series, begun in self._series:
            value = value_at(series, self._clock, now, self._past)
            if value is not None:
                lines.append(f"{begun} {value!r}\n")
        return "".join(lines).encode()


def _begun(series: Series) -> str:
    name, labels = series.name_and_labels()
    inner = ",".join(f'{label}="{value}"' for label, value in labels.items())
    return f"{name}{{{inner}}}"


@contextmanager
def serve_targets(
    targets: Iterable[Target],
    series: Sequence[Series],
    down: Sequence[Down],
    clock: Clock,
    past: float,
) -> Iterator[dict[Target, str]]:
    """Serve every target; gives loopback addresses."""
    by_job: defaultdict[str, list[Series]] = defaultdict(list)
    for each in series:
        by_job[each.job].append(each)
    servers: dict[Target, ThreadingHTTPServer] = {}
    try:
        for target in targets:
            shown = [s for s in by_job[target.job] if s.instance in (None, target.address)]
            outages = [outage for outage in down if outage.instance == target.address]
            servers[target] = _serve(_Target(shown, clock, past), outages, clock)
        yield {target: f"127.0.0.1:{s.server_address[1]}" for target, s in servers.items()}
    finally:
        for server in servers.values():
            server.shutdown()
            server.server_close()


class QuietServer(ThreadingHTTPServer):
    """A web server to which nobody says goodbye."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who has gone away meanwhile is none of its business; what else is wrong is said."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def _serve(target: _Target, outages: Sequence[Down], clock: Clock) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            now = clock.scenario(time.time())
            if any(outage.from_ <= now < outage.until for outage in outages):
                self.send_error(503, "down, as the scenario says")
                return
            body = target.show()
            self.send_response(200)
            self.send_header("Content-Type", _CONTENT_TYPE)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            # Prometheus may have given up, or have ended, meanwhile.
            with suppress(ConnectionError):
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = QuietServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server
