"""The doors of the demo's stop of today: guests with names, two doors, most of them in, and what a host has to look at."""

from datetime import datetime, timedelta
from itertools import zip_longest

from ortoo.kernel import clock
from ortoo.kernel.actor import Actor
from ortoo.participation.delegations.tickets import code_of
from ortoo.participation.domain.delegation import DelegationDraft, add_delegation
from ortoo.participation.domain.door import AtTheDoor, hear, open_door
from ortoo.participation.domain.scan import ScanDraft, keep_scans
from ortoo.participation.domain.seat import hand_on
from ortoo.participation.domain.seat_names import Name, name_seats
from ortoo.participation.models import Door, Seat
from ortoo.people.models import Person
from ortoo.planning.domain.seating import lay_seats
from ortoo.programmes.models import Leg

MOST_GUESTS = 60
EVERY = timedelta(seconds=9)


def let_in(leg: Leg, *, by: Actor) -> None:
    """Somebody from the stop's own county and around it is in; one ticket came twice, one code is none, one came without."""
    seats = _seats(leg, by)
    north, south = open_door(leg, "北门", by=by), open_door(leg, "南门", by=by)
    came = seats[: len(seats) * 3 // 4]
    _scan(
        north,
        came[::2],
        [ScanDraft("demo-walk-in", "walk_in", _ago(5), name="随行人员(演示)", note="与代表团同来", said="noted")],
    )
    again = ScanDraft("demo-again", "ticket", _ago(2), code_of(came[0]), said="again")
    other = ScanDraft("demo-no-ticket", "ticket", _ago(3), "0000-1-demo", said="unknown")
    _scan(south, came[1::2], [again, other])


def _seats(leg: Leg, by: Actor) -> list[Seat]:
    """A delegation of the place with names on its seats, laid out in the hall."""
    assert leg.base is not None
    hall = leg.halls.get(chosen=True)
    around = Person.objects.filter(unit__path__startswith=(leg.base.parent or leg.base).path).order_by("staff_no")
    names = list(around.values_list("name", flat=True)[: min(MOST_GUESTS, hall.seats)])
    chairs = min(1, len(hall.wheelchairs))
    delegation = add_delegation(
        leg, DelegationDraft("本地各单位(演示)", len(names), wheelchairs=chairs, companions=chairs), by=by
    )
    hand_on(leg, by=by)
    lay_seats(leg, by=by)
    delegation.refresh_from_db()
    needs = [Seat.Need.WHEELCHAIR, Seat.Need.COMPANION][: 2 * chairs]
    some = [Name(name, need=need) for name, need in zip_longest(names, needs, fillvalue="")]
    name_seats(delegation, some, by=by)
    return list(delegation.seats.order_by("number"))


def _scan(door: Door, seats: list[Seat], more: list[ScanDraft]) -> None:
    begun = clock.now() - EVERY * (len(seats) + 20)
    drafts = [
        ScanDraft(f"demo-{seat.pk:06}", "ticket", begun + EVERY * turn, code_of(seat), said="admitted")
        for turn, seat in enumerate(seats)
    ]
    keep_scans(door, clock.now(), [*drafts, *more], by=AtTheDoor(door))
    hear(door)


def _ago(minutes: int) -> datetime:
    return clock.now() - timedelta(minutes=minutes)
