"""Seats first, blocks in the hall then."""

from time import perf_counter

from ortoo_solvers.core.progress import Watch
from ortoo_solvers.core.stop import Stop, never
from ortoo_solvers.seats.apportion import apportion
from ortoo_solvers.seats.blocks import place
from ortoo_solvers.seats.problem import Problem, Solution


def solve(
    problem: Problem, stop: Stop = never, seed: int = 0, start: Solution | None = None, watch: Watch | None = None
) -> Solution:
    """What each delegation is given, and where it sits if the problem has a plan. Raises FloorsCollide.

    ``stop`` saying yes at once means: any blocks will do; ``start`` is not needed and only there for the common form.
    """
    began = perf_counter()
    shares, classes = apportion(problem)
    given = sum(share.seats for share in shares)
    blocks = place(problem, shares, seed, hurry=stop(None)) if problem.hall else None
    if watch is not None and blocks is not None:
        watch(perf_counter() - began, float(blocks.pieces), float(blocks.pieces_bound))
    without = tuple(share.delegation for share in shares if share.asked and not share.seats)
    engine = "sainte-lague" if blocks is None else "sainte-lague, cp-sat"
    return Solution(problem.seats, given, shares, classes, blocks, engine, perf_counter() - began, problem.seats - given, without)
