"""`giggamon lint`: judge definitions, or rule files that others wrote, and write nothing."""

from __future__ import annotations

import re
import time
from pathlib import Path

import click
from click.core import ParameterSource

from giggamon_compiler.cli import options

# The oldest that is known, and what is meant where none is named: promql.language.NEWEST, which
# `--help` need not load.
_OLDEST, _NEWEST = (2, 42), "3.5"


class _Version(click.ParamType[str]):
    """A version of Prometheus."""

    name = "version"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The version as it is written, with or without its last number."""
        found = re.fullmatch(r"v?((\d{1,3})\.(\d{1,3})(?:\.\d{1,3})?)", value)
        if found is None:
            self.fail(f"{value} is no version: write it as in {_NEWEST}", param, ctx)
        if (int(found[2]), int(found[3])) < _OLDEST:
            oldest = ".".join(map(str, _OLDEST))
            self.fail(f"{value} is not known: the oldest is {oldest}", param, ctx)
        return found[1]


@click.command("lint")
@click.option(
    "--rules",
    "patterns",
    multiple=True,
    metavar="PATTERN",
    help="Judge these rule files in place of the definitions: 'rules/**/*.yml'. Repeatable.",
)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--prometheus",
    "version",
    type=_Version(),
    metavar="VERSION",
    help=f"The version that runs the rule files, 2.42 or newer; without it {_NEWEST} is meant.",
)
@options.definitions
@options.form
@options.offline
@options.strict
@options.today
@options.quiet
@click.pass_context
def command(
    context: click.Context,
    patterns: tuple[str, ...],
    files: tuple[str, ...],
    version: str | None,
    definitions: Path,
    form: str,
    offline: bool,
    strict: bool,
    today: str | None,
    quiet: bool,
) -> int:
    """Compile and judge the definitions, and write nothing.

    With --rules: judge rule files that others wrote, each FILE too, without any definitions.
    """
    _refuse_mixture(context, patterns, files)
    if patterns:
        return _lint_rules((*patterns, *files), version, form, strict, quiet)
    from giggamon_compiler.cli import compilation as cc

    compiled = cc.compile_definitions(definitions, offline, quiet, today)
    findings = compiled.build.findings
    cc.say_findings(findings, form)
    if form == "text" and not quiet:
        cc.say_summary(compiled, findings)
    return cc.exit_code(findings, strict)


def _refuse_mixture(
    context: click.Context, patterns: tuple[str, ...], files: tuple[str, ...]
) -> None:
    """Say what goes with rule files only, and what only without them."""
    given = {
        name
        for name in ("definitions", "version")
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }
    if patterns and "definitions" in given:
        raise click.UsageError("--rules and --definitions: judge one, then the other")
    if patterns and "" in (*patterns, *files):
        raise click.UsageError("--rules is empty: name files, as in --rules 'rules/**/*.yml'")
    if not patterns and files:
        raise click.UsageError(f"{files[0]}: name rule files with --rules")
    if not patterns and "version" in given:
        raise click.UsageError("--prometheus is for --rules: definitions state it themselves")


def _lint_rules(
    patterns: tuple[str, ...], version: str | None, form: str, strict: bool, quiet: bool
) -> int:
    from giggamon_compiler import pipeline
    from giggamon_compiler.cli import compilation as cc
    from giggamon_compiler.cli import rule_files
    from giggamon_compiler.cli.terminal import progress, say
    from giggamon_compiler.report.text import count

    begun = time.monotonic()
    with progress("reading the rule files", quiet):
        found = rule_files.read(patterns)
        lint = pipeline.lint_rules(found.files, version)
    findings = [*found.findings, *lint.findings]
    cc.say_findings(findings, form)
    if form == "text" and not quiet:
        errors = sum(finding.level == "error" for finding in findings)
        warnings = len(findings) - errors
        say(
            f"{count(errors, 'error')}, {count(warnings, 'warning')} in "
            f"{count(lint.files, 'file')} with {count(len(lint.program.rules), 'rule')} "
            f"for Prometheus {version or _NEWEST} ({time.monotonic() - begun:.1f} s)"
        )
    return cc.exit_code(findings, strict)
