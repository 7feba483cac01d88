"""Why somebody has no place: the limits in which every exchange ends, and what it is worth to loosen one.

From the terms that are open to the person one can push on: those who are there make room by going elsewhere, and
so on. Where no such chain ends in a free place, the nodes it reaches are one side of a minimum cut, and the limits on its
edge are what binds (Ford and Fulkerson: Flows in Networks, 1962, theorem 5.1): more people want in than they let through.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ortoo_solvers.rotation.collision import HardRule
from ortoo_solvers.rotation.detours import FAR
from ortoo_solvers.rotation.loosening import limit_of
from ortoo_solvers.rotation.pools import price_of
from ortoo_solvers.rotation.residual import Move, Residual

Node = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shortage:
    """``people`` (those without a place included) can only go where ``limits`` let no more than ``seats`` of them in."""

    people: tuple[str, ...]
    seats: int
    limits: tuple[HardRule, ...]


@dataclass(frozen=True, slots=True)
class Mend:
    """``steps`` loosened: the best plan then costs ``extra`` more (less, if negative) than this one, ``changes`` more published
    places change, ``placed`` more people have a place and ``still_out`` have none. Not ``cheapest``: one way that helps, the best
    plan being at least as good."""

    steps: tuple[HardRule, ...]
    extra: int
    placed: int
    still_out: int
    cheapest: bool = True
    changes: int = 0


class Short:
    """Of one plan that is a best flow; everything that concerns those left out."""

    def __init__(self, residual: Residual) -> None:
        self.residual, self.compact = residual, residual.compact
        self.detours = residual.detours(frozenset())

    def shortage(self, person: str) -> Shortage | None:
        """None where a chain ends in a free place, so that it is the price that keeps the person out."""
        starts = list(self._starts(person))
        reached = self._reach(starts)
        if not reached:
            return None
        inside = tuple(self._inside(reached))
        seats = sum(self.residual.at[self.residual.places[key]] != self.residual.outside for key in inside)
        return Shortage(inside, seats, tuple(self._edge(reached)))

    def _starts(self, person: str) -> Iterator[Node]:
        kind = self.residual.kind_of[self.residual.places[person]]
        for term in range(self.residual.terms):
            if self.residual.prices[kind, term] < FAR:
                yield int(self.residual.leaf[kind]), term

    def _reach(self, starts: list[Node]) -> set[Node] | None:
        reached, waiting = set(starts), list(starts)
        while waiting:
            for node in self._next(*waiting.pop()):
                if node[1] == self.residual.outside:
                    return None
                if node not in reached:
                    reached.add(node)
                    waiting.append(node)
        return reached

    def _next(self, group: int, term: int) -> Iterator[Node]:
        """Where those on a term can make room; being left out is not making room."""
        hops = self.detours.hop[group, term, :-1]
        yield from ((group, int(to)) for to in np.flatnonzero(hops < FAR) if to != term)
        if self.detours.up[group, term] < FAR:
            yield (self.detours.parents[group], term) if group else (0, self.residual.outside)
        children = self.detours.children[group]
        yield from ((child, term) for child in children if self.detours.down[child, term] < FAR)

    def _inside(self, reached: set[Node]) -> Iterator[str]:
        """Those who are on the reached terms, and those left out who could only go there."""
        residual = self.residual
        for member, person in enumerate(self.compact.people):
            kind, at = residual.kind_of[member], residual.at[member]
            leaf = int(residual.leaf[kind])
            if at != residual.outside and (leaf, at) in reached:
                yield person.key
            elif at == residual.outside:
                open_ = np.flatnonzero(residual.prices[kind, :-1] < FAR).tolist()
                if open_ and all((leaf, term) in reached for term in open_):
                    yield person.key

    def _edge(self, reached: set[Node]) -> Iterator[HardRule]:
        for group, term in sorted(reached):
            above = (self.detours.parents[group], term)
            if self.detours.up[group, term] >= FAR and above not in reached:
                yield limit_of(self.residual, group, term)

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
