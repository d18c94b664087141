"""A stand-in for Elasticsearch, so that its exporter has something to tell.

Names and labels of metrics are the exporter's own. What answers here decides only which parts of a
node there are: thread pools, breakers, collectors and memory pools as Elastic's documentation of
the node statistics lists them. Numbers are left out, which the exporter takes for 0.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

_POOLS = "analyze fetch_shard_started fetch_shard_store flush force_merge generic get listener"
_POOLS += " management refresh search search_throttled snapshot system_read system_write"
_POOLS += " warmer write"
_BREAKERS = "accounting fielddata in_flight_requests parent request"
_NODE = {
    "name": "logs-1",
    "host": "127.0.0.1",
    "roles": ["data", "ingest", "master"],
    "jvm": {
        "gc": {"collectors": {"old": {}, "young": {}}},
        "mem": {"pools": {"old": {}, "survivor": {}, "young": {}}},
    },
    "thread_pool": {name: {} for name in _POOLS.split()},
    "breakers": {name: {} for name in _BREAKERS.split()},
    "fs": {
        "data": [{"path": "/var/lib/elasticsearch", "mount": "/", "type": "ext4"}],
        "io_stats": {"devices": [{"device_name": "sda1"}]},
    },
}
_INDEX: dict[str, Any] = {"primaries": {}, "total": {}, "shards": {"0": [{"routing": {}}]}}
_ANSWERS: dict[str, Any] = {
    "/": {"cluster_name": "logs", "cluster_uuid": "logs", "version": {"number": "8.0.0"}},
    "/_cluster/health": {"cluster_name": "logs", "status": "green"},
    "/_nodes/stats": {"cluster_name": "logs", "nodes": {"logs-1": _NODE}},
    "/_all/_stats": {"_all": _INDEX, "indices": {"orders": _INDEX}},
    "/_alias": {"orders": {"aliases": {}}},
}


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answer = _ANSWERS.get(urlsplit(self.path).path)
        body = json.dumps(answer).encode()
        self.send_response(404 if answer is None else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def elasticsearch() -> Iterator[str]:
    """Its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
