"""Everybody at a table, as evenly as can be: what a seating becomes when somebody stays away or comes too."""

from collections.abc import Sequence

from ortoo_solvers.roundtables.problem import Evening, Problem


def spread(problem: Problem, start: Sequence[Evening] = (), orders: Sequence[Sequence[int]] = ()) -> tuple[Evening, ...]:
    """Tables of ``start`` as far as they go; the others as they come, or by ``orders``: for each evening the people's numbers.

    Keeps who sits together in ``start`` except where a table has more people than an even spread allows.
    """
    if not problem.table_count:
        return tuple(() for _ in range(problem.evenings))
    listed = range(len(problem.people))
    return tuple(
        _evening(problem, evening, orders[evening] if orders else listed, start[evening] if evening < len(start) else ())
        for evening in range(problem.evenings)
    )


def _evening(problem: Problem, evening: int, order: Sequence[int], start: Evening) -> Evening:
    tables = problem.table_count
    there = [person.key for person in map(problem.people.__getitem__, order) if evening not in person.away]
    present, least = set(there), len(there) // tables
    wanted = [[key for key in table if key in present] for table in start][:tables]
    wanted += [[] for _ in range(tables - len(wanted))]
    sizes = [least] * tables
    for number in sorted(range(tables), key=lambda number: -len(wanted[number]))[: len(there) % tables]:
        sizes[number] += 1
    seated = [table[:size] for table, size in zip(wanted, sizes, strict=True)]
    taken = {key for table in seated for key in table}
    rest = iter([key for key in there if key not in taken])
    return tuple((*table, *(next(rest) for _ in range(size - len(table)))) for table, size in zip(seated, sizes, strict=True))
