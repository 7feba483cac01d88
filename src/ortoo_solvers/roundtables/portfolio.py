"""Two cores used when there are two: independent searches from seeds of their own, the cheapest seating kept."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, wait
from multiprocessing.synchronize import Event
from time import monotonic

from ortoo_solvers.core.stop import Stop, never
from ortoo_solvers.roundtables.problem import Problem, Solution
from ortoo_solvers.roundtables.solve import solve

SEED_STEP = 1_000_003
LOOK = 0.1  # Seconds between two looks at the stop.

_ended: Event | None = None


def solve_in_parallel(
    problem: Problem,
    stop: Stop = never,
    seed: int = 0,
    *,
    workers: int = 2,
    seconds: float | None = None,
    iterations: int | None = None,
) -> Solution:
    """As ``solve``, by so many processes; all end when one has an answer that cannot be bettered."""
    context = multiprocessing.get_context("spawn")
    ended = context.Event()
    until = None if seconds is None else monotonic() + seconds
    with ProcessPoolExecutor(workers, context, initializer=_remember, initargs=(ended,)) as pool:
        runs = [pool.submit(_one, problem, seed + number * SEED_STEP, until, iterations) for number in range(workers)]
        while wait(runs, timeout=LOOK).not_done:
            if stop(None):
                ended.set()
        return min((run.result() for run in runs), key=lambda solution: solution.cost)


def _remember(ended: Event) -> None:
    global _ended
    _ended = ended


def _one(problem: Problem, seed: int, until: float | None, iterations: int | None) -> Solution:
    """``until``: the clock that all processes share; getting here took a part of the seconds."""
    ended = _ended
    assert ended is not None
    seconds = None if until is None else max(0.1, until - monotonic())
    found = solve(problem, lambda _best: ended.is_set(), seed, seconds=seconds, iterations=iterations)
    if found.optimal:
        ended.set()
    return found
