"""The command: `python -m tests.e2e --definitions DIR --scenario FILE`; README.md describes it."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.e2e.outputs import OutputError, Outputs, compile_definitions, read_outputs
from tests.e2e.reading import read_scenario
from tests.e2e.report import arrived, table
from tests.e2e.run import play
from tests.e2e.scenario import ScenarioError
from tests.e2e.servers import ServerError, find_tools
from tests.e2e.verdict import judge


def main(arguments: Sequence[str]) -> int:
    """Run one scenario; 0 where all is well, 1 where not, 2 where it could not be played."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with TemporaryDirectory(prefix="giggamon-e2e-") as temporary:
            folder = options.keep or Path(temporary)
            return _run(options, folder)
    except (ScenarioError, OutputError, ServerError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("stopped; no server is left\n")
        return 130


def _run(options: argparse.Namespace, folder: Path) -> int:
    if any(folder.iterdir() if folder.exists() else ()):
        raise ServerError(f"{folder} is not empty, and servers remember what they have sent")
    scenario = read_scenario(options.scenario)
    if options.speed:
        scenario = replace(scenario, speed=options.speed)
    tools = find_tools(options.generation_path)
    outputs = _outputs(options, folder)
    length = scenario.duration / scenario.speed
    sys.stderr.write(f"playing {options.scenario} for {length:.0f} s\n")
    outcome = play(outputs, scenario, tools, folder)
    verdict = judge(outputs, scenario, outcome)
    if options.show:
        sys.stdout.write(arrived(outcome))
    sys.stdout.write(table(verdict))
    for problem in verdict.problems:
        sys.stdout.write(f"wrong: {problem}\n")
    sys.stdout.write(
        f"{len(outcome.messages)} messages, {outcome.queries} queries of boards, "
        f"{len(verdict.problems)} wrong\n"
    )
    return 1 if verdict.problems else 0


def _outputs(options: argparse.Namespace, folder: Path) -> Outputs:
    if options.outputs:
        return read_outputs(options.outputs)
    return compile_definitions(options.definitions, folder / "generated")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.e2e",
        description="Play a scenario against real servers and check who hears of it.",
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--definitions", type=Path, help="a definitions folder, to be compiled")
    source.add_argument("--outputs", type=Path, help="an output tree, compiled before")
    parser.add_argument("--scenario", type=Path, required=True, help="a scenario file (TOML)")
    parser.add_argument(
        "--generation-path", type=Path, help="a folder with the programs to use instead of PATH's"
    )
    parser.add_argument(
        "--speed", type=float, help="how many times faster, with all timers scaled alike"
    )
    parser.add_argument("--show", action="store_true", help="print every message as it arrived")
    parser.add_argument("--keep", type=Path, help="a new folder, for configurations and logs")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
