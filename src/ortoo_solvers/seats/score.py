"""The judge: seats given and seats taken, counted straight from the problem, knowing nothing of how they were found."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ortoo_solvers.seats.plan import Place, Plan, neighbours
from ortoo_solvers.seats.problem import Delegation, Problem, Solution


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is not as it must be.

    ``kind``: "missing" (a delegation without a share), "floor", "ceiling", "capacity" (more given than there is, or seats left
    while somebody wants one), "class" (a later class has more than its floor while an earlier one wants), "quotient" (a seat
    is owed by Sainte-Laguë to ``delegation`` from ``other``), "place" (unknown or wrong kind), "taken" (twice), "count".
    """

    kind: str
    delegation: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """``hard``: rules broken; ``pieces``: connected blocks together; ``split``: delegations in more than one."""

    hard: int
    given: int
    pieces: int
    split: tuple[str, ...]
    reasons: tuple[Reason, ...]


def score(problem: Problem, solution: Solution) -> Score:
    """Judge a solution."""
    given = {share.delegation: share.seats for share in solution.shares}
    reasons = [*_of_numbers(problem, given), *_of_pairs(problem, given)]
    pieces: dict[str, int] = {}
    if solution.blocks is not None:
        reasons += _of_places(problem, given, solution.blocks.places, solution.blocks.wheelchairs)
        spots = {name: spot for spot, name in Plan(problem.hall).names.items()}
        pieces = {key: _count_pieces({spots[n] for n in names if n in spots}) for key, names in solution.blocks.places.items()}
    split = tuple(key for key, number in pieces.items() if number > 1)
    return Score(len(reasons), sum(given.values()), sum(pieces.values()), split, tuple(reasons))


def _of_numbers(problem: Problem, given: Mapping[str, int]) -> Iterator[Reason]:
    for each in problem.delegations:
        if each.key not in given:
            yield Reason("missing", each.key)
        elif given[each.key] < max(each.floor, each.wheelchairs):
            yield Reason("floor", each.key)
        elif given[each.key] > _most(each):
            yield Reason("ceiling", each.key)
    total, wanted = sum(given.values()), sum(_most(each) for each in problem.delegations)
    if total != min(problem.seats, wanted):
        yield Reason("capacity")


def _of_pairs(problem: Problem, given: Mapping[str, int]) -> Iterator[Reason]:
    """Directly from the definitions, every pair against every other."""
    known = [each for each in problem.delegations if each.key in given]
    for taker in known:
        if given[taker.key] >= _most(taker):
            continue
        for giver in known:
            mine, theirs = given[taker.key], given[giver.key]
            if theirs <= max(giver.floor, giver.wheelchairs):
                continue
            if giver.priority > taker.priority:
                yield Reason("class", taker.key, giver.key)
            elif giver.priority == taker.priority and taker.asked * (2 * theirs - 1) > giver.asked * (2 * mine + 1):
                yield Reason("quotient", taker.key, giver.key)


def _of_places(
    problem: Problem, given: Mapping[str, int], places: Mapping[str, tuple[str, ...]], wheelchairs: Mapping[str, tuple[str, ...]]
) -> Iterator[Reason]:
    plan = Plan(problem.hall)
    signs = {name: problem.hall[line][column] for (line, column), name in plan.names.items()}
    taken = Counter(name for names in (*places.values(), *wheelchairs.values()) for name in names)
    for kind, of in (("o", places), ("w", wheelchairs)):
        for key, names in of.items():
            yield from (Reason("place", key) for name in names if signs.get(name) != kind)
            yield from (Reason("taken", key) for name in names if taken[name] > 1)
    for each in problem.delegations:
        chairs, seats = len(wheelchairs.get(each.key, ())), len(places.get(each.key, ()))
        if chairs != each.wheelchairs or seats != given.get(each.key, 0) - each.wheelchairs:
            yield Reason("count", each.key)


def _count_pieces(places: set[Place]) -> int:
    number, left = 0, set(places)
    while left:
        number += 1
        edge = {left.pop()}
        while edge:
            edge = {other for spot in edge for other in neighbours(spot)} & left
            left -= edge
    return number


def _most(each: Delegation) -> int:
    return each.asked if each.ceiling is None else min(each.asked, each.ceiling)
