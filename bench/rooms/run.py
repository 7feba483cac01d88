"""A term's people into the rooms of the base: seconds, cost and bound for several sizes, and a second run after small changes.

PYTHONPATH=src:. python -m bench.rooms.run [--seed 1]
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from random import Random

from ortoo_solvers.rooms import Person, Problem, Room, Solution, solve


def main() -> None:
    """A line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    seed = parser.parse_args().seed
    print("| what | people | seconds | cost | bound | proved |\n|---|---|---|---|---|---|")
    for what, problem in _problems(seed):
        solution = solve(problem, seed=seed)
        _line(what, problem, solution)
        if what in ("apart", "together"):
            again = replace(problem, people=(*problem.people[5:], *_people(5, seed + 1, count(9000))), before=solution.places)
            _line(f"{what}, then 5 go and 5 come", again, solve(again, seed=seed))


def _line(what: str, problem: Problem, solution: Solution) -> None:
    proved = "yes" if solution.optimal else "no"
    print(
        f"| {what} | {len(problem.people)} | {solution.seconds:.1f} | {solution.cost} | {solution.bound} | {proved} |", flush=True
    )


def _problems(seed: int) -> Iterator[tuple[str, Problem]]:
    for number in (60, 120, 221):
        rooms = tuple(Room(f"{1 + n // 20}{1 + n % 20:02}") for n in range(number // 2 + 3))
        people = _people(number, seed, count())
        yield "apart", Problem(people, rooms, colleagues="apart")
        yield "together", Problem(people, rooms, colleagues="together")
    mixed = tuple(Room(f"{n}", 1 + n % 4) for n in range(90))
    yield "rooms of 1 to 4 beds", Problem(_people(220, seed, count()), mixed, colleagues="apart")


def _people(number: int, seed: int, numbers: Iterator[int]) -> tuple[Person, ...]:
    draw = Random(seed)
    keys = [f"p{next(numbers)}" for _ in range(number)]
    return tuple(
        Person(
            key,
            draw.choice("fmm"),
            f"u{draw.randrange(50)}",
            draw.random() < 0.3,
            draw.choice(("", "", "early", "late")),
            wishes=(keys[place ^ 1],) if place ^ 1 < number and draw.random() < 0.2 else (),
        )
        for place, key in enumerate(keys)
    )


if __name__ == "__main__":
    main()
