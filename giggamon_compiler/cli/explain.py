"""`giggamon explain`: what a check finds, why that is bad, and what to do."""

from __future__ import annotations

import click


@click.command("explain")
@click.argument("check")
def command(check: str) -> int:
    """Explain a check by its id, as it stands in the brackets of a finding."""
    from difflib import get_close_matches

    from giggamon_compiler.checks import read_checks
    from giggamon_compiler.cli.terminal import say

    checks = read_checks()
    if check not in checks:
        near = get_close_matches(check, checks, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else "giggamon list checks names all"
        raise click.UsageError(f"{check} is no check: {hint}")
    say(f"{check} ({checks[check].level})\n\n{checks[check].explanation}\n")
    return 0
