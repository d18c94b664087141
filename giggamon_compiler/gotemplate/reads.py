"""What a template reads when it runs, and where it is bound to fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

What: TypeAlias = Literal["label", "labels", "value", "external label", "query"]


@dataclass(frozen=True, slots=True)
class Read:
    """One thing that is read, at its characters.

    what: a "label" of the alert's series or all its "labels", its "value", an "external label", or
    what a "query" returns
    name: the label's, or the query's text; empty where it is put together when it runs
    tested: it only decides what is shown: a condition, or what `or` falls back from
    guarded: a condition around it reads the same label, so that its absence is thought of
    exact: the characters are the name itself, and no spelling of it with escapes
    """

    what: What
    name: str
    start: int
    end: int
    tested: bool = False
    guarded: bool = False
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Fault:
    """What fails whenever it is run, so that the whole text is lost."""

    start: int
    end: int
    message: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """All reads and faults of a template, in the order of the text."""

    reads: tuple[Read, ...]
    faults: tuple[Fault, ...]
