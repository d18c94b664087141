"""Saying what is wrong with a template, and for the common slips what to write instead."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from giggamon_compiler.gotemplate.nodes import Spanned
from giggamon_compiler.gotemplate.tokens import Token

_COMPARISONS = {">": "gt", "<": "lt", ">=": "ge", "<=": "le", "==": "eq", "!=": "ne"}
_CONTEXTS = {
    "operand": "expected a blank, | or }}",
    "action": "expected a value or a function",
    "parenthesis": "expected a value or a function",
    "range": "expected what to go through",
    "if": "expected a condition",
    "with": "expected a value",
    "end": "expected }} after end",
    "else": "expected }} after else",
    "break": "expected }} after break",
    "continue": "expected }} after continue",
    "define": 'expected the template\'s "name"',
    "template": 'expected the template\'s "name"',
    "block": 'expected the template\'s "name"',
}


class Slip(Exception):
    """What keeps a text from being read, at its characters."""

    def __init__(self, where: Spanned, message: str, help_text: str) -> None:
        super().__init__(message)
        self.span = (where.start, where.end)
        self.message = message
        self.help = help_text


def unexpected(text: str, token: Token, context: str) -> Slip:
    """A token that cannot stand where it does."""
    if token.kind in ("end of text", "error"):
        return Slip(token, token.text or "the text ends here", token.help)
    if token.kind == "close":
        return Slip(token, f"}}}} comes too early: {_CONTEXTS[context]}", "")
    message = f"{token.text} cannot stand here: {_CONTEXTS[context]}"
    return Slip(token, message, _advice(text, token))


def _advice(text: str, token: Token) -> str:
    rest = text[token.start : token.start + 2]
    for sign in (rest, rest[:1]):
        if sign in _COMPARISONS:
            function = _COMPARISONS[sign]
            return f"a template compares with a function: {function} $value 5.0"
    if rest == "||":
        return 'the first value that is not empty: or $labels.name "none"'
    if rest == "&&":
        return "both conditions: and (gt $value 1.0) (lt $value 5.0)"
    if token.text in ("+", "-", "*", "/", "%"):
        return "a template does no arithmetic: do it in the expression"
    if token.text == "}":
        return "an action ends with }}"
    if token.text == "{":
        return "an action begins with {{ and holds no other braces"
    if token.kind == "define":
        return "a template is defined outside of any other action"
    return ""


def undefined_variable(token: Token, known: Sequence[str]) -> Slip:
    """A variable that nothing declares at this place."""
    if len(known) == 1 or "$labels" not in known:
        help_text = 'a template of its own sees only what it is given: {{ template "name" . }}'
        return Slip(token, f"{token.text} is not declared in this template", help_text)
    near = get_close_matches(token.text, [name for name in known if name != "$"], 1, 0.6)
    help_text = f"write {near[0]}" if near else f"declare it: {{{{ {token.text} := … }}}}"
    return Slip(token, f"{token.text} is not declared", help_text)
