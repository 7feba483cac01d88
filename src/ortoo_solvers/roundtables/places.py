"""People change places in a schedule that stays as it is, until colleagues sit apart and every table has a note-taker.

Whoever has which place, no pair meets twice; so only these two rules are left to mend, and few people are in the way of them.
"""

from itertools import combinations
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
        self.tables: dict[int, list[tuple[int, int]]] = {place: [] for place in at}
        self.beside: dict[int, list[int]] = {place: [] for place in at}
        self.takers: dict[tuple[int, int], int] = {}
        for evening, tables in enumerate(schedule):
            for number, table in enumerate(tables):
                self._enter((evening, number), [place for place in table if place in at])
        self.free = [place for place in at if not at[place].away]

    def _enter(self, table: tuple[int, int], places: list[int]) -> None:
        there = [place for place in places if table[0] not in self.at[place].away]
        self.takers[table] = sum(self.at[place].note_taker for place in there)
        for place in there:
            self.tables[place].append(table)
        for one, other in combinations(there, 2):
            self.beside[one].append(other)
            self.beside[other].append(one)

    def mend(self, random: Random) -> None:
        """Ends when nothing is broken, or after ``STEPS`` exchanges looked at."""
        left = STEPS if len(self.free) > 1 else 0
        while left > 0:
            broken = [place for place in self.free if self._price(place)]
            if not broken:
                return
            for place in random.sample(broken, len(broken)):
                left -= self._relieve(place, random)
                if left <= 0:
                    return

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
            price = self.prices.together * sum(self.at[other].group == group for other in self.beside[place])
        if self.notes:
            price += self.prices.no_notes * sum(not self.takers[table] for table in self.tables[place])
        return price

    def _swap(self, one: int, other: int) -> None:
        change = int(self.at[other].note_taker) - int(self.at[one].note_taker)
        for place, more in ((one, change), (other, -change)):
            for table in self.tables[place]:
                self.takers[table] += more
        self.at[one], self.at[other] = self.at[other], self.at[one]
