"""The fewest and cheapest steps that let somebody in: a shortest way through a network in which full limits give way at a price.

Every full limit lets one more in, every minimum lets one more go, and a term that the person is not free for is open, each for one
step; nobody who has a place loses it. A step costs more than any chain of moves, so that one step less is always better; among as
few steps the whole plan's cost decides, and the kind of rule (``collision.STEP``) only between equals.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ortoo_solvers.rotation.collision import STEP, HardRule
from ortoo_solvers.rotation.detours import FAR, Detours, Step
from ortoo_solvers.rotation.pools import change_weight, price_of
from ortoo_solvers.rotation.residual import Move, Residual, Way

FIRST, LAST = min(STEP.values()), max(STEP.values())


@dataclass(frozen=True, slots=True)
class Found:
    """``steps``, and the ``value`` of the best plan with the person placed by them, changed places weighed in, over this one's.
    ``fewest``: no loosening of fewer steps, or of as many that costs less, lets the person in."""

    steps: tuple[HardRule, ...]
    value: int
    fewest: bool


class Loosening:
    """Of one plan that is a best flow. ``dear``: what a step costs, more than any chain of moves."""

    def __init__(self, residual: Residual) -> None:
        self.residual, self.compact = residual, residual.compact
        self.plain = residual.detours(frozenset())
        self.dear = 2 * change_weight(self.compact) * (len(self.compact.people) + 1 if residual.weight else 1)
        # Costs are multiplied by it, so that the kinds of the steps can be counted behind them: a step in each of the person's own
        # groups and the freed term let everybody in, so no way takes more.
        self.fine = (LAST - FIRST + 1) * (2 + max(map(len, residual.nest.chains), default=0)) + 1

    def of(self, person: str, below: int = 0) -> Found | None:
        """The best that costs less than ``below``. None where no loosening lets the person in, or only the price keeps them out."""
        for number, (price, term) in enumerate(self._ways(person)):
            steps = tuple(self._steps(person, term))
            value = price // self.fine - self.dear * len(steps)
            if steps and value < below:
                return Found(steps, value, number == 0)
        return None

    def without(self, person: str) -> Way | None:
        """The cheapest way to a place with no step at all, nobody losing theirs; the person moves first. None where a limit binds."""
        for price, term in self._ways(person)[:1]:
            if not any(self._steps(person, term)):
                chain = self._elastic.steps(self._leaf(person), term, self.residual.outside)
                first = Move(person, None, self.residual.keys[term])
                return Way(price // self.fine, (first, *self.residual.moves(chain)))
        return None

    def _leaf(self, person: str) -> int:
        return int(self.residual.leaf[self.residual.kind_of[self.residual.places[person]]])

    def _ways(self, person: str) -> list[tuple[int, int]]:
        """Terms by what a place there takes, the best first."""
        chains = self._elastic.all.cost[self._leaf(person), :, self.residual.outside]
        return sorted((first + int(chains[term]), term) for first, term in self._entries(person) if chains[term] < FAR)

    def _steps(self, person: str, term: int) -> Iterator[HardRule]:
        residual, key = self.residual, str(self.residual.keys[term])
        if key in self.compact.people[residual.places[person]].blocked:
            yield HardRule("blocked", key, person)
        for step in self._elastic.steps(self._leaf(person), term, residual.outside):
            if rule := self._loosened(step):
                yield rule

    def _entries(self, key: str) -> Iterator[tuple[int, int]]:
        """What going on each term costs the person alone, and the term; one that is not open to them takes a step."""
        residual, problem = self.residual, self.compact.problem
        person = self.compact.people[residual.places[key]]
        now = residual.value(price_of(problem, person, None))
        for term, name in enumerate(residual.keys[:-1]):
            if name is None or name in problem.begun:
                continue
            step = self._step("blocked") if name in person.blocked else 0
            yield (residual.value(price_of(problem, person, name)) - now) * self.fine + step, term

    def _step(self, kind: str) -> int:
        return self.dear * self.fine + STEP[kind] - FIRST + 1

    def _loosened(self, step: Step) -> HardRule | None:
        """The rule that a step of the way breaks; None where it breaks none."""
        (low, term), (high, _) = step.tail, step.head
        if step.person >= 0 or term == self.residual.outside:
            return None
        if step.head == (0, self.residual.outside) or self.residual.parents[low] == high:
            return limit_of(self.residual, low, term) if self.plain.up[low, term] >= FAR else None
        return limit_of(self.residual, high, term, minimum=True) if self.plain.down[high, term] >= FAR else None

    @cached_property
    def _elastic(self) -> Detours:
        residual = self.residual
        hop = np.where(self.plain.hop < FAR, self.plain.hop // residual.scale * self.fine, FAR)
        hop[:, :-1, -1] = FAR
        up, down = (np.where(prices < FAR, prices * self.fine, FAR) for prices in (residual.up, residual.down))
        for place, group in enumerate(self.compact.groups):
            if residual.parents[place] == -2:
                continue
            for term, key in enumerate(residual.keys[:-1]):
                if key in self.compact.problem.begun:
                    continue
                count, limit = int(residual.counts[place, term]), group.high[term]
                price = group.price(count)
                if up[place, term] >= FAR and (place or limit):  # A term that is not held is not opened for one person.
                    up[place, term] = (group.price(count + 1) - price) * self.fine + self._step(group.kind)
                if place and down[place, term] >= FAR and count:
                    down[place, term] = (group.price(count - 1) - price) * self.fine + self._step("class_at_least")
        return Detours(residual.parents, hop, self.plain.who, up, down)


def limit_of(residual: Residual, place: int, term: int, *, minimum: bool = False) -> HardRule:
    """The rule that holds a group's number on a term, and what it must become for one more, or one less of a minimum."""
    group, count = residual.compact.groups[place], int(residual.counts[place, term])
    limits, key = residual.compact.problem.class_limits, str(residual.keys[term])
    family = next((rule.family for rule in limits if (rule.unit, rule.class_) == group.key and rule.family), "")
    if minimum:
        low = group.low[term]
        return HardRule("class_at_least", key, None, *group.key, family, low, count, min(low, count) - 1)
    high = group.high[term]
    return HardRule(group.kind, key, None, *group.key, family, high, count, max(high, count) + 1)
