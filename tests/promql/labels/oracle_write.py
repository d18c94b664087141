"""Series sent to a real Prometheus, over its remote-write interface.

The message is Prometheus' prompb.WriteRequest, version 1 (prompb/remote.proto and types.proto), in
snappy's block format without compression. Times are milliseconds since 1970.
"""

from __future__ import annotations

import http.client
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SERIES_A_REQUEST = 5000
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Histogram:
    """A native histogram of schema 0, with one observation more in each bucket than the index."""

    count: int
    buckets: int = 3


@dataclass(frozen=True, slots=True)
class Series:
    """Labels with the name, and samples: (milliseconds, value)."""

    labels: Mapping[str, str]
    samples: Sequence[tuple[int, float | Histogram]]


def write(address: str, series: Iterable[Series]) -> None:
    """Send series to the Prometheus at "host:port"; raises OSError where it takes them not."""
    encoded = [_field(1, _series(one)) for one in series]
    connection = http.client.HTTPConnection(address, timeout=_SECONDS)
    try:
        for start in range(0, len(encoded), SERIES_A_REQUEST):
            _send(connection, b"".join(encoded[start : start + SERIES_A_REQUEST]))
    finally:
        connection.close()


def _send(connection: http.client.HTTPConnection, message: bytes) -> None:
    headers = {
        "Content-Encoding": "snappy",
        "Content-Type": "application/x-protobuf",
        "X-Prometheus-Remote-Write-Version": "0.1.0",
    }
    connection.request("POST", "/api/v1/write", _snappy(message), headers)
    answer = connection.getresponse()
    said = answer.read().decode(errors="replace")
    if answer.status >= 300:
        raise OSError(f"remote write: {answer.status}: {said}")


def _snappy(data: bytes) -> bytes:
    """The block format: the length, and all of it as one literal."""
    return _varint(len(data)) + b"\xfc" + struct.pack("<I", len(data) - 1) + data


def _series(one: Series) -> bytes:
    parts = [
        _field(1, _field(1, name.encode()) + _field(2, value.encode()))
        for name, value in sorted(one.labels.items())
        if value
    ]
    for time, value in one.samples:
        if isinstance(value, Histogram):
            parts.append(_field(4, _histogram(time, value)))
        else:
            parts.append(_field(2, b"\x09" + struct.pack("<d", value) + b"\x10" + _varint(time)))
    return b"".join(parts)


def _histogram(time: int, it: Histogram) -> bytes:
    """Buckets 1 to n, all with the same count: the first delta is it, the others are zero."""
    span = b"\x08" + _zigzag(1) + b"\x10" + _varint(it.buckets)
    deltas = _zigzag(it.count) + b"\x00" * (it.buckets - 1)
    return (
        b"\x08" + _varint(it.count * it.buckets)
        + b"\x19" + struct.pack("<d", float(it.count * it.buckets * 2))
        + b"\x20" + _zigzag(0)
        + b"\x29" + struct.pack("<d", 0.001)
        + b"\x30" + _varint(0)
        + _field(11, span)
        + _field(12, deltas)
        + b"\x78" + _varint(time)
    )  # fmt: skip


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def _zigzag(value: int) -> bytes:
    return _varint(value << 1 if value >= 0 else (-value << 1) - 1)
