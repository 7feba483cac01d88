"""What happens to seats: given, given back, passed on, laid out in the hall, filled with names."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.models import Delegation, Seat
from ortoo.programmes.models import Hall, Leg

Place = tuple[int, int]


class NoHall(Refused):
    sentence = _("%(stop)s has no hall yet. Choose it first.")


class HallTooSmall(Refused):
    sentence = _("%(given)s seats are more than the %(seats)s of %(hall)s.")


class MoreThanAsked(Refused):
    sentence = _("%(delegation)s asked for %(asked)s seats, not %(given)s.")


class SeatsAreNamed(Refused):
    sentence = _("%(delegation)s has written names on %(named)s of its seats. Take names off first.")


class NotSoMany(Refused):
    sentence = _("%(delegation)s has %(given)s seats; %(count)s of them cannot go.")


class NotOfThisStop(Refused):
    sentence = _("%(delegation)s does not come to this stop.")


class NoSuchPlace(Refused):
    sentence = _("There is no row %(row)s seat %(place)s in %(hall)s.")


class PlaceTwice(Refused):
    sentence = _("Row %(row)s seat %(place)s stands twice in the plan.")


class BlocksDiffer(Refused):
    sentence = _("The plan has %(places)s seats for %(delegation)s, which has %(given)s.")


class TooManyNames(Refused):
    sentence = _("%(names)s names are more than the %(given)s seats of %(delegation)s.")


@transaction.atomic
def give_seats(leg: Leg, given: Mapping[Delegation, int], *, by: Actor) -> None:
    """Give these delegations so many seats each; others keep theirs. Refused as a whole when the hall is too small."""
    hall = hall_of(leg)
    others = leg.delegations.exclude(pk__in=[each.pk for each in given]).aggregate(n=Sum("given"))["n"] or 0
    if others + sum(given.values()) > hall.seats:
        raise HallTooSmall(given=others + sum(given.values()), hall=hall, seats=hall.seats)
    for delegation, count in given.items():
        if delegation.leg_id != leg.pk:
            raise NotOfThisStop(delegation=delegation)
        if count > delegation.asked:
            raise MoreThanAsked(delegation=delegation, asked=delegation.asked, given=count)
    changes = [_resize(each, count, by) for each, count in given.items() if count != each.given]
    _seat_the_new(leg, hall)
    audit.record_many("give_seats", changes, by=by)


@transaction.atomic
def give_back(delegation: Delegation, count: int, *, by: Actor) -> None:
    """Give seats back that nobody of the delegation needs: it no longer waits for them either."""
    delegation.refresh_from_db(fields=["given", "asked"])
    if not 0 < count <= delegation.given:
        raise NotSoMany(delegation=delegation, given=delegation.given, count=count)
    before = {"asked": delegation.asked, "given": delegation.given}
    _resize(delegation, delegation.given - count, by)
    delegation.asked = delegation.given
    delegation.wheelchairs = min(delegation.wheelchairs, delegation.asked)
    delegation.save(update_fields=["asked", "wheelchairs"])
    after, path = {"asked": delegation.asked, "given": delegation.given}, delegation.leg.programme.unit.path
    audit.record("give_back_seats", delegation, by=by, before=before, after=after, unit_path=path)


@transaction.atomic
def pass_on(giver: Delegation, taker: Delegation, count: int, *, by: Actor) -> None:
    """Swap seats between delegations: the taker gets them where they lie, even beyond what it asked for."""
    if taker.leg_id != giver.leg_id or taker.pk == giver.pk:
        raise NotOfThisStop(delegation=taker)
    if not 0 < count <= giver.given:
        raise NotSoMany(delegation=giver, given=giver.given, count=count)
    seats = _spare(giver, count)
    number = taker.given
    for offset, seat in enumerate(seats, 1):
        seat.delegation, seat.number, seat.serial = taker, number + offset, seat.serial + 1
    Seat.objects.bulk_update(seats, ["delegation", "number", "serial"])
    _renumber(giver)
    for delegation, step in ((giver, -count), (taker, count)):
        delegation.given += step
        delegation.asked = max(delegation.asked, delegation.given)
        delegation.save(update_fields=["given", "asked"])
    after = {"to": taker.name, "seats": count}
    audit.record("pass_seats", giver, by=by, after=after, unit_path=giver.leg.programme.unit.path)


@transaction.atomic
def hand_on(leg: Leg, *, by: Actor) -> dict[str, int]:
    """Give the hall's free seats to those who wait, by priority, then in the order of the list; by name how many each got."""
    hall = hall_of(leg)
    delegations = list(leg.delegations.filter(asked__gt=F("given")))
    free = hall.seats - (leg.delegations.aggregate(n=Sum("given"))["n"] or 0)
    got: dict[Delegation, int] = {}
    for delegation in delegations:
        more = min(free, delegation.waiting)
        if more > 0:
            got[delegation] = delegation.given + more
            free -= more
    said = {each.name: count - each.given for each, count in got.items()}
    give_seats(leg, got, by=by)
    return said


@transaction.atomic
def put_blocks(leg: Leg, blocks: Mapping[Delegation, Sequence[Place]], *, by: Actor) -> None:
    """Lay the delegations' seats out in the hall: for each its places as (row, seat), counted from 1."""
    hall = hall_of(leg)
    _demand_places(hall, [place for places in blocks.values() for place in places])
    seats: list[Seat] = []
    for delegation, places in blocks.items():
        own = list(delegation.seats.all())
        if len(own) != len(places):
            raise BlocksDiffer(places=len(places), delegation=delegation, given=len(own))
        for seat, (row, place) in zip(own, places, strict=True):
            seat.row, seat.place = row, place
            seats.append(seat)
    leg.seats.update(row=None, place=None)
    Seat.objects.bulk_update(seats, ["row", "place"], batch_size=500)
    after = {"seats": len(seats), "hall": hall.name}
    audit.record("put_blocks", leg, by=by, after=after, unit_path=leg.programme.unit.path)


@transaction.atomic
def name_seats(delegation: Delegation, names: Sequence[tuple[str, str]], *, by: Actor) -> int:
    """Write (name, remark) on the seats in order, the rest stay empty; returns how many differ. A new name is a new ticket."""
    seats = list(delegation.seats.all())
    if len(names) > len(seats):
        raise TooManyNames(names=len(names), given=len(seats), delegation=delegation)
    changed = []
    for seat, (holder, note) in zip(seats, [*names, *[("", "")] * (len(seats) - len(names))], strict=True):
        if (seat.holder, seat.note) != (holder, note):
            seat.serial += bool(seat.holder and seat.holder != holder)
            seat.holder, seat.note = holder, note
            changed.append(seat)
    Seat.objects.bulk_update(changed, ["holder", "note", "serial"], batch_size=500)
    if changed:
        after = {"names": sum(bool(seat.holder) for seat in seats), "seats": len(seats)}
        audit.record("name_seats", delegation, by=by, after=after, unit_path=delegation.leg.programme.unit.path)
    return len(changed)


def hall_of(leg: Leg) -> Hall:
    """The hall chosen for a stop."""
    hall = leg.halls.filter(chosen=True).first()
    if hall is None:
        raise NoHall(stop=leg.name)
    return hall


def places_in(hall: Hall) -> list[Place]:
    """Every seat of the hall's plan as (row, seat), from the stage and from the left; empty without a plan."""
    return [(row, place) for row, parts in enumerate(hall.rows, 1) for place in range(1, sum(parts) + 1)]


def _resize(delegation: Delegation, count: int, by: Actor) -> audit.Change:
    before = delegation.given
    if count < before:
        Seat.objects.filter(pk__in=[seat.pk for seat in _spare(delegation, before - count)]).delete()
        _renumber(delegation)
    new = range(before + 1, count + 1)
    Seat.objects.bulk_create([Seat(leg_id=delegation.leg_id, delegation=delegation, number=n) for n in new], batch_size=500)
    delegation.given = count
    delegation.save(update_fields=["given"])
    return audit.Change(delegation, {"given": before}, {"given": count}, delegation.leg.programme.unit.path)


def _spare(delegation: Delegation, count: int) -> list[Seat]:
    """The last seats without a name."""
    spare = list(delegation.seats.filter(holder="").order_by("-number")[:count])
    if len(spare) < count:
        raise SeatsAreNamed(delegation=delegation, named=delegation.given - len(spare))
    return sorted(spare, key=lambda seat: seat.number)


def _renumber(delegation: Delegation) -> None:
    """1, 2, 3 … without gaps; upwards, so that no number stands twice for a moment."""
    for number, seat in enumerate(delegation.seats.order_by("number"), 1):
        if seat.number != number:
            Seat.objects.filter(pk=seat.pk).update(number=number)


def _seat_the_new(leg: Leg, hall: Hall) -> None:
    """Once the hall is laid out, seats given later take the places that are free, from the stage backwards."""
    taken = set(leg.seats.filter(row__isnull=False).values_list("row", "place"))
    if not taken:
        return
    free = [place for place in places_in(hall) if place not in taken]
    new = list(leg.seats.filter(row=None).order_by("delegation__priority", "delegation_id", "number")[: len(free)])
    for seat, (row, place) in zip(new, free, strict=False):
        seat.row, seat.place = row, place
    Seat.objects.bulk_update(new, ["row", "place"])


def _demand_places(hall: Hall, places: Iterable[Place]) -> None:
    known, seen = set(places_in(hall)), set()
    for row, place in places:
        if (row, place) not in known:
            raise NoSuchPlace(row=row, place=place, hall=hall)
        if (row, place) in seen:
            raise PlaceTwice(row=row, place=place)
        seen.add((row, place))
