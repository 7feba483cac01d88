"""The judge: seats given and seats taken, counted straight from the problem, knowing nothing of how they were found."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ortools.graph.python import max_flow

from ortoo_solvers.seats.plan import Place, Plan, neighbours
from ortoo_solvers.seats.problem import Blocks, Delegation, Problem, Solution


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is not as it must be.

    ``kind``: "missing" (a delegation without a share), "floor", "ceiling", "capacity" (more given than there is, or seats left
    while somebody wants one), "class" (a later class has more than its floor while an earlier one wants), "quotient" (a seat
    is owed by Sainte-Laguë to ``delegation`` from ``other``), "place" (unknown or wrong kind), "taken" (twice), "count",
    "companion" (beside none of the own wheelchairs, or one of these has two), "alone" (companions sit with the others
    though there are seats beside wheelchair places for more of them).
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
        reasons += [*_of_places(problem, given, solution.blocks), *_of_companions(problem, solution.blocks)]
        spots = {name: spot for spot, name in Plan(problem.hall).names.items()}
        pieces = {key: _count_pieces({spots[n] for n in names if n in spots}) for key, names in solution.blocks.places.items()}
    split = tuple(key for key, number in pieces.items() if number > 1)
    return Score(len(reasons), sum(given.values()), sum(pieces.values()), split, tuple(reasons))


def _of_numbers(problem: Problem, given: Mapping[str, int]) -> Iterator[Reason]:
    for each in problem.delegations:
        if each.key not in given:
            yield Reason("missing", each.key)
        elif given[each.key] < _least(each):
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
            if theirs <= _least(giver):
                continue
            if giver.priority > taker.priority:
                yield Reason("class", taker.key, giver.key)
            elif giver.priority == taker.priority and taker.asked * (2 * theirs - 1) > giver.asked * (2 * mine + 1):
                yield Reason("quotient", taker.key, giver.key)


def _of_places(problem: Problem, given: Mapping[str, int], blocks: Blocks) -> Iterator[Reason]:
    plan, places, wheelchairs, companions = Plan(problem.hall), blocks.places, blocks.wheelchairs, blocks.companions
    signs = {name: problem.hall[line][column] for (line, column), name in plan.names.items()}
    taken = Counter(name for names in (*places.values(), *wheelchairs.values(), *companions.values()) for name in names)
    for kind, of in (("o", places), ("w", wheelchairs), ("o", companions)):
        for key, names in of.items():
            yield from (Reason("place", key) for name in names if signs.get(name) != kind)
            yield from (Reason("taken", key) for name in names if taken[name] > 1)
    for each in problem.delegations:
        chairs, beside = len(wheelchairs.get(each.key, ())), len(companions.get(each.key, ()))
        seats = len(places.get(each.key, ()))
        if chairs != each.wheelchairs or beside > each.companions or seats + beside != given.get(each.key, 0) - chairs:
            yield Reason("count", each.key)


def _of_companions(problem: Problem, blocks: Blocks) -> Iterator[Reason]:
    plan = Plan(problem.hall)
    spots = {name: spot for spot, name in plan.names.items()}
    for key, names in blocks.companions.items():
        chairs = [spots[name] for name in blocks.wheelchairs.get(key, ()) if name in spots]
        if _matched([spots[name] for name in names if name in spots], chairs) < len(names):
            yield Reason("companion", key)
    wanted, beside = sum(each.companions for each in problem.delegations), sum(map(len, blocks.companions.values()))
    if beside < min(wanted, _matched(plan.seats, plan.wheelchair_places)):
        yield Reason("alone")


def _matched(seats: Sequence[Place], chairs: Sequence[Place]) -> int:
    """How many of the seats can be beside a wheelchair each, counted as a flow from seats to wheelchair places."""
    number = {chair: c for c, chair in enumerate(chairs)}
    ways = [(s, number[spot]) for s, seat in enumerate(seats) for spot in neighbours(seat) if spot in number]
    flow = max_flow.SimpleMaxFlow()
    source, sink = len(seats) + len(chairs), len(seats) + len(chairs) + 1
    for s, c in ways:
        flow.add_arc_with_capacity(s, len(seats) + c, 1)
    for s in {s for s, _c in ways}:
        flow.add_arc_with_capacity(source, s, 1)
    for c in {c for _s, c in ways}:
        flow.add_arc_with_capacity(len(seats) + c, sink, 1)
    if ways:
        flow.solve(source, sink)
    return int(flow.optimal_flow()) if ways else 0


def _count_pieces(places: set[Place]) -> int:
    number, left = 0, set(places)
    while left:
        number += 1
        edge = {left.pop()}
        while edge:
            edge = {other for spot in edge for other in neighbours(spot)} & left
            left -= edge
    return number


def _least(each: Delegation) -> int:
    return max(each.floor, each.wheelchairs + each.companions)


def _most(each: Delegation) -> int:
    return each.asked if each.ceiling is None else min(each.asked, each.ceiling)
