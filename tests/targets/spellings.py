"""Texts written as scalars of YAML in every style, by code that knows nothing of the compiler.

A spelling may say something else than the text: a reader of YAML that is not ours decides.
"""

from __future__ import annotations

from random import Random

import yaml

STYLES = ("plain", "single", "double", "literal", "folded", "emitted")

_NAMED = {
    "\0": "0", "\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r",
    "\x1b": "e", '"': '"', "\\": "\\", "\x85": "N", "\xa0": "_", "\u2028": "L", "\u2029": "P",
}  # fmt: skip


def spell(style: str, text: str, column: int, random: Random) -> str:
    """The scalar as it stands behind the key that begins at a column."""
    if style == "emitted":
        return _emitted(text, column, random)
    if style in ("literal", "folded"):
        return _block(style, text, column, random)
    if style == "plain":
        return _flow(text, column, random)
    if style == "single":
        return f"'{_flow(text.replace(chr(39), chr(39) * 2), column, random)}'"
    return f'"{_escaped(text, column, random)}"'


def _gap(column: int, random: Random) -> str:
    blank = random.choice(["", "", " ", "  ", "\t"])
    return f"{blank}\n{' ' * (column + random.randint(1, 4))}"


def _flow(text: str, column: int, random: Random) -> str:
    """Some spaces as line breaks, every line break as two."""
    written = []
    for char in text:
        if char == " " and random.random() < 0.3:
            written.append(_gap(column, random))
        elif char == "\n":
            written.append("\n" + _gap(column, random))
        else:
            written.append(char)
    return "".join(written)


def _escaped(text: str, column: int, random: Random) -> str:
    """Some characters as one of their escapes, and lines that go on."""
    written = []
    for char in text:
        code = ord(char)
        ways = [f"\\U{code:08x}"]
        ways += [f"\\u{code:04X}"] if code < 0x10000 else []
        ways += [f"\\x{code:02x}"] if code < 0x100 else []
        ways += [f"\\{_NAMED[char]}"] if char in _NAMED else []
        if char not in _NAMED:
            ways += [char] * 20
        if char == " ":
            ways += ["\\ ", _gap(column, random), _gap(column, random)]
        if char == "\n":
            ways += ["\n" + _gap(column, random)] * 3
        if random.random() < 0.05 and char != " ":
            written.append(f"\\\n{' ' * random.randint(column + 1, column + 5)}")
        written.append(random.choice(ways))
    return "".join(written)


def _block(style: str, text: str, column: int, random: Random) -> str:
    depth = random.randint(1, 6)
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    chomping = "-" if ends == 0 else "+" if ends > 1 else random.choice(["", "+"])
    indicator = str(depth) if body[:1] in (" ", "\t", "\n") or random.random() < 0.3 else ""
    head = random.choice([chomping + indicator, indicator + chomping])
    comment = random.choice(["", "", "  # a comment", " "])
    lines = body.split("\n")
    if style == "folded":
        lines = _folded(lines, random)
    indent = " " * (column + depth)
    empty = ["", " ", indent]
    written = [indent + line if line else random.choice(empty) for line in lines]
    tail = "\n" * max(ends - 1, 0)
    sign = "|" if style == "literal" else ">"
    return f"{sign}{head}{comment}\n" + "\n".join(written) + tail


def _folded(lines: list[str], random: Random) -> list[str]:
    """Lines of a folded block: one more break between two that do not begin with a blank."""
    written: list[str] = []
    before = " "
    for line in lines:
        if line:
            if before[0] not in " \t" and line[0] not in " \t":
                written.append("")
            before = line
        written += _pieces(line, random) if line[:1] not in (" ", "\t") else [line]
    return written


def _pieces(line: str, random: Random) -> list[str]:
    pieces = [""]
    for char in line:
        if char == " " and random.random() < 0.3:
            pieces.append("")
        else:
            pieces[-1] += char
    return pieces


def _emitted(text: str, column: int, random: Random) -> str:
    """As PyYAML writes it, or libyaml."""
    style = random.choice(["'", '"', "|", ">", None])
    width = random.choice([20, 80])
    dumper = random.choice([yaml.Dumper, yaml.CDumper])
    wide = random.random() < 0.5
    written = yaml.dump(
        {"k": text}, Dumper=dumper, default_style=style, width=width, allow_unicode=wide
    )
    _, _, scalar = written.partition(":")
    return scalar.lstrip(" ").rstrip("\n").replace("\n", f"\n{' ' * column}")
