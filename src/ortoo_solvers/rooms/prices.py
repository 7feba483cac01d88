"""What two people in one room cost, as a table, and what is paid whatever is done."""

from itertools import combinations

from ortoo_solvers.rooms.problem import Person, Problem


class Prices:
    """People by number. ``pair[i][j]`` is what i and j in one room add; ``fixed`` is paid before anybody is put anywhere:
    every mutual wish as unmet, everybody who has a colleague as without; a shared room takes it back.
    """

    def __init__(self, problem: Problem) -> None:
        people, weights = problem.people, problem.weights
        self.weights, self.people = weights, people
        number = range(len(people))
        self.mates: list[set[int]] = [set() for _ in number]
        self.pair = [[0] * len(people) for _ in number]
        self.fixed = 0
        for i, j in combinations(number, 2):
            one, other = people[i], people[j]
            if one.sex != other.sex:
                continue
            self.pair[i][j] = self.pair[j][i] = _pair(problem, one, other)
            if other.key in one.wishes and one.key in other.wishes:
                self.fixed += weights.wish
            if problem.colleagues == "together" and one.unit and one.unit == other.unit:
                self.mates[i].add(j)
                self.mates[j].add(i)
        self.fixed += weights.colleagues * sum(bool(mates) for mates in self.mates)

    def of_room(self, members: list[int]) -> int:
        """What a room with these people adds to ``fixed``."""
        if not members:
            return 0
        pairs = sum(self.pair[i][j] for i, j in combinations(members, 2))
        met = sum(not self.mates[i].isdisjoint(members) for i in members) if any(self.mates) else 0
        return self.weights.room + pairs - self.weights.colleagues * met

    def of_two(self, i: int, j: int) -> int:
        """What a room with just these two adds to ``fixed``."""
        return self.weights.room + self.pair[i][j] - 2 * self.weights.colleagues * (j in self.mates[i])


def _pair(problem: Problem, one: Person, other: Person) -> int:
    weights = problem.weights
    price = weights.snoring * (one.snores != other.snores)
    price += weights.rhythm * ({one.rhythm, other.rhythm} == {"early", "late"})
    if problem.colleagues == "apart" and one.unit and one.unit == other.unit:
        price += weights.colleagues
    if one.age is not None and other.age is not None:
        price += weights.age * (abs(one.age - other.age) // 10)
    return price - weights.wish * (other.key in one.wishes and one.key in other.wishes)
