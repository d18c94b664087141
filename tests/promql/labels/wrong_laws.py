"""Laws of the label analysis, each made wrong in one way: what the judge has to notice.

A wrong law replaces names of the modules in which the analysis states its laws, for a while.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from giggamon_compiler.promql.labels import (
    absence,
    aggregations,
    analysis,
    branches,
    functions,
    matching,
    recordings,
    relabelling,
    selectors,
)
from giggamon_compiler.promql.labels.result import MISSING, Branch
from tests.promql.labels import wrong_parts as wrong


@dataclass(frozen=True, slots=True)
class WrongLaw:
    """What is wrong, and the name of a module or class that has another value for a while.

    newer: whether only the newer generation can tell
    """

    name: str
    owner: Any
    attribute: str
    value: Any
    newer: bool = False

    @contextmanager
    def applied(self) -> Iterator[None]:
        """The analysis with the wrong law."""
        with patch.object(self.owner, self.attribute, self.value):
            yield


_AGGREGATION_LAWS: Mapping[str, Callable[..., Branch]] = {
    "by keeps the name": wrong.name_kept_by,
    "without keeps the name": wrong.name_kept_without,
    "without drops no label": wrong.all_kept_without,
    "an aggregation without a clause keeps all labels": wrong.all_kept_bare,
    "by makes its labels certain": wrong.by_made_certain,
}
_SHAPES = {
    "group_left never deletes": wrong.include_never_deletes,
    "group_left takes nothing": wrong.include_ignored,
    "on keeps all labels": wrong.on_keeps_all,
    "ignoring keeps what it ignores": wrong.ignoring_keeps_all,
    "group_left keeps the matching labels only": wrong.group_like_on,
}
_CALLS: Mapping[str, tuple[str, Callable[[Branch], Branch]]] = {
    "histogram_quantile keeps le": ("histogram_quantile", wrong.nameless),
    "vector functions keep the name": ("abs", wrong.all),
    "rate keeps the name": ("rate", wrong.all),
    "last_over_time drops the name": ("last_over_time", wrong.nameless),
    "sort drops the name": ("sort", wrong.nameless),
    "absent has the labels of its argument": ("absent", wrong.nameless),
    "label_join changes nothing": ("label_join", wrong.all),
    "label_replace drops the name": ("label_replace", wrong.nameless),
}

_MATCHERS = {
    "every matcher makes a label certain": wrong.any_makes_certain,
    "=~ always makes a label certain": wrong.regex_makes_certain,
    "a regex has its first word only": wrong.first_word,
    "!= is =": wrong.equal_to_excluded,
}
_COMBINED = {
    "or forgets its right side": wrong.or_forgets_right,
    "unless takes the right side": wrong.unless_takes_right,
    "and takes the right side": wrong.and_takes_right,
}
_REPLACED = {
    "label_replace always sets": wrong.writing(wrong.SET),
    "label_replace always removes": wrong.writing(MISSING),
    "label_replace changes nothing": lambda _node, branch: branch,
}
_RECORDED = {
    "a recording sets no labels": wrong.record_without_labels,
    "a recording keeps the name": wrong.record_without_name,
}


def _each(owner: Any, attribute: str, laws: Mapping[str, Any]) -> Iterator[WrongLaw]:
    for name, value in laws.items():
        yield WrongLaw(name, owner, attribute, value)


LAWS: tuple[WrongLaw, ...] = (
    *_each(aggregations, "_law", {name: wrong.law(it) for name, it in _AGGREGATION_LAWS.items()}),
    *_each(matching, "_shape", _SHAPES),
    *_each(analysis, "call", {name: wrong.calls(*it) for name, it in _CALLS.items()}),
    *_each(selectors, "matched_values", _MATCHERS),
    *_each(analysis, "combine", _COMBINED),
    *_each(functions, "replace_label", _REPLACED),
    *_each(recordings, "_record", _RECORDED),
    WrongLaw("label_join always sets", functions, "join_labels", wrong.writing(wrong.SET)),
    WrongLaw("count_values sets no label", aggregations, "_counting", wrong.counting_nothing),
    WrongLaw("topk drops labels", aggregations, "SELECTING", aggregations.SELECTING - {"topk"}),
    WrongLaw(
        "limitk drops labels",
        aggregations,
        "SELECTING",
        aggregations.SELECTING - {"limitk"},
        newer=True,
    ),
    WrongLaw("info adds nothing", functions, "_enrich", lambda _name, fact: fact, newer=True),
    WrongLaw(
        "unary minus keeps the name", analysis, "_negate", lambda _node, inner, _version: inner
    ),
    WrongLaw("filtering drops the name", matching, "COMPARISONS", frozenset()),
    WrongLaw("arithmetic keeps the name", matching, "_drops_name", lambda _node, _version: False),
    WrongLaw("group_right is group_left", matching, "_meet", wrong.many_always_left),
    WrongLaw("absent keeps all matchers", absence, "_fixed", lambda matchers: matchers[-1]),
    WrongLaw("absent keeps no matcher", absence, "_fact", lambda *_: MISSING),
    WrongLaw("atan2 keeps the name", matching, "ATAN2_DROPS_NAME", wrong.NEVER, newer=True),
    WrongLaw(
        "__type__ stays where the name goes", functions, "METADATA_GOES", wrong.NEVER, newer=True
    ),
    WrongLaw("absent reads matchers in their order", absence, "REORDERED", wrong.NEVER, newer=True),
    WrongLaw("all labels match", matching.Agreed, "_find", wrong.agreed_in_all),
    WrongLaw(
        "a circle of recordings starts nowhere", recordings.Recorded, "_iterate", wrong.no_round
    ),
    WrongLaw("of several branches the first one counts", branches, "join_facts", wrong.first),
    WrongLaw("$1x is group 1 and x", relabelling, "read_replacement", wrong.first_digit),
    WrongLaw(
        "a label that can be missing equals none", matching, "can_be_equal", wrong.never_missing
    ),
)
