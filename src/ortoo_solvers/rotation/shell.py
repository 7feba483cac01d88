"""The rotation on the command line: JSON in, JSON out."""

import argparse
import sys

from ortoo_solvers.core import after_seconds, first_of
from ortoo_solvers.core.json import read, write
from ortoo_solvers.core.shell import COLLIDE, NOTHING_FOUND, SOLVED, add_common_arguments, reading, stop_on_signal, writing
from ortoo_solvers.core.stop import Stop
from ortoo_solvers.rotation.problem import Problem
from ortoo_solvers.rotation.search import NothingFound, RulesCollide
from ortoo_solvers.rotation.sentences import Sentences
from ortoo_solvers.rotation.solve import solve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("problem", nargs="?", metavar="PROBLEM.json", help="standard input if not given")
    add_common_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Reads, solves, writes; returns the exit code. Raises Malformed."""
    with reading(options.problem) as stream:
        problem = read(Problem, stream)
    with stop_on_signal() as asked:
        stop = asked if options.seconds is None else first_of(asked, after_seconds(options.seconds))
        answer, code = _answer(problem, stop, options.seed)
    with writing(options.out) as stream:
        write(answer, stream)
    return code


def _answer(problem: Problem, stop: Stop, seed: int) -> tuple[object, int]:
    """A Solution and 0; a Collision and 3; a bound and 4."""
    try:
        return solve(problem, stop, seed), SOLVED
    except RulesCollide as error:
        for language in ("zh", "en"):
            print(Sentences(problem, language).collision(error.collision), file=sys.stderr)
        return error.collision, COLLIDE
    except NothingFound as error:
        print(error, file=sys.stderr)
        return {"bound": error.bound}, NOTHING_FOUND
