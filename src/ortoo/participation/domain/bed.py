"""What happens to the beds of a term: given, moved, swapped, fixed, taken back, told."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.dorm.models import Bed, DormRoom, Rooming, RoomStep
from ortoo.participation.dorm.queries import base_of, taken_elsewhere
from ortoo.participation.models import Place
from ortoo.people.models import Unit
from ortoo.programmes.models import Leg

MOST_STEPS = 50


class NotOnTerm(Refused):
    sentence = _("%(person)s has no place on %(leg)s.")


class RoomElsewhere(Refused):
    sentence = _("This room does not belong to the base of %(leg)s.")


class RoomFull(Refused):
    sentence = _("Room %(room)s has no free bed; its %(beds)s are taken. Swap two people instead.")


class RoomOfOthers(Refused):
    sentence = _("Room %(room)s is for %(sex)s.")


class RoomMixed(Refused):
    sentence = _("%(other)s is in room %(room)s; women and men never share a room.")


class RoomTakenThen(Refused):
    sentence = _("Room %(room)s is in use by another term on these days.")


class RoomsBeingGiven(Refused):
    sentence = _("The rooms are just being given by the solver. Wait for it or stop it first.")


class NothingToTakeBack(Refused):
    sentence = _("There is no step left to take back.")


class NoBedsYet(Refused):
    sentence = _("Nobody has a bed yet.")


@transaction.atomic
def put(leg: Leg, person: int, room: int | None, *, by: Actor) -> Bed | None:
    """Give a person (key) a bed in a room (key), the lowest number that is free; None takes the bed away."""
    lock(leg)
    place = _place(leg, person)
    target = _room(leg, room) if room is not None else None
    now = Bed.objects.filter(leg=leg, place=place).select_related("room").first()
    if (now.room_id if now else None) == room:
        return now
    step(leg, "put_in_room", by=by)
    if now:
        now.delete()
    made = _lay(leg, place, target, now.fixed if now else False) if target else None
    said = {"person": place.person.name, "room": str(now.room) if now else ""}
    _record("put_in_room", leg, by, said, {"room": str(target) if target else ""})
    return made


@transaction.atomic
def swap(leg: Leg, one: int, other: int, *, by: Actor) -> None:
    """Let two people (keys) change beds."""
    lock(leg)
    first, second = (_bed(leg, person) for person in (one, other))
    if first.room_id == second.room_id:
        return
    step(leg, "swap_rooms", by=by)
    rooms = {first: second.room, second: first.room}
    Bed.objects.filter(pk__in=[first.pk, second.pk]).delete()
    for bed, room in rooms.items():
        _fits(leg, bed.place, room)
    Bed.objects.create(leg=leg, room=second.room, number=second.number, place=first.place)
    Bed.objects.create(leg=leg, room=first.room, number=first.number, place=second.place)
    names = [first.place.person.name, second.place.person.name]
    _record("swap_rooms", leg, by, {"people": names}, {"rooms": [str(second.room), str(first.room)]})


@transaction.atomic
def fix(leg: Leg, person: int, *, on: bool, by: Actor) -> None:
    """Keep a person (key) in their room when the rooms are given anew, or no longer."""
    lock(leg)
    bed = _bed(leg, person)
    if bed.fixed == on:
        return
    step(leg, "fix_bed", by=by)
    bed.fixed = on
    bed.save(update_fields=["fixed"])
    _record("fix_bed", leg, by, {"person": bed.place.person.name}, {"fixed": on})


@transaction.atomic
def give_rooms(leg: Leg, rooms: Mapping[int, int], *, by: Actor) -> None:
    """Make these (place → room, keys) the beds of a term; who stays in a room keeps the bed, who is fixed stays fixed."""
    Rooming.objects.select_for_update().get(leg=leg)
    _hold_base(leg)
    if busy := taken_elsewhere(leg) & set(rooms.values()):
        raise RoomTakenThen(room=str(DormRoom.objects.get(pk=min(busy))))
    step(leg, "give_rooms", by=by)
    before = {bed.place_id: bed for bed in leg.beds.all()}
    kept = {pk: bed for pk, bed in before.items() if rooms.get(pk) == bed.room_id}
    taken: dict[int, set[int]] = {}
    for bed in kept.values():
        taken.setdefault(bed.room_id, set()).add(bed.number)
    made = []
    for place, room in rooms.items():
        if place not in kept:
            number = next(each for each in range(1, 5) if each not in taken.setdefault(room, set()))
            taken[room].add(number)
            fixed = place in before and before[place].fixed
            made.append(Bed(leg=leg, room_id=room, number=number, place_id=place, fixed=fixed))
    leg.beds.exclude(pk__in=[bed.pk for bed in kept.values()]).delete()
    Bed.objects.bulk_create(made, batch_size=200)
    _record("give_rooms", leg, by, {}, {"beds": len(rooms), "new": len(made)})


@transaction.atomic
def take_back(leg: Leg, *, by: Actor) -> str:
    """Put the beds back as they stood before the latest step; returns that step's verb."""
    rooming = lock(leg)
    last = leg.room_steps.first()
    if last is None:
        raise NothingToTakeBack
    places = set(Place.objects.filter(leg=leg).values_list("pk", flat=True))
    rooms = set(DormRoom.objects.filter(base=base_of(leg)).values_list("pk", flat=True)) - taken_elsewhere(leg)
    leg.beds.all().delete()
    Bed.objects.bulk_create(
        [
            Bed(leg=leg, place_id=place, room_id=room, number=number, fixed=fixed)
            for place, room, number, fixed in last.before
            if place in places and room in rooms
        ],
        batch_size=200,
    )
    last.delete()
    rooming.cost = rooming.bound = rooming.moved = None
    rooming.optimal = False
    rooming.save(update_fields=["cost", "bound", "optimal", "moved"])
    _record("take_rooms_back", leg, by, {"step": last.verb}, {})
    return last.verb


@transaction.atomic
def tell_rooms(leg: Leg, *, by: Actor) -> None:
    """Show participants their rooms from now on, as they stand."""
    rooming = lock(leg)
    if not leg.beds.exists():
        raise NoBedsYet
    rooming.published, rooming.published_by = clock.now(), by.get_username()
    rooming.save(update_fields=["published", "published_by"])
    _record("tell_rooms", leg, by, {}, {"beds": leg.beds.count()})


@transaction.atomic
def hide_rooms(leg: Leg, *, by: Actor) -> None:
    """Show participants their rooms no longer."""
    rooming = lock(leg)
    rooming.published, rooming.published_by = None, ""
    rooming.save(update_fields=["published", "published_by"])
    _record("hide_rooms", leg, by, {}, {})


def lock(leg: Leg) -> Rooming:
    """One change of a term's rooms at a time, and none while the solver works; within a transaction."""
    Rooming.objects.get_or_create(leg=leg)
    rooming = Rooming.objects.select_for_update().get(leg=leg)
    if rooming.solving:
        raise RoomsBeingGiven
    _hold_base(leg)
    return rooming


def step(leg: Leg, verb: str, *, by: Actor) -> None:
    """Keep how the beds stand, so that what follows can be taken back; the figures of the solver no longer hold."""
    before = [list(row) for row in leg.beds.values_list("place", "room", "number", "fixed")]
    RoomStep.objects.create(leg=leg, verb=verb, before=before, at=clock.now(), by_name=by.get_username())
    old = leg.room_steps.values_list("pk", flat=True)[MOST_STEPS:]
    RoomStep.objects.filter(pk__in=list(old)).delete()
    Rooming.objects.filter(leg=leg).update(cost=None, bound=None, optimal=False, moved=None)


def _hold_base(leg: Leg) -> None:
    """Two terms of one base that overlap never take the same room at once."""
    if base := base_of(leg):
        Unit.objects.select_for_update(no_key=True).get(pk=base.pk)


def _place(leg: Leg, person: int) -> Place:
    place = Place.objects.filter(leg=leg, person_id=person).select_related("person").first()
    if place is None:
        raise NotOnTerm(person=person, leg=leg.name)
    return place


def _bed(leg: Leg, person: int) -> Bed:
    bed = Bed.objects.filter(leg=leg, place__person_id=person).select_related("room", "place__person").first()
    if bed is None:
        raise NoBedsYet
    return bed


def _room(leg: Leg, key: int) -> DormRoom:
    room = DormRoom.objects.filter(pk=key, base=base_of(leg)).first()
    if room is None:
        raise RoomElsewhere(leg=leg.name)
    return room


def _lay(leg: Leg, place: Place, room: DormRoom, fixed: bool) -> Bed:
    taken = _fits(leg, place, room)
    number = next(each for each in range(1, room.beds + 1) if each not in taken)
    return Bed.objects.create(leg=leg, room=room, number=number, place=place, fixed=fixed)


def _fits(leg: Leg, place: Place, room: DormRoom) -> set[int]:
    """The numbers taken in the room, if the person may come into it."""
    if room.pk in taken_elsewhere(leg):
        raise RoomTakenThen(room=str(room))
    inside = list(Bed.objects.filter(leg=leg, room=room).select_related("place__person"))
    if room.sex and room.sex != place.person.sex:
        raise RoomOfOthers(room=str(room), sex=room.get_sex_display())
    if len(inside) >= room.beds:
        raise RoomFull(room=str(room), beds=room.beds)
    if other := next((bed.place.person for bed in inside if bed.place.person.sex != place.person.sex), None):
        raise RoomMixed(other=other.name, room=str(room))
    return {bed.number for bed in inside}


def _record(verb: str, leg: Leg, by: Actor, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    audit.record(verb, leg, by=by, before=before, after=after, unit_path=leg.programme.unit.path)
