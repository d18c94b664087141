"""The options that commands share."""

from __future__ import annotations

from pathlib import Path

import click

definitions = click.option(
    "--definitions",
    type=click.Path(path_type=Path),
    default="definitions",
    show_default=True,
    metavar="DIR",
    help="The folder that the definitions are in.",
)
output = click.option(
    "--output",
    type=click.Path(path_type=Path),
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
strict = click.option("--strict", is_flag=True, help="Count warnings as errors.")
quiet = click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
