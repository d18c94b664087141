"""The forms of action that most texts hold and no other, read at once.

That is `$labels.name`, `$labels`, `$value` and the same of the dot, alone, handed to a function
(`$value | printf "%.2f"`) or as its argument (`humanize $value`). What comes out is what the whole
grammar gives, three times as fast.
"""

from __future__ import annotations

import re

from giggamon_compiler.gotemplate.nodes import (
    Action,
    Chain,
    Command,
    Function,
    Name,
    Node,
    Operand,
    Pipe,
    String,
    Template,
    Text,
    Variable,
)
from giggamon_compiler.gotemplate.tokens import KEYWORDS

_NO_FUNCTIONS = KEYWORDS | {"true", "false"}
_FREQUENT = re.compile(
    r"""(?<!\{)\{\{[ ]*
    (?:([A-Za-z][A-Za-z0-9]*)[ ]+(?:("[^"\\\n]*")[ ]+)?)?
    ([$.])(labels|value|Labels|Value)(?:\.([A-Za-z_][A-Za-z0-9_]*))?
    (?:[ ]*\|[ ]*([A-Za-z][A-Za-z0-9]*)(?:[ ]+("[^"\\\n]*"))?)?
    [ ]*\}\}""",
    re.VERBOSE,
)


def parse_frequent(text: str) -> Template | None:
    """A text that holds these forms only; None where anything else is in it."""
    nodes: list[Node] = []
    functions: list[Function] = []
    at = count = 0
    for found in _FREQUENT.finditer(text):
        start, end = found.span()
        if at < start:
            nodes.append(Text(at, start))
        before, _, sign, word, _, after, _ = found.groups()
        if (sign == "$") != word.islower() or before in _NO_FUNCTIONS or after in _NO_FUNCTIONS:
            return None
        operand = _operand(found)
        commands = [Command(operand.start, operand.end, (operand,))]
        if before:
            commands = [_call(found, 1, functions, operand)]
        if after:
            commands.append(_call(found, 6, functions))
        pipe = Pipe(commands[0].start, commands[-1].end, (), False, tuple(commands))
        nodes.append(Action(pipe))
        at = end
        count += 1
    if count != text.count("{{"):
        return None
    if at < len(text):
        nodes.append(Text(at, len(text)))
    return Template(text, tuple(nodes), functions=tuple(functions))


def _operand(found: re.Match[str]) -> Operand:
    _, _, sign, word, label, _, _ = found.groups()
    start, end = found.start(3), found.end(4)
    fields = () if label is None else (Name(*found.span(5), label),)
    if sign == "$":
        variable = Variable(start, end, sign + word)
        return Chain(start, found.end(5), variable, fields) if fields else variable
    return Chain(
        start, found.end(5) if fields else end, None, (Name(start + 1, end, word), *fields)
    )


def _call(
    found: re.Match[str], group: int, functions: list[Function], *operands: Operand
) -> Command:
    """The function of a group, with the string of the next one and what follows."""
    function = Function(*found.span(group), found[group])
    functions.append(function)
    args: list[Operand] = [function]
    if literal := found[group + 1]:
        args.append(String(*found.span(group + 1), literal[1:-1], True))
    args += operands
    return Command(function.start, args[-1].end, tuple(args))
