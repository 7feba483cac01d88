"""Two cores used when there are two: independent searches from seeds of their own, the cheapest seating kept.

A signal to the whole group of processes (Ctrl-C at a terminal, ``timeout``, systemd) reaches the workers too. They take no notice: they
are told through their pipe when to end, and a pipe that breaks tells them that nobody waits for an answer any more.
"""

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from time import monotonic

from ortoo_solvers.core.stop import Stop, never
from ortoo_solvers.roundtables.problem import Problem, Solution
from ortoo_solvers.roundtables.solve import solve

SEED_STEP = 1_000_003
LOOK = 0.1  # Seconds between two looks at the stop.
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def solve_in_parallel(
    problem: Problem,
    stop: Stop = never,
    seed: int = 0,
    *,
    workers: int = 2,
    seconds: float | None = None,
    iterations: int | None = None,
) -> Solution:
    """As ``solve``, by so many processes; of equally cheap answers that of the lowest worker. With ``iterations`` each does all of its
    own, so that the answer is the same on any machine; else all end when one has an answer that cannot be bettered. None is begun where
    a construction leaves nothing to search for."""
    until = None if seconds is None else monotonic() + seconds
    at_once = solve(problem, stop, seed, iterations=0)
    if at_once.optimal or stop(float(at_once.cost)):
        return at_once
    with _signals_held_back():
        lines = [_started(problem, seed + number * SEED_STEP, until, iterations) for number in range(workers)]
    found = _answers(lines, stop, early=iterations is None)
    if not found:  # Every worker was killed, perhaps for want of memory: one search is better than no answer.
        return solve(problem, stop, seed, seconds=_left(until), iterations=iterations)
    return min((*(found[number] for number in sorted(found)), at_once), key=lambda answer: answer.cost)


def _answers(lines: list[Connection], stop: Stop, *, early: bool) -> dict[int, Solution]:
    """By worker; one that died has none. ``early``: an answer that cannot be bettered ends the others."""
    found: dict[int, Solution] = {}
    waiting = {line: number for number, line in enumerate(lines)}
    try:
        while waiting:
            for line in wait(list(waiting), LOOK):
                assert isinstance(line, Connection)
                number = waiting.pop(line)
                with suppress(EOFError, ConnectionError):
                    found[number] = line.recv()
                line.close()
            if stop(None) or (early and any(answer.optimal for answer in found.values())):
                _end(waiting)
    finally:
        for line in waiting:
            line.close()
    return found


def _end(waiting: dict[Connection, int]) -> None:
    for line in waiting:
        with suppress(ConnectionError):
            line.send(None)


def _started(problem: Problem, seed: int, until: float | None, iterations: int | None) -> Connection:
    """Our end of the pipe to a new worker; the other end is the worker's alone, so that its death is seen."""
    context = multiprocessing.get_context("spawn")
    ours, its = context.Pipe()
    context.Process(target=_one, args=(its, problem, seed, until, iterations)).start()
    its.close()
    return ours


def _one(line: Connection, problem: Problem, seed: int, until: float | None, iterations: int | None) -> None:
    """A worker. ``until``: the clock that all processes share; getting here took a part of the seconds."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    found = solve(problem, lambda _best: line.poll(), seed, seconds=_left(until), iterations=iterations)
    with suppress(ConnectionError):
        line.send(found)


def _left(until: float | None) -> float | None:
    return None if until is None else max(0.0, until - monotonic())


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Processes begun here start with the signals blocked, so that none kills them before they can ignore it."""
    resource_tracker.ensure_running()  # Begun by the first process else, and that lets the signals through again.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
