"""A problem as a search sees it: seats, empty ones among them, and the classes of pairs with their caps and weights."""

from collections.abc import Sequence
from itertools import chain, combinations, pairwise

import numpy as np

from ortoo_solvers.roundtables.orders import shuffled
from ortoo_solvers.roundtables.problem import Evening, Problem
from ortoo_solvers.roundtables.search import Ints, Search
from ortoo_solvers.roundtables.spread import spread

EMPTY = 100_000  # Weight of two empty seats at a table: more than any exchange can win.


def search_for(problem: Problem, seed: int, start: Sequence[Evening] | None = None) -> Search:
    """From random seats, or from ``start`` where it seats the right people.

    Where fewer people are there than seats, empty seats stand in for them; two at a table cost so much that they stay spread.
    """
    number = len(problem.people)
    tables = problem.table_count
    size = -(-max(problem.attendance, default=0) // tables) if tables else 0
    empty = tables * size - min(problem.attendance, default=0)
    kinds, cap, weight = _classes(problem, number + empty)
    takes = np.zeros(number + empty, np.int32)
    takes[:number] = [person.note_taker for person in problem.people]
    return Search(
        who=_who(problem, tables, size, seed, start or ()),
        starts=np.arange(0, tables * size + 1, size or 1, dtype=np.int32)[: tables + 1],
        kinds=kinds,
        met=_met(problem, kinds, len(cap)),
        cap=cap,
        weight=weight,
        seed=seed,
        takes=takes,
        no_notes=problem.prices.no_notes if takes.any() else 0,
        home=_home(problem, number + empty) if problem.published else None,
        moved=problem.prices.moved if problem.published else 0,
    )


def unavoidable(problem: Problem) -> int:
    """What the empty seats, and tables with nobody at all, cost the search in the most even spread: no part of the price of a seating."""
    tables = problem.table_count
    if not tables:
        return 0
    size = -(-max(problem.attendance, default=0) // tables)
    pairs = bare = 0
    for there in problem.attendance:
        bare += max(0, tables - there)
        each, more = divmod(tables * size - there, tables)
        pairs += tables * each * (each - 1) // 2 + more * each
    return EMPTY * pairs + (problem.prices.no_notes * bare if any(p.note_taker for p in problem.people) else 0)


def evenings_of(problem: Problem, search: Search, who: Ints) -> tuple[Evening, ...]:
    """Back to keys; empty seats fall away."""
    keys, spans = [person.key for person in problem.people], list(pairwise(search.starts.tolist()))
    found = []
    for row in who.tolist():
        if max(row, default=0) < len(keys):
            seated = [keys[person] for person in row]
            found.append(tuple(tuple(seated[a:b]) for a, b in spans))
        else:
            found.append(tuple(tuple(keys[person] for person in row[a:b] if person < len(keys)) for a, b in spans))
    return tuple(found)


def _classes(problem: Problem, number: int) -> tuple[Ints, Ints, Ints]:
    """A class for each pair of people; class 0 for whatever an empty seat means to people, class 1 for two empty seats. Row by row, since
    all pairs at once take several times the memory."""
    people, first = len(problem.people), 2
    kinds = np.zeros((number, number), np.int32)
    kinds[people:, people:] = 1
    pairs = people * (people - 1) // 2
    cap, weight = np.ones(2 + pairs, np.int32), np.full(2 + pairs, problem.prices.repeat, np.int32)
    cap[:2], weight[:2] = 0, (0, EMPTY)
    names = {group: place for place, group in enumerate({p.group for p in problem.people} - {None})}
    group = np.array([-1 if p.group is None else names[p.group] for p in problem.people], np.int32)
    for one in range(people):
        row = np.arange(first, first + people - 1 - one, dtype=np.int32)
        kinds[one, one + 1 : people] = kinds[one + 1 : people, one] = row
        if group[one] >= 0:
            alike = row[group[one + 1 :] == group[one]]
            cap[alike], weight[alike] = 0, problem.prices.together
        first += len(row)
    return kinds, cap, weight


def _met(problem: Problem, kinds: Ints, classes: int) -> Ints:
    """Meetings of the evenings held; two of one group have had theirs, it costs nothing now."""
    met = np.zeros(classes, np.int32)
    places = {person.key: number for number, person in enumerate(problem.people)}
    alike = {(p.key, p.group) for p in problem.people if p.group is not None}
    for held in problem.held:
        for table in held:
            for one, other in combinations(table, 2):
                group = problem.people[places[one]].group
                if group is None or (other, group) not in alike:
                    met[kinds[places[one], places[other]]] += 1
    return met


def _who(problem: Problem, tables: int, size: int, seed: int, start: Sequence[Evening]) -> Ints:
    """People in their tables of ``start`` or in random ones, the seats left over filled with empty ones."""
    people = len(problem.people)
    orders = shuffled(people, problem.evenings, seed)
    if not start and people == tables * size and not any(person.away for person in problem.people):
        return orders
    places = {person.key: number for number, person in enumerate(problem.people)}
    who = np.zeros((problem.evenings, tables * size), np.int32)
    for evening, seating in enumerate(spread(problem, start, orders.tolist())):
        if sum(map(len, seating)) == tables * size:
            who[evening] = [places[key] for key in chain.from_iterable(seating)]
            continue
        empty = iter(range(people, people + tables * size))
        rows = [[*(places[key] for key in table), *(next(empty) for _ in range(size - len(table)))] for table in seating]
        who[evening] = [person for row in rows for person in row]
    return who


def _home(problem: Problem, number: int) -> Ints:
    places = {person.key: place for place, person in enumerate(problem.people)}
    home = np.full((problem.evenings, number), -1, np.int32)
    for evening, seating in enumerate(problem.published):
        for table, keys in enumerate(seating):
            for key in keys:
                home[evening, places[key]] = table
    return home
