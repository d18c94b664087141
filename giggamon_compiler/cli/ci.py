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
@options.today
@options.quiet
@click.option(
    "--scheduled", is_flag=True, help="No pull request waits: unused and expired allowances count."
)
def command(
    definitions: Path,
    output: Path,
    form: str,
    offline: bool,
    strict: bool,
    today: str | None,
    quiet: bool,
    scheduled: bool,
) -> int:
    """Judge the definitions, compare the output folder, and test the outputs as they stand there.

    promtool and amtool must be there, unless --offline leaves them out.
    """
    import time

    from giggamon_compiler.cli import compilation as cc
    from giggamon_compiler.cli import testing, tree
    from giggamon_compiler.cli.terminal import say
    from giggamon_compiler.report.text import count

    options.keep_apart(definitions, output)
    compiled = cc.compile_definitions(definitions, offline, quiet, today, scheduled)
    build, step = compiled.build, time.monotonic() - compiled.begun
    places = tree.places_text(definitions, output)
    heal = f"giggamon build{places}"
    changes, stale = tree.Changes(), []
    try:
        if build.valid:
            changes = tree.compare(output, build.files)
            stale = tree.stale_findings(output, changes, heal)
    except tree.OutputError as error:
        stale = [error.finding]
    if build.files and len(changes.added) == len(build.files):
        changes, stale = tree.Changes(), [tree.empty_finding(output, heal)]
    # Where a file is missing or cannot be read, what is in the folder does not say what the
    # definitions mean.
    unread = any(finding.fatal for finding in stale)
    fresh = unread or any(finding.id == "missing-output" for finding in stale)
    tested = testing.run(compiled, (), None if fresh else output, quiet)
    findings = [*build.findings, *stale, *tested.findings]
    if form == "json":
        cc.say_findings(findings, form)
        return cc.exit_code(findings, strict)
    cc.say_findings([*build.findings, *([] if changes else stale), *tested.findings], form)
    if changes:
        say(tree.changes_text(output, changes, heal))
    if not quiet:
        compared = count(len(stale), "difference")
        if unread or not build.valid:
            compared = "not compared"
        compiling = tree.places_text(definitions)
        lint = f"giggamon lint{compiling}"
        test = f"giggamon test{compiling if fresh else f' --generated{places}'}"
        for what, summary, found, again in (
            ("definitions", cc.summary_of(compiled, build.findings, step), build.findings, lint),
            ("outputs", f"{compared} in {output}", stale, heal),
            ("tests", tested.summary, tested.findings, test),
        ):
            say(f"{what:<12}{summary}{f' → {again}' if cc.exit_code(found, strict) else ''}")
        say(compiled.judges)
    return cc.exit_code(findings, strict)
