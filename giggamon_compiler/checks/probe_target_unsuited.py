"""A target is nothing that its probe's module can ask, so that the probe fails for ever.

A prober takes a target in one form: http an address such as https://shop.example/ (without a
scheme http is meant), tcp a host with a port, icmp a host without one, dns a host with or without
a port. The exporter answers to any other with probe_success 0, as if the target were down.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    port = Module("port", prober="tcp")
    mail = Probe("mail", module=port, targets=["mail.giggatek.example"])

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    port = Module("port", prober="tcp")
    mail = Probe("mail", module=port, targets=["mail.giggatek.example:587"])
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from giggamon_compiler.findings import Finding, Level, Note, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"

_HOST = r"(?:\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+)"
_BARE = rf"(?:{_HOST}|[0-9a-fA-F:.]+)"  # an address of IPv6 needs no brackets without a port
# By prober: the form of a target, that form in words, an example.
FORMS: Mapping[str, tuple[re.Pattern[str], str, str]] = {
    "http": (
        re.compile(rf"(?:https?://)?{_HOST}(?::\d{{1,5}})?(?:[/?#]\S*)?"),
        "an address of HTTP",
        "https://shop.giggatek.example/",
    ),
    "tcp": (re.compile(rf"{_HOST}:\d{{1,5}}"), "a host with a port", "mail.giggatek.example:587"),
    "icmp": (re.compile(_BARE), "a host without a port", "router.giggatek.example"),
    "dns": (
        re.compile(rf"{_BARE}|{_HOST}:\d{{1,5}}"),
        "a server of names, a host",
        "ns1.giggatek.example:53",
    ),
}


def check(program: Program) -> Iterator[Finding]:
    """Every target has the form that its module's prober takes."""
    modules = {it.name: it for it in program.blackbox.modules} if program.blackbox else {}
    for job in program.prometheus.jobs if program.prometheus else ():
        module = modules.get(job.probing.module) if job.probing else None
        known = FORMS.get(module.prober or "") if module else None
        if module is None or known is None:
            continue
        form, words, example = known
        for index, target in enumerate(job.targets):
            if form.fullmatch(target) is None:
                yield Finding(
                    "probe-target-unsuited",
                    f"{job.name} asks {target} by {module.prober}, which takes {words}",
                    at(job.origin, "targets", index),
                    f'write it as in "{example}", or use a module of another prober',
                    job.name,
                    notes=(Note(f"{module.name} asks by {module.prober}", module.origin),),
                )
