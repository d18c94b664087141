"""What a scalar of each kind looks like, as small JSON Schemas.

`description` ends the sentence "… is "5x", which is no duration", `examples` show a right one. An
end is written `(?![\\s\\S])`, because `$` lets a line break pass in Python. The grammars are the
servers': durations and names from prometheus/common (model/time.go, labels.go, metric.go), matchers
from Alertmanager (pkg/labels/parse.go), uids from Grafana (pkg/util/shortid_generator.go).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

_END = r"(?![\s\S])"
# As many digits for each unit as keep the sum below the 292 years that the servers can count.
_SIZES = {"y": 2, "w": 4, "d": 5, "h": 6, "m": 8, "s": 9, "ms": 12}
_DURATION = "".join(rf"(?:0*[0-9]{{1,{size}}}{unit})?" for unit, size in _SIZES.items())
_QUOTED = r"\"(?:[^\"\\]|\\[\s\S])*\"|'(?:[^'\\]|\\[\s\S])*'|`[^`]*`"
_NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*"
_MAILBOX = r"[^\s@,<>\"\ud800-\udfff]+@[^\s@,<>\"\ud800-\udfff]+"
_RECIPIENT = rf"\s*(?:(?:\"(?:[^\"\\]|\\.)*\"|[^,<>@\"\ud800-\udfff])*<{_MAILBOX}>|{_MAILBOX})\s*"
_HOST = r"(?:\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+)"


def _text(description: str, pattern: str, *examples: str) -> Schema:
    return {
        "type": "string",
        "pattern": f"^{pattern}{_END}",
        "description": description,
        "examples": list(examples),
    }


FORMATS: Mapping[str, Schema] = {
    "duration": _text("no duration", rf"(?:0|(?=[0-9]){_DURATION})", "5m"),
    "interval": _text("no duration above 0", rf"(?=[0-9a-z]*[1-9])(?=[0-9]){_DURATION}", "30s"),
    "period": _text("no duration above 0", rf"(?=[0-9a-z]*[1-9])(?=[0-9]){_DURATION}", "30d"),
    "label-name": _text("no name of a label", r"(?!__name__\b)[a-zA-Z_][a-zA-Z0-9_]*", "team"),
    "utf8-label-name": _text("no name of a label", rf"(?!__name__{_END})[^\ud800-\udfff]+", "team"),
    "metric-name": _text("no name of a metric", _NAME, "http_requests_total"),
    "utf8-metric-name": _text("no name of a metric", r"[^{}\ud800-\udfff]+", "http_requests_total"),
    # Names are identities: they are parts of paths, addresses and command lines.
    "alert-name": _text(
        "no name: it is empty, or holds a slash, a quote, a backslash or a line break",
        r"(?!\s)[^/\"'`\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+(?<!\s)",
        "OrdersDown",
    ),
    "name": _text(
        "no name: it is empty, or holds a space, a slash, a quote, a comma or a brace",
        r"(?![.-])[^\s/\\\"'`,{}\x00-\x1f\x7f-\x9f\ud800-\udfff]+",
        "orders",
    ),
    "folder": _text(
        "no name of a folder: it is empty, or holds a backslash or a control character",
        r"(?![\s./])(?:(?!//)[^\\\x00-\x1f\x7f-\x9f\ud800-\udfff])+(?<![\s/])",
        "Commerce",
    ),
    "text": _text("no text: it holds half a character", r"[^\ud800-\udfff]*"),
    # From 3.0 on Prometheus puts environment variables into external labels; 2.42 does not.
    "unexpanded": _text(
        "no text that each Prometheus keeps: it holds a $", r"[^$\ud800-\udfff]*", "eu-1"
    ),
    "title": _text("empty", r"[^\ud800-\udfff]*[^\s\ud800-\udfff][^\ud800-\udfff]*", "Orders"),
    "expression": _text(
        "no PromQL: it is empty", r"[^\ud800-\udfff]*[^\s\ud800-\udfff][^\ud800-\udfff]*", "up == 0"
    ),
    "selector": _text(
        "no plain selector: a name, and matchers in braces",
        rf"\s*{_NAME}\s*(?:\{{(?:[^\"'`{{}}\ud800-\udfff]|{_QUOTED})*\}})?\s*",
        'http_requests_total{job="orders"}',
    ),
    "matcher": _text(
        "no matcher of Alertmanager",
        rf"\s*\{{?\s*(?:\"(?:[^\"\\]|\\.)+\"|{_NAME})\s*(?:=~|!~|!=|=)[^\ud800-\udfff]*",
        'alertname="OrdersDown"',
    ),
    "address": _text("no host and port", rf"{_HOST}(?::[0-9]{{1,5}})?", "orders:8000"),
    "mail-server": _text("no host and port", rf"{_HOST}:[0-9]{{1,5}}", "mail.giggatek.example:587"),
    "mail-address": _text(
        "no address of mail, nor several with commas between",
        rf"{_RECIPIENT}(?:,{_RECIPIENT})*",
        "commerce@giggatek.example",
    ),
    "url": _text(
        "no address",
        r"https?://[^\s/?#\ud800-\udfff][^\s\ud800-\udfff]*",
        "https://example.org/hook",
    ),
    "url-path": _text("no path", r"/[^\s\ud800-\udfff]*", "/metrics"),
    "secret-path": _text(
        "no absolute path, and no message would ever leave",
        r"/[^\x00-\x1f\x7f\ud800-\udfff]*(?<!/)",
        "/etc/alertmanager/secrets/smtp",
    ),
    "count": _text("no whole number from 0 on", r"[0-9]{1,18}", "10"),
    "number": _text("no number", r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", "0.25"),
    "quantile": _text("no number from 0 to 1", r"(?:0(?:\.[0-9]*)?|\.[0-9]+|1(?:\.0*)?)", "0.99"),
    "percentage": _text(
        "not between 0 and 100",
        r"(?=[0-9.]*[1-9])(?:[0-9]{1,2}(?:\.[0-9]*)?|\.[0-9]+)",
        "99.9",
    ),
    "uid": _text("no uid: up to 40 letters, digits, - and _", r"[a-zA-Z0-9_-]{1,40}", "orders"),
    "panel-kind": _text("no kind of panel", r"[a-zA-Z][a-zA-Z0-9_-]*", "timeseries"),
    # Grafana's Prometheus data source (`metric_find_query.ts`); what is none of these it takes for
    # a selector, and offers whole series to choose from.
    "choices": _text(
        "no question that has values to choose from for an answer",
        r"\s*(?:label_values\((?:[^\n\ud800-\udfff]+,)?\s*[a-zA-Z_$][\w$]*\s*\)|label_names\(.*\)"
        r"|(?:metrics|query_result)\([^\n\ud800-\udfff]+\))\s*",
        'label_values(up{job="orders"}, instance)',
    ),
    "unit": _text("no unit", r"\S(?:[^\ud800-\udfff]*\S)?", "s"),
    "reference": _text("no letter of a query", r"[A-Za-z0-9_-]+", "A"),
    "integration": _text("no kind of receiver", r"[a-z][a-z0-9_]*_configs", "slack_configs"),
}
