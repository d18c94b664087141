"""Everything that arrived, from all sinks."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from tests.e2e.message import Message


@dataclass(slots=True)
class Mailbox:
    """What has arrived so far; refused: what a real receiver would have sent back, and why."""

    _messages: list[Message] = field(default_factory=list)
    _refused: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def put(self, message: Message) -> None:
        """Keep a message."""
        with self._lock:
            self._messages.append(message)

    def refuse(self, why: str) -> None:
        """Keep why something was sent back."""
        with self._lock:
            self._refused.append(why)

    def messages(self) -> list[Message]:
        """The messages in the order of their arrival."""
        with self._lock:
            return sorted(self._messages, key=lambda message: message.arrived)

    def refused(self) -> list[str]:
        """Every refusal, in order."""
        with self._lock:
            return list(self._refused)
