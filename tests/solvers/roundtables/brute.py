"""The best of all seatings of a few people, by trying every one of them."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from random import Random

import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.roundtables import Person, Prices, Problem
from ortoo_solvers.roundtables.problem import Evening

PRICES = (Prices(), Prices(), Prices(repeat=10, moved=1), Prices(moved=50), Prices(no_notes=5_000))
Ints = NDArray[np.int64]


def cheapest(problem: Problem) -> int:
    """The lowest cost of any seating; for two evenings or fewer."""
    pairs = list(combinations(range(len(problem.people)), 2))
    group = [person.group for person in problem.people]
    apart = [not (group[a] is not None and group[a] == group[b]) for a, b in pairs]
    held = sum((_met(problem, evening, pairs) for evening in problem.held), np.zeros(len(pairs), np.int64))
    held = np.where(apart, held, 0)
    options = [[tuple(seating) for seating in _seatings(problem, evening)] for evening in range(problem.evenings)]
    own = [np.array([_own(problem, e, seating) for seating in each]) for e, each in enumerate(options)]
    met = [np.array([_met(problem, seating, pairs) * apart for seating in each]) for each in options]
    before = problem.prices.repeat * int(np.maximum(held - 1, 0).sum())
    again = [problem.prices.repeat * (each * (held > 0)).sum(axis=1) for each in met]
    if problem.evenings == 1:
        return before + int((own[0] + again[0]).min())
    both = problem.prices.repeat * (met[0] @ np.where(held > 0, 0, met[1]).T)
    return before + int(((own[0] + again[0])[:, None] + (own[1] + again[1])[None, :] + both).min())


def _seatings(problem: Problem, evening: int) -> Iterator[list[tuple[str, ...]]]:
    """Tables in order where a seating is published, since somebody at another table has moved; else the first ones are as good."""
    there = [person.key for person in problem.people if evening not in person.away]
    tables = problem.table_count
    least, larger = divmod(len(there), tables)
    for sizes in {tuple(least + (t in up) for t in range(tables)) for up in combinations(range(tables), larger)}:
        yield from _laid(there, sizes)
        if not problem.published:
            return


def _laid(there: Sequence[str], sizes: Sequence[int]) -> Iterator[list[tuple[str, ...]]]:
    if not sizes:
        yield []
        return
    for table in combinations(there, sizes[0]):
        for rest in _laid([key for key in there if key not in table], sizes[1:]):
            yield [table, *rest]


def _met(problem: Problem, evening: Evening, pairs: list[tuple[int, int]]) -> Ints:
    keys = [person.key for person in problem.people]
    table_of = {key: number for number, table in enumerate(evening) for key in table}
    at = [table_of.get(key, -1 - number) for number, key in enumerate(keys)]
    return np.array([int(at[a] == at[b]) for a, b in pairs], np.int64)


def _own(problem: Problem, evening: int, seating: Evening) -> int:
    """What the evening costs by itself."""
    person, prices = {each.key: each for each in problem.people}, problem.prices
    alike = sum(
        person[a].group is not None and person[a].group == person[b].group for table in seating for a, b in combinations(table, 2)
    )
    bare = sum(not any(person[key].note_taker for key in table) for table in seating if table)
    cost = prices.together * alike + (prices.no_notes * bare if any(each.note_taker for each in problem.people) else 0)
    if problem.published:
        home = {key: number for number, table in enumerate(problem.published[evening]) for key in table}
        cost += prices.moved * sum(home.get(key, t) != t for t, table in enumerate(seating) for key in table)
    return cost


def small(seed: int) -> Problem:
    """Four to eight people with groups, note-takers, people away, evenings held and published, as chance has it."""
    random = Random(seed)
    people, evenings, tables = random.randint(4, 8), random.randint(1, 2), random.randint(2, 3)
    some, takers, gone = random.choice([0, 0.5, 0.8]), random.choice([0, 0.3, 0.6]), random.choice([0, 0.2])
    cast = tuple(
        Person(
            f"p{n}",
            random.choice("AB") if random.random() < some else None,
            random.random() < takers,
            frozenset({random.randrange(evenings)}) if random.random() < gone else frozenset(),
        )
        for n in range(people)
    )
    size = -(-people // tables)

    def evening() -> Evening:
        keys = random.sample([person.key for person in cast], people)
        return tuple(tuple(keys[t::tables]) for t in range(tables))

    held = tuple(evening() for _ in product(range(random.choice([0, 0, 1, 2]))))
    published = tuple(evening() for _ in range(evenings)) if random.random() < 0.5 else ()
    return Problem(cast, size, evenings, tables, held, published, random.choice(PRICES))
