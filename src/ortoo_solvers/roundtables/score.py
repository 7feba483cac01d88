"""The judge: counts from the seating itself, nothing of the search."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, zip_longest

from ortoo_solvers.roundtables.problem import Evening, Problem

HARD = ("Seated", "Size")


@dataclass(frozen=True, slots=True)
class Score:
    """``hard``: people not seated once each, and table sizes that are not allowed; ``soft``: the cost."""

    hard: int
    soft: int
    meetings: int
    repeats: int
    by_rule: Mapping[str, int]


def score(problem: Problem, evenings: Sequence[Evening]) -> Score:
    """Counts from the seating's own words, nothing of the search. ``repeats`` are all meetings beyond a pair's first; two of one
    group are priced as Together each time, not as Repeats."""
    met = Counter(pair for evening in (*problem.held, *evenings) for table in evening for pair in combinations(sorted(table), 2))
    repeats = sum(met.values()) - len(met)
    group = {person.key: person.group for person in problem.people}
    alike = sum(count - 1 for (one, other), count in met.items() if group[one] is not None and group[one] == group[other])
    by_rule = {
        "Seated": _not_seated(problem, evenings),
        "Size": sum(_wrong_sizes(problem, number, evening) for number, evening in enumerate(evenings)),
        "Repeats": problem.prices.repeat * (repeats - alike),
        "Together": problem.prices.together * _together(problem, evenings),
        "NoNotes": problem.prices.no_notes * _no_notes(problem, evenings),
        "Moved": problem.prices.moved * _moved(problem, evenings),
    }
    hard = sum(by_rule[name] for name in HARD)
    return Score(hard, sum(by_rule.values()) - hard, len(met), repeats, by_rule)


def _not_seated(problem: Problem, evenings: Sequence[Evening]) -> int:
    wrong = abs(len(evenings) - problem.evenings)
    for number, evening in enumerate(evenings):
        seated = Counter(key for table in evening for key in table)
        there = Counter(person.key for person in problem.people if number not in person.away)
        wrong += ((seated - there) + (there - seated)).total()
    return wrong


def _wrong_sizes(problem: Problem, number: int, evening: Evening) -> int:
    """As many tables as there are, none with more or fewer than an even spread gives."""
    tables = problem.table_count
    least, larger = divmod(problem.there(number), tables) if tables else (0, 0)
    sizes = sorted(map(len, evening))
    return sum(size != wanted for size, wanted in zip_longest(sizes, [least] * (tables - larger) + [least + 1] * larger))


def _together(problem: Problem, evenings: Sequence[Evening]) -> int:
    group = {person.key: person.group for person in problem.people}
    return sum(
        group[one] is not None and group[one] == group[other]
        for evening in evenings
        for table in evening
        for one, other in combinations(table, 2)
    )


def _no_notes(problem: Problem, evenings: Sequence[Evening]) -> int:
    takers = {person.key for person in problem.people if person.note_taker}
    return sum(takers.isdisjoint(table) for evening in evenings for table in evening if table) if takers else 0


def _moved(problem: Problem, evenings: Sequence[Evening]) -> int:
    """People at another table than published; somebody whom the published seating does not know is not moved."""
    if not problem.published:
        return 0
    moved = 0
    for old, new in zip(problem.published, evenings, strict=False):
        table_of = {key: number for number, table in enumerate(old) for key in table}
        moved += sum(table_of.get(key, number) != number for number, table in enumerate(new) for key in table)
    return moved
