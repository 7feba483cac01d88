"""Cheapest ways through what a plan leaves open, for every group and pair of terms at once.

The nodes are (group, place), a place being a term or the outside, where those are who are left out (one node for
all groups). Somebody of a group may change places (``hop``), a group may take one more on a term (``up``, towards
the larger group) or one less (``down``). Only a group's own node leads out of its part of the tree, so the
shortest ways come from matrices of terms × terms: first inside each group, from the smallest to the largest, then
with everything outside it, from the largest down; each closed by Floyd and Warshall (CACM 5, 1962).
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
FAR = 1 << 60
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Step:
    """From (group, place) to (group, place). ``person``: the one who changes terms, NOBODY where a limit is used."""

    person: int
    tail: tuple[int, int]
    head: tuple[int, int]


@dataclass(slots=True)
class Closed:
    """``cost[g, a, b]`` of the cheapest way, ``via`` an inner place of it or -1 where it is one hop."""

    cost: Ints
    via: NDArray[np.int16]

    def copy(self) -> "Closed":
        return Closed(self.cost.copy(), self.via.copy())


def settle(costs: Ints) -> Ints:
    """In place: whatever was reckoned with FAR is FAR again, savings on the way to nowhere notwithstanding."""
    costs[costs > FAR // 2] = FAR
    return costs


def close(cost: Ints, via: NDArray[np.int16] | None = None) -> None:
    """In place: [group, a, b] from single hops to cheapest ways. Where a way round gains, costs fall to -FAR at most."""
    for place in range(cost.shape[1]):
        through = cost[:, :, place, None] + cost[:, None, place, :]
        better = through < cost
        cost[better] = np.maximum(through[better], -FAR)
        if via is not None:
            via[better] = place
    settle(cost)


class Detours:
    """``parents``: the next larger group, -1 for group 0 (everybody), -2 for groups that are not in the nest.

    ``hop[g, a, b]``: cost of the cheapest of g's own people who may go from place a to b, ``who`` it is;
    ``up[g, a]``, ``down[g, a]``: cost of one more and one less of g on a. FAR where that is not possible.
    """

    def __init__(self, parents: Sequence[int], hop: Ints, who: Ints, up: Ints, down: Ints) -> None:
        self.hop, self.who, self.up, self.down = hop, who, up, down
        self.parents = parents
        self.outside = hop.shape[1] - 1
        self.children: list[list[int]] = [[] for _ in parents]
        levels = self._levels()
        inside = hop.copy()
        self.inside = Closed(inside, np.full(hop.shape, -1, dtype=np.int16))
        for level in reversed(levels):
            self._close(self.inside, level)
            if level[0]:
                np.minimum.at(inside, [parents[group] for group in level], self.through(level))
        self.all = Closed(inside.copy(), np.full(hop.shape, -1, dtype=np.int16))
        self._add_outside()
        for level in levels:
            if level[0]:
                self.all.cost[level] = np.minimum(self.all.cost[level], self._around(level))
            self._close(self.all, level)

    def _levels(self) -> list[list[int]]:
        """Groups of the nest by their depth, everybody first; fills ``children``."""
        for group, parent in enumerate(self.parents):
            if parent >= 0:
                self.children[parent].append(group)
        levels = [[0]]
        while below := [child for group in levels[-1] for child in self.children[group]]:
            levels.append(below)
        return levels

    @property
    def best(self) -> bool:
        """Whether no way leads back to where it began at a gain, that is: the plan is a cheapest flow."""
        return bool((np.einsum("gaa->ga", self.all.cost) >= 0).all())

    def _close(self, closed: Closed, level: list[int]) -> None:
        cost, via = closed.cost[level], closed.via[level]
        close(cost, via)
        closed.cost[level], closed.via[level] = cost, via

    def through(self, level: list[int]) -> Ints:
        """From a larger group's terms through a smaller one's people back to it."""
        inside = self.inside.cost[level]
        ways: Ints = self.down[level][:, :, None] + inside + self.up[level][:, None, :]
        return settle(ways)

    def _around(self, level: list[int]) -> Ints:
        """From a group's terms through everybody else back to it."""
        above = self.all.cost[[self.parents[group] for group in level]]
        ways: Ints = self.up[level][:, :, None] + above + self.down[level][:, None, :]
        return settle(ways)

    def _add_outside(self) -> None:
        """Everybody's terms lead outside: one place more, or one less, is taken of the capacity."""
        cost, outside = self.all.cost[0], self.outside
        cost[:outside, outside] = np.minimum(cost[:outside, outside], self.up[0, :outside])
        cost[outside, :outside] = np.minimum(cost[outside, :outside], self.down[0, :outside])

    def steps(self, group: int, tail: int, head: int) -> list[Step]:
        """The cheapest way between two places of a group, no node twice; cost ``all.cost[group, tail, head]``."""
        return self._straight(self._node(group, tail), self._way(self.all, group, tail, head))

    def back(self, group: int, term: int) -> tuple[int, list[Step]]:
        """The cheapest way from the next larger group's node (for everybody: from outside) to the group's own."""
        if group == 0:
            return int(self.all.cost[0, self.outside, term]), self.steps(0, self.outside, term)
        parent = self.parents[group]
        costs = self.all.cost[parent, term] + self.down[group] + self.inside.cost[group, :, term]
        entry = int(np.argmin(costs))
        ways = (self._way(self.all, parent, term, entry), self._level(parent, group, entry))
        return int(costs[entry]), self._straight(
            self._node(parent, term), chain(*ways, self._way(self.inside, group, entry, term))
        )

    def forth(self, group: int, term: int) -> tuple[int, list[Step]]:
        """The cheapest way from the group's own node to the next larger group's; for everybody: to the outside."""
        if group == 0:
            return int(self.all.cost[0, term, self.outside]), self.steps(0, term, self.outside)
        parent = self.parents[group]
        costs = self.inside.cost[group, term] + self.up[group] + self.all.cost[parent, :, term]
        leave = int(np.argmin(costs))
        ways = (self._way(self.inside, group, term, leave), self._level(group, parent, leave))
        return int(costs[leave]), self._straight(self._node(group, term), chain(*ways, self._way(self.all, parent, leave, term)))

    def barred(self, group: int, term: int, *, up: bool) -> "Detours":
        """The same without one limit's arc, so that a group can't take one more (``up``) or one less on a term. Ways are right from the
        group and from those that hold it; nobody else's are looked at anew."""
        other, line = copy(self), [group]
        other.up, other.down, other.inside, other.all = self.up.copy(), self.down.copy(), self.inside.copy(), self.all.copy()
        (other.up if up else other.down)[group, term] = FAR
        while (parent := self.parents[line[-1]]) >= 0:
            line.append(parent)
            other.inside.cost[parent] = np.minimum.reduce([self.hop[parent], *other.through(self.children[parent])])
            other.inside.via[parent] = -1
            other._close(other.inside, [parent])
        other.all.cost[line], other.all.via[line] = other.inside.cost[line], -1
        other._add_outside()
        for each in reversed(line):
            if each:
                other.all.cost[each] = np.minimum(other.all.cost[each], other._around([each])[0])
            other._close(other.all, [each])
        return other

    def _straight(self, start: tuple[int, int], steps: Iterable[Step]) -> list[Step]:
        """Without ways round, which cost nothing."""
        way: list[Step] = []
        nodes = [start]
        for step in steps:
            node = self._node(*step.head)
            if node in nodes:
                known = nodes.index(node)
                del way[known:], nodes[known + 1 :]
            else:
                way.append(step)
                nodes.append(node)
        return way

    def _node(self, group: int, place: int) -> tuple[int, int]:
        return (0, place) if place == self.outside else (group, place)

    def _way(self, closed: Closed, group: int, tail: int, head: int) -> Iterator[Step]:
        if tail == head:
            return
        via = int(closed.via[group, tail, head])
        if via >= 0:
            yield from self._way(closed, group, tail, via)
            yield from self._way(closed, group, via, head)
        elif closed is self.inside:
            yield from self._within(group, tail, head)
        else:
            yield from self._beyond(group, tail, head)

    def _within(self, group: int, tail: int, head: int) -> Iterator[Step]:
        """One of the group's own people, or through a smaller group."""
        cost = int(self.inside.cost[group, tail, head])
        if self.hop[group, tail, head] == cost:
            yield Step(int(self.who[group, tail, head]), (group, tail), (group, head))
            return
        children = self.children[group]
        through = self.down[children, tail] + self.inside.cost[children, tail, head] + self.up[children, head]
        child = children[int(np.argmin(through))]
        yield from self._level(group, child, tail)
        yield from self._way(self.inside, child, tail, head)
        yield from self._level(child, group, head)

    def _beyond(self, group: int, tail: int, head: int) -> Iterator[Step]:
        cost = int(self.all.cost[group, tail, head])
        if self.inside.cost[group, tail, head] == cost:
            yield from self._way(self.inside, group, tail, head)
        elif group == 0:
            yield Step(NOBODY, (0, tail), (0, head))
        else:
            parent = self.parents[group]
            yield from self._level(group, parent, tail)
            yield from self._way(self.all, parent, tail, head)
            yield from self._level(parent, group, head)

    def _level(self, group: int, other: int, place: int) -> Iterator[Step]:
        if place != self.outside:
            yield Step(NOBODY, (group, place), (other, place))
