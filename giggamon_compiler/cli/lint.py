"""`giggamon lint`: compile and judge the definitions, and write nothing."""

from __future__ import annotations

from pathlib import Path

import click

from giggamon_compiler.cli import options


@click.command("lint")
@options.definitions
@options.form
@options.offline
@options.strict
@options.quiet
def command(definitions: Path, form: str, offline: bool, strict: bool, quiet: bool) -> int:
    """Compile and judge the definitions, and write nothing."""
    from giggamon_compiler.cli import compilation as cc

    compiled = cc.compile_definitions(definitions, offline, quiet)
    findings = compiled.build.findings
    cc.say_findings(findings, form)
    if form == "text" and not quiet:
        cc.say_summary(compiled, findings)
    return cc.exit_code(findings, strict)
