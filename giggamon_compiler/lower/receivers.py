"""A channel as Alertmanager's integration: field names, secret paths, the message's defaults."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

from giggamon_compiler.ir import Integration, Plain, Tree
from giggamon_compiler.model.notify import Receiver, settings_of
from giggamon_compiler.model.value import origin_of


def lower_receiver(receiver: Receiver, secrets: str | None) -> Integration:
    """The integration of a channel; `secrets` is the folder that every `*_file` is below."""
    settings = {**receiver.MESSAGE, **settings_of(receiver)}
    fields = {name: lower_setting(name, value, secrets) for name, value in settings.items()}
    return Integration(receiver.CONFIG, fields, origin_of(receiver))


def lower_setting(name: str, value: object, secrets: str | None) -> Tree:
    """A setting as a raw tree; the name of a secret becomes its absolute path.

    Alertmanager looks for a relative path below its working directory, not beside its
    configuration, and accepts a file that is not there: no message would ever leave.
    """
    if isinstance(value, bool):
        return Plain("true" if value else "false")
    if isinstance(value, (int, float)):
        return Plain(str(value))
    if isinstance(value, Mapping):
        return {str(key): lower_setting(str(key), item, secrets) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [lower_setting("", item, secrets) for item in value]
    text = "" if value is None else str(value)
    return posixpath.join(secrets, text) if secrets and name.endswith("_file") else text
