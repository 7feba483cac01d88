"""Where a search begins: what is given, what algebra gives, and evenings by chance where neither has enough."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.roundtables.columns import at_tables, placed
from ortoo_solvers.roundtables.constructions.catalogue import bunched, longest
from ortoo_solvers.roundtables.orders import shuffled
from ortoo_solvers.roundtables.problem import Evening, Person, Problem
from ortoo_solvers.roundtables.spread import spread

Begun = tuple[tuple[Evening, ...], str]  # A seating of everybody, and the method's name.


def beginnings(problem: Problem, start: Sequence[Evening], seed: int, over: Callable[[], bool]) -> Iterator[Begun]:
    """Seatings, likely the cheapest first, built only when asked for: one may do, another cost less. ``over`` ends the exchange of places
    in a construction."""
    if start:
        yield spread(problem, start), "start"
    if not (problem.held or problem.published):
        yield from _constructed(problem, seed, over)
    if not start:
        orders = shuffled(len(problem.people), problem.evenings, seed).tolist()
        yield spread(problem, orders=orders), "spread"
        yield spread(problem), "spread"


def _constructed(problem: Problem, seed: int, over: Callable[[], bool]) -> Iterator[Begun]:
    tables = problem.table_count
    size = -(-len(problem.people) // tables) if tables else 0
    found = longest(tables, size, problem.evenings) or bunched(tables, size, problem.evenings)
    if found is None:
        return
    at = placed(problem, found, seed, over)
    evenings = at_tables(found, at)
    if len(evenings) == problem.evenings:
        yield spread(problem, evenings), found.method
        return
    fills = [_by_chance, _within_columns]
    few = (problem.evenings - len(evenings)) * (size - 1) < tables  # So few that those of a column need not meet twice.
    if few and found.columns and not any(person.group is not None for person in problem.people):
        fills.reverse()
    for fill in fills:
        yield spread(problem, evenings, fill(problem, at, seed).tolist()), found.method
    yield spread(problem, evenings), found.method


def _by_chance(problem: Problem, at: dict[int, Person], seed: int) -> NDArray[np.int32]:
    """For the evenings that a construction lacks (evenings × people): everybody anywhere."""
    return shuffled(len(problem.people), problem.evenings, seed)


def _within_columns(problem: Problem, at: dict[int, Person], seed: int) -> NDArray[np.int32]:
    """Those of one column at the same tables, since no two of them have met; who comes first in a column is by chance."""
    number = {person.key: place for place, person in enumerate(problem.people)}
    tables = problem.table_count
    column = np.empty(len(number), np.int64)
    for place, person in at.items():
        column[number[person.key]] = place // tables
    orders = shuffled(len(number), problem.evenings, seed)
    return np.take_along_axis(orders, np.argsort(column[orders], axis=1, kind="stable"), axis=1)
