"""A small house with a probe, of which a test changes a module or a target."""

from pathlib import Path

from giggamon_compiler.findings import Finding
from tests.house import find

_ENVIRONMENT = """
    environment = Environment("production", prometheus="2.42", alertmanager="0.25",
        retention="35d"{blackbox})
"""


def probing(
    folder: Path,
    module: str,
    probe: str,
    *,
    only: str,
    blackbox: str = ', blackbox="blackbox:9115"',
) -> list[Finding]:
    """What one check finds of a module and a probe with these arguments."""
    orders = f"""
        service = Service("orders", team=commerce)
        page = Module("page", {module})
        shop = Probe("shop", module=page, {probe})
    """
    files = {
        "environment.py": _ENVIRONMENT.format(blackbox=blackbox),
        "services/orders.py": orders,
    }
    return [it for it in find(folder, files) if it.id == only]
