"""What no seating can better: meetings, repeats, cost."""

from collections import Counter
from dataclasses import dataclass

from ortoo_solvers.roundtables.met import colleagues_at, met_by, pairs
from ortoo_solvers.roundtables.problem import Problem


@dataclass(frozen=True, slots=True)
class Bounds:
    """``meetings``: no seating has more pairs that meet at least once (evenings held included); ``repeats``, ``cost``: none has fewer."""

    meetings: int
    repeats: int
    cost: int


def bounds_of(problem: Problem) -> Bounds:
    """All three, each from the one before."""
    meetings = most_meetings(problem)
    held = sum(pairs(len(table)) for evening in problem.held for table in evening)
    repeats = held + _pairs(problem) - meetings
    return Bounds(meetings, repeats, _least_cost(problem, repeats))


def most_meetings(problem: Problem) -> int:
    """Each person has so many seats beside it, and only so many people to meet; and no more pairs meet anew than sit at all tables."""
    tables, others = problem.table_count, len(problem.people) - 1
    beside = [-(-there // tables) - 1 if tables else -1 for there in problem.attendance]
    before = {key: met.bit_count() for key, met in met_by(problem.held).items()}
    always = sum(beside)
    seats = {person.key: always - sum(beside[evening] for evening in person.away) for person in problem.people}
    new = sum(min(seats[key], others - before.get(key, 0)) for key in seats)
    return sum(before.values()) // 2 + min(new // 2, _pairs(problem))


def fewest_repeats(problem: Problem) -> int:
    """The tables make so many pairs whoever sits there; what is beyond the most meetings repeats."""
    return bounds_of(problem).repeats


def least_cost(problem: Problem) -> int:
    """Colleagues who must sit together because they are more than tables, tables for which there is no note-taker, and the repeats
    that are left when those pairs are taken off (two of one group are never priced as a repeat)."""
    return bounds_of(problem).cost


def _least_cost(problem: Problem, repeats: int) -> int:
    prices, together = problem.prices, _together(problem)
    cost = prices.together * together + prices.no_notes * _without_notes(problem)
    if prices.together < prices.repeat:
        return cost
    return cost + prices.repeat * max(0, repeats - together - colleagues_at(problem, problem.held))


def _pairs(problem: Problem) -> int:
    """Pairs at the tables of all evenings, with sizes as even as can be."""
    tables = problem.table_count
    return sum(_spread_pairs(there, tables) for there in problem.attendance)


def _spread_pairs(people: int, tables: int) -> int:
    if not tables:
        return 0
    small, larger = divmod(people, tables)
    return (tables - larger) * small * (small - 1) // 2 + larger * (small + 1) * small // 2


def _together(problem: Problem) -> int:
    """Pairs of one group at a table when each group is spread as evenly as can be."""
    tables, together = problem.table_count, 0
    everybody = Counter(person.group for person in problem.people if person.group is not None)
    away: list[Counter[str]] = [Counter() for _ in range(problem.evenings)]
    for person in problem.people:
        if person.group is not None:
            for evening in person.away:
                away[evening][person.group] += 1
    for gone in away:
        together += sum(_spread_pairs(count - gone[group], tables) for group, count in everybody.items())
    return together


def _without_notes(problem: Problem) -> int:
    """Tables with people for which no note-taker is there, over all evenings."""
    takers = [person for person in problem.people if person.note_taker]
    if not takers:
        return 0
    away, tables = Counter(evening for person in takers for evening in person.away), problem.table_count
    return sum(max(0, min(tables, there) - len(takers) + away[e]) for e, there in enumerate(problem.attendance))
