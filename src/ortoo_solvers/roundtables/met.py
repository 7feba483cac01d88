"""Who has met whom, as bits: one step a person and evening, however large the tables."""

from collections import Counter
from collections.abc import Sequence
from functools import reduce
from itertools import chain
from operator import or_

from ortoo_solvers.roundtables.problem import Evening, Problem


def met_by(evenings: Sequence[Evening]) -> dict[str, int]:
    """By person in the order of the answer, who sat at a table with it at least once: bit n stands for the person n of the answer."""
    names = chain.from_iterable(chain.from_iterable(evenings))
    bits = {key: 1 << place for place, key in enumerate(dict.fromkeys(names))}
    met = dict.fromkeys(bits, 0)
    for table in chain.from_iterable(evenings):
        there = reduce(or_, map(bits.__getitem__, table), 0)
        for key in table:
            met[key] |= there
    return {key: beside & ~bits[key] for key, beside in met.items()}


def pairs(people: int) -> int:
    """Of so many people at a table."""
    return people * (people - 1) // 2


def groups_of(problem: Problem) -> dict[str, str]:
    """By person; who has no group is left out."""
    return {person.key: person.group for person in problem.people if person.group is not None}


def colleagues_at(problem: Problem, evenings: Sequence[Evening]) -> int:
    """Pairs of one group at a table, each time that they sit there."""
    group, found = groups_of(problem), 0
    for table in chain.from_iterable(evenings) if group else ():
        there = Counter(group[key] for key in set(table) if key in group)
        found += sum(map(pairs, there.values()))
    return found
