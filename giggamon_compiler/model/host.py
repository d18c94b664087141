"""The inventory: the machines that things run on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from giggamon_compiler.model.value import Value


@dataclass(frozen=True, slots=True)
class Host(Value):
    """A machine. Scrape jobs take their targets from it: f"{host.address}:9100".

    address: by which Prometheus reaches it, a name or an IP address without a port
    roles: what runs there, in words of your own, such as "mysql"
    """

    name: str
    _: KW_ONLY
    address: str
    roles: Sequence[str] = ()
