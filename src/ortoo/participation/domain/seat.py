"""What happens to seats: given, given back, passed on."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.domain.layout import hall_of, mark_needs, seat_the_new
from ortoo.participation.models import Delegation, Seat
from ortoo.programmes.models import Leg


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


@transaction.atomic
def give_seats(leg: Leg, given: Mapping[Delegation, int], *, by: Actor) -> None:
    """Give these delegations so many seats each; others keep theirs. Refused as a whole when the hall is too small."""
    hall = hall_of(leg)
    after = {each.pk: (each.given, each.wheelchairs) for each in leg.delegations.all()}
    after |= {each.pk: (count, each.wheelchairs) for each, count in given.items()}
    total, room = sum(count for count, _chairs in after.values()), hall.room_for(sum(map(min, after.values())))
    if total > room:
        raise HallTooSmall(given=total, hall=hall, seats=room)
    for delegation, count in given.items():
        if delegation.leg_id != leg.pk:
            raise NotOfThisStop(delegation=delegation)
        if count > delegation.asked:
            raise MoreThanAsked(delegation=delegation, asked=delegation.asked, given=count)
    changes = [_resize(each, count, by) for each, count in given.items() if count != each.given]
    seat_the_new(leg)
    audit.record_many("give_seats", changes, by=by)


@transaction.atomic
def give_back(delegation: Delegation, count: int, *, by: Actor) -> None:
    """Give seats back that nobody of the delegation needs: it no longer waits for them either."""
    delegation.refresh_from_db(fields=["given", "asked", "wheelchairs", "companions"])
    if not 0 < count <= delegation.given:
        raise NotSoMany(delegation=delegation, given=delegation.given, count=count)
    before = {"asked": delegation.asked, "given": delegation.given}
    _resize(delegation, delegation.given - count, by)
    delegation.asked = delegation.given
    delegation.wheelchairs = min(delegation.wheelchairs, delegation.asked)
    delegation.companions = min(delegation.companions, delegation.wheelchairs, delegation.asked - delegation.wheelchairs)
    delegation.save(update_fields=["asked", "wheelchairs", "companions"])
    mark_needs(delegation)
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
        seat.printed = ""
        if seat.need:
            # Only the taker knows who needs a wheelchair place there.
            seat.need, seat.row, seat.place = "", None, None
    Seat.objects.bulk_update(seats, ["delegation", "number", "serial", "need", "row", "place", "printed"], batch_size=500)
    _renumber(giver)
    for delegation, step in ((giver, -count), (taker, count)):
        delegation.given += step
        delegation.asked = max(delegation.asked, delegation.given)
        delegation.save(update_fields=["given", "asked"])
        mark_needs(delegation)
    seat_the_new(giver.leg)
    after = {"to": taker.name, "seats": count}
    audit.record("pass_seats", giver, by=by, after=after, unit_path=giver.leg.programme.unit.path)


@transaction.atomic
def hand_on(leg: Leg, *, by: Actor) -> dict[str, int]:
    """Give the hall's free seats to those who wait, by priority, then in the order of the list; by name how many each got."""
    hall = hall_of(leg)
    delegations = list(leg.delegations.all())
    total = sum(each.given for each in delegations)
    chairs = sum(min(each.given, each.wheelchairs) for each in delegations)
    got: dict[Delegation, int] = {}
    for each in delegations:
        count = each.asked
        others, other_chairs = total - each.given, chairs - min(each.given, each.wheelchairs)
        while (over := others + count - hall.room_for(other_chairs + min(count, each.wheelchairs))) > 0:
            count -= over
        if count > each.given:
            got[each] = count
            total, chairs = others + count, other_chairs + min(count, each.wheelchairs)
    said = {each.name: count - each.given for each, count in got.items()}
    give_seats(leg, got, by=by)
    return said


def note_printed(seats: Sequence[Seat]) -> None:
    """Keep which places the tickets of these seats showed when they were printed."""
    for seat in seats:
        seat.printed = seat.at
    Seat.objects.bulk_update(seats, ["printed"], batch_size=500)


def _resize(delegation: Delegation, count: int, by: Actor) -> audit.Change:
    before = delegation.given
    if count < before:
        Seat.objects.filter(pk__in=[seat.pk for seat in _spare(delegation, before - count)]).delete()
        _renumber(delegation)
    new = range(before + 1, count + 1)
    Seat.objects.bulk_create([Seat(leg_id=delegation.leg_id, delegation=delegation, number=n) for n in new], batch_size=500)
    delegation.given = count
    delegation.save(update_fields=["given"])
    mark_needs(delegation)
    return audit.Change(delegation, {"given": before}, {"given": count}, delegation.leg.programme.unit.path)


def _spare(delegation: Delegation, count: int) -> list[Seat]:
    """The last seats without a name, those for wheelchairs and companions after all others."""
    spare = sorted(delegation.seats.filter(holder=""), key=lambda seat: (bool(seat.need), -seat.number))[:count]
    if len(spare) < count:
        raise SeatsAreNamed(delegation=delegation, named=delegation.given - len(spare))
    return sorted(spare, key=lambda seat: seat.number)


def _renumber(delegation: Delegation) -> None:
    """1, 2, 3 … without gaps; upwards, so that no number stands twice for a moment."""
    for number, seat in enumerate(delegation.seats.order_by("number"), 1):
        if seat.number != number:
            Seat.objects.filter(pk=seat.pk).update(number=number)
