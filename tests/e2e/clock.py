"""The time of a scenario, on the machine's clock."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(slots=True)
class Clock:
    """Scenario time.

    origin: when the past was made up; zero: when second 0 was, infinite until it has come. Both in
    seconds since 1970. Until `zero` everything goes on as in the past.
    """

    origin: float
    speed: float = 1.0
    zero: float = float("inf")

    def start(self) -> None:
        """Now is second 0."""
        self.zero = time.time()

    def wall(self, at: float) -> float:
        """When a second of the scenario is, in seconds since 1970."""
        return self.zero + at / self.speed

    def scenario(self, wall: float) -> float:
        """The second of the scenario at a time."""
        return (wall - self.zero) * self.speed

    def sleep_until(self, at: float) -> None:
        """Wait for a second of the scenario."""
        time.sleep(max(0.0, self.wall(at) - time.time()))
