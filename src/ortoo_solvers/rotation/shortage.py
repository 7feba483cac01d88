"""Why somebody has no place: the limits in which every exchange ends, and the cheapest way to loosen them.

From the terms that are open to the person one can push on: those who are there make room by going elsewhere, and
so on. Where no such chain ends in a free place, the nodes it reaches are one side of a minimum cut, and the limits on its
edge are what binds (Ford and Fulkerson: Flows in Networks, 1962, theorem 5.1): more people want in than they let through.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ortoo_solvers.rotation.collision import STEP, HardRule
from ortoo_solvers.rotation.detours import FAR, Detours, Step
from ortoo_solvers.rotation.pools import change_weight
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
    """``steps`` loosened: the best plan then costs ``extra`` more (less, if negative) than this one, ``placed`` more
    people have a place and ``still_out`` have none. Not ``cheapest``: one way that helps, the best plan being at least as good."""

    steps: tuple[HardRule, ...]
    extra: int
    placed: int
    still_out: int
    cheapest: bool = True


class Short:
    """Of one plan that is a best flow; everything that concerns those left out."""

    def __init__(self, residual: Residual) -> None:
        self.residual, self.compact = residual, residual.compact
        self.detours = residual.detours(frozenset())
        # More than any chain can cost, so that a step less is always better.
        self.weight = 2 * change_weight(self.compact) * (len(self.compact.people) + 1 if residual.weight else 1)

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
                yield self._limit(group, term)

    def _limit(self, place: int, term: int) -> HardRule:
        group = self.compact.groups[place]
        limits = self.compact.problem.class_limits
        family = next((rule.family for rule in limits if (rule.unit, rule.class_) == group.key and rule.family), "")
        count, high = int(self.residual.counts[place, term]), group.high[term]
        return HardRule(group.kind, str(self.residual.keys[term]), None, *group.key, family, high, count, high + 1)

    def loosening(self, person: str) -> tuple[HardRule, ...]:
        """As few steps as possible, then the cheapest: limits that let one more in, or a blocked term of the person's."""
        residual, member = self.residual, self.residual.places[person]
        kind, blocked = residual.kind_of[member], self.compact.people[member].blocked
        leaf, outside, begun = int(residual.leaf[kind]), residual.outside, self.compact.problem.begun
        ways: list[tuple[int, int]] = []
        for term in range(residual.terms):
            chain = int(self._elastic.all.cost[leaf, term, outside])
            held = residual.keys[term] in blocked - begun
            price = int(residual.prices[kind].min() if held else residual.prices[kind, term])
            if chain < FAR and price < FAR:
                ways.append((chain + price + STEP["blocked"] * self.weight * held, term))
        if not ways:
            return ()
        term = min(ways)[1]
        steps = [self._limit(*step.tail) for step in self._elastic.steps(leaf, term, outside) if self._loosens(step)]
        key = str(residual.keys[term])
        return (*([HardRule("blocked", key, person)] if key in blocked else []), *steps)

    def eased(self, step: HardRule) -> tuple[int, tuple[Move, ...]]:
        """What the best flow costs less with one limit one higher, and who then moves: one cycle through it at most."""
        residual, term = self.residual, self.residual.columns[step.term]
        place = next(place for place, group in enumerate(self.compact.groups) if group.key == (step.unit, step.class_))
        group, count = self.compact.groups[place], int(residual.counts[place, term])
        back, steps = self.detours.back(place, term)
        value = group.price(count + 1) - group.price(count) + back // residual.scale if back <= FAR // 2 else 0
        return (value, residual.moves(steps)) if value < 0 else (0, ())

    def _loosens(self, step: Step) -> bool:
        group, term = step.tail
        upwards = step.person < 0 and step.head[0] == max(0, self.detours.parents[group]) and step.head != step.tail
        return upwards and self.detours.up[group, term] >= FAR and term != self.residual.outside

    @cached_property
    def _elastic(self) -> Detours:
        """The same network where every full limit lets one more in at the price of a step; nobody is put out for it."""
        residual = self.residual
        hop = np.where(self.detours.hop < FAR, self.detours.hop // residual.scale, FAR)
        hop[:, :-1, -1] = FAR
        up = residual.up.copy()
        for place, term in np.argwhere(up >= FAR).tolist():
            if residual.parents[place] != -2 and term != residual.outside:
                group, count = self.compact.groups[place], int(residual.counts[place, term])
                up[place, term] = group.price(count + 1) - group.price(count) + STEP[group.kind] * self.weight
        return Detours(residual.parents, hop, self.detours.who, up, residual.down)
