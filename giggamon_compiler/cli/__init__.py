"""The command line: one file a command, loaded when it is called.

Exit codes: 0 nothing of level error; 1 an error, stale outputs or a failed test; 2 could not do the
job. Results are on standard output, progress and remarks on standard error.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

import click

# Each command, its file and what it does, in the order in which people meet them.
COMMANDS: tuple[tuple[str, str], ...] = (
    ("build", "Compile the definitions and write what changed."),
    ("lint", "Compile and judge the definitions, and write nothing."),
    ("test", "Run the tests of alerts and routes."),
    ("list", "List what the definitions hold."),
    ("show", "Show where a thing is written, what it becomes and whom it tells."),
    ("record", "Write down what an exporter exposes."),
    ("explain", "Explain a check."),
    ("ci", "Judge everything, as a pull request does."),
)


_UNWRITABLE = (errno.ENOSPC, errno.EBADF, errno.EIO, errno.EDQUOT, errno.EFBIG)


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called: help stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in their order."""
        return [name for name, _ in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"{__name__}.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant, or the nearest name of one."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], known, n=1) or known
            ctx.fail(f"{args[0]} is no command: did you mean {' or '.join(near)}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, without importing a command for it."""
        with formatter.section("Commands"):
            formatter.write_dl(COMMANDS)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(None, "-V", "--version", package_name="giggamon", prog_name="giggamon")
def giggamon() -> None:
    """Compile typed Python definitions into what Prometheus, Alertmanager and Grafana read.

    Begin with `giggamon list` and `giggamon show NAME`; write with `giggamon build`.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit with its code."""
    if sys.stdout is None:  # Python's way to say that it was closed before the start
        click.echo("giggamon: standard output is closed, so nothing can be said", err=True)
        sys.exit(2)
    gc.disable()  # what a run makes is needed to its end
    try:
        code = _run(arguments)
    except OSError as error:
        if error.errno in _UNWRITABLE and error.filename is None:
            _close_output(error)
        else:
            _report_bug()
        code = 2
    except Exception:  # nothing that people write may lead here
        _report_bug()
        code = 2
    gc.freeze()  # nor is what is left looked through at the end
    sys.exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code: int | None = giggamon.main(arguments, prog_name="giggamon", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except (KeyboardInterrupt, click.Abort) as end:
        said = str(end.__cause__ or end)
        click.echo(f"giggamon: interrupted{f' {said}' if said else ''}", err=True)
        return 130
    return code or 0


def _close_output(error: OSError) -> None:
    """Say that standard output cannot be written, and keep Python from trying again at the end."""
    reason = (error.strerror or str(error)).lower()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):
        os.dup2(nowhere, sys.stdout.fileno())
    try:
        click.echo(f"giggamon: standard output cannot be written: {reason}", err=True)
    except OSError:  # nor can standard error
        os.dup2(nowhere, sys.stderr.fileno())


def _report_bug() -> None:
    import traceback
    from importlib.metadata import version

    click.echo(traceback.format_exc(), err=True, nl=False)
    click.echo(
        f"giggamon {version('giggamon')}: this is a bug in giggamon, not in your definitions. "
        "Please report it, with the lines above.",
        err=True,
    )
