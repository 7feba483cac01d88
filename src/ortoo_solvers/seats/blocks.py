"""Blocks in the hall: sections packed, filled row by row to and fro, wheelchairs as near to their own people as can be."""

from collections import Counter
from collections.abc import Mapping, Sequence

from ortools.graph.python import linear_sum_assignment

from ortoo_solvers.seats.party import Packing, Party
from ortoo_solvers.seats.plan import Place, Plan, pieces, snake
from ortoo_solvers.seats.problem import Blocks, Delegation, Problem, Share

Seated = Mapping[str, tuple[Place, ...]]


def place(problem: Problem, shares: Sequence[Share], seed: int = 0, hurry: bool = False) -> Blocks:
    """Seats for every share; the plan has enough of them. ``hurry``: the first packing that comes."""
    # CP-SAT brings pandas along, seconds of every start: only who packs a hall waits for it.
    from ortoo_solvers.seats.packing import pack

    plan = Plan(problem.hall)
    of = {delegation.key: delegation for delegation in problem.delegations}
    ordered = sorted(shares, key=lambda share: share.priority)
    parties = [Party(s.delegation, s.seats - of[s.delegation].wheelchairs, s.priority) for s in ordered]
    parties = [party for party in parties if party.size]
    sections = [Counter(plan.rows[line] for line, _column in section) for section in plan.sections]
    packing = pack(parties, sections, seed, hurry) if parties else Packing({}, 0)
    seated = _seated(plan, parties, packing)
    wheelchairs = _wheelchairs(plan, problem.delegations, seated)
    count = sum(len(pieces(places)) for places in seated.values())
    # Sections that touch without an aisle between can hold one piece together: there the packing's bound says nothing.
    apart = len(plan.sections) == len(pieces(plan.seats))
    bound = packing.bound if apart else len(parties)
    return Blocks(
        {key: _named(plan, places) for key, places in seated.items()},
        {key: _named(plan, places) for key, places in wheelchairs.items()},
        count, bound, front(plan, parties, seated), front_bound(plan, parties), count == bound,
    )  # fmt: skip


def front(plan: Plan, parties: Sequence[Party], seated: Seated) -> int:
    """Row numbers added up: for each class over all seats of it and of the classes before it."""
    rows = {party.key: sum(plan.rows[line] for line, _column in seated[party.key]) for party in parties}
    return sum(rows[p.key] for priority in _priorities(parties) for p in parties if p.priority <= priority)


def front_bound(plan: Plan, parties: Sequence[Party]) -> int:
    """The same if each class and those before it had the hall's very first rows."""
    rows = sorted(plan.rows[line] for line, _column in plan.seats)
    sizes = [sum(party.size for party in parties if party.priority <= priority) for priority in _priorities(parties)]
    return sum(sum(rows[:size]) for size in sizes)


def _priorities(parties: Sequence[Party]) -> list[int]:
    return sorted({party.priority for party in parties})


def _seated(plan: Plan, parties: Sequence[Party], packing: Packing) -> Seated:
    """In each section one party after another; of both ways to wind through it the one with fewer pieces."""
    seated: dict[str, list[Place]] = {party.key: [] for party in parties}
    for number, section in enumerate(plan.sections):
        here = [(party.key, packing.amounts.get((p, number), 0)) for p, party in enumerate(parties)]
        wound = [_wind(snake(section, mirrored), here) for mirrored in (False, True)]
        best = min(wound, key=lambda given: sum(len(pieces(places)) for places in given.values()))
        for key, places in best.items():
            seated[key] += places
    return {key: tuple(sorted(places)) for key, places in seated.items()}


def _wind(path: Sequence[Place], here: Sequence[tuple[str, int]]) -> dict[str, Sequence[Place]]:
    given, start = {}, 0
    for key, people in here:
        given[key] = path[start : start + people]
        start += people
    return {key: places for key, places in given.items() if places}


def _wheelchairs(plan: Plan, delegations: Sequence[Delegation], seated: Seated) -> Seated:
    """A place for each who needs one, the distances to the nearest seats of the own people as small as possible together."""
    people = [delegation.key for delegation in delegations for _each in range(delegation.wheelchairs)]
    places = plan.wheelchair_places
    if not people:
        return {}
    task = linear_sum_assignment.SimpleLinearSumAssignment()
    for left in range(len(places)):
        for right, spot in enumerate(places):
            task.add_arc_with_cost(left, right, _distance(spot, seated.get(people[left], ())) if left < len(people) else 0)
    task.solve()
    found: dict[str, list[Place]] = {}
    for left, key in enumerate(people):
        found.setdefault(key, []).append(places[task.right_mate(left)])
    return {key: tuple(sorted(spots)) for key, spots in found.items()}


def _distance(spot: Place, own: Sequence[Place]) -> int:
    """Rows and seats between; to the front where the delegation has nobody else."""
    return min((abs(spot[0] - line) + abs(spot[1] - column) for line, column in own), default=spot[0])


def _named(plan: Plan, places: Sequence[Place]) -> tuple[str, ...]:
    return tuple(plan.names[spot] for spot in places)
