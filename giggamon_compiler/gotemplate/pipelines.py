"""Reading what stands inside an action: pipelines, commands and operands.

Functions are taken by any name: what a version knows is judged apart from the reading. Variables
are known as Prometheus defines them in front of each text.
"""

from __future__ import annotations

from typing import Final

from giggamon_compiler.gotemplate.literals import decode_string, is_character, number_fault
from giggamon_compiler.gotemplate.nodes import (
    Bool,
    Chain,
    Command,
    Dot,
    Function,
    Name,
    Nil,
    Number,
    Operand,
    Pipe,
    String,
    Variable,
)
from giggamon_compiler.gotemplate.slips import Slip, undefined_variable, unexpected
from giggamon_compiler.gotemplate.tokens import Token, cut

# Deeper than any text for people, and shallow enough for the stack.
DEEPEST: Final = 100
# What stands in front of each text that Prometheus expands.
PREDEFINED: Final = ("$", "$labels", "$externalLabels", "$externalURL", "$value")

_NOT_EXECUTABLE: Final = (Bool, Dot, Nil, Number, String)
_OPERANDS: Final = frozenset(
    ("bool", "character", "dot", "field", "word", "number", "nil", "string", "variable", "open")
)
_MISSING: Final = {
    "action": "the action is empty",
    "parenthesis": "the parentheses are empty",
}


class Pipelines:
    """The tokens of one text, and what is known at the one that is read."""

    def __init__(self, text: str) -> None:
        self.rest = cut(text)
        self.tokens: list[Token] = []
        self.at = 0
        self.text = text
        self.variables = list(PREDEFINED)
        self.depth = 0
        self.functions: list[Function] = []
        self.assigned: set[str] = set()

    def take_part(self) -> Token:
        """The next text or delimiter outside of the actions; those before are forgotten."""
        if self.at == len(self.tokens):
            self.tokens, self.at = next(self.rest), 0
        return self.take()

    def take(self) -> Token:
        """The next token of an action, a blank too."""
        token = self.tokens[self.at]
        if token.kind == "error":
            raise Slip(token, token.text, token.help)
        self.at += 1
        return token

    def take_word(self) -> Token:
        """The next token that is no blank."""
        token = self.take()
        return self.take() if token.kind == "space" else token

    def peek(self) -> str:
        """The kind of the next token."""
        return self.tokens[self.at].kind

    def peek_word(self) -> Token:
        """The next token that is no blank, left where it is."""
        token = self.tokens[self.at]
        return self.tokens[self.at + 1] if token.kind == "space" else token

    def expect(self, kind: str, context: str) -> Token:
        """The next token that is no blank, which has to be of that kind."""
        token = self.take_word()
        if token.kind != kind:
            raise unexpected(self.text, token, context)
        return token

    def deeper(self, token: Token) -> None:
        """Count a level; whoever goes down comes back up itself."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Slip(token, f"this is nested deeper than {DEEPEST} levels", "split the text")

    def pipeline(self, context: str, opener: Token, closer: str) -> Pipe:
        """Declarations and commands, up to the delimiter or the parenthesis that closes them."""
        start = self.peek_word().start
        declared, assign = self.declarations(context, closer)
        commands: list[Command] = []
        while self.peek_word().kind != closer:
            if self.peek_word().kind not in _OPERANDS:
                raise unexpected(self.text, self.take_word(), context)
            commands.append(self.command())
        end = commands[-1].end if commands else start
        self.take_word()
        if not commands:
            raise Slip(opener, _MISSING.get(context, f"{context} is given nothing"), "")
        for command in commands[1:]:
            if isinstance(command.args[0], _NOT_EXECUTABLE):
                message = f"{self.text[command.start : command.end]} takes nothing from a pipe"
                raise Slip(command, message, "put a function after |")
        return Pipe(start, end, tuple(declared), assign, tuple(commands))

    def declarations(self, context: str, closer: str) -> tuple[list[Variable], bool]:
        """The variables in front of `:=` or `=`, and whether it is `=`."""
        declared: list[Variable] = []
        assign = False
        while self.peek_word().kind == "variable":
            back = self.at
            token = self.take_word()
            following = self.peek_word()
            comma = following.kind == "sign" and following.text == ","
            if not comma and following.kind not in ("assign", "declare"):
                self.at = back
                break
            self.take_word()
            declared.append(Variable(token.start, token.end, token.text))
            self.variables.append(token.text)
            if not comma:
                assign = following.kind == "assign"
                if assign:
                    self.assigned.update(it.name for it in declared)
                break
            if context != "range" or len(declared) > 1:
                raise Slip(following, "only range gives values to two variables", "declare one")
            if self.peek_word().kind not in ("variable", closer):
                raise unexpected(self.text, self.take_word(), "range")
        return declared, assign

    def command(self) -> Command:
        """Operands parted by blanks, up to `|` or the end of the pipeline."""
        args: list[Operand] = []
        while True:
            if self.peek_word().kind in _OPERANDS:
                args.append(self.operand())
            token = self.take()
            if token.kind == "space":
                if self.peek() in _OPERANDS:
                    continue
                token = self.take()
            if token.kind in ("close", "shut"):
                self.at -= 1
            elif token.kind != "pipe":
                raise unexpected(self.text, token, "operand")
            return Command(args[0].start, args[-1].end, tuple(args))

    def operand(self) -> Operand:
        """A term with the fields that follow it."""
        token = self.take_word()
        term = self.term(token)
        if self.peek() != "field":
            return term
        fields = []
        while self.peek() == "field":
            field = self.take()
            fields.append(Name(field.start + 1, field.end, field.text[1:]))
        end = fields[-1].end
        if isinstance(term, Chain):
            return Chain(term.start, end, term.of, (*term.fields, *fields))
        if isinstance(term, _NOT_EXECUTABLE):
            message = f"{self.text[term.start : term.end]} has no fields"
            raise Slip(term, message, "leave the second dot out" if token.kind == "dot" else "")
        return Chain(term.start, end, term, tuple(fields))

    def term(self, token: Token) -> Operand:
        """One operand, whose first token is read."""
        kind, start, end, text = token[:4]
        if kind == "field":
            return Chain(start, end, None, (Name(start + 1, end, text[1:]),))
        if kind == "variable":
            if text not in self.variables:
                raise undefined_variable(token, self.variables)
            return Variable(start, end, text)
        if kind == "word":
            function = Function(start, end, text)
            self.functions.append(function)
            return function
        if kind == "string":
            return self.string(token)
        if kind == "open":
            self.deeper(token)
            pipe = self.pipeline("parenthesis", token, "shut")
            self.depth -= 1
            return Pipe(start, self.tokens[self.at - 1].end, *_parts(pipe))
        if kind in ("number", "character"):
            return self.number(token)
        if kind == "dot":
            return Dot(start, end)
        return Bool(start, end, text == "true") if kind == "bool" else Nil(start, end)

    def number(self, token: Token) -> Number:
        """A number, or a character, which is one to Go."""
        if token.kind == "character":
            if not is_character(token.text):
                raise Slip(
                    token,
                    f"{token.text} is not one character",
                    'text stands in double quotes: "…"',
                )
        elif fault := number_fault(token.text):
            raise Slip(token, f"{token.text} {fault}", "")
        return Number(token.start, token.end, token.text)

    def string(self, token: Token) -> String:
        """A string, decoded."""
        value = decode_string(token.text)
        if value is None:
            help_text = "write \\\\ for a backslash, or the string between backquotes"
            raise Slip(token, f"{token.text} holds an escape that Go does not know", help_text)
        return String(token.start, token.end, value, value == token.text[1:-1])


def _parts(pipe: Pipe) -> tuple[tuple[Variable, ...], bool, tuple[Command, ...]]:
    return pipe.declared, pipe.assign, pipe.commands
