"""`giggamon record`: write down what an exporter exposes."""

from __future__ import annotations

from pathlib import Path

import click

from giggamon_compiler.cli import options


@click.command("record")
@click.argument("urls", metavar="URL…", nargs=-1, required=True)
@click.argument("name")
@click.option("--version", metavar="TEXT", help="The exporter's version, where it does not say so.")
@click.option(
    "--replace",
    multiple=True,
    metavar="LABEL=VALUE",
    help="Write this value in place of every value of a label that names the machine.",
)
@click.option("--note", default="", metavar="TEXT", help="A remark for the head of the file.")
@options.definitions
def command(
    urls: tuple[str, ...],
    name: str,
    version: str | None,
    replace: tuple[str, ...],
    note: str,
    definitions: Path,
) -> int:
    """Write what an exporter exposes at URL to catalogue/NAME.prom in the definitions.

    Several addresses are of one exporter in several states, such as before a primary and before a
    replica: what any of them shows is recorded.

    A Scrape that says catalogue="NAME" then has its metrics known. Names, types, helps and labels
    are kept, sample values are not. Where a password is needed, save the exposition with a tool
    that has it, and give the file, or - for standard input, in place of URL.
    """
    from giggamon_compiler.cli import recording
    from giggamon_compiler.cli.terminal import remark, say

    try:
        values = recording.read_replacements(replace)
        path = recording.path_of(definitions, name)
        recorded = recording.Recording(urls, name, version, values, note)
        text, shown = recorded.take()
        recording.write(path, text)
    except recording.RecordError as error:
        remark(str(error))
        return 2
    say(f"{path}: {shown}")
    return 0
