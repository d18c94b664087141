"""`giggamon explain`: what a check finds, why that is bad, and what to do."""

from __future__ import annotations

import click

# How much a name must be like a check's to be taken for a slip, and not for another finding's id.
_ALIKE = 0.85


@click.command("explain")
@click.argument("check")
def command(check: str) -> int:
    """Explain a check by its id, as it stands in the brackets of a finding."""
    from difflib import get_close_matches

    from giggamon_compiler.checks import read_checks
    from giggamon_compiler.cli.terminal import say

    checks = read_checks()
    if check not in checks:
        near = get_close_matches(check, checks, n=3, cutoff=_ALIKE)
        if near:
            raise click.UsageError(f"{check} is no check: did you mean {' or '.join(near)}?")
        say(
            f"{check} is no check. A finding that is none says all there is to know in its help "
            "line; giggamon list checks names what has more."
        )
        return 0
    say(f"{check} ({checks[check].level})\n\n{checks[check].explanation}\n")
    return 0
