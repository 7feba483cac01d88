"""People change places in a schedule that stays as it is, until colleagues sit apart and every table has a note-taker.

Whoever has which place, no pair meets twice; so only these two rules are left to mend, and few people are in the way of them.
"""

from collections import Counter
from collections.abc import Callable
from random import Random

from ortoo_solvers.roundtables.constructions.circle import Schedule
from ortoo_solvers.roundtables.problem import Person, Problem

STEPS = 40_000  # Exchanges looked at; about a second.
PATIENCE = 60  # Partners tried for one place before another is taken.


class Places:
    """``at``: who is at which place; changed by ``mend``. Only people who are there every evening move."""

    def __init__(self, problem: Problem, schedule: Schedule, at: dict[int, Person]) -> None:
        self.at, self.prices = at, problem.prices
        self.notes = any(person.note_taker for person in problem.people)
        self.groups = any(person.group is not None for person in problem.people)
        self.tables: dict[int, list[int]] = {place: [] for place in at}
        self.seated: list[list[int]] = []
        self.takers: list[int] = []
        self.named: list[Counter[str | None]] = []
        if self.notes or self.groups:
            for evening, tables in enumerate(schedule):
                self._enter(evening, tables)
        self.free = [place for place in at if not at[place].away]

    def _enter(self, evening: int, tables: list[list[int]]) -> None:
        """Tables of an evening, numbered on from the last evening's; who is away sits at none."""
        for table in tables:
            there = [place for place in table if place in self.at and evening not in self.at[place].away]
            self.takers.append(sum(self.at[place].note_taker for place in there))
            self.named.append(Counter(self.at[place].group for place in there))
            for place in there:
                self.tables[place].append(len(self.seated))
            self.seated.append(there)

    def mend(self, random: Random, over: Callable[[], bool] = lambda: False) -> None:
        """Ends when nothing is broken, when ``over`` says so, or after ``STEPS`` exchanges looked at."""
        left = STEPS if len(self.free) > 1 else 0
        while left > 0 and not over():
            broken = self._broken()
            if not broken:
                return
            for place in random.sample(broken, len(broken)):
                left -= self._relieve(place, random)
                if left <= 0 or over():
                    return

    def _broken(self) -> list[int]:
        """Places of which the price is not nought, for who may move."""
        broken = set[int]()
        for there, takers, named in zip(self.seated, self.takers, self.named, strict=True):
            if self.notes and self.prices.no_notes and not takers:
                broken.update(there)
            elif self.groups and self.prices.together:
                crowded = {group for group, count in named.items() if count > 1 and group is not None}
                broken.update(place for place in there if crowded and self.at[place].group in crowded)
        return [place for place in self.free if place in broken]

    def _relieve(self, place: int, random: Random) -> int:
        """Give somebody in the way another place where that costs no more; returns the exchanges looked at."""
        for tried in range(1, PATIENCE + 1):
            if not self._price(place):
                return tried
            other = random.choice(self.free)
            if other != place and not self._alike(place, other):
                before = self._both(place, other)
                self._swap(place, other)
                if self._both(place, other) > before:
                    self._swap(place, other)
        return PATIENCE

    def _alike(self, one: int, other: int) -> bool:
        return (self.at[one].group, self.at[one].note_taker) == (self.at[other].group, self.at[other].note_taker)

    def _both(self, one: int, other: int) -> int:
        return self._price(one) + self._price(other)

    def _price(self, place: int) -> int:
        """What is broken at the place: colleagues beside it, and tables without a note-taker."""
        group, price = self.at[place].group, 0
        if group is not None:
            price = self.prices.together * sum(self.named[table][group] - 1 for table in self.tables[place])
        if self.notes:
            price += self.prices.no_notes * sum(not self.takers[table] for table in self.tables[place])
        return price

    def _swap(self, one: int, other: int) -> None:
        first, second = self.at[one], self.at[other]
        for place, gone, comes in ((one, first, second), (other, second, first)):
            for table in self.tables[place]:
                self.takers[table] += comes.note_taker - gone.note_taker
                self.named[table][gone.group] -= 1
                self.named[table][comes.group] += 1
            self.at[place] = comes
