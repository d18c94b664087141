"""`giggamon test`: run the tests of alerts and routes."""

from __future__ import annotations

from pathlib import Path

import click

from giggamon_compiler.cli import options


@click.command("test")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option(
    "--generated",
    is_flag=True,
    help="Test the files in the output folder as they are, not what the definitions compile to.",
)
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Run one test after the other, and say how long each took.",
)
@options.definitions
@options.output
@options.form
@options.offline
@options.quiet
def command(
    names: tuple[str, ...],
    generated: bool,
    verbose: bool,
    definitions: Path,
    output: Path,
    form: str,
    offline: bool,
    quiet: bool,
) -> int:
    """Run the tests of alerts and routes: all, or those of each NAME.

    NAME is a test (services/orders_test.growing), what it tests (orders/OrdersDown,
    orders/availability), a service (orders) or a file of tests (services/orders_test).
    """
    from giggamon_compiler.cli import compilation as cc
    from giggamon_compiler.cli import testing
    from giggamon_compiler.cli.terminal import say

    if generated:
        options.keep_apart(definitions, output)
    compiled = cc.compile_definitions(definitions, offline, quiet)
    tested = testing.run(compiled, names, output if generated else None, quiet, verbose)
    findings = tested.findings
    if not compiled.build.valid:
        findings = [*compiled.build.findings, *findings]
    cc.say_findings(findings, form)
    if form == "text" and not quiet:
        if tested.seconds:
            say(testing.times_text(tested))
        say(tested.summary)
    return cc.exit_code(findings)
