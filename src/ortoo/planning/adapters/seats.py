"""Delegations and the hall of a stop as the seats solver's problem, and its answer as pages and verbs take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from ortoo.kernel.refused import Refused
from ortoo.participation.delegations.queries import delegations_of
from ortoo.participation.domain.seat import hall_of
from ortoo.participation.models import Delegation
from ortoo.programmes.models import Hall, Leg
from ortoo_solvers.seats import Delegation as Asking
from ortoo_solvers.seats import Problem, Solution, solve
from ortoo_solvers.seats.apportion import FloorsCollide


class KeptBeyondHall(Refused):
    sentence = _("%(floors)s seats are claimed or have a name, more than the %(seats)s of the hall.")


@dataclass(frozen=True)
class Line:
    """What one delegation is given, and how: `exact` is asked ÷ divisor where its class was divided."""

    delegation: Delegation
    seats: int
    rule: str
    floor: int
    exact: float | None


@dataclass(frozen=True)
class Class:
    """A class and its arithmetic: every divisor above `above` and up to `up_to` gives the same seats; None where all fit."""

    priority: int
    asked: int
    available: int
    given: int
    rule: str
    above: float | None
    up_to: float | None


@dataclass(frozen=True)
class Shared:
    """The seats of a hall shared out; `blocks` as (row, seat) where the hall has a plan and it was asked for."""

    hall: Hall
    lines: list[Line]
    classes: list[Class]
    blocks: dict[Delegation, list[tuple[int, int]]]
    pieces: int
    pieces_bound: int

    @property
    def given(self) -> int:
        """Seats given in all."""
        return sum(line.seats for line in self.lines)


def share_out(leg: Leg, *, lay: bool) -> Shared:
    """Share the seats of a stop's hall out by Sainte-Laguë within priority classes; `lay`: and find each delegation's block.

    Seats that are claimed or have a name stay. Refuses a stop without a hall.
    """
    hall, delegations = hall_of(leg), list(delegations_of(leg))
    plan = tuple("|".join("o" * part for part in row) for row in hall.rows) if lay else ()
    problem = Problem(tuple(_asking(each) for each in delegations), None if plan else hall.seats, plan)
    try:
        solution = solve(problem)
    except FloorsCollide as collision:
        raise KeptBeyondHall(floors=collision.floors, seats=collision.seats) from collision
    return _shared(hall, delegations, solution)


def _asking(delegation: Delegation) -> Asking:
    named: int = delegation.named  # type: ignore[attr-defined]
    kept = delegation.given if delegation.claimed_at else named
    floor = max(kept, min(delegation.wheelchairs, delegation.asked))
    return Asking(str(delegation.pk), delegation.asked, delegation.priority, floor, name=delegation.name)


def _shared(hall: Hall, delegations: Sequence[Delegation], solution: Solution) -> Shared:
    by_key = {str(each.pk): each for each in delegations}
    divisors = {each.priority: Fraction(*each.up_to) for each in solution.classes if each.up_to}
    lines = [
        Line(by_key[one.delegation], one.seats, one.rule, one.floor, _exact(one.asked, divisors.get(one.priority)))
        for one in solution.shares
    ]
    classes = [
        Class(one.priority, one.asked, one.available, one.given, one.rule, _decimal(one.above), _decimal(one.up_to))
        for one in solution.classes
    ]
    blocks = solution.blocks
    places = {by_key[key]: [_place(name) for name in names] for key, names in blocks.places.items()} if blocks else {}
    return Shared(hall, lines, classes, places, blocks.pieces if blocks else 0, blocks.pieces_bound if blocks else 0)


def _exact(asked: int, divisor: Fraction | None) -> float | None:
    return float(asked / divisor) if divisor else None


def _decimal(fraction: tuple[int, ...]) -> float | None:
    return float(Fraction(*fraction)) if fraction else None


def _place(name: str) -> tuple[int, int]:
    row, seat = name.split("-")
    return int(row), int(seat)
