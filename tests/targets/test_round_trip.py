"""What is written is read back, whatever it is; and the same program gives the same bytes."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import HealthCheck, given, settings

from giggamon_compiler import ir, targets
from tests.targets.strategies import programs

many = settings(
    max_examples=500,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
few = settings(many, max_examples=60)


def bare(value: Any) -> Any:
    """A program as tuples that keep apart what equality takes for one: plain scalar and text."""
    if isinstance(value, str):
        return type(value).__name__, str(value)
    if isinstance(value, Mapping):
        return {key: bare(item) for key, item in value.items()}
    if is_dataclass(value):
        return type(value).__name__, *(bare(getattr(value, it.name)) for it in fields(value))
    if isinstance(value, (list, tuple)):
        return type(value).__name__, [bare(item) for item in value]
    return type(value).__name__, value


def shuffled(value: Any) -> Any:
    """The same program, with every mapping filled in the other order."""
    if isinstance(value, Mapping):
        return {key: shuffled(value[key]) for key in reversed(list(value))}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{it.name: shuffled(getattr(value, it.name)) for it in fields(value)}
        )
    if isinstance(value, (list, tuple)):
        return type(value)(shuffled(item) for item in value)
    return value


@many
@given(programs())
def test_what_is_written_is_read_back(program: ir.Program):
    files = targets.emit(program)
    again = targets.read(files)
    assert again == program
    assert bare(again) == bare(program)


@few
@given(programs())
def test_the_order_of_mappings_changes_no_byte(program: ir.Program):
    assert targets.emit(shuffled(program)) == targets.emit(program)
    assert targets.emit(targets.read(targets.emit(program))) == targets.emit(program)
