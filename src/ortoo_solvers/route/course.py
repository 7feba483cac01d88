"""The options as arrays: nodes (a stop at a place), their days and prices, the ways and waits between them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.route.options import Option
from ortoo_solvers.route.problem import Problem

Ints = NDArray[np.int64]
FAR = 1 << 60


@dataclass(frozen=True)
class Node:
    """A stop (by its bit) at a place; its days rise, each with the cheapest option that day."""

    bit: int
    place: int
    options: tuple[Option, ...]

    @property
    def cheapest(self) -> int:
        """The least price of its options."""
        return min(option.price for option in self.options)


@dataclass(frozen=True)
class Course:
    """Stops are numbered anew: free ones first, then the first stop, then the last, so that sets of free stops are small numbers.

    ``ways``, ``waits``: (nodes, nodes), lengths and least days between; ``first``, ``last``: bits, -1 for none.
    ``latest``, ``earliest``: for each bit the last and first day of any option.
    """

    nodes: tuple[Node, ...]
    ways: Ints
    waits: Ints
    free: int
    stops: int
    first: int
    last: int
    latest: tuple[int, ...]
    earliest: tuple[int, ...]

    def nodes_of(self, bit: int) -> list[int]:
        """Numbers of the stop's nodes."""
        return [number for number, node in enumerate(self.nodes) if node.bit == bit]


def course_of(problem: Problem, options: Sequence[Option], order: Sequence[int] | None = None) -> Course | None:
    """None when some stop has no option. ``order``: which stop gets which number among the free ones; decides between equals."""
    keys = [stop.key for stop in problem.stops]
    ends = [keys.index(key) for key in dict.fromkeys((problem.first, problem.last)) if key is not None]
    bits = {stop: bit for bit, stop in enumerate([s for s in order or range(len(keys)) if s not in ends] + ends)}
    nodes = _nodes(options, bits)
    if len({node.bit for node in nodes}) < len(keys):
        return None
    lengths = np.array(problem.lengths, dtype=np.int64)
    places = [node.place for node in nodes]
    ways = lengths[np.ix_(places, places)]
    waits = np.where(ways > problem.rest_beyond, 2, 1).astype(np.int64)
    days = [[option.day for node in nodes if node.bit == bit for option in node.options] for bit in range(len(keys))]
    first = bits[keys.index(problem.first)] if problem.first is not None else -1
    last = bits[keys.index(problem.last)] if problem.last is not None else -1
    return Course(nodes, ways, waits, len(keys) - len(ends), len(keys), first, last,
                  tuple(max(each) for each in days), tuple(min(each) for each in days))  # fmt: skip


def _nodes(options: Sequence[Option], bits: dict[int, int]) -> tuple[Node, ...]:
    grouped: dict[tuple[int, int], list[Option]] = {}
    for option in options:
        grouped.setdefault((bits[option.stop], option.place), []).append(option)
    return tuple(
        Node(bit, place, tuple(sorted(theirs, key=lambda option: option.day))) for (bit, place), theirs in sorted(grouped.items())
    )
