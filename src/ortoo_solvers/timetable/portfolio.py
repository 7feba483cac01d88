"""Two cores used when there are two: independent searches from seeds of their own, the cheapest answer kept."""

import multiprocessing
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, wait
from multiprocessing.synchronize import Event
from time import monotonic

from ortoo_solvers.core.stop import Stop, never
from ortoo_solvers.timetable.bound import Bound
from ortoo_solvers.timetable.problem import Lecture, Problem, Solution
from ortoo_solvers.timetable.schedule import Schedule
from ortoo_solvers.timetable.solve import solve

SEED_STEP = 1_000_003
LOOK = 0.1  # Seconds between two looks at the stop.

_ended: Event | None = None


def solve_in_parallel(
    problem: Problem,
    stop: Stop = never,
    seed: int = 0,
    start: Iterable[Lecture] = (),
    *,
    workers: int = 2,
    seconds: float | None = None,
    iterations: int | None = None,
    target: int | None = None,
    schedule: Schedule | None = None,
    bound: Bound | None = None,
) -> Solution:
    """As ``solve``, by so many processes; worker 0 has the seed itself, so more workers never answer worse for the same
    iterations. ``iterations`` are those of each. All end when one meets the bound or ``target``. Raises NothingFound."""
    context = multiprocessing.get_context("spawn")
    ended = context.Event()
    with ProcessPoolExecutor(workers, context, initializer=_remember, initargs=(ended,)) as pool:
        until = None if seconds is None else monotonic() + seconds
        asked = (problem, tuple(start), until, iterations, target, schedule, bound)
        runs = [pool.submit(_one, seed + number * SEED_STEP, *asked) for number in range(workers)]
        while wait(runs, timeout=LOOK).not_done:
            if stop(None):
                ended.set()
        found = [run.exception() or run.result() for run in runs]
    answers = [each for each in found if isinstance(each, Solution)]
    if not answers:
        raise next(each for each in found if isinstance(each, BaseException))
    return min(answers, key=lambda answer: answer.cost)


def _remember(ended: Event) -> None:
    global _ended
    _ended = ended


def _one(
    seed: int,
    problem: Problem,
    start: tuple[Lecture, ...],
    until: float | None,
    iterations: int | None,
    target: int | None,
    schedule: Schedule | None,
    bound: Bound | None,
) -> Solution:
    """``until``: the clock that all processes share; getting here took a part of the seconds."""
    ended = _ended
    assert ended is not None
    enough = max(target or 0, bound.value if bound else 0)

    def stop(best: float | None) -> bool:
        if best is not None and best <= enough:
            ended.set()
        return ended.is_set()

    seconds = None if until is None else max(0.1, until - monotonic())
    return solve(problem, stop, seed, start, seconds=seconds, iterations=iterations, schedule=schedule, bound=bound)
