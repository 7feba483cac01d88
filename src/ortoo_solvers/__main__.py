"""``python -m ortoo_solvers SOLVER [PROBLEM.json] [--out FILE] [--seconds S] [--seed N]``: JSON in, JSON out."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from ortoo_solvers.core import Stop, after_seconds, never
from ortoo_solvers.core.json import Malformed, write
from ortoo_solvers.rotation import shell as rotation

# Reads a problem, solves it, and returns what to write and the exit code. One line for each solver.
SOLVERS: dict[str, tuple[str, Callable[[TextIO, Stop, int], tuple[object, int]]]] = {
    "rotation": ("who goes on which term", rotation.run),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 solved, 2 bad input, 3 the rules collide, 4 stopped before anything was found."""
    options = _parser().parse_args(arguments)
    stop = never if options.seconds is None else after_seconds(options.seconds)
    run = SOLVERS[options.solver][1]
    try:
        with _input(options.problem) as stream:
            answer, code = run(stream, stop, options.seed)
        with _output(options.out) as stream:
            write(answer, stream)
    except (Malformed, OSError) as error:
        print(f"{options.problem or 'stdin'}: {error}", file=sys.stderr)
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ortoo_solvers", description=__doc__)
    solvers = parser.add_subparsers(dest="solver", required=True, metavar="SOLVER")
    for name, (what, _) in SOLVERS.items():
        solver = solvers.add_parser(name, help=what)
        solver.add_argument("problem", nargs="?", metavar="PROBLEM.json", help="standard input if not given")
        solver.add_argument("--out", metavar="FILE", help="standard output if not given")
        solver.add_argument("--seconds", type=float, help="stop then and write the best plan so far")
        solver.add_argument("--seed", type=int, default=0, help="which of equally good answers")
    return parser


def _input(path: str | None) -> TextIO:
    return open(sys.stdin.fileno(), encoding="utf-8", closefd=False) if path is None else Path(path).open(encoding="utf-8")


def _output(path: str | None) -> TextIO:
    if path is None:
        return open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False)
    return Path(path).open("w", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
