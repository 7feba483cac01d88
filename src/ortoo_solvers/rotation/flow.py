"""Rules that nest are an exact minimum-cost flow.

Network: kind of people → pool → (smallest group, term) → … → (largest group, term) → sink, and kind → sink
for those left out. The band of a group on a term bounds the flow of its arc; a convex price is parallel arcs
with rising prices. The optimum of such a network is whole numbers (Ahuja, Magnanti, Orlin: Network Flows,
1993, theorem 9.10), so it is the optimum of the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from ortoo_solvers.rotation.pools import Compact, Draft, Price

Ints = NDArray[np.int64]


class Unmeetable(Exception):
    """No flow: the hard rules, or the nesting part of them, cannot be met."""


class OutOfRange(Exception):
    """Prices so high that the flow engine's 64-bit integers would overflow."""


@dataclass(slots=True)
class Nest:
    """A choice of groups of which any two are disjoint or one within the other, and the rest, which cross.

    ``chains``: for each pool its groups of the nest, smallest first, ending with 0 (everybody).
    """

    chains: list[list[int]]
    crossing: list[int]


def nest_groups(compact: Compact) -> Nest:
    """Take groups as long as they nest: those of units first, then of classes, the larger first."""
    pools_of: list[list[int]] = [[] for _ in compact.groups]
    for place, pool in enumerate(compact.pools):
        for group in pool.groups:
            pools_of[group].append(place)
    sizes = [group.size for group in compact.groups]
    order = sorted(range(1, len(sizes)), key=lambda g: (compact.groups[g].key[1] is not None, -sizes[g], g))
    taken: list[list[int]] = [[] for _ in compact.pools]
    crossing = []
    for group in order:
        if _fits(group, pools_of[group], taken, compact, sizes):
            for place in pools_of[group]:
                taken[place].append(group)
        else:
            crossing.append(group)
    chains = [[*sorted(chain, key=lambda g: (sizes[g], g)), 0] for chain in taken]
    return Nest(chains, crossing)


def _fits(group: int, pools: Sequence[int], taken: list[list[int]], compact: Compact, sizes: list[int]) -> bool:
    shared: dict[int, int] = {}
    for pool in pools:
        for other in taken[pool]:
            shared[other] = shared.get(other, 0) + compact.pools[pool].size
    return all(number in (sizes[other], sizes[group]) for other, number in shared.items())


@dataclass(slots=True)
class _Arcs:
    tails: list[Ints]
    heads: list[Ints]
    room: list[Ints]
    costs: list[Ints]
    number: int = 0

    def add(self, tails: object, heads: object, room: object, costs: object) -> slice:
        """Arrays or scalars, spread to one length; returns where the new arcs lie."""
        spread = np.broadcast_arrays(*(np.asarray(part, dtype=np.int64) for part in (tails, heads, room, costs)))
        for rows, part in zip((self.tails, self.heads, self.room, self.costs), spread, strict=True):
            rows.append(np.atleast_1d(part))
        begin, self.number = self.number, self.number + spread[0].size
        return slice(begin, self.number)


class Network:
    """The flow network of the groups of a nest; a plan's value is factor · cost + weight · changes of published places."""

    def __init__(self, compact: Compact, nest: Nest, weight: int, factor: int = 1) -> None:
        self.compact, self.nest, self.weight, self.factor = compact, nest, weight, factor
        self.terms = len(compact.problem.terms)
        self.first_pool = len(compact.groups) * self.terms
        self.first_kind = self.first_pool + len(compact.pools)
        self.sink = self.first_kind + len(compact.kinds)
        self.supplies = np.zeros(self.sink + 1, dtype=np.int64)
        self.arcs = _Arcs([], [], [], [])
        self.fixed_cost = 0

    def value(self, price: Price) -> int:
        return self.factor * price.cost + self.weight * price.changes

    def solve(self) -> tuple[Draft, int]:
        """The best draft and its value; raises Unmeetable."""
        if any(self.compact.lone()):
            raise Unmeetable
        kinds, pools = self._add_kinds(), self._add_pools()
        self._add_groups()
        flows = self._run()
        draft = Draft(
            through=[(p, t, int(n)) for (p, t), n in zip(pools[1], flows[pools[0]].tolist(), strict=True) if n],
            direct=[(k, t, int(n)) for (k, t), n in zip(kinds[3], flows[kinds[2]].tolist(), strict=True) if n],
            out=[(k, int(n)) for k, n in zip(kinds[1], flows[kinds[0]].tolist(), strict=True) if n],
        )
        return draft, self.cost

    def _add_kinds(self) -> tuple[slice, list[int], slice, list[tuple[int, int]]]:
        compact, kinds = self.compact, self.compact.kinds
        nodes = self.first_kind + np.arange(len(kinds), dtype=np.int64)
        sizes = np.array([len(kind.members) for kind in kinds], dtype=np.int64)
        self.supplies[nodes] = sizes
        self.supplies[self.sink] = -int(sizes.sum())
        homes = np.array([kind.pool for kind in kinds], dtype=np.int64)
        self.arcs.add(nodes, self.first_pool + homes, sizes, [self.value(kind.base) for kind in kinds])
        free = [place for place, kind in enumerate(kinds) if compact.pools[kind.pool].may_stay_out]
        costs = [self.value(kinds[place].out) for place in free]
        out = self.arcs.add(nodes[free], self.sink, sizes[free], costs)
        pairs = [(place, term) for place, kind in enumerate(kinds) for term in kind.direct]
        tails = [place for place, _ in pairs]
        heads = [self.nest.chains[kinds[place].pool][0] * self.terms + term for place, term in pairs]
        prices = [self.value(kinds[place].direct[term]) for place, term in pairs]
        direct = self.arcs.add(nodes[tails], heads, sizes[tails], prices)
        return out, free, direct, pairs

    def _add_pools(self) -> tuple[slice, list[tuple[int, int]]]:
        pools = self.compact.pools
        pairs = [(place, term) for place, pool in enumerate(pools) for term in pool.terms]
        tails = np.array([place for place, _ in pairs], dtype=np.int64)
        leaves = np.array([chain[0] for chain in self.nest.chains], dtype=np.int64)
        sizes = np.array([pool.size for pool in pools], dtype=np.int64)
        heads = leaves[tails] * self.terms + np.array([term for _, term in pairs], dtype=np.int64)
        return self.arcs.add(self.first_pool + tails, heads, sizes[tails], 0), pairs

    def _add_groups(self) -> None:
        parents = {child: parent for chain in self.nest.chains for child, parent in pairwise(chain)}
        for group in sorted(set(range(len(self.compact.groups))) - set(self.nest.crossing)):
            parent = parents.get(group, 0)
            heads = [parent * self.terms + term if group else self.sink for term in range(self.terms)]
            self._add_group(group, heads)

    def _add_group(self, place: int, heads: list[int]) -> None:
        group, begin = self.compact.groups[place], place * self.terms
        if any(low > high for low, high in zip(group.low, group.high, strict=True)):
            raise Unmeetable
        if not group.bends and not any(group.low):
            self.arcs.add(np.arange(begin, begin + self.terms), heads, group.high, 0)
            return
        for term, head in enumerate(heads):
            self._add_band(begin + term, head, group.slopes(term), group.low[term])
            self.fixed_cost += self.factor * group.price(0)

    def _add_band(self, tail: int, head: int, slopes: list[tuple[int, int]], low: int) -> None:
        """Parallel arcs; the first ``low`` people are sent for certain, as supplies."""
        self.supplies[tail] -= low
        self.supplies[head] += low
        for room, slope in slopes:
            sure, price = min(room, low), self.factor * slope
            low -= sure
            self.fixed_cost += sure * price
            if room > sure:
                self.arcs.add(tail, head, room - sure, price)

    def _run(self) -> Ints:
        """Flow of every arc that was added; of arcs that were drawn together, at the first of them."""
        arcs = self.arcs
        tails, heads = np.concatenate(arcs.tails), np.concatenate(arcs.heads)
        room, costs = np.concatenate(arcs.room), np.concatenate(arcs.costs)
        kept = self._draw_together(tails, heads, room, costs)
        nodes, ends = np.unique(np.concatenate([tails[kept], heads[kept]]), return_inverse=True)
        if self.supplies.any() and np.setdiff1d(np.flatnonzero(self.supplies), nodes).size:
            raise Unmeetable
        engine = min_cost_flow.SimpleMinCostFlow()
        rows = engine.add_arcs_with_capacity_and_unit_cost(
            ends[: kept.size].astype(np.int32), ends[kept.size :].astype(np.int32), room[kept], costs[kept]
        )
        engine.set_nodes_supplies(np.arange(nodes.size, dtype=np.int32), self.supplies[nodes])
        status = engine.solve()
        if status == engine.INFEASIBLE:
            raise Unmeetable
        if status == engine.BAD_COST_RANGE:
            raise OutOfRange
        if status != engine.OPTIMAL:
            raise RuntimeError(f"the flow engine gave up: {status}")
        flows: Ints = np.zeros(arcs.number, dtype=np.int64)
        flows[kept] = engine.flows(rows)
        self.cost = int(engine.optimal_cost()) + self.fixed_cost
        return flows

    def _draw_together(self, tails: Ints, heads: Ints, room: Ints, costs: Ints) -> Ints:
        """Skip nodes of groups that one arc enters and one leaves; returns the arcs that stay, changed in place.

        Most stations are such nodes: at 110,000 people it halves the network.
        """
        stays = np.ones(tails.size, dtype=bool)
        while True:
            alive = np.flatnonzero(stays)
            simple = (np.bincount(heads[alive], minlength=self.sink + 1) == 1) & (self.supplies == 0)
            simple &= np.bincount(tails[alive], minlength=self.sink + 1) == 1
            simple[self.first_pool :] = False
            into = alive[simple[heads[alive]] & ~simple[tails[alive]]]
            if not into.size:
                return alive
            leaving = np.zeros(self.sink + 1, dtype=np.int64)
            leaving[tails[alive]] = alive
            gone = leaving[heads[into]]
            room[into] = np.minimum(room[into], room[gone])
            costs[into] += costs[gone]
            heads[into] = heads[gone]
            stays[gone] = False
