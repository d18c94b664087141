"""The external judges, found on the machine: promtool, amtool, and the blackbox exporter if any."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass

from giggamon_compiler.findings import Finding
from giggamon_compiler.judges.blackbox import CONFIG
from giggamon_compiler.judges.process import Said, hear, judge_failed

# What Debian calls the packages; its promtool has one of its own from Debian 13 on.
INSTALL = {
    "promtool": "apt-get install prometheus (from Debian 13 on: apt-get install promtool)",
    "amtool": "apt-get install prometheus-alertmanager",
}
# What the blackbox exporter is called where it comes from its makers, and where from Debian.
_EXPORTER = "blackbox_exporter"
_EXPORTERS = (_EXPORTER, "prometheus-blackbox-exporter")
_VERSION = re.compile(r"(?m)^(\w+), version (\d+\.\d+\.\d+)")
_ANSWER_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Toolbox:
    """The judges: paths and versions; seconds: how long one may think before it is stopped.

    blackbox: the blackbox exporter, or nothing: then nobody judges modules
    """

    promtool: str
    amtool: str
    promtool_version: str = ""
    amtool_version: str = ""
    seconds: float = 60.0
    blackbox: str = ""
    blackbox_version: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Who judges every program: "promtool 2.42.0", "amtool 0.25.0"."""
        pairs = ("promtool", self.promtool_version), ("amtool", self.amtool_version)
        return tuple(f"{name} {version}".rstrip() for name, version in pairs)

    def names_for(self, files: Mapping[str, str]) -> tuple[str, ...]:
        """Who judges these files: where there are modules, "blackbox exporter 0.23.0" as well."""
        if not self.blackbox or CONFIG not in files:
            return self.names
        return (*self.names, f"blackbox exporter {self.blackbox_version}".rstrip())


def find_tools(path: str | None = None) -> Toolbox | tuple[Finding, ...]:
    """The judges on the search path (`path`, or the environment's), or why they cannot judge.

    A tool that is missing or does not say its version is a fatal finding, but for the exporter:
    it judges where it is there and there are modules.
    """
    places = {name: shutil.which(name, path=path) for name in INSTALL}
    exporters = (shutil.which(name, path=path) for name in _EXPORTERS)
    exporter = next((place for place in exporters if place), "")
    found = {name: place for name, place in places.items() if place}
    asked = [*found.values(), *([exporter] if exporter else [])]
    heard = hear([(place, "--version") for place in asked], _ANSWER_SECONDS)
    answers = dict(zip(found, heard, strict=False))
    versions = {name: _version_of(name, said) for name, said in answers.items()}
    findings = [_missing(name) for name, place in places.items() if place is None]
    findings += [
        judge_failed(said, said.trouble or "does not say which version it is")
        for name, said in answers.items()
        if not versions[name]
    ]
    if findings:
        return tuple(findings)
    return Toolbox(
        found["promtool"],
        found["amtool"],
        versions["promtool"],
        versions["amtool"],
        blackbox=exporter,
        blackbox_version=_version_of(_EXPORTER, heard[-1]) if exporter else "",
    )


def _version_of(name: str, said: Said) -> str:
    match = _VERSION.search(f"{said.out}\n{said.err}")
    return match[2] if match and match[1] == name and not said.trouble else ""


def _missing(name: str) -> Finding:
    return Finding(
        "missing-tool",
        f"{name} is not on the search path, and without it nothing is judged as the servers would",
        help=f"install it: {INSTALL[name]}",
        subject=name,
        fatal=True,
    )
