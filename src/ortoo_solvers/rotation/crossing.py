"""What the flow does not see of a plan: rules that cross the tree, and the price of travelling together."""

from collections import Counter
from collections.abc import Iterable

from ortoo_solvers.rotation.groups import Group
from ortoo_solvers.rotation.residual import Move, Residual


class Crossing:
    """Of one plan. ``price``: what its crossing shares and its travelling together cost."""

    def __init__(self, residual: Residual) -> None:
        self.residual = residual
        self.groups = {
            place: group
            for place, group in enumerate(residual.compact.groups)
            if residual.parents[place] == -2 or (group.gather and group.size > 1)
        }
        self.price = sum(self._price(place, group, Counter()) for place, group in self.groups.items())

    def dearer(self, moves: Iterable[Move]) -> int | None:
        """What the plan costs more after the moves, as far as the flow does not see it; None where a rule is broken."""
        shifts = self._shifts(moves)
        extra = 0
        for place, shift in shifts.items():
            group, counts = self.groups[place], self.residual.counts[place]
            crosses = self.residual.parents[place] == -2
            for term, step in shift.items():
                if crosses and not group.low[term] <= int(counts[term]) + step <= group.high[term]:
                    return None
            extra += self._price(place, group, shift) - self._price(place, group, Counter())
        return extra

    def _shifts(self, moves: Iterable[Move]) -> dict[int, Counter[int]]:
        """By how many people a group's number on a term changes."""
        residual = self.residual
        shifts: dict[int, Counter[int]] = {}
        for move in moves:
            kind = residual.kind_of[residual.places[move.person]]
            for group in {0, *residual.compact.pools[int(residual.pool_of[kind])].groups} & self.groups.keys():
                for key, step in ((move.from_, -1), (move.to, 1)):
                    if key is not None:
                        shifts.setdefault(group, Counter())[residual.columns[key]] += step
        return shifts

    def _price(self, place: int, group: Group, shift: Counter[int]) -> int:
        numbers = [int(count) + shift[term] for term, count in enumerate(self.residual.counts[place][:-1])]
        gathered = group.gathered(sum(number > 0 for number in numbers)) if group.size > 1 else 0
        bends = sum(map(group.price, numbers)) if self.residual.parents[place] == -2 else 0
        return gathered + bends
