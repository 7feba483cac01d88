"""From the best plan of the rules that nest to one that keeps the rules that cross, by exchanging terms.

Two people of one county who change terms leave every count of the tree as it was, so such an exchange mostly
costs nothing; where it mends the beds on both terms it brings the plan nearer at the same cost. If the plan
gets there without paying, the flow's bound proves it best; if not, it is a start for the program.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ortoo_solvers.rotation.flow import Nest
from ortoo_solvers.rotation.pools import Compact

OUT = -1
# Partners looked at for one person. A county is far smaller; where rules speak of no units there is only everybody.
PARTNERS = 300
# Exchanges weighed for each person of the plan; where that many do not mend it, paying will have to, which the program does better.
WEIGHED = 10


@dataclass(frozen=True, slots=True, order=True)
class _Swap:
    """``second`` OUT: the first moves alone. Ordered by price, then by people, so that chance has no say."""

    price: int
    first: int
    second: int
    to: int


class Exchange:
    """Holds a plan as term by person, and counts[group][term]; the last column counts those left out.

    ``weight``: what one change of a published place weighs. Prices of travelling together are not looked at.
    """

    def __init__(self, compact: Compact, nest: Nest, assignment: Mapping[str, str | None], weight: int) -> None:
        self.weight, self.left = weight, WEIGHED * len(compact.people)
        self.compact, self.crossing = compact, frozenset(nest.crossing)
        self.keys: list[str | None] = [*(term.key for term in compact.problem.terms), None]
        places: dict[str | None, int] = {key: place for place, key in enumerate(self.keys[:-1])} | {None: OUT}
        self.term_of = [places[assignment[person.key]] for person in compact.people]
        self.kind_of = [0] * len(compact.people)
        self.counts = [[0] * len(self.keys) for _ in compact.groups]
        self.groups_of = [frozenset((0, *pool.groups)) for pool in compact.pools]
        self.chains = nest.chains
        self.homes: dict[int, list[int]] = {}
        self.members: dict[int, list[int]] = {group: [] for group in nest.crossing}
        for number, kind in enumerate(compact.kinds):
            for member in kind.members:
                self._enter(member, number, kind.pool)

    def _enter(self, member: int, kind: int, pool: int) -> None:
        self.kind_of[member] = kind
        for group in self.groups_of[pool]:
            self.counts[group][self.term_of[member]] += 1
            if group in self.crossing:
                self.members[group].append(member)
        for group in self.chains[pool]:
            self.homes.setdefault(group, []).append(member)

    def run(self) -> dict[str, str | None]:
        """Free exchanges first, over and over; then the cheapest that mend; ends when none mends anything."""
        for paying in (False, True):
            mended = [True]
            while any(mended):
                mended = [self._mend(group, paying) for group in sorted(self.crossing)]
        return {person.key: self.keys[self.term_of[place]] for place, person in enumerate(self.compact.people)}

    def _mend(self, group: int, paying: bool) -> bool:
        mended = False
        rule, counts = self.compact.groups[group], self.counts[group]
        for term, (low, high) in enumerate(zip(rule.low, rule.high, strict=True)):
            for member in self.members[group]:
                if low <= counts[term] <= high or self.left <= 0:
                    break
                if (self.term_of[member] == term) == (counts[term] > high):
                    mended |= self._move(member, term if counts[term] < low else None, paying)
        return mended

    def _move(self, member: int, target: int | None, paying: bool) -> bool:
        """Move a person (to the target, or anywhere) if that mends more than it breaks; whether it did."""
        best: _Swap | None = None
        for second, to in self._partners(member, target):
            swap = self._weigh(member, second, to)
            if swap is not None and (paying or swap.price <= 0) and (best is None or swap < best):
                best = swap
                if swap.price <= 0:
                    break
        if best is not None:
            self._apply(best)
        return best is not None

    def _partners(self, member: int, target: int | None) -> Iterator[tuple[int, int]]:
        """The people nearest in the tree who are on another term, then nobody: (partner or OUT, term)."""
        here, left = self.term_of[member], PARTNERS
        for home in self.chains[self._pool(member)]:
            for second in self.homes[home][:left]:
                to = self.term_of[second]
                if to != here and (target is None or to == target):
                    yield second, to
            left -= len(self.homes[home])
            if left <= 0:
                break
        alone = range(OUT, len(self.keys) - 1) if target is None else (target,)
        yield from ((OUT, to) for to in alone if to != here)

    def _weigh(self, first: int, second: int, to: int) -> _Swap | None:
        """None where the exchange is not allowed or mends nothing."""
        here, self.left = self.term_of[first], self.left - 1
        if not self._may(first, to) or (second != OUT and not self._may(second, here)):
            return None
        price = self._price(first, to) - self._price(first, here)
        if second != OUT:
            price += self._price(second, here) - self._price(second, to)
        broken = 0
        for group, minus, plus in self._shifts(first, second, to):
            more, extra = self._shift(group, minus, plus)
            if more > 0 and group not in self.crossing:
                return None
            broken, price = broken + more, price + extra
        return _Swap(price, first, second, to) if broken < 0 else None

    def _shifts(self, first: int, second: int, to: int) -> Iterator[tuple[int, int, int]]:
        """(group, term that loses one, term that wins one)."""
        here = self.term_of[first]
        of_first = self.groups_of[self._pool(first)]
        of_second = self.groups_of[self._pool(second)] if second != OUT else frozenset[int]()
        yield from ((group, here, to) for group in of_first - of_second)
        yield from ((group, to, here) for group in of_second - of_first)

    def _shift(self, group: int, minus: int, plus: int) -> tuple[int, int]:
        """By how many more the limits would be broken, and what more the shares would cost."""
        rule, counts = self.compact.groups[group], self.counts[group]
        more = price = 0
        for term, step in ((minus, -1), (plus, 1)):
            if term == OUT:
                continue
            low, high, number = rule.low[term], rule.high[term], counts[term]
            more += max(0, low - number - step, number + step - high) - max(0, low - number, number - high)
            price += rule.price(number + step) - rule.price(number)
        return more, price

    def _apply(self, swap: _Swap) -> None:
        here = self.term_of[swap.first]
        for group, minus, plus in list(self._shifts(swap.first, swap.second, swap.to)):
            self.counts[group][minus] -= 1
            self.counts[group][plus] += 1
        self.term_of[swap.first] = swap.to
        if swap.second != OUT:
            self.term_of[swap.second] = here

    def _pool(self, member: int) -> int:
        return self.compact.kinds[self.kind_of[member]].pool

    def _may(self, member: int, term: int) -> bool:
        pool = self.compact.pools[self._pool(member)]
        return pool.may_stay_out if term == OUT else term in pool.terms

    def _price(self, member: int, term: int) -> int:
        kind = self.compact.kinds[self.kind_of[member]]
        price = kind.out if term == OUT else kind.direct.get(term, kind.base)
        return price.cost + self.weight * price.changes
