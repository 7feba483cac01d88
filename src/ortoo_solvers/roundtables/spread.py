"""Everybody at a table, as evenly as can be: what a seating becomes when somebody stays away or comes too."""

from collections.abc import Sequence
from itertools import accumulate, chain, pairwise

from ortoo_solvers.roundtables.problem import Evening, Problem


def spread(problem: Problem, start: Sequence[Evening] = (), orders: Sequence[Sequence[int]] = ()) -> tuple[Evening, ...]:
    """Tables of ``start`` as far as they go; the others as they come, or by ``orders``: for each evening the people's numbers.

    Keeps who sits together in ``start`` except where a table has more people than an even spread allows.
    """
    tables = problem.table_count
    if not tables:
        return tuple(() for _ in range(problem.evenings))
    keys = [person.key for person in problem.people]
    away: list[set[str]] = [set() for _ in range(problem.evenings)]
    for person in problem.people:
        for evening in person.away:
            away[evening].add(person.key)
    found = []
    for evening, gone in enumerate(away):
        listed = [keys[number] for number in orders[evening]] if orders else keys
        there = [key for key in listed if key not in gone] if gone else listed
        found.append(_evening(tables, there, start[evening] if evening < len(start) else ()))
    return tuple(found)


def _evening(tables: int, there: Sequence[str], start: Evening) -> Evening:
    least, larger = divmod(len(there), tables)
    if not start:
        ends = accumulate([least + 1] * larger + [least] * (tables - larger), initial=0)
        return tuple(tuple(there[a:b]) for a, b in pairwise(ends))
    present = set(there)
    if _settled(start, present, [least + 1] * larger + [least] * (tables - larger)):
        return start
    wanted = []
    for table in start[:tables]:
        wanted.append([key for key in dict.fromkeys(table) if key in present])
        present.difference_update(wanted[-1])
    wanted += [[] for _ in range(tables - len(wanted))]
    sizes = [least] * tables
    for number in sorted(range(tables), key=lambda number: -len(wanted[number]))[:larger]:
        sizes[number] += 1
    seated = [table[:size] for table, size in zip(wanted, sizes, strict=True)]
    taken = {key for table in seated for key in table}
    rest = iter([key for key in there if key not in taken])
    return tuple((*table, *(next(rest) for _ in range(size - len(table)))) for table, size in zip(seated, sizes, strict=True))


def _settled(start: Evening, there: set[str], sizes: Sequence[int]) -> bool:
    """Whether nothing is to be changed: those there sit once each at tables of the ``sizes``, the largest given first."""
    return sorted(map(len, start), reverse=True) == sizes and set(chain.from_iterable(start)) == there
