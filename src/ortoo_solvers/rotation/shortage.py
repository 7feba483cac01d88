"""Why somebody has no place: the limits in which every exchange ends, and what it is worth to loosen one.

From the terms that are open to the person one can push on: those who are there make room by going elsewhere, and
so on. Where no such chain ends in a free place, the nodes it reaches are one side of a minimum cut, and the limits on its
edge are what binds (Ford and Fulkerson: Flows in Networks, 1962, theorem 5.1): more people want in than they let through.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.rotation.collision import HardRule
from ortoo_solvers.rotation.detours import FAR, Ints
from ortoo_solvers.rotation.loosening import limit_of
from ortoo_solvers.rotation.pools import price_of
from ortoo_solvers.rotation.residual import Move, Residual

Side = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shortage:
    """``people`` (those without a place included) can only go where ``limits`` let no more than ``seats`` of them in: maximums, and
    minimums that keep others there."""

    people: tuple[str, ...]
    seats: int
    limits: tuple[HardRule, ...]


@dataclass(frozen=True, slots=True)
class Mend:
    """``steps`` loosened: the best plan then costs ``extra`` more (less, if negative) than this one, ``changes`` more published
    places change, ``placed`` more people have a place and ``still_out`` have none. Not ``exact``: there is such a plan, and the best
    may be better still, in changed places first where they come first. Not ``cheapest``: other steps may help more. ``others``: that
    plan gives the place to somebody else, who costs less there."""

    steps: tuple[HardRule, ...]
    extra: int
    placed: int
    still_out: int
    cheapest: bool = True
    changes: int = 0
    others: bool = False
    exact: bool = True


class Short:
    """Of one plan that is a best flow; everything that concerns those left out."""

    def __init__(self, residual: Residual) -> None:
        self.residual, self.compact = residual, residual.compact
        self.detours = residual.detours(frozenset())
        self._by_starts: dict[bytes, Shortage | None] = {}
        self._by_side: dict[bytes, Shortage] = {}

    def shortage(self, person: str) -> Shortage | None:
        """None where a chain ends in a free place, so that it is the price that keeps the person out, and where no term is open."""
        starts = self._starts(person)
        key = starts.tobytes()
        if key not in self._by_starts:
            side = self._reach(starts, self._beyond) if starts.size else None
            self._by_starts[key] = None if side is None else self._of(side)
        return self._by_starts[key]

    def _starts(self, person: str) -> Ints:
        """Nodes (group · terms + term) of the terms that are open to the person."""
        residual = self.residual
        kind = residual.kind_of[residual.places[person]]
        open_ = np.flatnonzero(residual.prices[kind, :-1] < FAR)
        return np.asarray(int(residual.leaf[kind]) * residual.terms + open_, dtype=np.int64)

    def _reach(self, starts: Ints, beyond: Sequence[Side | None] = ()) -> Side | None:
        """[group, term]: where others can make room one for the other; None where that leads outside. ``beyond``: the same from
        everybody's node of each term, where it is known."""
        side = np.zeros((len(self.compact.groups), self.residual.terms), dtype=bool)
        nodes = side.reshape(-1)
        while starts.size:
            nodes[starts] = True
            for term in starts[starts < len(beyond)].tolist():
                known = beyond[term]
                if known is None:
                    return None
                side |= known
                starts = starts[~known.reshape(-1)[starts]]
            starts = self._next(starts)
            if starts.size and starts[-1] == nodes.size:
                return None
            starts = starts[~nodes[starts]]
        return side

    def _next(self, nodes: Ints) -> Ints:
        """Where one step leads from any of these, in order."""
        begins, heads = self._edges
        numbers = begins[nodes + 1] - begins[nodes]
        ends = np.cumsum(numbers)
        return np.unique(heads[np.arange(numbers.sum()) + np.repeat(begins[nodes] - ends + numbers, numbers)])

    @cached_property
    def _beyond(self) -> list[Side | None]:
        """What is reached from everybody's node of each term: most chains come there, so that it is looked for once."""
        return [self._reach(np.array([term])) for term in range(self.residual.terms)]

    @cached_property
    def _edges(self) -> tuple[Ints, Ints]:
        """Ways to make room on a term, node by node; being left out is not one. ``begins`` of each node's ``heads``, the outside last."""
        detours, terms = self.detours, self.residual.terms
        groups = np.array(self.residual.parents)
        outside = groups.size * terms
        group, tail, head = np.nonzero(detours.hop[:, :-1, :-1] < FAR)
        pairs = [(group * terms + tail, group * terms + head)]
        group, term = np.nonzero((detours.up[:, :-1] < FAR) & (groups != -2)[:, None])
        pairs.append((group * terms + term, np.where(group == 0, outside, groups[group] * terms + term)))
        group, term = np.nonzero((detours.down[:, :-1] < FAR) & (groups >= 0)[:, None])
        pairs.append((groups[group] * terms + term, group * terms + term))
        tails, heads = (np.concatenate(ends) for ends in zip(*pairs, strict=True))
        return np.concatenate([[0], np.cumsum(np.bincount(tails, minlength=outside))]), heads[np.argsort(tails, kind="stable")]

    def _of(self, side: Side) -> Shortage:
        """People of different terms often want in at the same places."""
        key = side.tobytes()
        if key not in self._by_side:
            inside, placed = self._inside(side)
            people = tuple(self.compact.people[member].key for member in np.flatnonzero(inside))
            self._by_side[key] = Shortage(people, int(np.count_nonzero(inside & placed)), tuple(self._edge(side)))
        return self._by_side[key]

    def _inside(self, side: Side) -> tuple[Side, Side]:
        """[member]: those who are on the reached terms, and those left out who could only go there; and who has a place."""
        residual = self.residual
        kinds, at = np.array(residual.kind_of), np.array(residual.at)
        placed, leaf, open_ = at != residual.outside, residual.leaf[kinds], residual.prices[kinds, :-1] < FAR
        there = side[leaf, np.where(placed, at, 0)]
        only = (side[leaf] | ~open_).all(axis=1) & open_.any(axis=1)
        return np.where(placed, there, only), placed

    def _edge(self, side: Side) -> Iterator[HardRule]:
        parents = np.array(self.residual.parents)
        beyond = (parents < 0)[:, None] | ~side[parents]
        for group, term in np.argwhere(side & (self.detours.up[:, :-1] >= FAR) & beyond).tolist():
            yield limit_of(self.residual, group, term)
        held = (self.residual.counts[:, :-1] > 0) & (self.detours.down[:, :-1] >= FAR)
        for group, term in np.argwhere((parents >= 0)[:, None] & side[parents] & ~side & held).tolist():
            yield limit_of(self.residual, group, term, minimum=True)

    def eased(self, step: HardRule) -> tuple[int, tuple[Move, ...]]:
        """What the best flow costs less with one limit one higher, or one person free for a term, changed places weighed in, and who
        then moves: one cycle through it at most."""
        if step.person is not None:
            return self._freed(step.person, step.term)
        residual, term = self.residual, self.residual.columns[step.term]
        place = next(place for place, group in enumerate(self.compact.groups) if group.key == (step.unit, step.class_))
        group, count = self.compact.groups[place], int(residual.counts[place, term])
        back, steps = self.detours.back(place, term)
        value = group.price(count + 1) - group.price(count) + back // residual.scale if back <= FAR // 2 else 0
        return (value, residual.moves(steps)) if value < 0 else (0, ())

    def _freed(self, key: str, term: str) -> tuple[int, tuple[Move, ...]]:
        residual, problem, member = self.residual, self.compact.problem, self.residual.places[key]
        leaf, column = int(residual.leaf[residual.kind_of[member]]), residual.columns[term]
        back = int(self.detours.all.cost[leaf, column, residual.outside])
        there, out = (residual.value(price_of(problem, self.compact.people[member], each)) for each in (term, None))
        value = there - out + back // residual.scale if back < FAR else 0
        moves = residual.moves(self.detours.steps(leaf, column, residual.outside)) if value < 0 else ()
        return (value, (Move(key, None, term), *moves)) if value < 0 else (0, ())
