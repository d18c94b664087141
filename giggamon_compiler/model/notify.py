"""The ways to tell somebody: one frozen value for each receiver kind of Alertmanager.

Fields have Alertmanager's names (an underscore is added where Python reserves the word) and go out
under those names, so a new kind is one more class here. `since` is Alertmanager's version that
brought a field, from its change log. Secrets exist as `*_file` only, names below
`Environment.secrets`. `MESSAGE` holds what a field says where the definition leaves it out; the
templates that it names are in `alertmanager/templates/giggamon.tmpl`. Where a kind has `NEEDS`, one
of these fields must be there: without it Alertmanager refuses its whole configuration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, fields
from typing import ClassVar

from giggamon_compiler.model.value import Value

__all__ = ["KINDS", "Email", "PagerDuty", "Receiver", "Slack", "Webhook"]

Options = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PagerDuty(Value):
    """An incident in PagerDuty, through its Events API.

    routing_key_file: the key of the service's integration (API 2); service_key_file: API 1
    """

    CONFIG: ClassVar[str] = "pagerduty_configs"
    NEEDS: ClassVar[Sequence[str]] = ("routing_key_file", "service_key_file")
    MESSAGE: ClassVar[Options] = {
        "description": '{{ template "giggamon.title" . }}',
        "severity": '{{ template "giggamon.severity" . }}',
        "client": "GigGaMon",
        "client_url": '{{ template "giggamon.url" . }}',
        "details": {"summary": '{{ template "giggamon.text" . }}'},
        "links": [
            {"href": '{{ template "giggamon.runbook" . }}', "text": "Runbook"},
            {"href": '{{ template "giggamon.dashboard" . }}', "text": "Dashboard"},
        ],
    }

    _: KW_ONLY
    routing_key_file: str | None = None
    service_key_file: str | None = None
    url: str | None = None
    client: str | None = None
    client_url: str | None = None
    description: str | None = None
    severity: str | None = None
    class_: str | None = None
    component: str | None = None
    group: str | None = None
    source: str | None = field(default=None, metadata={"since": "0.25"})
    details: Mapping[str, str] | None = None
    images: Sequence[Mapping[str, str]] | None = None
    links: Sequence[Mapping[str, str]] | None = None
    timeout: str | None = field(default=None, metadata={"since": "0.30"})
    http_config: Options | None = None
    send_resolved: bool = True


@dataclass(frozen=True, slots=True)
class Slack(Value):
    """A message in a Slack channel.

    api_url_file: the address of an incoming webhook; app_token_file: the token of an app
    """

    CONFIG: ClassVar[str] = "slack_configs"
    NEEDS: ClassVar[Sequence[str]] = ("api_url_file", "app_token_file")
    MESSAGE: ClassVar[Options] = {
        "title": '{{ template "giggamon.title" . }}',
        "title_link": '{{ template "giggamon.url" . }}',
        "text": '{{ template "giggamon.text" . }}',
        "fallback": '{{ template "giggamon.title" . }}',
        "color": '{{ if eq .Status "firing" }}danger{{ else }}good{{ end }}',
    }

    _: KW_ONLY
    channel: str
    api_url_file: str | None = None
    app_token_file: str | None = field(default=None, metadata={"since": "0.30"})
    app_url: str | None = field(default=None, metadata={"since": "0.30"})
    username: str | None = None
    color: str | None = None
    title: str | None = None
    title_link: str | None = None
    pretext: str | None = None
    text: str | None = None
    message_text: str | None = field(default=None, metadata={"since": "0.31"})
    fields: Sequence[Options] | None = None
    short_fields: bool | None = None
    footer: str | None = None
    fallback: str | None = None
    callback_id: str | None = None
    icon_emoji: str | None = None
    icon_url: str | None = None
    image_url: str | None = None
    thumb_url: str | None = None
    link_names: bool | None = None
    mrkdwn_in: Sequence[str] | None = None
    actions: Sequence[Options] | None = None
    timeout: str | None = field(default=None, metadata={"since": "0.30"})
    update_message: bool | None = field(default=None, metadata={"since": "0.32"})
    http_config: Options | None = None
    send_resolved: bool = True


@dataclass(frozen=True, slots=True)
class Email(Value):
    """A mail, through `Environment.smtp` unless it names a server of its own."""

    CONFIG: ClassVar[str] = "email_configs"
    MESSAGE: ClassVar[Options] = {
        "headers": {"Subject": '{{ template "giggamon.title" . }}'},
        "text": '{{ template "giggamon.text" . }}',
        "html": "",
    }

    _: KW_ONLY
    to: str
    from_: str | None = None
    smarthost: str | None = None
    hello: str | None = None
    auth_username: str | None = None
    auth_password_file: str | None = field(default=None, metadata={"since": "0.25"})
    auth_secret_file: str | None = field(default=None, metadata={"since": "0.31"})
    auth_identity: str | None = None
    headers: Mapping[str, str] | None = None
    text: str | None = None
    html: str | None = None
    require_tls: bool | None = None
    tls_config: Options | None = None
    force_implicit_tls: bool | None = field(default=None, metadata={"since": "0.31"})
    threading: Options | None = field(default=None, metadata={"since": "0.30"})
    send_resolved: bool = True


@dataclass(frozen=True, slots=True)
class Webhook(Value):
    """Alertmanager's own JSON, posted to an address.

    url_file: the address, where it is a secret; url: an address that is none
    """

    CONFIG: ClassVar[str] = "webhook_configs"
    NEEDS: ClassVar[Sequence[str]] = ("url", "url_file")
    MESSAGE: ClassVar[Options] = {}

    _: KW_ONLY
    url: str | None = None
    url_file: str | None = field(default=None, metadata={"since": "0.26"})
    max_alerts: int | None = None
    timeout: str | None = field(default=None, metadata={"since": "0.28"})
    payload: object | None = field(default=None, metadata={"since": "0.32"})
    http_config: Options | None = None
    send_resolved: bool = True


Receiver = PagerDuty | Slack | Email | Webhook
KINDS: tuple[type[Receiver], ...] = (PagerDuty, Slack, Email, Webhook)

_OF_EVERY_VALUE = frozenset(entry.name for entry in fields(Value))


def settings_of(receiver: Receiver) -> dict[str, object]:
    """The fields that a receiver sets, by Alertmanager's names, in the order of the class."""
    return {
        entry.name.rstrip("_"): getattr(receiver, entry.name)
        for entry in fields(receiver)
        if entry.name not in _OF_EVERY_VALUE
        and not entry.name.startswith("_")
        and getattr(receiver, entry.name) is not None
    }
