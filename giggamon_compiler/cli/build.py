"""`giggamon build`: compile the definitions and write what changed."""

from __future__ import annotations

from pathlib import Path

import click

from giggamon_compiler.cli import options


@click.command("build")
@options.definitions
@options.output
@click.option(
    "--check", is_flag=True, help="Write nothing; say what is stale, missing or left over."
)
@options.form
@options.offline
@options.strict
@options.today
@options.quiet
def command(
    definitions: Path,
    output: Path,
    check: bool,
    form: str,
    offline: bool,
    strict: bool,
    today: str | None,
    quiet: bool,
) -> int:
    """Compile the definitions and write what changed below the output folder.

    Nothing is written when a definition cannot be read or a judge refuses an output. What only a
    check dislikes is written, and the exit code is 1.
    """
    from giggamon_compiler.cli import compilation as cc
    from giggamon_compiler.cli import tree
    from giggamon_compiler.cli.terminal import say

    options.keep_apart(definitions, output)
    compiled = cc.compile_definitions(definitions, offline, quiet, today)
    findings = list(compiled.build.findings)
    secret = any(finding.secret for finding in findings)
    fit = compiled.build.valid and not secret
    changes, begun = tree.Changes(), False
    try:
        if fit:
            changes = tree.compare(output, compiled.build.files)
            if not check:
                tree.write(output, compiled.build.files, changes)
    except tree.OutputError as error:
        findings.append(error.finding)
        fit, begun, changes = False, bool(changes) and not check, tree.Changes()
    heal = f"giggamon build{tree.places_text(definitions, output)}"
    stale = tree.stale_findings(output, changes, heal) if check else []
    if form == "json":
        cc.say_findings([*findings, *stale], form)
    else:
        cc.say_findings(findings, form)
        if changes:
            say(tree.changes_text(output, changes, heal if check else None))
        if not quiet:
            if begun:
                say(f"{output} was not written, or in part only: see above")
            elif not fit:
                say(f"{output} was not {'compared' if check else 'written'}: see above")
            elif not changes:
                say(f"{output} is what {definitions} compiles to")
            cc.say_summary(compiled, [*findings, *stale])
    return cc.exit_code([*findings, *stale], strict)
