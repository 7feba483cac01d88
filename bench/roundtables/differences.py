"""Finds the difference matrices that ``constructions/differences.py`` keeps, and prints them as that file has them.

    PYTHONPATH=src:. python -m bench.roundtables.differences 2x6-6 15-5 … [--seconds 120] [--most 2500000]

Each word is a product of cyclic groups and how many rows are wanted. The first two rows are nothing and the elements themselves, so that
each further row is an orthomorphism of the group; of those enumerated (all of them where there are no more than ``--most``) some that are
orthogonal to one another are looked for, one drawn at random first, from there depth first.
"""

import argparse
from time import perf_counter

import numba
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def main() -> None:
    """A line for each that was found, a remark for each that was not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wanted", nargs="+")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--most", type=int, default=2_500_000)
    asked = parser.parse_args()
    for word in asked.wanted:
        text, rows = word.split("-")
        orders = tuple(int(order) for order in text.split("x"))
        found = found_for(orders, int(rows), perf_counter() + asked.seconds, asked.most)
        if found is None:
            print(f"# {word} was not found in {asked.seconds:g} s", flush=True)
        else:
            said = " | ".join(" ".join(map(str, row)) for row in found.tolist())
            print(f'({orders}, "{said}"),', flush=True)


def found_for(orders: tuple[int, ...], rows: int, until: float, most: int) -> Ints | None:
    """``rows`` × order of the group, or None where they were not found in time."""
    less = _less(orders)
    room = np.empty((most, len(less)), np.int64)
    every = room[: _orthomorphisms(less, room)]
    noise = np.random.default_rng(1)
    while len(every) and perf_counter() < until:
        first = every[noise.integers(len(every))]
        begun = [np.zeros(len(less), np.int64), np.arange(len(less)), first]
        found = _more(less, begun, _orthogonal(less, first, every), rows, until)
        if found is not None:
            return np.array(found)
    return None


def _more(less: Ints, begun: list[Ints], fit: Ints, rows: int, until: float) -> list[Ints] | None:
    if len(begun) == rows:
        return begun
    for place, row in enumerate(fit):
        if len(begun) + len(fit) - place < rows or perf_counter() > until:
            return None
        rest = fit[place + 1 :]
        found = _more(less, [*begun, row], _orthogonal(less, row, rest), rows, until)
        if found is not None:
            return found
    return None


def _less(orders: tuple[int, ...]) -> Ints:
    """Element less element; an element is the number of its digits, the last order's the lowest."""
    digits = np.array(np.unravel_index(np.arange(int(np.prod(orders))), orders))
    differences = [(part[:, None] - part[None, :]) % order for part, order in zip(digits, orders, strict=True)]
    return np.ravel_multi_index(differences, orders)


def _orthogonal(less: Ints, row: Ints, rows: Ints) -> Ints:
    """Those of ``rows`` whose differences to ``row`` are all elements."""
    differences = np.sort(less[rows, row[None, :]], axis=1)
    return rows[(differences == np.arange(len(less))).all(axis=1)]


@numba.njit(cache=True)
def _orthomorphisms(less: Ints, found: Ints) -> int:
    """Permutations that keep 0 and whose differences to the elements are a permutation, in order, as many as there is room for."""
    order = len(less)
    chosen = np.full(order, -1, np.int64)
    used, differs = np.zeros(order, np.bool_), np.zeros(order, np.bool_)
    count, depth = 0, 0
    while depth >= 0:
        value = chosen[depth]
        if value >= 0:
            used[value] = differs[less[value, depth]] = False
        value += 1
        while value < order and (used[value] or differs[less[value, depth]]):
            value += 1
        if value == order or (depth == 0 and value > 0):
            chosen[depth] = -1
            depth -= 1
            continue
        chosen[depth] = value
        used[value] = differs[less[value, depth]] = True
        if depth < order - 1:
            depth += 1
            continue
        found[count] = chosen
        count += 1
        if count == len(found):
            break
    return count


if __name__ == "__main__":
    main()
