"""What no seating can better: meetings, repeats, cost."""

from collections import Counter
from itertools import combinations

from ortoo_solvers.roundtables.problem import Problem


def most_meetings(problem: Problem) -> int:
    """Pairs that can meet at least once, evenings held included: each person has so many seats beside it, and only so many to meet."""
    places = {person.key: number for number, person in enumerate(problem.people)}
    seats = [0] * len(places)
    for evening in range(problem.evenings):
        tables = problem.table_count
        largest = -(-problem.there(evening) // tables) if tables else 0
        for number, person in enumerate(problem.people):
            if evening not in person.away:
                seats[number] += largest - 1
    before: list[set[str]] = [set() for _ in places]
    for held in problem.held:
        for table in held:
            for one in table:
                before[places[one]] |= set(table) - {one}
    new = sum(min(seats[n], len(places) - 1 - len(before[n])) for n in range(len(places)))
    pairs = sum(_pairs(problem, evening) for evening in range(problem.evenings))
    return sum(map(len, before)) // 2 + min(new // 2, pairs)


def fewest_repeats(problem: Problem) -> int:
    """The tables make so many pairs whoever sits there; what is beyond the most meetings repeats."""
    held = sum(len(table) * (len(table) - 1) // 2 for evening in problem.held for table in evening)
    return held + sum(_pairs(problem, evening) for evening in range(problem.evenings)) - most_meetings(problem)


def least_cost(problem: Problem) -> int:
    """Colleagues who must sit together because they are more than tables, tables for which there is no note-taker, and the repeats
    that are left when those pairs are taken off (two of one group are never priced as a repeat)."""
    prices = problem.prices
    together = sum(_together(problem, evening) for evening in range(problem.evenings))
    cost = prices.together * together + prices.no_notes * sum(_without_notes(problem, e) for e in range(problem.evenings))
    if prices.together < prices.repeat:
        return cost
    return cost + prices.repeat * max(0, fewest_repeats(problem) - together - _alike_before(problem))


def _pairs(problem: Problem, evening: int) -> int:
    """Pairs at the tables of an evening, with sizes as even as can be."""
    return _spread_pairs(problem.there(evening), problem.table_count)


def _spread_pairs(people: int, tables: int) -> int:
    if not tables:
        return 0
    small, larger = divmod(people, tables)
    return (tables - larger) * small * (small - 1) // 2 + larger * (small + 1) * small // 2


def _together(problem: Problem, evening: int) -> int:
    """Pairs of one group at a table when each group is spread as evenly as can be."""
    groups = Counter(person.group for person in problem.people if person.group is not None and evening not in person.away)
    return sum(_spread_pairs(count, problem.table_count) for count in groups.values())


def _without_notes(problem: Problem, evening: int) -> int:
    if not any(person.note_taker for person in problem.people):
        return 0
    takers = sum(person.note_taker and evening not in person.away for person in problem.people)
    return max(0, min(problem.table_count, problem.there(evening)) - takers)


def _alike_before(problem: Problem) -> int:
    """Pairs of one group at tables of evenings held."""
    group = {person.key: person.group for person in problem.people}
    tables = (table for evening in problem.held for table in evening)
    return sum(group[one] is not None and group[one] == group[other] for table in tables for one, other in combinations(table, 2))
