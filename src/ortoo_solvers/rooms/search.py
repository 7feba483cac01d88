"""A good placing for rooms of any size: one after the other to the cheapest bed, then annealed moves and exchanges."""

from collections.abc import Mapping
from math import exp
from random import Random

from ortoo_solvers.core.random import stream
from ortoo_solvers.core.stop import Stop
from ortoo_solvers.rooms.prices import Prices
from ortoo_solvers.rooms.problem import Problem

MOVES_A_PERSON = 300
HOTTEST, COLDEST = 12.0, 0.4


class Search:
    """``at[i]``: the number of person i's room, -1 without; the people of each room in ``within``. ``sexes``: of the rooms that are
    filled first, where who comes first would leave others without a bed."""

    def __init__(self, problem: Problem, prices: Prices, sexes: Mapping[str, str] | None = None) -> None:
        self.problem, self.prices, self.sexes = problem, prices, sexes or {}
        rooms = {room.key: number for number, room in enumerate(problem.rooms)}
        pins = {pin.person: rooms[pin.room] for pin in problem.pins}
        self.at = [-1] * len(problem.people)
        self.within: list[list[int]] = [[] for _ in problem.rooms]
        self.before = [rooms.get(problem.before.get(person.key, "")) for person in problem.people]
        self.free = [i for i, person in enumerate(problem.people) if person.key not in pins]
        self.movable = frozenset(self.free)
        for i, person in enumerate(problem.people):
            if person.key in pins:
                self._put(i, pins[person.key])
        for i in self.free:
            before = self.before[i]
            if before is not None and self.suits([i], before):
                self._put(i, before)
        for i in self.free:
            if self.at[i] < 0:
                self._put(i, self._cheapest(i))
        self.sexes = {}

    def suits(self, come: list[int], room: int, go: int = -1) -> bool:
        """Whether ``come`` find beds among their own sex in this room after ``go`` has left."""
        stay = [i for i in self.within[room] if i != go]
        given = self.problem.rooms[room]
        sexes = {self.problem.people[i].sex for i in (*stay, *come)} | {given.sex, self.sexes.get(given.key, "")} - {""}
        return len(stay) + len(come) <= given.beds and len(sexes) <= 1

    def anneal(self, seed: int, stop: Stop) -> None:
        """Leaves the best placing seen."""
        draw, steps = stream(seed, "rooms"), MOVES_A_PERSON * len(self.free)
        best, now, kept = 0, 0, list(self.at)
        for step in range(steps):
            if step % 2000 == 0 and stop(float(best)):
                break
            heat = HOTTEST * (COLDEST / HOTTEST) ** (step / steps)
            now += self._step(draw, heat)
            if now < best:
                best, kept = now, list(self.at)
        self._restore(kept)

    def _step(self, draw: Random, heat: float) -> int:
        """Moves or exchanges if it is cheap enough for the heat; returns what the cost changes by."""
        i, room = draw.choice(self.free), draw.randrange(len(self.within)) if self.within else -1
        old = self.at[i]
        if room in (-1, old):
            return 0
        others = [j for j in self.within[room] if j in self.movable]
        j = draw.choice([*others, -1])
        if not self.suits([i], room, j) or (j >= 0 and old >= 0 and not self.suits([j], old, i)):
            return 0
        price = self._price(i, j, old, room)
        self._exchange(i, j, old, room)
        change = self._price(i, j, old, room) - price
        if change > 0 and draw.random() >= exp(-change / heat):
            self._exchange(i, j, room, old)
            return 0
        return change

    def _exchange(self, i: int, j: int, old: int, room: int) -> None:
        """i goes from ``old`` to ``room``, j (if somebody) the other way."""
        self._put(i, -1)
        if j >= 0:
            self._put(j, old)
        self._put(i, room)

    def _price(self, i: int, j: int, old: int, room: int) -> int:
        rooms = sum(self.prices.of_room(self.within[each]) for each in (old, room) if each >= 0)
        return rooms + sum(self._own(person) for person in (i, j) if person >= 0)

    def _own(self, i: int) -> int:
        weights = self.problem.weights
        moved = self.before[i] is not None and self.before[i] != self.at[i]
        return weights.unplaced * (self.at[i] < 0) + weights.moved * moved

    def _cheapest(self, i: int) -> int:
        prices = {
            room: self.prices.of_room([*members, i]) - self.prices.of_room(members)
            for room, members in enumerate(self.within)
            if self.suits([i], room)
        }
        return min(prices, key=lambda room: (prices[room], not self.problem.rooms[room].sex, room), default=-1)

    def _put(self, i: int, room: int) -> None:
        if self.at[i] >= 0:
            self.within[self.at[i]].remove(i)
        self.at[i] = room
        if room >= 0:
            self.within[room].append(i)

    def _restore(self, kept: list[int]) -> None:
        for i in range(len(kept)):
            self._put(i, -1)
        for i, room in enumerate(kept):
            self._put(i, room)
