"""Where seats lie in the hall: laid out as a whole, or one after another where something is free."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.models import Delegation, Seat
from ortoo.programmes.models import Hall, Leg

Place = tuple[int, int]
WHEELCHAIR, COMPANION = Seat.Need.WHEELCHAIR, Seat.Need.COMPANION
NEEDS = (WHEELCHAIR, COMPANION, Seat.Need.NONE)


class NoHall(Refused):
    sentence = _("%(stop)s has no hall yet. Choose it first.")


class NoSuchPlace(Refused):
    sentence = _("There is no row %(row)s seat %(place)s in %(hall)s.")


class WheelchairPlace(Refused):
    sentence = _("Row %(row)s seat %(place)s of %(hall)s is for a wheelchair.")


class NoWheelchairPlace(Refused):
    sentence = _("Row %(row)s seat %(place)s of %(hall)s is no wheelchair place.")


class PlaceTwice(Refused):
    sentence = _("Row %(row)s seat %(place)s stands twice in the plan.")


class BlocksDiffer(Refused):
    sentence = _("The plan has %(places)s seats for %(delegation)s, which has %(given)s.")


@dataclass(frozen=True)
class Laid:
    """Where a delegation sits, as (row, seat) from 1: its block, its wheelchairs, and companions beside these."""

    seats: Sequence[Place] = ()
    wheelchairs: Sequence[Place] = ()
    companions: Sequence[Place] = ()

    @property
    def places(self) -> list[Place]:
        """All of them."""
        return [*self.seats, *self.wheelchairs, *self.companions]


@transaction.atomic
def put_blocks(leg: Leg, blocks: Mapping[Delegation, Laid], *, by: Actor) -> None:
    """Lay the delegations' seats out in the hall."""
    hall = hall_of(leg)
    _demand_places(hall, blocks.values())
    seats = [seat for delegation, laid in blocks.items() for seat in _put(delegation, laid)]
    leg.seats.update(row=None, place=None)
    Seat.objects.bulk_update(seats, ["row", "place"], batch_size=500)
    after = {"seats": len(seats), "hall": hall.name}
    audit.record("put_blocks", leg, by=by, after=after, unit_path=leg.programme.unit.path)


@transaction.atomic
def swap_places(seat: Seat, place: Place, *, by: Actor) -> Seat | None:
    """Put a seat there, and whoever sits there on its place; returns that one. The door lets printed tickets in and says where to sit."""
    hall, leg = hall_of(seat.leg), seat.leg
    _demand_places(hall, [Laid(wheelchairs=[place]) if seat.need == WHEELCHAIR else Laid([place])])
    here = _place(seat)
    there = leg.seats.select_related("delegation").filter(row=place[0], place=place[1]).exclude(pk=seat.pk).first()
    if there:
        _move(there, None)
    _move(seat, place)
    if there:
        _move(there, here)
    after = {"from": "{}-{}".format(*here), "to": "{}-{}".format(*place), "with": there.delegation.name if there else ""}
    audit.record("swap_places", seat.delegation, by=by, after=after, unit_path=leg.programme.unit.path)
    return there


def _move(seat: Seat, place: Place | None) -> None:
    seat.row, seat.place = place or (None, None)
    seat.save(update_fields=["row", "place"])


def hall_of(leg: Leg) -> Hall:
    """The hall chosen for a stop."""
    hall = leg.halls.filter(chosen=True).first()
    if hall is None:
        raise NoHall(stop=leg.name)
    return hall


def places_in(hall: Hall) -> list[Place]:
    """Every place of the hall's plan as (row, seat), from the stage and from the left; empty without a plan."""
    return [(row, place) for row, parts in enumerate(hall.rows, 1) for place in range(1, sum(parts) + 1)]


def mark_needs(delegation: Delegation, first: Collection[int] = ()) -> None:
    """As many seats for wheelchairs and companions as the delegation says: those numbered `first`, then such without a name.

    Called whenever either number changes. A seat that turns loses its place, and gets another where the hall is laid out.
    """
    seats = list(delegation.seats.all())
    wheelchairs = min(delegation.wheelchairs, len(seats))
    companions = min(delegation.companions, len(seats) - wheelchairs)
    changed = [*_turn(seats, WHEELCHAIR, wheelchairs, first), *_turn(seats, COMPANION, companions, first)]
    Seat.objects.bulk_update(set(changed), ["need", "row", "place"], batch_size=500)
    if changed:
        seat_the_new(delegation.leg)


def seat_the_new(leg: Leg) -> None:
    """Once the hall is laid out, seats without a place take free ones: near their own delegation, else from the stage backwards.

    Wheelchairs only take wheelchair places; who finds nothing stays without a place.
    """
    placed = list(leg.seats.filter(row__isnull=False))
    hall = leg.halls.filter(chosen=True).first()
    new = list(leg.seats.filter(row=None).order_by("delegation__priority", "delegation_id", "number"))
    if not placed or not new or hall is None:
        return
    free = set(places_in(hall)) - {_place(seat) for seat in placed}
    bays = set(hall.wheelchair_places)
    for owner, group in groupby(new, key=lambda seat: seat.delegation_id):
        own = [seat for seat in placed if seat.delegation_id == owner]
        seats = sorted(group, key=lambda seat: NEEDS.index(Seat.Need(seat.need)))
        for need, same in groupby(seats, key=lambda seat: seat.need):
            spots = _nearest(free & bays if need == WHEELCHAIR else free - bays, _around(own, need))
            for seat, (row, place) in zip(same, spots, strict=False):
                seat.row, seat.place = row, place
                own.append(seat)
                free.discard((row, place))
    Seat.objects.bulk_update(new, ["row", "place"], batch_size=500)


def _around(own: Sequence[Seat], need: str) -> list[Place]:
    """What the next seats should be near to: for companions the wheelchairs that have none yet, else the middle of the block."""
    chairs = [seat for seat in own if seat.need == WHEELCHAIR]
    if need == COMPANION and chairs:
        return [_place(seat) for seat in chairs]
    if not own:
        return []
    rows, places = zip(*map(_place, own), strict=True)
    return [(sum(rows) // len(own), sum(places) // len(own))]


def _nearest(spots: Iterable[Place], around: Sequence[Place]) -> list[Place]:
    def far(spot: Place) -> int:
        return min((abs(spot[0] - row) + abs(spot[1] - place) for row, place in around), default=0)

    return sorted(spots, key=lambda spot: (far(spot), spot))


def _turn(seats: Sequence[Seat], need: str, count: int, first: Collection[int]) -> list[Seat]:
    having = [seat for seat in seats if seat.need == need]
    others = [seat for seat in seats if seat.need == ""]
    more = sorted(others, key=lambda seat: (seat.number not in first, bool(seat.holder), seat.number))[
        : max(0, count - len(having))
    ]
    less = sorted(having, key=lambda seat: (bool(seat.holder), -seat.number))[: max(0, len(having) - count)]
    for seat in [*more, *less]:
        seat.need = need if seat in more else ""
        seat.row = seat.place = None
    return [*more, *less]


def _put(delegation: Delegation, laid: Laid) -> list[Seat]:
    """The delegation's seats with their places; companions for whom there is none beside a wheelchair sit in the block."""
    own: dict[str, list[Seat]] = {need: [] for need in NEEDS}
    for seat in delegation.seats.all():
        own[seat.need].append(seat)
    beside = len(laid.companions)
    ordered = [*own[WHEELCHAIR], *own[COMPANION][:beside], *own[COMPANION][beside:], *own[""]]
    fits = len(own[WHEELCHAIR]) == len(laid.wheelchairs) and beside <= len(own[COMPANION])
    if not fits or len(ordered) != len(laid.places):
        raise BlocksDiffer(places=len(laid.places), delegation=delegation, given=len(ordered))
    for seat, (row, place) in zip(ordered, [*laid.wheelchairs, *laid.companions, *laid.seats], strict=True):
        seat.row, seat.place = row, place
    return ordered


def _place(seat: Seat) -> Place:
    assert seat.row is not None and seat.place is not None
    return seat.row, seat.place


def _demand_places(hall: Hall, blocks: Iterable[Laid]) -> None:
    known, bays, seen = set(places_in(hall)), set(hall.wheelchair_places), set()
    for laid in blocks:
        for number, (row, place) in enumerate(laid.places):
            for_wheelchair = 0 <= number - len(laid.seats) < len(laid.wheelchairs)
            if (row, place) not in known:
                raise NoSuchPlace(row=row, place=place, hall=hall)
            if ((row, place) in bays) != for_wheelchair:
                raise (NoWheelchairPlace if for_wheelchair else WheelchairPlace)(row=row, place=place, hall=hall)
            if (row, place) in seen:
                raise PlaceTwice(row=row, place=place)
            seen.add((row, place))
