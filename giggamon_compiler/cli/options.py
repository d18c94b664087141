"""The options that commands share."""

from __future__ import annotations

import os
from pathlib import Path

import click


class Folder(click.Path):
    """A folder that need not exist; an empty text would be the working folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """The path."""
        if not os.fspath(value):
            self.fail("it is empty: name a folder", param, ctx)
        return super().convert(value, param, ctx)


def keep_apart(definitions: Path, output: Path) -> None:
    """Refuse folders of which one lies in the other: outputs are removed as well as written."""
    try:
        source, target = definitions.resolve(), output.resolve()
    except (OSError, RuntimeError):  # what is wrong with them is said when they are read
        return
    if source == target:
        wrong = f"{output} is the folder of the definitions"
    elif target.is_relative_to(source):
        wrong = f"{output} lies in the folder of the definitions, {definitions}"
    elif source.is_relative_to(target):
        wrong = f"{output} holds the folder of the definitions, {definitions}"
    else:
        return
    raise click.UsageError(f"{wrong}: name a folder of its own with --output")


definitions = click.option(
    "--definitions",
    type=Folder(),
    default="definitions",
    show_default=True,
    metavar="DIR",
    help="The folder that the definitions are in.",
)
output = click.option(
    "--output",
    type=Folder(),
    default="generated",
    show_default=True,
    metavar="DIR",
    help="The folder that the outputs are in.",
)
form = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How results are printed.",
)
offline = click.option("--offline", is_flag=True, help="Leave out promtool and amtool, and say so.")
today = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    callback=lambda _context, _parameter, day: day and day.date().isoformat(),
    help="The day by which allowances run out, as in 2027-03-01; without it, today.",
)
strict = click.option("--strict", is_flag=True, help="Count warnings as errors.")
quiet = click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
