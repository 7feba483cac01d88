"""What a plan leaves open: its residual network, built once, asked for any number of people.

To put one more person on a term somebody may have to make room, who takes another's place, and so on, until the
place that the person leaves is taken or a free one is reached. If the plan is a best flow of the rules that nest,
the cheapest such chain is a shortest way in its residual network, and costs exactly what the best plan with the
person there costs more (successive shortest paths; Ahuja, Magnanti, Orlin: Network Flows, 1993, section 9.7).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from ortoo_solvers.rotation.detours import FAR, NOBODY, Detours, Ints, Step
from ortoo_solvers.rotation.flow import Nest
from ortoo_solvers.rotation.pools import Compact, Price


@dataclass(frozen=True, slots=True)
class Move:
    """A person from one term to another; None for no place."""

    person: str
    from_: str | None
    to: str | None


@dataclass(frozen=True, slots=True)
class Way:
    """``value``: cost + weight · changes of having one person elsewhere and all ``moves`` of others that this takes."""

    value: int
    moves: tuple[Move, ...]


class Residual:
    """Of one plan. ``weight``: what one change of a published place weighs. Prices of crossing rules are not seen."""

    def __init__(self, compact: Compact, nest: Nest, assignment: Mapping[str, str | None], weight: int = 0) -> None:
        self.compact, self.nest, self.weight = compact, nest, weight
        self.terms = len(compact.problem.terms)
        self.outside = self.terms
        self.keys: list[str | None] = [*(term.key for term in compact.problem.terms), None]
        self.columns = {key: place for place, key in enumerate(self.keys)}
        self.at = [self.columns[assignment[person.key]] for person in compact.people]
        self.places = {person.key: place for place, person in enumerate(compact.people)}
        self.kind_of = [0] * len(compact.people)
        for number, kind in enumerate(compact.kinds):
            for member in kind.members:
                self.kind_of[member] = number
        self.pool_of = np.array([kind.pool for kind in compact.kinds], dtype=np.int64)
        self.leaf = np.array([chain[0] for chain in nest.chains], dtype=np.int64)[self.pool_of]
        self.prices = self._prices()
        self.counts = self._counts()
        self.up, self.down = self._bands()
        self._by_signature: dict[frozenset[str], Detours] = {}

    @cached_property
    def best(self) -> bool:
        """Whether the plan is a best flow of the rules that nest."""
        return self.detours(frozenset()).best

    def value(self, price: Price) -> int:
        """Cost and changes in one figure."""
        return price.cost + self.weight * price.changes

    def _prices(self) -> Ints:
        """[kind, place]: what one person costs there, FAR where they may not be."""
        prices = np.full((len(self.compact.kinds), self.terms + 1), FAR, dtype=np.int64)
        for number, kind in enumerate(self.compact.kinds):
            pool = self.compact.pools[kind.pool]
            prices[number, list(pool.terms)] = self.value(kind.base)
            for term, price in kind.direct.items():
                prices[number, term] = self.value(price)
            if pool.may_stay_out:
                prices[number, self.outside] = self.value(kind.out)
        return prices

    def _counts(self) -> Ints:
        """[group, place]: people of a group there, of crossing groups too."""
        counts = np.zeros((len(self.compact.groups), self.terms + 1), dtype=np.int64)
        on = Counter((int(self.pool_of[kind]), at) for kind, at in zip(self.kind_of, self.at, strict=True))
        for (pool, at), number in on.items():
            for group in (0, *self.compact.pools[pool].groups):
                counts[group, at] += number
        return counts

    def _bands(self) -> tuple[Ints, Ints]:
        """[group, place]: price of one more and of one less."""
        up = np.full(self.counts.shape, FAR, dtype=np.int64)
        down = up.copy()
        for place, group in enumerate(self.compact.groups):
            for term in range(self.terms):
                count = int(self.counts[place, term])
                if count < group.high[term]:
                    up[place, term] = group.price(count + 1) - group.price(count)
                if count > group.low[term]:
                    down[place, term] = group.price(count - 1) - group.price(count)
        up[1:, self.outside] = down[1:, self.outside] = 0
        return up, down

    @cached_property
    def parents(self) -> list[int]:
        """The next larger group of the nest; -1 of everybody, -2 of crossing groups."""
        parents = [0] * len(self.compact.groups)
        for group in self.nest.crossing:
            parents[group] = -2
        for chain in self.nest.chains:
            for child, parent in pairwise(chain):
                parents[child] = parent
        parents[0] = -1
        return parents

    def signature(self, person: str) -> frozenset[str]:
        """The classes for which rules cross the tree: people of equal signature change terms without touching them."""
        kind = self.compact.kinds[self.kind_of[self.places[person]]]
        return self._signature(kind.pool)

    def _signature(self, pool: int) -> frozenset[str]:
        crossing = (group for group in self.compact.pools[pool].groups if self.parents[group] == -2)
        return frozenset(str(self.compact.groups[group].key[1]) for group in crossing)

    def detours(self, signature: frozenset[str]) -> Detours:
        """Among equally cheap ways those that move the fewest people of another signature."""
        found = self._by_signature.get(signature)
        if found is None:
            hop, who = self._hops(signature)
            scaled = [np.where(prices < FAR, prices * self.scale, FAR) for prices in (self.up, self.down)]
            found = self._by_signature[signature] = Detours(self.parents, hop, who, *scaled)
        return found

    @cached_property
    def scale(self) -> int:
        """Costs are multiplied by it, so that the people on a way can be counted behind them."""
        return len(self.compact.people) + 1

    def _hops(self, signature: frozenset[str]) -> tuple[Ints, Ints]:
        """[group, from, to]: the cheapest of the group's own people who may go that way, and who it is."""
        first: dict[tuple[int, int], int] = {}
        for member, (kind, at) in enumerate(zip(self.kind_of, self.at, strict=True)):
            first.setdefault((kind, at), member)
        size = self.terms + 1
        hop = np.full(len(self.compact.groups) * size * size, FAR, dtype=np.int64)
        who = np.full(hop.size, NOBODY, dtype=np.int64)
        if first:
            kinds, ats = np.array(list(first), dtype=np.int64).T
            strange = np.array([self._signature(pool) != signature for pool in range(len(self.compact.pools))])[
                self.pool_of[kinds]
            ]
            costs = (self.prices[kinds] - self.prices[kinds, ats][:, None]) * self.scale + strange[:, None]
            flat = (self.leaf[kinds] * size + ats)[:, None] * size + np.arange(size)
            members = np.broadcast_to(np.array(list(first.values()))[:, None], flat.shape)
            open_ = self.prices[kinds] < FAR
            order = np.lexsort((members[open_], costs[open_], flat[open_]))
            places, begins = np.unique(flat[open_][order], return_index=True)
            hop[places], who[places] = costs[open_][order][begins], members[open_][order][begins]
        shape, diagonal = (-1, size, size), np.arange(size)
        hops, whos = np.reshape(hop, shape), np.reshape(who, shape)
        hops[:, diagonal, diagonal], whos[:, diagonal, diagonal] = 0, NOBODY
        return hops, whos

    def way(self, person: str, term: str | None) -> Way | None:
        """The cheapest chain of moves that puts the person on the term; None where there is none."""
        member = self.places[person]
        kind, here, there = self.kind_of[member], self.at[member], self.columns[term]
        detours, leaf = self.detours(self.signature(person)), int(self.leaf[kind])
        back = int(detours.all.cost[leaf, there, here])
        if back >= FAR or self.prices[kind, there] >= FAR:
            return None
        value = int(self.prices[kind, there] - self.prices[kind, here]) + back // self.scale
        return Way(value, self.moves(detours.steps(leaf, there, here)))

    def moves(self, steps: list[Step]) -> tuple[Move, ...]:
        """The people among the steps, in the order in which one makes room for the other."""
        return tuple(
            Move(self.compact.people[step.person].key, self.keys[step.tail[1]], self.keys[step.head[1]])
            for step in steps
            if step.person != NOBODY
        )
