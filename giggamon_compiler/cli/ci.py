"""`giggamon ci`: everything that a pull request is judged by, in order."""

from __future__ import annotations

from pathlib import Path

import click

from giggamon_compiler.cli import options


@click.command("ci")
@options.definitions
@options.output
@options.form
@options.offline
@options.strict
@options.quiet
def command(
    definitions: Path, output: Path, form: str, offline: bool, strict: bool, quiet: bool
) -> int:
    """Judge the definitions, compare the output folder, and test the outputs as they stand there.

    promtool and amtool must be there, unless --offline leaves them out.
    """
    from giggamon_compiler.cli import compilation as cc
    from giggamon_compiler.cli import testing, tree
    from giggamon_compiler.cli.terminal import say
    from giggamon_compiler.report.text import count

    compiled = cc.compile_definitions(definitions, offline, quiet)
    heal = tree.heal_command(definitions, output)
    linted = [*compiled.missing, *compiled.build.findings]
    changes, stale = tree.Changes(), []
    try:
        if compiled.build.valid:
            changes = tree.compare(output, compiled.build.files)
            stale = tree.stale_findings(output, changes, heal)
    except tree.OutputError as error:
        stale = [error.finding]
    tested = testing.run(compiled, (), output, quiet)
    findings = [*linted, *stale, *tested.findings]
    if form == "json":
        cc.say_findings(findings, form)
        return cc.exit_code(findings, strict)
    cc.say_findings([*linted, *tested.findings], form)
    if changes:
        say(tree.changes_text(output, changes, heal))
    elif stale:
        cc.say_findings(stale, form)
    if not quiet:
        compared = "not compared" if not compiled.build.valid else count(len(stale), "difference")
        say(f"definitions  {cc.summary_of(compiled, linted)}")
        say(f"outputs      {compared} in {output}")
        say(f"tests        {tested.summary}")
        say(f"judges       {compiled.judges}")
        code = cc.exit_code(findings, strict)
        local = f"giggamon ci{heal.removeprefix('giggamon build')}"
        say("everything is well" if code == 0 else f"to see this where you are: {local}")
    return cc.exit_code(findings, strict)
