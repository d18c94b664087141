"""Seeded faults: each damages the outputs of GigGatek in one way that a run must see."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.e2e.outputs import ALERTMANAGER, BLACKBOX, PROMETHEUS, Outputs

Tree = Any
TEMPLATES = "alertmanager/templates/giggamon.tmpl"
ORDERS = "prometheus/rules/services/orders.yml"
WATCHERS = "prometheus/rules/services/prometheus.yml"
WATCHING, SILENCE = "giggatek-watching", "giggatek-silence"
BOARD = "grafana/dashboards/commerce/orders.json"


@dataclass(frozen=True, slots=True)
class Fault:
    """A damage to the file at `path`, and words of the problem that it must lead to.

    scenario: in which it is seen
    """

    name: str
    path: str
    damage: Callable[[Tree], Tree]
    seen: str
    scenario: str = "giggatek-outage"

    def inject(self, outputs: Outputs) -> Outputs:
        """The outputs with the fault in them, which differ from those without."""
        damaged = outputs.changed(self.path, self.damage)
        assert damaged.files[self.path] != outputs.files[self.path], f"{self.name}: nothing changed"
        return damaged


def _receiver(tree: Tree, name: str) -> Tree:
    return next(receiver for receiver in tree["receivers"] if receiver["name"] == name)


def _team(tree: Tree, name: str) -> Tree:
    return next(
        route for route in tree["route"]["routes"] if any(name in m for m in route["matchers"])
    )


def _rules(tree: Tree, alert: str) -> list[Tree]:
    return [rule for g in tree["groups"] for rule in g["rules"] if rule.get("alert") == alert]


# Alertmanager ---------------------------------------------------------------------------------


def swap_receivers(tree: Tree) -> None:
    ours, theirs = _receiver(tree, "commerce/critical"), _receiver(tree, "payments/critical")
    ours["name"], theirs["name"] = theirs["name"], ours["name"]


def rename_channel(tree: Tree) -> None:
    _receiver(tree, "commerce/critical")["slack_configs"][0]["channel"] = "#commerce-alert"


def exchange_key(tree: Tree) -> None:
    keys = {
        name: _receiver(tree, f"{name}/critical")["pagerduty_configs"][0]
        for name in ("commerce", "platform")
    }
    keys["commerce"]["routing_key_file"] = keys["platform"]["routing_key_file"]


def exchange_address(tree: Tree) -> None:
    file = _receiver(tree, "payments/warning")["slack_configs"][0]["api_url_file"]
    _receiver(tree, "commerce/critical")["slack_configs"][0]["api_url_file"] = file


def make_secret_relative(tree: Tree) -> None:
    slack = _receiver(tree, "commerce/critical")["slack_configs"][0]
    slack["api_url_file"] = slack["api_url_file"].rpartition("/")[2]


def keep_resolve(tree: Tree) -> None:
    _receiver(tree, "commerce/critical")["slack_configs"][0]["send_resolved"] = False


def drop_own_route(tree: Tree) -> None:
    payments = _team(tree, "payments")
    payments["routes"] = [r for r in payments["routes"] if "alertname" not in str(r["matchers"])]


def drop_default_team(tree: Tree) -> None:
    tree["route"]["routes"] = [r for r in tree["route"]["routes"] if "team" in str(r["matchers"])]


def move_fallback(tree: Tree) -> None:
    _team(tree, "commerce")["receiver"] = "platform"


def raise_group_wait(tree: Tree) -> None:
    for route in _team(tree, "commerce")["routes"]:
        if "critical" in str(route["matchers"]):
            route["group_wait"] = "2m"


def raise_group_interval(tree: Tree) -> None:
    for route in _team(tree, "payments")["routes"]:
        if "critical" in str(route["matchers"]):
            route["group_interval"] = "5m"


def drop_inhibition(tree: Tree) -> None:
    del tree["inhibit_rules"]


def change_mail(tree: Tree) -> None:
    _receiver(tree, "payments/info")["email_configs"][0]["to"] = "payment@giggatek.example"


def lose_mail_user(tree: Tree) -> None:
    tree["global"]["smtp_auth_username"] = "monitor"


def empty_text(text: str) -> str:
    before, _, rest = text.partition('{{ define "giggamon.text" -}}')
    return (
        f'{before}{{{{ define "giggamon.text" -}}}}{{{{ end }}}}\n'
        + rest[rest.index("{{ define") :]
    )


# Prometheus -----------------------------------------------------------------------------------


def lose_team(tree: Tree) -> None:
    del _rules(tree, "OrdersDown")[0]["labels"]["team"]


def change_severity(tree: Tree) -> None:
    _rules(tree, "OrdersDown")[0]["labels"]["severity"] = "warning"


def drop_link(tree: Tree) -> None:
    del _rules(tree, "OrdersDown")[0]["annotations"]["runbook_url"]


def drop_rule(tree: Tree) -> None:
    for group in tree["groups"]:
        group["rules"] = [rule for rule in group["rules"] if rule.get("alert") != "OrdersDown"]


def misspell_selector(tree: Tree) -> None:
    rule = _rules(tree, "OrdersDown")[0]
    rule["expr"] = rule["expr"].replace('job="orders"', 'job="order"')


def slow_evaluation(tree: Tree) -> None:
    tree["global"]["evaluation_interval"] = "2m"


def fail_on_tls(tree: Tree) -> None:
    tree["modules"]["page"]["http"] = {"fail_if_ssl": True}


def lose_instance(tree: Tree) -> None:
    for job in tree["scrape_configs"]:
        if job["job_name"] == "website":
            job["relabel_configs"][1]["target_label"] = "target"


def drop_watchdog(tree: Tree) -> None:
    for group in tree["groups"]:
        group["rules"] = [rule for rule in group["rules"] if rule.get("alert") != "Watchdog"]


def beat_seldom(tree: Tree) -> None:
    (watchdog,) = (r for r in _team(tree, "platform")["routes"] if "Watchdog" in str(r["matchers"]))
    for route in watchdog["routes"]:
        route["repeat_interval"] = "1h"


def rename_metric(text: str) -> str:
    board = json.loads(text)
    return json.dumps(board).replace("orders_queue_depth", "orders_queue_size")


FAULTS = (
    Fault("receivers swapped", ALERTMANAGER, swap_receivers, "never came to commerce-page; such"),
    Fault("another channel", ALERTMANAGER, rename_channel, "'#commerce-alert', which is nobody's"),
    Fault("another key", ALERTMANAGER, exchange_key, "never came to commerce-page; such"),
    Fault("another address", ALERTMANAGER, exchange_address, "was sent with payments-slack"),
    Fault("a relative secret", ALERTMANAGER, make_secret_relative, "never came to commerce-chat"),
    Fault("resolve not sent", ALERTMANAGER, keep_resolve, "OrdersDown resolved never came to"),
    Fault(
        "a team's own route dropped", ALERTMANAGER, drop_own_route, "never came to provider-chat"
    ),
    Fault(
        "the default team dropped", ALERTMANAGER, drop_default_team, "DiskFull firing never came"
    ),
    Fault(
        "another fallback", ALERTMANAGER, move_fallback, "CartSlow firing never came to commerce"
    ),
    Fault("group_wait raised", ALERTMANAGER, raise_group_wait, "OrdersDown firing never came"),
    Fault("group_interval raised", ALERTMANAGER, raise_group_interval, "PaymentsDown firing never"),
    Fault(
        "inhibition lost", ALERTMANAGER, drop_inhibition, "nobody expected this at commerce-chat"
    ),
    Fault("another recipient", ALERTMANAGER, change_mail, "LedgerCheck firing never came to"),
    Fault("another mail user", ALERTMANAGER, lose_mail_user, "was sent by the user monitor"),
    Fault("a template emptied", TEMPLATES, empty_text, "does not say 'Orders cannot be taken'"),
    Fault("a label lost", ORDERS, lose_team, "never came to commerce-page; such"),
    Fault(
        "another severity", ORDERS, change_severity, "OrdersDown firing never came to commerce-p"
    ),
    Fault("a link dropped", ORDERS, drop_link, "has no link"),
    Fault("a rule dropped", ORDERS, drop_rule, "no rule of that name"),
    Fault("a selector misspelt", ORDERS, misspell_selector, "OrdersDown"),  # its text, or its time
    Fault("evaluated too rarely", PROMETHEUS, slow_evaluation, "OrdersDown "),  # or its resolve
    Fault("a board's metric renamed", BOARD, rename_metric, "orders_queue_size"),
    Fault("a module's setting", BLACKBOX, fail_on_tls, "nobody expected this", WATCHING),
    Fault("the target's name lost", PROMETHEUS, lose_instance, "does not say 'https://", WATCHING),
    Fault("no Watchdog", WATCHERS, drop_watchdog, "nobody expected this at dead-man", SILENCE),
    Fault("beats too seldom", ALERTMANAGER, beat_seldom, "nobody expected this at d", SILENCE),
)
