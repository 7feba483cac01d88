"""The judge: counts from the seating itself, nothing of the search."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from ortoo_solvers.roundtables.met import colleagues_at, groups_of, met_by, pairs
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
    met = met_by((*problem.held, *evenings))
    meetings = sum(beside.bit_count() for beside in met.values()) // 2
    repeats = sum(pairs(len(set(table))) for evening in (*problem.held, *evenings) for table in evening) - meetings
    together = colleagues_at(problem, evenings)
    alike = colleagues_at(problem, problem.held) + together - _colleagues_met(problem, met)
    by_rule = {
        "Seated": _not_seated(problem, evenings),
        "Size": _wrong_sizes(problem, evenings),
        "Repeats": problem.prices.repeat * (repeats - alike),
        "Together": problem.prices.together * together,
        "NoNotes": problem.prices.no_notes * _no_notes(problem, evenings),
        "Moved": problem.prices.moved * _moved(problem, evenings),
    }
    hard = sum(by_rule[name] for name in HARD)
    return Score(hard, sum(by_rule.values()) - hard, meetings, repeats, by_rule)


def _colleagues_met(problem: Problem, met: Mapping[str, int]) -> int:
    """Pairs of one group that met at least once."""
    group, members = groups_of(problem), Counter[str]()
    for place, key in enumerate(met):
        if key in group:
            members[group[key]] |= 1 << place
    return sum((met[key] & members[group[key]]).bit_count() for key in met if key in group) // 2


def _not_seated(problem: Problem, evenings: Sequence[Evening]) -> int:
    wrong = abs(len(evenings) - problem.evenings)
    everybody, rare = {person.key for person in problem.people}, [person for person in problem.people if person.away]
    for number, evening in enumerate(evenings):
        seated = list(chain.from_iterable(evening))
        there = everybody - {person.key for person in rare if number in person.away}
        if len(seated) != len(there) or set(seated) != there:
            missing, beyond = Counter(there), Counter(seated)
            wrong += ((missing - beyond) + (beyond - missing)).total()
    return wrong


def _wrong_sizes(problem: Problem, evenings: Sequence[Evening]) -> int:
    """As many tables as there are, none with more or fewer than an even spread gives."""
    tables, wrong = problem.table_count, 0
    for there, evening in zip(problem.attendance, evenings, strict=False):
        least, larger = divmod(there, tables) if tables else (0, 0)
        sizes = sorted(map(len, evening))
        wrong += sum(size != wanted for size, wanted in zip_longest(sizes, [least] * (tables - larger) + [least + 1] * larger))
    return wrong


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
