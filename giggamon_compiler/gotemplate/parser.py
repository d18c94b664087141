"""Reading a Go template: the grammar of text/template's parser, with every place kept."""

from __future__ import annotations

from collections.abc import Sequence

from giggamon_compiler.gotemplate.frequent import parse_frequent
from giggamon_compiler.gotemplate.nodes import (
    Action,
    Case,
    If,
    Invocation,
    Jump,
    Name,
    Node,
    Problem,
    Range,
    String,
    Template,
    Text,
    With,
)
from giggamon_compiler.gotemplate.pipelines import Pipelines
from giggamon_compiler.gotemplate.slips import Slip, unexpected
from giggamon_compiler.gotemplate.tokens import Token


def parse(text: str) -> Template:
    """Read a text; where it is broken, the result holds the problem and no tree."""
    if "{{" not in text:
        return Template(text, (Text(0, len(text)),) if text else ())
    frequent = parse_frequent(text)
    return frequent if frequent is not None else parse_any(text)


def parse_any(text: str) -> Template:
    """The same by the whole grammar, whatever the text holds."""
    reader = _Reader(text)
    try:
        nodes = reader.read()
    except Slip as slip:
        return Template(text, problem=Problem("syntax", *slip.span, slip.message, slip.help))
    functions, else_with = tuple(reader.functions), tuple(reader.else_with)
    return Template(text, nodes, reader.defined, functions, else_with, frozenset(reader.assigned))


class _Reader(Pipelines):
    """A whole text: what stands outside of the actions, and what belongs to them."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.ranges = 0
        self.defined: dict[str, tuple[Node, ...]] = {}
        self.else_with: list[Name] = []

    def read(self) -> tuple[Node, ...]:
        """The whole text."""
        nodes: list[Node] = []
        while (token := self.take_part()).kind != "end of text":
            if token.kind == "text":
                nodes.append(Text(token.start, token.end))
                continue
            word = self.peek_word()
            if word.kind == "define":
                self.take_word()
                self.define(word)
            elif word.kind in ("end", "else"):
                raise Slip(word, f"{word.kind} closes nothing", f"take {{{{ {word.kind} }}}} out")
            else:
                nodes.append(self.action(token))
        return tuple(nodes)

    def items(self, opener: Token) -> tuple[tuple[Node, ...], Token]:
        """What stands between `opener` and the `end` or `else` that is returned with it."""
        nodes: list[Node] = []
        while True:
            token = self.take_part()
            if token.kind == "text":
                nodes.append(Text(token.start, token.end))
            elif token.kind == "end of text":
                raise Slip(
                    opener, f"{opener.text} is not closed", "put {{ end }} where it is to stop"
                )
            else:
                word = self.peek_word()
                if word.kind not in ("end", "else"):
                    nodes.append(self.action(token))
                    continue
                self.take_word()
                if word.kind == "end" or self.peek_word().kind not in ("if", "with"):
                    self.expect("close", word.kind)
                return tuple(nodes), word

    def body(self, opener: Token) -> tuple[Node, ...]:
        """What stands up to `end`, where no `else` may be."""
        nodes, closer = self.items(opener)
        if closer.kind != "end":
            raise Slip(closer, f"{opener.text} has no else", "close it with {{ end }} first")
        return nodes

    def template_body(self, opener: Token) -> tuple[Node, ...]:
        """The body of a template of its own, which sees no variable but `$`."""
        outside = self.variables, self.ranges
        self.variables, self.ranges = ["$"], 0
        self.deeper(opener)
        nodes = self.body(opener)
        self.depth -= 1
        self.variables, self.ranges = outside
        return nodes

    def define(self, word: Token) -> None:
        """`define "name"` up to its `end`."""
        name = self.template_name(self.take_word(), word)
        self.expect("close", "define")
        self.add(name, self.template_body(word))

    def add(self, name: String, nodes: tuple[Node, ...]) -> None:
        """Keep a template; of two with one name, one has to be empty."""
        known = self.defined.get(name.value, ())
        if not _is_empty(known, self.text):
            if not _is_empty(nodes, self.text):
                message = f"template {name.value} is defined twice"
                raise Slip(name, message, "give one of them another name")
            return
        self.defined[name.value] = nodes

    def template_name(self, token: Token, word: Token) -> String:
        """The name after `define`, `block` or `template`."""
        if token.kind != "string":
            raise unexpected(self.text, token, word.kind)
        return self.string(token)

    # Actions

    def action(self, left: Token) -> Node:
        """What stands in `{{ }}`, and what belongs to it up to its `end`."""
        word = self.peek_word()
        if word.kind in ("if", "with", "range"):
            self.take_word()
            return self.control(word)
        if word.kind in ("break", "continue"):
            return self.jump(self.take_word())
        if word.kind in ("template", "block"):
            return self.invocation(self.take_word())
        return Action(self.pipeline("action", left, "close"))

    def jump(self, word: Token) -> Jump:
        """`break` or `continue`."""
        self.expect("close", word.kind)
        if not self.ranges:
            raise Slip(word, f"{word.kind} stands outside of any range", "take it out")
        return Jump("break" if word.kind == "break" else "continue")

    def invocation(self, word: Token) -> Invocation:
        """`template "name" pipe`, or a block, which is defined as well."""
        name = self.template_name(self.take_word(), word)
        pipe = None
        if word.kind == "block" or self.peek_word().kind != "close":
            pipe = self.pipeline(word.kind, word, "close")
        else:
            self.take_word()
        if word.kind == "block":
            self.add(name, self.template_body(word))
        return Invocation(name.start, name.end, name.value, pipe)

    def control(self, word: Token) -> Node:
        """`if`, `with` or `range`, whose word is read, up to its `end`."""
        visible = len(self.variables)
        self.deeper(word)
        pipe = self.pipeline(word.kind, word, "close")
        self.ranges += word.kind == "range"
        nodes, closer = self.items(word)
        self.ranges -= word.kind == "range"
        cases = [Case(pipe, nodes)]
        otherwise: tuple[Node, ...] = ()
        while closer.kind == "else":
            if self.at == len(self.tokens):
                otherwise = self.body(closer)
                break
            following = self.peek_word()
            if following.kind != word.kind:
                help_text = f"close {{{{ else }}}} and begin {{{{ {following.kind} … }}}} after it"
                raise Slip(following, f"{word.kind} has no else {following.kind}", help_text)
            self.take_word()
            if following.kind == "with":
                self.else_with.append(Name(following.start, following.end, "else with"))
            pipe = self.pipeline(word.kind, following, "close")
            nodes, closer = self.items(following)
            cases.append(Case(pipe, nodes))
        self.depth -= 1
        del self.variables[visible:]
        if word.kind == "range":
            return Range(pipe, nodes, otherwise)
        return (If if word.kind == "if" else With)(tuple(cases), otherwise)


def _is_empty(nodes: Sequence[Node], text: str) -> bool:
    return all(isinstance(it, Text) and not text[it.start : it.end].strip() for it in nodes)
