"""Delegations and the hall of a stop as the seats solver's problem, and its answer as pages and verbs take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from ortoo.kernel.refused import Refused
from ortoo.participation.delegations.queries import delegations_of
from ortoo.participation.domain.layout import Laid, hall_of
from ortoo.participation.models import Delegation
from ortoo.programmes.models import Hall, Leg
from ortoo_solvers.seats import Blocks, Problem, Solution, solve
from ortoo_solvers.seats import Delegation as Asking
from ortoo_solvers.seats.apportion import FloorsCollide


class KeptBeyondHall(Refused):
    sentence = _("%(floors)s seats are claimed or have a name, more than the %(seats)s of the hall.")


class TooFewWheelchairPlaces(Refused):
    sentence = _(
        "%(needed)s people come in wheelchairs, and the plan of %(hall)s has %(there)s wheelchair places. Mark them in its rows, such "
        "as 8 14 8 w 1—2."
    )


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
    """A class and its arithmetic: every divisor above `above` and up to `up_to` gives the same seats; None where all fit.

    `tied`: both are one number, as quotients were equal when the last seat was given.
    """

    priority: int
    asked: int
    available: int
    given: int
    rule: str
    above: float | None
    up_to: float | None
    tied: bool


@dataclass(frozen=True)
class Shared:
    """The seats of a hall shared out; `room`: how many it has for them; `blocks` where it has a plan and that was asked for."""

    hall: Hall
    room: int
    lines: list[Line]
    classes: list[Class]
    blocks: dict[Delegation, Laid]
    pieces: int
    pieces_bound: int

    @property
    def given(self) -> int:
        """Seats given in all."""
        return sum(line.seats for line in self.lines)


def share_out(leg: Leg, *, lay: bool) -> Shared:
    """Share the seats of a stop's hall out by Sainte-Laguë within priority classes; `lay`: and find each delegation's block.

    Seats that are claimed or have a name stay. Refuses a stop without a hall, and a plan with too few wheelchair places.
    """
    hall, delegations = hall_of(leg), list(delegations_of(leg))
    return _solved(hall, delegations, [_asking(each) for each in delegations], _plan(hall) if lay else ())


def lay_out(leg: Leg) -> Shared:
    """Find each delegation's block for the seats that it has. Refuses a stop without a hall."""
    hall, delegations = hall_of(leg), list(delegations_of(leg))
    return _solved(hall, delegations, [_having(each) for each in delegations], _plan(hall))


def _solved(hall: Hall, delegations: Sequence[Delegation], asking: Sequence[Asking], plan: tuple[str, ...]) -> Shared:
    needed = sum(each.wheelchairs for each in asking)
    if plan and needed > len(hall.wheelchairs):
        raise TooFewWheelchairPlaces(needed=needed, hall=hall, there=len(hall.wheelchairs))
    try:
        solution = solve(Problem(tuple(asking), None if plan else hall.room_for(needed), plan))
    except FloorsCollide as collision:
        raise KeptBeyondHall(floors=collision.floors, seats=collision.seats) from collision
    return _shared(hall, delegations, solution)


def _asking(each: Delegation) -> Asking:
    named: int = each.named  # type: ignore[attr-defined]
    kept = each.given if each.claimed_at else named
    return Asking(
        str(each.pk), each.asked, each.priority, kept, wheelchairs=each.wheelchairs, companions=each.companions, name=each.name
    )


def _having(each: Delegation) -> Asking:
    """As many in wheelchairs and beside them as its seats are marked for."""
    wheelchairs = min(each.wheelchairs, each.given)
    companions = min(each.companions, each.given - wheelchairs)
    return Asking(str(each.pk), each.given, each.priority, each.given, None, wheelchairs, each.name, companions)


def _plan(hall: Hall) -> tuple[str, ...]:
    """The hall in the solver's signs."""
    lines = []
    bays = set(hall.wheelchair_places)
    for row, parts in enumerate(hall.rows, 1):
        places = iter(range(1, sum(parts) + 1))
        lines.append("|".join("".join("w" if (row, next(places)) in bays else "o" for _one in range(part)) for part in parts))
    return tuple(lines)


def _shared(hall: Hall, delegations: Sequence[Delegation], solution: Solution) -> Shared:
    by_key = {str(each.pk): each for each in delegations}
    divisors = {each.priority: Fraction(*each.up_to) for each in solution.classes if each.up_to}
    lines = [
        Line(by_key[one.delegation], one.seats, one.rule, one.floor, _exact(one.asked, divisors.get(one.priority)))
        for one in solution.shares
    ]
    classes = [
        Class(
            one.priority,
            one.asked,
            one.available,
            one.given,
            one.rule,
            _decimal(one.above),
            _decimal(one.up_to),
            bool(one.up_to) and Fraction(*one.above) == Fraction(*one.up_to),
        )
        for one in solution.classes
    ]
    blocks = solution.blocks
    laid = {each: _laid(blocks, str(each.pk)) for each in delegations} if blocks else {}
    pieces, bound = (blocks.pieces, blocks.pieces_bound) if blocks else (0, 0)
    return Shared(hall, solution.capacity, lines, classes, laid, pieces, bound)


def _laid(blocks: Blocks, key: str) -> Laid:
    kinds = (blocks.places, blocks.wheelchairs, blocks.companions)
    return Laid(*[[_place(name) for name in kind.get(key, ())] for kind in kinds])


def _exact(asked: int, divisor: Fraction | None) -> float | None:
    return float(asked / divisor) if divisor else None


def _decimal(fraction: tuple[int, ...]) -> float | None:
    return float(Fraction(*fraction)) if fraction else None


def _place(name: str) -> tuple[int, int]:
    row, seat = name.split("-")
    return int(row), int(seat)
