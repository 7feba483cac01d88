"""Why a unit has its numbers: on each term the limit, and what one person more or one less would cost the whole plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ortoo_solvers.rotation.detours import FAR, Detours, Ints, close, settle
from ortoo_solvers.rotation.residual import Residual


@dataclass(frozen=True, slots=True)
class Margin:
    """A group's number on a term. ``more``, ``fewer``: what the best plan with at least one more, at most one less,
    costs more, as far as the rules that nest go; None where they allow none. ``eased``: what it would cost less if ``limit`` were one higher."""

    term: str
    count: int
    limit: int | None
    more: int | None
    fewer: int | None
    eased: int


class Margins:
    """Of one plan that is a best flow."""

    def __init__(self, residual: Residual) -> None:
        self.residual = residual
        self.detours: Detours = residual.detours(frozenset())
        self.places = {group.key: place for place, group in enumerate(residual.compact.groups)}

    def of(self, unit: str | None, class_: str | None = None) -> tuple[Margin, ...]:
        """Term by term; nothing for a group of which no rule speaks or whose rules cross, and nothing where changed places come before
        the cost: one figure would add up both."""
        place = self.places.get((unit, class_))
        if self.residual.weight or place is None or self.residual.parents[place] == -2:
            return ()
        return tuple(self._margin(place, term) for term in range(self.residual.terms))

    def _margin(self, place: int, term: int) -> Margin:
        residual, group = self.residual, self.residual.compact.groups[place]
        count, limit = int(residual.counts[place, term]), group.high[term]
        back = self.detours.back(place, term)[0]
        rise = group.price(count + 1) - group.price(count)
        eased = min(0, rise + back // residual.scale) if back <= FAR // 2 and count >= limit else 0
        more = self._forced(int(residual.up[place, term]), self._around(place, term, up=True))
        fewer = self._forced(int(residual.down[place, term]), self._around(place, term, up=False))
        return Margin(str(residual.keys[term]), count, limit if limit < group.size else None, more, fewer, eased)

    def _forced(self, first: int, rest: int) -> int | None:
        return None if first >= FAR or rest > FAR // 2 else first + rest // self.residual.scale

    def _around(self, place: int, term: int, *, up: bool) -> int:
        """From the group's node to the larger group's or back, not by the limit between them, so that the number changes."""
        detours, outside = self.detours, self.detours.outside
        ups, downs = detours.up[place].copy(), detours.down[place].copy()
        (downs if up else ups)[term] = FAR
        inside = detours.inside.cost[place]
        if place == 0:
            closed = self._with_outside(inside, ups, downs)
            return int(closed[outside, term] if up else closed[term, outside])
        above = self._above(list(self._chain(place)), ups, downs)
        ways = above[term] + downs + inside[:, term] if up else inside[term] + ups + above[:, term]
        return int(ways.min())

    def _chain(self, place: int) -> Iterator[int]:
        while place >= 0:
            yield place
            place = self.detours.parents[place]

    def _above(self, chain: list[int], ups: Ints, downs: Ints) -> Ints:
        """Cheapest ways between the terms of the next larger group, with these limits of the first of the chain."""
        detours = self.detours
        inside, insides = detours.inside.cost[chain[0]], []
        for child, parent in pairwise(chain):
            others = [other for other in detours.children[parent] if other != child]
            hops = [detours.hop[parent], settle(downs[:, None] + inside + ups[None, :]), *detours.through(others)]
            inside = self._closed(np.minimum.reduce(hops))
            insides.append(inside)
            ups, downs = detours.up[parent], detours.down[parent]
        above = self._with_outside(insides[-1], ups, downs)
        for group, inside in reversed(list(zip(chain[1:-1], insides[:-1], strict=True))):
            around = detours.up[group][:, None] + above + detours.down[group][None, :]
            above = self._closed(np.minimum(inside, around))
        return above

    def _with_outside(self, inside: Ints, ups: Ints, downs: Ints) -> Ints:
        cost, outside = inside.copy(), self.detours.outside
        cost[:outside, outside] = np.minimum(cost[:outside, outside], ups[:outside])
        cost[outside, :outside] = np.minimum(cost[outside, :outside], downs[:outside])
        return self._closed(cost)

    def _closed(self, cost: Ints) -> Ints:
        closed: Ints = settle(cost.copy())
        close(closed[None])
        return closed
