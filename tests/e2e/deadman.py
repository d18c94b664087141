"""A stand-in for a dead man's switch: it hears beats, and calls when they stop."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any

from tests.e2e.clock import Clock
from tests.e2e.mailbox import Mailbox
from tests.e2e.message import Message
from tests.e2e.scenario import DeadMan
from tests.e2e.speed import grace


@dataclass(slots=True)
class Switch:
    """One switch; beats: how many were heard; patience: in real seconds."""

    it: DeadMan
    patience: float
    beats: int = 0
    _last: float | None = None
    _body: Any = None
    _called: bool = False
    _lock: Lock = field(default_factory=Lock)

    def hears(self, address: str, body: Any) -> bool:
        """Whether a message to a webhook is a beat."""
        names = {alert["labels"].get("alertname") for alert in body.get("alerts", [])}
        return address == self.it.url and names == {self.it.alert} and body["status"] == "firing"

    def beat(self, body: Any, arrived: float) -> Message | None:
        """Keep a beat; gives what the switch says where it had called."""
        with self._lock:
            self.beats, self._last, self._body = self.beats + 1, arrived, body
            called, self._called = self._called, False
            return self._message("resolved", arrived) if called else None

    def look(self, since: float, now: float) -> Message | None:
        """What the switch says, once, where no beat came for too long; since: when it was set."""
        with self._lock:
            if self._called or now - max(since, self._last or since) <= self.patience:
                return None
            self._called = True
            return self._message("firing", now)

    def _message(self, status: str, now: float) -> Message:
        silent = f"No beat of {self.it.alert} for {self.it.patience:g} s"
        title = silent if status == "firing" else f"{self.it.alert} beats again"
        last = {"beats": self.beats, "last_beat": self._body}
        raw = {"status": status, "title": title, "url": self.it.url, **last}
        text = json.dumps(self._body)
        url = self.it.url
        return Message("deadman", url, None, now, status, title, text, frozenset(), raw)


@contextmanager
def watch_beats(
    deadmen: Sequence[DeadMan], clock: Clock, mailbox: Mailbox
) -> Iterator[list[Switch]]:
    """Every switch, set from second 0 on; what it says arrives in the mailbox."""
    speed = clock.speed
    switches = [Switch(it, (it.patience + grace(speed)) / speed) for it in deadmen]
    stopped = Event()

    def watch() -> None:
        while not stopped.wait(0.05):
            now = time.time()
            if now < clock.zero:
                continue
            for switch in switches:
                said = switch.look(clock.zero, now)
                if said is not None:
                    mailbox.put(said)

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield switches
    finally:
        stopped.set()
        thread.join()
