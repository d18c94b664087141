"""What Alertmanager reads: the routing tree, receivers, inhibitions, templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from giggamon_compiler.findings import Origin
from giggamon_compiler.ir.scalars import Rest, Tree


@dataclass(frozen=True, slots=True)
class Route:
    """A node of the routing tree; matchers in Alertmanager's notation, one in each entry."""

    receiver: str | None
    matchers: tuple[str, ...] = ()
    group_by: tuple[str, ...] | None = None
    group_wait: str | None = None
    group_interval: str | None = None
    repeat_interval: str | None = None
    continue_: bool = False
    routes: tuple[Route, ...] = ()
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Integration:
    """One way to notify: `config` is Alertmanager's key ("slack_configs"), `fields` a raw tree."""

    config: str
    fields: Mapping[str, Tree]
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Receiver:
    """A receiver, named by the path of its leaf ("commerce/critical"); sorted by `config`."""

    name: str
    integrations: tuple[Integration, ...]
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Inhibition:
    """Firing alerts that match `source` silence those that match `target` and agree in `equal`."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    equal: tuple[str, ...]
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Template:
    """A file of notification templates, whole: `name` without `.tmpl`."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Alertmanager:
    """`alertmanager.yml`; globals: a raw tree; template_files: globs."""

    route: Route
    receivers: tuple[Receiver, ...]
    globals: Mapping[str, Tree] = field(default_factory=dict)
    inhibitions: tuple[Inhibition, ...] = ()
    template_files: tuple[str, ...] = ()
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)
