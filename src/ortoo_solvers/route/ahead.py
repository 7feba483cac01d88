"""What the rest of a tour costs at least, whatever the days: exact for few stops, a sum of shortest ways in for many."""

from typing import Protocol

import numpy as np

from ortoo_solvers.route.course import FAR, Course, Ints

MOST_ENTRIES = 1 << 25
"""Of the exact table, which has an entry for each set of free stops and each node: 256 MB."""


class Ahead(Protocol):
    """Least cost from a node, after the stops of ``masks``, through all the others."""

    def __call__(self, masks: Ints, nodes: Ints) -> Ints: ...


def ahead_of(course: Course) -> Ahead:
    """The exact table where it fits."""
    if len(course.nodes) << course.free <= MOST_ENTRIES:
        return _Table(course)
    return _Sum(course)


class _Table:
    """Held and Karp's dynamic programme (1962) from the end, without days: the shortest way through a set to the last stop."""

    def __init__(self, course: Course) -> None:
        self.every = np.int64((1 << course.free) - 1)
        self.end = course.last
        cheapest = np.array([node.cheapest for node in course.nodes], dtype=np.int64)
        into = course.ways + cheapest[None, :]
        self.table = np.full((1 << course.free, len(course.nodes)), FAR, dtype=np.int64)
        ends = course.nodes_of(course.last) if course.last >= 0 else []
        self.table[-1] = into[:, ends].min(axis=1) if ends else 0
        sets = np.arange(1 << course.free, dtype=np.int64)
        sizes = np.bitwise_count(sets)
        for size in range(course.free - 1, -1, -1):
            of_size = sets[sizes == size]
            for bit in range(course.free):
                without = of_size[(of_size >> bit) & 1 == 0]
                for node in course.nodes_of(bit):
                    through = into[None, :, node] + self.table[without | (1 << bit), node][:, None]
                    self.table[without] = np.minimum(self.table[without], through)

    def __call__(self, masks: Ints, nodes: Ints) -> Ints:
        ahead: Ints = self.table[masks & self.every, nodes]
        if self.end < 0:
            return ahead
        return np.asarray(np.where((masks >> self.end) & 1 == 1, 0, ahead), dtype=np.int64)


class _Sum:
    """Each stop not yet visited is reached by some way, which is at least its shortest."""

    def __init__(self, course: Course) -> None:
        self.into = np.zeros(course.stops, dtype=np.int64)
        for bit in range(course.stops):
            theirs = course.nodes_of(bit)
            others = [number for number, node in enumerate(course.nodes) if node.bit != bit]
            self.into[bit] = min(
                (int(course.ways[others, node].min()) + course.nodes[node].cheapest for node in theirs if others), default=0
            )

    def __call__(self, masks: Ints, nodes: Ints) -> Ints:
        left = (masks[:, None] >> np.arange(len(self.into))) & 1 == 0
        return np.asarray(left @ self.into, dtype=np.int64)
