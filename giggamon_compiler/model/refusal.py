"""Why a thing that definitions ask for cannot be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one argument of a call; id: of the finding that it becomes."""

    id: str
    argument: str
    message: str
    help: str


class Refused(Exception):
    """Arguments of a call that nothing can be made of; each fault is told where it is written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = tuple(faults)
