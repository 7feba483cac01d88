"""Wheelchair places: which have a seat beside for a companion, and who comes to which, near to the own people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ortools.graph.python import linear_sum_assignment

from ortoo_solvers.seats.plan import Place, Plan
from ortoo_solvers.seats.problem import Delegation

Seated = Mapping[str, tuple[Place, ...]]


@dataclass(frozen=True)
class Rider:
    """Somebody in a wheelchair, of a delegation; ``together``: a companion sits beside."""

    key: str
    together: bool


def riders(delegations: Iterable[Delegation], pairs: int) -> list[Rider]:
    """Everybody in a wheelchair; as many companions as there are ``pairs``, those of earlier classes first."""
    found = []
    for each in sorted(delegations, key=lambda each: each.priority):
        together = min(each.companions, pairs)
        pairs -= together
        found += [Rider(each.key, number < together) for number in range(each.wheelchairs)]
    return found


def pair(plan: Plan, most: int) -> dict[Place, Place]:
    """Wheelchair place → the seat beside it that is kept for a companion: ``most`` of them where the plan allows that.

    Seats at its side as long as there are any, then before and behind; front places first. A matching grown by augmenting paths
    (Kuhn 1955), so no other choice has more pairs.
    """
    side = {spot: [seat for seat in plan.beside(spot) if seat[0] == spot[0]] for spot in plan.wheelchair_places}
    every = {spot: plan.beside(spot) for spot in plan.wheelchair_places}
    taken: dict[Place, Place] = {}
    for beside in (side, every):
        for spot in plan.wheelchair_places:
            if len(taken) < most and spot not in taken.values():
                _grow(beside, spot, taken, set())
    return {spot: seat for seat, spot in taken.items()}


def _grow(beside: Mapping[Place, Sequence[Place]], spot: Place, taken: dict[Place, Place], tried: set[Place]) -> bool:
    for seat in beside[spot]:
        if seat in tried:
            continue
        tried.add(seat)
        if seat not in taken or _grow(beside, taken[seat], taken, tried):
            taken[seat] = spot
            return True
    return False


def bays(plan: Plan) -> list[list[Place]]:
    """For each section the wheelchair places to which it is the nearest one."""
    found: list[list[Place]] = [[] for _section in plan.sections]
    for spot in plan.wheelchair_places if found else ():
        distances = [distance(spot, section) for section in plan.sections]
        found[distances.index(min(distances))].append(spot)
    return found


def assign(plan: Plan, people: Sequence[Rider], pairs: Mapping[Place, Place], seated: Seated) -> list[Place]:
    """A place for each, the distances to the nearest seats of the own people as small as possible together."""
    places = plan.wheelchair_places
    task = linear_sum_assignment.SimpleLinearSumAssignment()
    for left in range(len(places)):
        rider = people[left] if left < len(people) else None
        for right, spot in enumerate(places):
            if rider is None:
                task.add_arc_with_cost(left, right, 0)
            elif spot in pairs or not rider.together:
                task.add_arc_with_cost(left, right, distance(spot, seated.get(rider.key, ())))
    if people:
        task.solve()
    return [places[task.right_mate(left)] for left in range(len(people))]


def distance(spot: Place, own: Iterable[Place]) -> int:
    """Rows and seats between; to the front where the delegation has nobody else."""
    return min((abs(spot[0] - line) + abs(spot[1] - column) for line, column in own), default=spot[0])
