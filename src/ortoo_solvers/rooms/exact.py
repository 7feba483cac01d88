"""Rooms of one and two beds exactly: who shares with whom as a matching in CP-SAT, kinds of rooms counted, kept rooms by name.

Rooms of one kind (beds, sex) are the same to everybody but for those whom a pin or the last time ties to one, so a room gets a
name in the model only where somebody is tied to it. Inequalities for odd sets (of n people n // 2 pairs at most) are given for
the sets where halves would pay: snorers, early and late ones.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

from ortools.sat.python import cp_model

from ortoo_solvers.rooms.prices import Prices
from ortoo_solvers.rooms.problem import Person, Problem, Room

Kind = tuple[str, int]
BUDGET = 20.0
TRAITS: tuple[Callable[[Person], bool], ...] = (
    lambda person: person.snores,
    lambda person: person.rhythm == "early",
    lambda person: person.rhythm == "late",
)


@dataclass(frozen=True, slots=True)
class Exact:
    """``places``: person → room; none costs less than ``bound``."""

    places: dict[str, str]
    bound: int
    optimal: bool


def exact(problem: Problem, prices: Prices, hint: Mapping[str, str], seed: int) -> Exact | None:
    """None if nothing was found within the budget. Raises ValueError for rooms of more than two beds."""
    if any(room.beds > 2 for room in problem.rooms):
        raise ValueError("rooms of more than two beds")
    model = _Model(problem, prices)
    model.hint(hint)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False  # It would leave Ctrl-C ending the program for good.
    solver.parameters.random_seed = seed
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = BUDGET
    status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return Exact(model.places(solver), round(solver.best_objective_bound), status == cp_model.OPTIMAL)


class _Model:
    """``two[i, j]`` share, ``one[i]`` has a room alone, ``out[i]`` has none, ``keep[i]`` stays in the room they are tied to."""

    def __init__(self, problem: Problem, prices: Prices) -> None:
        self.problem, self.prices, self.model = problem, prices, cp_model.CpModel()
        people, new = problem.people, self.model.new_bool_var
        self.rooms = {room.key: room for room in problem.rooms}
        self.tied = _tied(problem)
        number = range(len(people))
        self.two = {(i, j): new("") for i, j in combinations(number, 2) if people[i].sex == people[j].sex}
        self.one, self.out = [new("") for _ in number], [new("") for _ in number]
        self.keep = {i: new("") for i in self.tied}
        self.keepers = sorted({(room, people[i].sex) for i, room in self.tied.items()})
        self.held = {(*keeper, beds): new("") for keeper in self.keepers for beds in (1, 2)}
        self.kinds = Counter((room.sex, room.beds) for room in problem.rooms)
        self.groups = {
            (sex, beds, kind): self.model.new_int_var(0, most, "")
            for sex in ("f", "m")
            for beds in (1, 2)
            for kind, most in sorted(self.kinds.items())
            if kind[0] in ("", sex) and kind[1] >= beds
        }
        self._share_out()
        self._count_rooms()
        self._hold_rooms()
        self._price()

    def _share_out(self) -> None:
        beside: list[list[cp_model.IntVar]] = [[] for _ in self.one]
        for (i, j), shared in self.two.items():
            beside[i].append(shared)
            beside[j].append(shared)
        for i, mine in enumerate(beside):
            self.model.add_exactly_one(*mine, self.one[i], self.out[i])
        for sex in ("f", "m"):
            members = [i for i, person in enumerate(self.problem.people) if person.sex == sex]
            for trait in TRAITS:
                for wanted in (True, False):
                    self._odd([i for i in members if trait(self.problem.people[i]) == wanted])

    def _odd(self, group: list[int]) -> None:
        if len(group) % 2:
            self.model.add(sum(self.two[pair] for pair in combinations(group, 2)) <= len(group) // 2)

    def _count_rooms(self) -> None:
        people = self.problem.people
        for sex in ("f", "m"):
            singles = [self.one[i] for i, person in enumerate(people) if person.sex == sex]
            pairs = [shared for (i, _), shared in self.two.items() if people[i].sex == sex]
            for beds, formed in ((1, singles), (2, pairs)):
                given = [number for (s, b, _), number in self.groups.items() if (s, b) == (sex, beds)]
                self.model.add(sum(given) == sum(formed))
        for kind, most in self.kinds.items():
            self.model.add(sum(number for (_, _, k), number in self.groups.items() if k == kind) <= most)

    def _hold_rooms(self) -> None:
        """A room is kept by one group, alone or in twos, and then belongs to what that group's sex has of its kind."""
        pins, people = {pin.person for pin in self.problem.pins}, self.problem.people
        for i, keep in self.keep.items():
            alone, shared = (self.held[self.tied[i], people[i].sex, beds] for beds in (1, 2))
            self.model.add_bool_or(alone, shared).only_enforce_if(keep)
            self.model.add_implication(keep, self.out[i].negated())
            self.model.add_bool_or(keep.negated(), alone.negated(), self.one[i])
            self.model.add_bool_or(keep.negated(), shared.negated(), self.one[i].negated())
            if people[i].key in pins:
                self.model.add(keep == 1)
        for room in sorted({room for room, _ in self.keepers}):
            self.model.add_at_most_one(held for (kept, _, _), held in self.held.items() if kept == room)
        for room, sex in self.keepers:
            keepers = [self.keep[i] for i, tied in self.tied.items() if (tied, people[i].sex) == (room, sex)]
            self.model.add(self.held[room, sex, 1] + self.held[room, sex, 2] <= sum(keepers))
            if self.rooms[room].beds < 2:
                self.model.add(self.held[room, sex, 2] == 0)
        for (sex, beds, kind), number in self.groups.items():
            held = [self.held[r, s, beds] for r, s in self.keepers if s == sex and _kind(self.rooms[r]) == kind]
            self.model.add(number >= sum(held))
        for (i, j), shared in self.two.items():
            if i in self.tied and j in self.tied:
                together = shared if self.tied[i] == self.tied[j] else shared.negated()
                self.model.add_bool_or(self.keep[i].negated(), self.keep[j].negated(), together)

    def _price(self) -> None:
        weights, problem = self.problem.weights, self.problem
        cost = [self.prices.of_two(i, j) * shared for (i, j), shared in self.two.items()]
        cost += [weights.room * one for one in self.one] + [weights.unplaced * out for out in self.out]
        fixed = self.prices.fixed
        for i, person in enumerate(problem.people):
            if person.key in problem.before:
                fixed += weights.moved
                if self.tied.get(i) == problem.before[person.key]:
                    cost.append(-weights.moved * self.keep[i])
        self.model.minimize(sum(cost) + fixed)

    def hint(self, places: Mapping[str, str]) -> None:
        """A placing to begin with, from the search."""
        people = self.problem.people
        within = Counter(places.values())
        for (i, j), shared in self.two.items():
            self.model.add_hint(shared, places.get(people[i].key, i) == places.get(people[j].key, j))
        for i, person in enumerate(people):
            room = places.get(person.key)
            self.model.add_hint(self.one[i], room is not None and within[room] == 1)
            self.model.add_hint(self.out[i], room is None)
            if i in self.keep:
                self.model.add_hint(self.keep[i], self.tied[i] == room)

    def places(self, solver: cp_model.CpSolver) -> dict[str, str]:
        """Kept rooms first; the others in the order of the list."""
        people = self.problem.people
        groups: list[tuple[int, ...]] = [pair for pair, shared in self.two.items() if solver.value(shared)]
        groups += [(i,) for i, one in enumerate(self.one) if solver.value(one)]
        named = {i: self.tied[i] for i, keep in self.keep.items() if solver.value(keep)}
        left = [room for room in self.problem.rooms if room.key not in set(named.values())]
        quota = {key: solver.value(number) for key, number in self.groups.items()}
        places: dict[str, str] = {}
        for group in sorted(groups, key=lambda group: (not any(i in named for i in group), group)):
            sex = people[group[0]].sex
            kept = next((named[i] for i in group if i in named), None)
            if kept is None:
                kept = next(room.key for room in left if quota.get((sex, len(group), _kind(room)), 0) > 0)
                left = [room for room in left if room.key != kept]
            quota[sex, len(group), _kind(self.rooms[kept])] -= 1
            places.update({people[i].key: kept for i in group})
        return places


def _kind(room: Room) -> Kind:
    return room.sex, room.beds


def _tied(problem: Problem) -> dict[int, str]:
    """Person's number → the room that a pin or the last time ties them to, where their sex can be there."""
    sexes = {person.key: person.sex for person in problem.people}
    pins = {pin.person: pin.room for pin in problem.pins}
    given = {room.key: room.sex for room in problem.rooms} | {pin.room: sexes[pin.person] for pin in problem.pins}
    tied = {i: pins.get(person.key, problem.before.get(person.key, "")) for i, person in enumerate(problem.people)}
    return {i: room for i, room in tied.items() if room in given and given[room] in ("", problem.people[i].sex)}
