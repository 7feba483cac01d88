"""Finds the base evenings that ``constructions/starters.py`` keeps, and prints them as that file has them.

    PYTHONPATH=src:. python -m bench.roundtables.starters 5-3-7 9-4-11 … [--seconds 60] [--seed 1]

Each word is tables-seats-evenings. Seatings with a mirror (mirrored.py) first, since where there are none that is mostly soon known; then
the search of turning.py.
"""

import argparse
from itertools import count
from time import perf_counter

from bench.roundtables.mirrored import mirrored

from ortoo_solvers.roundtables.constructions.shape import Shape
from ortoo_solvers.roundtables.constructions.turning import ROUND, Turning, shapes

NODES = 20_000  # Of the exact cover; 8-4-10 needs a few hundred.


def main() -> None:
    """A line for each that was found, a remark for each that was not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wanted", nargs="+")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for word in asked.wanted:
        groups, size, evenings = map(int, word.split("-"))
        found = _found(groups, size, evenings, asked.seed, asked.seconds)
        print(f"# {word} was not found in {asked.seconds:g} s" if found is None else _line(*found), flush=True)


def _found(groups: int, size: int, evenings: int, seed: int, seconds: float) -> tuple[Shape, list[list[int]]] | None:
    until = perf_counter() + seconds
    shape, bases = mirrored(groups, size, evenings, seed, lambda: perf_counter() > until, NODES)
    if shape is not None:
        return shape, bases
    tries = [Turning(shape) for shape in shapes(groups, size, evenings)]
    for round_ in count():
        for each in tries:
            turned, _made = each.attempt(seed + round_, ROUND * min(8, 1 + round_), lambda: perf_counter() > until)
            if turned is not None:
                return each.shape, turned
            if perf_counter() > until:
                return None
    return None


def _line(shape: Shape, bases: list[list[int]]) -> str:
    numbers = f"{shape.groups}, {shape.size}, {shape.order}, {shape.bases}, {shape.lifts}"
    return f'    ({numbers}, "{" | ".join(" ".join(map(str, row)) for row in bases)}"),'


if __name__ == "__main__":
    main()
