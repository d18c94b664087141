"""Our reading of expressions beside the real engine's: what differs, expression by expression.

Both generations judge: promtool whether a rule may hold the expression, with the flags that are on
by default and (newer) with the experimental functions; Prometheus by the tree of
`/api/v1/parse_query` (newer) and by the print of `/api/v1/format_query` (older). Our printer is
judged too: the engine has to take what it prints for what was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Literal

from giggamon_compiler.promql import nodes
from giggamon_compiler.promql.judgement import accepts, problems
from giggamon_compiler.promql.language import FLAG
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.printer import print_expr
from tests.promql.engine import Engine, Generation, engine, rejected
from tests.promql.neutral import as_printed, of_answer, of_tree

# verdict: whether the version takes it, by default flags; flagged: with experimental functions;
# tree: what it means; print: what our printer makes of it; span: that a node's characters say it;
# crash: that our side raised; oracles: that promtool and Prometheus are not of one mind.
Kind = Literal["verdict", "flagged", "tree", "print", "span", "crash", "oracles"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where ours and theirs part; version: of the engine."""

    version: str
    kind: Kind
    expr: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one generation says of an expression.

    refusal: promtool's message, None where it takes the expression; flagged: the same with the
    experimental functions; said: the answer of parse_query or format_query, None where it refuses
    """

    refusal: str | None
    flagged: str | None
    said: Any


class Judge:
    """One generation: its promtool, and its Prometheus while it runs."""

    def __init__(self, generation: Generation, asked: Engine, folder: Path) -> None:
        self.generation = generation
        self.version = generation.version
        self._asked = asked
        self._folder = folder

    def read(self, exprs: Sequence[str]) -> list[Verdict]:
        """What Prometheus says; it runs with the experimental functions."""
        path = "/api/v1/parse_query" if self.generation.is_newer else "/api/v1/format_query"
        answers = self._asked.ask_many(path, [{"query": expr} for expr in exprs])
        return [Verdict(a.get("error"), a.get("error"), a.get("data")) for a in answers]

    def verdicts(self, exprs: Sequence[str]) -> list[Verdict]:
        """What promtool and Prometheus say of each expression."""
        refused = rejected(self.generation, self._folder, exprs)
        flagged = refused
        if self.generation.is_newer:
            flagged = rejected(self.generation, self._folder, exprs, experimental=True)
        said = [verdict.said for verdict in self.read(exprs)]
        return [Verdict(refused.get(i), flagged.get(i), said[i]) for i in range(len(exprs))]


@contextmanager
def judge(generation: Generation, folder: Path) -> Iterator[Judge]:
    """A judge of that generation, with its files in the folder."""
    with engine(generation, folder) as asked:
        yield Judge(generation, asked, folder)


def differences(judge: Judge, exprs: Sequence[str], promtool: bool = True) -> list[Difference]:
    """All differences over these expressions, in their order.

    promtool: whether it is asked too; without it what the default flags refuse is not judged
    """
    verdicts = judge.verdicts(exprs) if promtool else judge.read(exprs)
    found: list[Difference] = []
    printed: list[tuple[str, Any, str]] = []
    for expr, verdict in zip(exprs, verdicts, strict=True):
        try:
            found += _of_verdict(judge.version, expr, verdict, promtool)
            parsed = parse(expr)
            if parsed.tree is None or verdict.said is None:
                continue
            found += _of_tree(judge, expr, parsed.tree, verdict.said)
            printed.append((expr, verdict.said, print_expr(parsed)))
        except Exception as error:  # whatever it is, it is what we look for
            found.append(Difference(judge.version, "crash", expr, repr(error), ""))
    found += _of_prints(judge, printed)
    return found


def _of_verdict(version: str, expr: str, verdict: Verdict, promtool: bool) -> Iterator[Difference]:
    if (verdict.flagged is None) != (verdict.said is not None):
        yield Difference(version, "oracles", expr, str(verdict.flagged), str(verdict.said))
    found = problems(parse(expr), version)
    flagged = [problem for problem in found if FLAG not in problem.help]
    if bool(flagged) != (verdict.flagged is not None):
        theirs = verdict.flagged or "accepted"
        yield Difference(version, "flagged", expr, told(flagged), theirs)
    elif promtool and accepts(expr, version) != (verdict.refusal is None):
        yield Difference(version, "verdict", expr, told(found), verdict.refusal or "accepted")


def told(found: Sequence[nodes.Problem]) -> str:
    """Our verdict in one line."""
    return "; ".join(f"{p.kind} {p.start}-{p.end}: {p.message}" for p in found) or "accepted"


def _of_tree(judge: Judge, expr: str, tree: nodes.Expr, said: Any) -> Iterator[Difference]:
    ours = of_tree(tree)
    if judge.generation.is_newer:
        theirs = of_answer(said)
    else:
        again = parse(said)
        if again.tree is None:
            yield Difference(judge.version, "tree", expr, str(again.problem), said)
            return
        ours, theirs = as_printed(ours), as_printed(of_tree(again.tree))
    if ours != theirs:
        yield Difference(judge.version, "tree", expr, str(ours), str(theirs))


def _of_prints(judge: Judge, printed: Sequence[tuple[str, Any, str]]) -> Iterator[Difference]:
    read = [verdict.said for verdict in judge.read([text for _, _, text in printed])]
    for (expr, said, text), again in zip(printed, read, strict=True):
        same = again == said
        if not same and again is not None and judge.generation.is_newer:
            same = of_answer(again) == of_answer(said)
        if not same:
            yield Difference(judge.version, "print", expr, text, str(again))
        else:
            yield from _of_layout(judge.version, parse(expr), text)


def _of_layout(version: str, written: nodes.Parsed, text: str) -> Iterator[Difference]:
    """A print keeps each comment; printed again it stays, but for where comments then stand."""
    again = parse(text)
    before, after = ([c.text.rstrip() for c in parsed.comments] for parsed in (written, again))
    if before != after:
        yield Difference(version, "print", written.text, text, f"comments: {before}")
    elif not before and print_expr(again) != text:
        yield Difference(version, "print", written.text, text, print_expr(again))


def span_differences(exprs: Sequence[str]) -> Iterator[Difference]:
    """Nodes whose own characters do not say what the node says."""
    for expr in exprs:
        tree = parse(expr).tree
        for node in _nodes(tree) if tree else ():
            said = expr[node.start : node.end]
            if not _says(said, node):
                yield Difference("", "span", expr, said, str(node))


def _nodes(node: Any) -> Iterator[Any]:
    """The node and all below it that have a span."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        for field in fields(node):
            value = getattr(node, field.name)
            for part in value if isinstance(value, tuple) else (value,):
                if is_dataclass(part):
                    waiting.append(part)


def _says(text: str, node: Any) -> bool:
    match node:
        case nodes.Label():
            return text == node.name or parse(text).tree is not None
        case nodes.Duration():
            return text == node.text and text.strip() == text
        case nodes.At():
            again = parse("x @ " + text).tree
            return (
                isinstance(again, nodes.VectorSelector)
                and again.at is not None
                and again.at.time == node.time
            )
        case nodes.LabelMatcher():
            again = parse("{" + text + "}").tree
            if not isinstance(again, nodes.VectorSelector):
                return False
            if again.name is not None:  # a second name in quotes, which alone is the first
                return (node.name, node.op, node.value) == ("__name__", "=", again.name)
            read = [(m.name, m.op, m.value) for m in again.matchers]
            return read == [(node.name, node.op, node.value)]
        case nodes.VectorSelector() if node.end == node.bare_end:
            # In a range its offset and @ stand behind the brackets.
            again = parse(text).tree
            return again is not None and of_tree(again) == of_tree(
                replace(node, offset=None, at=None)
            )
        case nodes.Grouping():
            return text[:7].lower() == "without" if node.without else text[:2].lower() == "by"
        case nodes.Matching():
            return text[:1] in "oOiIgG" and text[-1:] not in " \n"
        case _:
            again = parse(text).tree
            return again is not None and of_tree(again) == of_tree(node)
