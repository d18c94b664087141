"""`giggamon show`: where a thing is written, what it becomes, whom it tells, its tests."""

from __future__ import annotations

from pathlib import Path

import click

from giggamon_compiler.cli import options


@click.command("show")
@click.argument("name")
@options.definitions
@options.form
def command(name: str, definitions: Path, form: str) -> int:
    """Show everything that is called NAME: where it is written, and what becomes of it.

    NAME is an identity such as orders/OrdersDown, orders/availability or commerce/critical, or a
    name such as OrdersDown, orders, critical, http_requests_total. `giggamon list` names them.
    """
    import json

    from giggamon_compiler.cli import compilation as cc
    from giggamon_compiler.cli.terminal import remark, say
    from giggamon_compiler.report import cards

    compiled, code = cc.compile_to_look(definitions)
    program = compiled.build.program
    found = cards.find(program, name, cc.place_text)
    if not found:
        near = cards.nearest(program, name)
        hint = f"did you mean {' or '.join(near)}?" if near else "giggamon list shows what there is"
        raise click.UsageError(f"nothing is called {name}: {hint}")
    for now in cards.renamed(program, name):
        remark(f"{name} is called {now} now")
    if form == "json":
        document = {"version": 1, "cards": [cards.as_tree(it) for it in found]}
        say(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        say(cards.render(found))
    return code
