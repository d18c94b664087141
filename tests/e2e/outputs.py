"""The compiled outputs, as parsed trees, with addresses (and only these) pointed at loopback.

Every override is listed in README.md. Trees are what PyYAML reads, so that this knows nothing of
how the compiler writes.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import yaml

if TYPE_CHECKING:
    from tests.e2e.sinks import Sinks

Tree = Any
PROMETHEUS = "prometheus/prometheus.yml"
ALERTMANAGER = "alertmanager/alertmanager.yml"
BLACKBOX = "blackbox/blackbox.yml"
_SERVER_FILE = re.compile(r"(prometheus|alertmanager|blackbox)/.*\.yml$")


class OutputError(Exception):
    """The definitions do not compile, or say something that cannot be pointed at a sink."""


@dataclass(frozen=True, slots=True)
class Target:
    """What Prometheus scrapes, by its address of production; module: what a probe asks it with."""

    job: str
    address: str
    module: str | None = None


@dataclass(frozen=True, slots=True)
class Outputs:
    """An output tree: path below `generated/` → a tree of YAML, or the text of any other file.

    texts: all files as they were written; catalogues: recorded expositions, by name
    """

    files: Mapping[str, Tree]
    texts: Mapping[str, str] = field(default_factory=dict)
    catalogues: Mapping[str, str] = field(default_factory=dict)

    def rule_files(self) -> dict[str, Tree]:
        """The rule files among them."""
        return {path: f for path, f in self.files.items() if path.startswith("prometheus/rules/")}

    def groups(self) -> Iterator[dict[str, Tree]]:
        """All groups of rules."""
        for tree in self.rule_files().values():
            yield from tree.get("groups") or []

    def targets(self) -> list[Target]:
        """Every target."""
        return [
            Target(job["job_name"], target, _module(job))
            for job in self.files[PROMETHEUS].get("scrape_configs") or []
            for config in job.get("static_configs") or []
            for target in config["targets"]
        ]

    def alertmanagers(self) -> list[str]:
        """The addresses of all Alertmanagers in production, in order."""
        alerting = self.files[PROMETHEUS].get("alerting") or {}
        return [
            target
            for manager in alerting.get("alertmanagers") or []
            for config in manager.get("static_configs") or []
            for target in config["targets"]
        ]

    def only(self, services: Sequence[str]) -> Outputs:
        """The outputs with the rules, jobs and boards of some services alone; no name: of all."""
        if not services:
            return self
        sheets = [json.loads(self.texts[f"manifest/services/{name}.json"]) for name in services]
        jobs = {job["name"] for sheet in sheets for job in sheet.get("jobs", [])}
        own = {f"prometheus/rules/services/{name}.yml" for name in services} | {
            f"grafana/dashboards/{board['folder']}/{board['key']}.json"
            for sheet in sheets
            for board in sheet.get("boards", [])
        }
        belonging = ("prometheus/rules/services/", "grafana/dashboards/")
        files = {
            path: tree
            for path, tree in self.files.items()
            if path in own or not path.startswith(belonging)
        }

        def change(tree: Tree) -> None:
            tree["scrape_configs"] = [it for it in tree["scrape_configs"] if it["job_name"] in jobs]

        return replace(self, files=files).changed(PROMETHEUS, change)

    def changed(self, path: str, change: Callable[[Tree], Tree]) -> Outputs:
        """The outputs with one file changed; `change` may work in place on its copy."""
        copy = _copied(self.files[path])
        changed = change(copy)
        return replace(self, files={**self.files, path: copy if changed is None else changed})

    def write(self, folder: Path) -> None:
        """Write the tree below a folder."""
        for path, content in self.files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if not isinstance(content, str):
                content = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
            file.write_text(content, encoding="utf-8")


def _module(job: Mapping[str, Tree]) -> str | None:
    return next(iter((job.get("params") or {}).get("module", [])), None)


def compile_definitions(definitions: Path, folder: Path) -> Outputs:
    """Compile a definitions folder by the real command, into `folder`."""
    command = [sys.executable, "-m", "giggamon_compiler", "build"]
    done = subprocess.run(
        [*command, "--definitions", str(definitions), "--output", str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise OutputError(f"{definitions}: giggamon build says\n{done.stdout}{done.stderr}")
    return replace(read_outputs(folder), catalogues=read_catalogues(definitions / "catalogue"))


def read_catalogues(folder: Path) -> dict[str, str]:
    """The recorded expositions in a folder, by name."""
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.prom"))}


def read_outputs(folder: Path) -> Outputs:
    """The output tree in a folder."""
    texts = {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
    files = {
        path: yaml.safe_load(text) if _SERVER_FILE.match(path) else text
        for path, text in texts.items()
    }
    return Outputs(files, texts)


# Prometheus ---------------------------------------------------------------------------------------


def point_prometheus(
    outputs: Outputs,
    targets: Mapping[Target, str],
    alertmanagers: Mapping[str, str],
    blackbox: str | None = None,
) -> Outputs:
    """Scrape loopback under the names of production, and send alerts to loopback.

    targets: where each is found; alertmanagers: the same, by the addresses of production
    blackbox: where the blackbox exporter is, if there are probes
    """

    def change(tree: Tree) -> None:
        for job in tree.get("scrape_configs") or []:
            module = _module(job)
            configs = []
            for config in job.get("static_configs") or []:
                for address in config["targets"]:
                    found = targets[Target(job["job_name"], address, module)]
                    labels = config.get("labels") or {}
                    if module is None:
                        labels = {"instance": address, **labels}
                    else:
                        _name_as_in_production(job, found, address)
                    configs.append({"targets": [found], "labels": labels})
            job["static_configs"] = configs
            for step in job.get("relabel_configs") or []:
                if step["target_label"] == "__address__" and module is not None:
                    step["replacement"] = blackbox
        for manager in (tree.get("alerting") or {}).get("alertmanagers") or []:
            for config in manager.get("static_configs") or []:
                config["targets"] = [alertmanagers[target] for target in config["targets"]]

    return outputs.changed(PROMETHEUS, change)


def _name_as_in_production(job: Tree, found: str, address: str) -> None:
    """After the relabelling of a probe, whose target is on loopback: the name of production."""
    job["relabel_configs"].append(
        {
            "source_labels": ["instance"],
            "regex": re.escape(found),
            "target_label": "instance",
            "replacement": address.replace("$", "$$"),
        }
    )


def point_blackbox(outputs: Outputs, certificate: Path) -> Outputs:
    """Trust the certificate of what is probed."""

    def change(tree: Tree) -> None:
        for module in tree["modules"].values():
            for prober in {"http", "tcp"} & {module["prober"]}:
                settings = module[prober] = module.get(prober) or {}
                tls = settings.setdefault("tls_config", {})
                tls.setdefault("ca_file", str(certificate))

    return outputs.changed(BLACKBOX, change)


# Alertmanager -------------------------------------------------------------------------------------


def point_alertmanager(outputs: Outputs, sinks: Sinks, secrets: Path) -> Outputs:
    """Send every receiver to the sinks, with made-up secrets below `secrets`."""

    def change(tree: Tree) -> None:
        settings = tree.setdefault("global", {})
        settings["pagerduty_url"] = f"{sinks.http}/pagerduty/v2/enqueue"
        if "smtp_smarthost" in settings:
            settings["smtp_smarthost"] = sinks.smtp
        for receiver in tree["receivers"]:
            for kind, integrations in receiver.items():
                if isinstance(integrations, list):
                    for integration in integrations:
                        _point(receiver["name"], kind, integration, sinks)
        _place_secrets(tree, sinks, secrets)
        user = settings.get("smtp_auth_username")
        if user and "smtp_auth_password_file" in settings:
            path = Path(settings["smtp_auth_password_file"])
            sinks.logins[user] = path.read_text(encoding="utf-8") if path.is_absolute() else ""

    return outputs.changed(ALERTMANAGER, change)


def _point(receiver: str, kind: str, integration: dict[str, Tree], sinks: Sinks) -> None:
    if kind == "slack_configs" and "api_url_file" in integration:
        return
    if kind == "pagerduty_configs" and "routing_key_file" in integration:
        if "url" in integration:
            integration["url"] = f"{sinks.http}/pagerduty/v2/enqueue"
    elif kind == "webhook_configs":
        if "url" in integration:
            address = quote(integration["url"], safe="")
            integration["url"] = f"{sinks.http}/webhook/plain/{address}"
    elif kind == "email_configs":
        if "smarthost" in integration:
            integration["smarthost"] = sinks.smtp
        tls = {"ca_file": str(sinks.certificate), **(integration.get("tls_config") or {})}
        integration["tls_config"] = tls
    else:
        raise OutputError(f"receiver {receiver}: no sink speaks {kind} with {sorted(integration)}")


def _place_secrets(tree: Tree, sinks: Sinks, secrets: Path) -> None:
    """Make up every secret that an absolute path names, and move the path below `secrets`.

    A relative path stays as it is: Alertmanager reads it from its working directory, and fails.
    """
    if isinstance(tree, list):
        for item in tree:
            _place_secrets(item, sinks, secrets)
    if not isinstance(tree, dict):
        return
    for key, value in tree.items():
        if key == "ca_file" or not (key.endswith("_file") and isinstance(value, str)):
            _place_secrets(value, sinks, secrets)
        elif value.startswith("/"):
            file = secrets / value.removeprefix("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_made_up(key, value, sinks), encoding="utf-8")
            tree[key] = str(file)


def _made_up(key: str, path: str, sinks: Sinks) -> str:
    """What a secret file holds; one file has one content, whoever names it."""
    name = Path(path).name
    if key == "api_url_file":
        return f"{sinks.http}/slack/{quote(name, safe='')}"
    if key == "url_file":
        return f"{sinks.http}/webhook/file/{quote(name, safe='')}"
    secret = hashlib.sha256(f"made up for {path}".encode()).hexdigest()[:32]
    if key == "routing_key_file":
        sinks.routing_keys[secret] = name
    return secret


def _copied(tree: Tree) -> Tree:
    if isinstance(tree, dict):
        return {key: _copied(value) for key, value in tree.items()}
    return [_copied(item) for item in tree] if isinstance(tree, list) else tree
