"""A message as it arrived, whatever carried it: who got it, what it says, and the raw thing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Literal

Kind = Literal["slack", "pagerduty", "email", "webhook", "deadman"]

# An address ends where a sentence, a quote or Slack's <address|text> does.
_LINK = re.compile(r"https?://[^\s<>|\"')\]]+")


@dataclass(frozen=True, slots=True)
class Message:
    """What arrived.

    address: Slack's channel, a mail's recipient, the key file of PagerDuty, a webhook's address
    key: the file that holds the secret that it was sent with, a mail's user; None without one
    arrived: seconds since 1970; title, text: what a person reads; links: every address in it
    severity: where the format has a field for it; incident: PagerDuty's key of the incident
    """

    kind: Kind
    address: str
    key: str | None
    arrived: float
    status: str
    title: str
    text: str
    links: frozenset[str]
    raw: Any
    severity: str | None = None
    incident: str | None = None

    def words(self) -> str:
        """Title and text in one."""
        return f"{self.title}\n{self.text}"

    def show(self) -> str:
        """The message as it arrived, for people."""
        if isinstance(self.raw, EmailMessage):
            return self.raw.as_string().strip()
        return json.dumps(self.raw, indent=2, ensure_ascii=False)


def from_slack(key: str, body: dict[str, Any], arrived: float) -> Message:
    """A post to an incoming webhook of Slack."""
    attachments = body.get("attachments") or [{}]
    title = str(attachments[0].get("title", ""))
    color = str(attachments[0].get("color", ""))
    return Message(
        kind="slack",
        address=str(body.get("channel", "")),
        key=key,
        arrived=arrived,
        status="resolved" if color == "good" or _says_resolved(title) else "firing",
        title=title,
        text="\n".join(str(part.get("text", "")) for part in attachments),
        links=_links(body),
        raw=body,
    )


def from_pagerduty(key: str, body: dict[str, Any], arrived: float) -> Message:
    """An event of PagerDuty's Events API 2."""
    payload = body.get("payload", {})
    resolved = body.get("event_action") == "resolve"
    return Message(
        kind="pagerduty",
        address=key,
        key=key,
        arrived=arrived,
        status="resolved" if resolved else "firing",
        title=str(payload.get("summary", "")),
        text="\n".join(_texts(payload.get("custom_details", {}))),
        links=_links(body),
        raw=body,
        severity=payload.get("severity"),
        incident=body.get("dedup_key"),
    )


def from_webhook(address: str, key: str | None, body: dict[str, Any], arrived: float) -> Message:
    """Alertmanager's own JSON."""
    labels = body.get("commonLabels", {})
    return Message(
        kind="webhook",
        address=address,
        key=key,
        arrived=arrived,
        status=str(body.get("status", "")),
        title=str(labels.get("alertname", "")),
        text="\n".join(_texts(body.get("alerts", []))),
        links=_links(body),
        raw=body,
    )


def from_mail(login: str | None, recipient: str, mail: EmailMessage, arrived: float) -> Message:
    """A mail; login: the user that the server was told, None without one."""
    subject = str(mail["Subject"] or "")
    body = mail.get_body(("plain", "html"))
    text = body.get_content() if body else ""
    return Message(
        kind="email",
        address=recipient,
        key=login,
        arrived=arrived,
        status="resolved" if _says_resolved(subject) else "firing",
        title=subject,
        text=text,
        links=_links(text),
        raw=mail,
    )


def _says_resolved(title: str) -> bool:
    return "resolved" in title.lower()


def _texts(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        for value in tree.values():
            yield from _texts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _texts(value)
    else:
        yield str(tree)


def _links(tree: Any) -> frozenset[str]:
    found = (link for text in _texts(tree) for link in _LINK.findall(text))
    return frozenset(link.rstrip(".,;:") for link in found)
