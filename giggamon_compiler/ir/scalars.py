"""Scalars and raw trees, as the source has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Plain(str):
    """A scalar that stands in YAML without quotes, as it is no string: a number, true, null."""

    __slots__ = ()


# A raw tree of YAML: str, Plain, list and dict; of JSON: what the json module gives.
Tree = Any
Rest = Mapping[str, Tree]
