"""Following a template as Go would run it, for what it reads and where it is bound to fail.

The way leads through variables, the dot and templates of its own. A value that cannot be known is
"unknown": nothing is claimed of what is read from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from giggamon_compiler.gotemplate.functions import FUNCTIONS
from giggamon_compiler.gotemplate.nodes import (
    Action,
    Chain,
    Command,
    Dot,
    Function,
    If,
    Invocation,
    Name,
    Nil,
    Node,
    Operand,
    Pipe,
    Range,
    Spanned,
    String,
    Template,
    Variable,
    With,
)
from giggamon_compiler.gotemplate.reads import Fault, Read, Run, What
from giggamon_compiler.gotemplate.results import (
    ELEMENTS,
    FIELDS,
    SAMPLE_FIELDS,
    SHOWN,
    TEXT,
    UNKNOWN,
    WITHOUT_FIELDS,
    Value,
    choice,
    constant,
    misfit,
    returned,
    wrong_count,
)

# What is nested deeper, or invoked more often, is not followed.
_DEEPEST: Final = 120
_MOST_INVOCATIONS: Final = 1000


def run(template: Template) -> Run:
    """Follow a template; one that is broken reads nothing."""
    if template.problem or not template.has_actions:
        return Run((), ())
    runner = _Runner(template)
    data = Value("data")
    known = {"$": data, "$externalURL": TEXT}
    known |= {"$labels": FIELDS["Labels"], "$externalLabels": FIELDS["ExternalLabels"]}
    known["$value"] = FIELDS["Value"]
    runner.nodes(template.nodes, data, known)
    reads = sorted(runner.reads.values(), key=lambda read: (read.start, read.what))
    return Run(tuple(reads), tuple(sorted(set(runner.faults), key=lambda it: it.start)))


class _Runner:
    def __init__(self, template: Template) -> None:
        self.template = template
        self.reads: dict[tuple[str, int, int], Read] = {}
        self.faults: list[Fault] = []
        self.testing = False
        self.labels: list[str] = []
        self.guards: list[str] = []  # labels of the conditions around, from the outside in
        self.depth = 0
        self.invoked: set[tuple[str, Value, bool, frozenset[str]]] = set()

    # What is found

    def read(self, what: What, name: str, where: Spanned, exact: bool = True) -> None:
        """Keep a read; of a place that is met twice, what is true of both."""
        guarded = what == "label" and name in self.guards
        key = (what, where.start, where.end)
        before = self.reads.get(key)
        tested = self.testing and (before is None or before.tested)
        guarded = guarded and (before is None or before.guarded)
        if what == "label":
            self.labels.append(name)
        self.reads[key] = Read(what, name, where.start, where.end, tested, guarded, exact)

    def fault(self, where: Spanned, message: str, help_text: str = "") -> Value:
        """Keep a fault; nothing is known of its result."""
        self.faults.append(Fault(where.start, where.end, message, help_text))
        return UNKNOWN

    # Nodes

    def nodes(self, nodes: Iterable[Node], dot: Value, known: dict[str, Value]) -> None:
        """Run one node after the other; variables that they declare stay in `known`."""
        self.depth += 1
        for node in nodes if self.depth <= _DEEPEST else ():
            match node:
                case Action(pipe):
                    value = self.pipe(pipe, dot, known)
                    if value.kind in ("labels", "data") and not pipe.declared:
                        self.read("labels", "", pipe)
                case If() | With():
                    self.cases(node, dot, dict(known))
                case Range():
                    self.range(node, dot, dict(known))
                case Invocation():
                    self.invoke(node, dot, known)
        self.depth -= 1

    def cases(self, node: If | With, dot: Value, known: dict[str, Value]) -> None:
        """Conditions with what follows each."""
        outside = len(self.guards)
        for case in node.cases:
            before, testing = len(self.labels), self.testing
            self.testing = True  # what is read only decides
            value = self.pipe(case.pipe, dot, known)
            self.testing = testing
            self.guards += self.labels[before:]
            self.nodes(case.body, value if isinstance(node, With) else dot, dict(known))
        self.nodes(node.otherwise, dot, dict(known))
        del self.guards[outside:]

    def range(self, node: Range, dot: Value, known: dict[str, Value]) -> None:
        """A loop, followed once."""
        value = self.pipe(node.pipe, dot, known, bind=False)
        if value.kind == "labels":
            self.read("labels", "", node.pipe.commands[-1])
        element = ELEMENTS.get(value.kind, UNKNOWN)
        for at, variable in enumerate(reversed(node.pipe.declared)):
            key = TEXT if value.kind in ELEMENTS and value.kind != "samples" else UNKNOWN
            known[variable.name] = self.held(variable.name, key if at else element)
        self.nodes(node.body, element, dict(known))
        self.nodes(node.otherwise, dot, dict(known))

    def invoke(self, node: Invocation, dot: Value, known: dict[str, Value]) -> None:
        """A template of its own, with what it is given as its dot and its `$`."""
        value = self.pipe(node.pipe, dot, known) if node.pipe else UNKNOWN
        body = self.template.defined.get(node.name)
        if body is None:
            self.fault(node, f"no template {node.name} is defined", "define it in the same text")
            return
        key = (node.name, value, self.testing, frozenset(self.guards))
        if key not in self.invoked and len(self.invoked) < _MOST_INVOCATIONS:
            self.invoked.add(key)
            self.nodes(body, value, {"$": value})

    # Pipelines

    def pipe(self, pipe: Pipe, dot: Value, known: dict[str, Value], bind: bool = True) -> Value:
        """What a pipeline yields; `bind`: give it to the variable that is declared."""
        value: Value | None = None
        self.depth += 1
        for command in pipe.commands if self.depth <= _DEEPEST else ():
            value = self.command(command, value, dot, known)
        self.depth -= 1
        for variable in pipe.declared if bind else ():
            known[variable.name] = self.held(variable.name, value or UNKNOWN)
        return value or UNKNOWN

    def held(self, name: str, value: Value) -> Value:
        """What a variable holds: nothing is known of one that is assigned somewhere."""
        return UNKNOWN if name in self.template.assigned else value

    def command(
        self, command: Command, piped: Value | None, dot: Value, known: dict[str, Value]
    ) -> Value:
        """What a command yields with what comes through the pipe as its last argument."""
        first, *rest = command.args
        if isinstance(first, Function):
            return self.call(first, rest, piped, dot, known)
        value = self.operand(first, dot, known)
        for operand in rest:
            self.operand(operand, dot, known)
        if (rest or piped is not None) and not isinstance(first, Chain):
            return self.fault(first, "this is no function, and takes no argument")
        if (rest or piped is not None) and value.kind != "unknown":
            return self.fault(first, "this is no function, and takes no argument")
        if isinstance(first, Nil):
            return self.fault(first, "nil alone is nothing to show")
        return value

    def operand(self, operand: Operand, dot: Value, known: dict[str, Value]) -> Value:
        """What an operand is."""
        match operand:
            case Dot():
                return dot
            case Function():
                return self.call(operand, (), None, dot, known)
            case Pipe():
                return self.pipe(operand, dot, known)
            case Variable(name=name):
                value = known.get(name, UNKNOWN)
                if value.kind == "value":
                    self.read("value", "", operand)
                return value
            case Chain(of=of, fields=fields):
                value = dot if of is None else self.operand(of, dot, known)
                for field in fields:
                    value = self.field(value, field)
                return value
            case _:
                return constant(operand)

    def field(self, value: Value, field: Name) -> Value:
        """What a field of something is."""
        match value.kind:
            case "labels":
                self.read("label", field.text, field)
                return TEXT
            case "external labels":
                self.read("external label", field.text, field)
                return TEXT
            case "sample labels":
                return TEXT
            case "data" | "sample":
                fields = FIELDS if value.kind == "data" else SAMPLE_FIELDS
                found = fields.get(field.text)
                if found is None:
                    return self.fault(field, f"there is no field {field.text}", choice(fields))
                if found.kind == "value":
                    self.read("value", "", field)
                return found
        if value.kind in WITHOUT_FIELDS:
            return self.fault(field, f"{SHOWN[value.kind]} has no field {field.text}")
        return UNKNOWN

    # Functions

    def call(
        self,
        function: Function,
        args: Sequence[Operand],
        piped: Value | None,
        dot: Value,
        known: dict[str, Value],
    ) -> Value:
        """What a function returns."""
        count = len(args) + (piped is not None)
        given = []
        testing, chooses = self.testing, function.name in ("and", "or")
        for at, arg in enumerate(args):
            self.testing = testing or (chooses and at < count - 1)  # the last is what is left
            given.append(self.operand(arg, dot, known))
        self.testing = testing
        given += [piped] if piped is not None else []
        places: list[Spanned] = [*args, function] if piped is not None else [*args]
        if function.name not in FUNCTIONS:
            return UNKNOWN
        if wrong_number := wrong_count(function.name, count):
            return self.fault(function, wrong_number)
        if wrong := misfit(function.name, given):
            return self.fault(places[wrong[0]], *wrong[1:])
        if function.name == "index":
            return self.index(given, places)
        if function.name == "query":
            self.query(given[0], places[0])
        result = returned(function.name, given)
        for value, place in zip(given, places, strict=True):
            if value.kind in ("labels", "data") and value != result:
                self.read("labels", "", place)
        return result

    def index(self, given: Sequence[Value], places: Sequence[Spanned]) -> Value:
        """What stands under a key; keys that are put together may be any."""
        value = given[0]
        for key, place in zip(given[1:], places[1:], strict=True):
            if value.kind not in ELEMENTS:
                return UNKNOWN
            if value.kind in ("labels", "external labels"):
                ours = value.kind == "labels"
                if isinstance(key.literal, String):
                    name, literal = key.literal.value, key.literal
                    inner = Name(literal.start + 1, literal.end - 1, name)
                    where: Spanned = inner if literal.exact else literal
                    self.read("label" if ours else "external label", name, where, literal.exact)
                elif ours:
                    self.read("labels", "", place)
            value = ELEMENTS[value.kind]
        return value

    def query(self, value: Value, place: Spanned) -> None:
        """A query that the text asks itself."""
        literal = value.literal
        if not isinstance(literal, String):
            self.read("query", "", place, exact=False)
        elif literal.exact:
            inner = Name(literal.start + 1, literal.end - 1, literal.value)
            self.read("query", literal.value, inner)
        else:
            self.read("query", literal.value, literal, exact=False)
