"""The rotation from a stream of JSON, for the command line."""

import sys
from typing import TextIO

from ortoo_solvers.core.json import read
from ortoo_solvers.core.stop import Stop
from ortoo_solvers.rotation.problem import Problem
from ortoo_solvers.rotation.sentences import Sentences
from ortoo_solvers.rotation.solve import NothingFound, RulesCollide, solve

COLLIDE, NOTHING = 3, 4


def run(stream: TextIO, stop: Stop, seed: int) -> tuple[object, int]:
    """A Solution and 0; a Collision and 3; a bound and 4. Raises Malformed."""
    problem = read(Problem, stream)
    try:
        solution = solve(problem, stop, seed)
    except RulesCollide as error:
        for language in ("zh", "en"):
            print(Sentences(problem, language).collision(error.collision), file=sys.stderr)
        return error.collision, COLLIDE
    except NothingFound as error:
        print(error, file=sys.stderr)
        return {"bound": error.bound}, NOTHING
    return solution, 0
