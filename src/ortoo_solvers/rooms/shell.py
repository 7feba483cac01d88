"""Rooms on the command line: JSON in, JSON out."""

import argparse

from ortoo_solvers.core import after_seconds, first_of
from ortoo_solvers.core.json import read, write
from ortoo_solvers.core.shell import SOLVED, add_common_arguments, reading, stop_on_signal, writing
from ortoo_solvers.rooms.problem import Problem
from ortoo_solvers.rooms.solve import solve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("problem", nargs="?", metavar="PROBLEM.json", help="standard input if not given")
    add_common_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Reads, places, writes; returns the exit code. Raises Malformed."""
    with reading(options.problem) as stream:
        problem = read(Problem, stream)
    with stop_on_signal() as asked:
        stop = asked if options.seconds is None else first_of(asked, after_seconds(options.seconds))
        answer = solve(problem, stop, options.seed)
    with writing(options.out) as stream:
        write(answer, stream)
    return SOLVED
