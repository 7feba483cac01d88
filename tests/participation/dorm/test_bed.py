"""Beds given by hand: what is refused, what is taken back, what the database itself refuses."""

import threading
import time

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from tests.participation.dorm.house import Dorm, build_dorm

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.participation.domain import bed as verbs
from ortoo.participation.domain.bed import (
    NoBedsYet,
    NothingToTakeBack,
    NotOnTerm,
    RoomElsewhere,
    RoomFull,
    RoomMixed,
    RoomOfOthers,
    RoomsBeingGiven,
    RoomTakenThen,
)
from ortoo.participation.domain.dorm_room import RoomDraft, RoomInUse, RoomThereAlready, add_rooms, remove_rooms
from ortoo.participation.domain.place import change_places
from ortoo.participation.dorm.queries import floors_of
from ortoo.participation.models import Bed, Place, Rooming, RoomStep
from ortoo.programmes.models import Leg

pytestmark = pytest.mark.django_db


@pytest.fixture
def dorm(db: None) -> Dorm:
    return build_dorm()


def put(dorm: Dorm, staff_no: str, room: str | None) -> Bed | None:
    return verbs.put(dorm.leg, dorm.people[staff_no].pk, dorm.rooms[room].pk if room else None, by=SYSTEM)


def test_beds_of_a_room_are_given_in_order_and_a_full_room_refuses(dorm: Dorm) -> None:
    first, second = put(dorm, "000301", "101"), put(dorm, "000302", "101")
    assert first and second and (first.number, second.number) == (1, 2)
    with pytest.raises(RoomFull, match="101"):
        put(dorm, "000303", "101")
    put(dorm, "000301", None)
    third = put(dorm, "000303", "101")
    assert third and third.number == 1
    assert dorm.where() == {"000302": "101", "000303": "101"}


def test_women_and_men_never_share_and_rooms_for_women_take_no_man(dorm: Dorm) -> None:
    put(dorm, "000301", "101")
    with pytest.raises(RoomMixed, match="宋一"):
        put(dorm, "000305", "101")
    with pytest.raises(RoomOfOthers, match="201"):
        put(dorm, "000302", "201")
    assert dorm.where() == {"000301": "101"}


def test_only_people_of_the_term_and_rooms_of_its_base(dorm: Dorm) -> None:
    with pytest.raises(NotOnTerm):
        verbs.put(dorm.leg, dorm.stage.persons["000101"].pk, dorm.rooms["101"].pk, by=SYSTEM)
    (elsewhere,) = add_rooms(dorm.stage.units["1501"], [RoomDraft("", 1, "9")], by=SYSTEM)
    with pytest.raises(RoomElsewhere):
        verbs.put(dorm.leg, dorm.people["000301"].pk, elsewhere.pk, by=SYSTEM)


def test_swap_keeps_the_beds_and_refuses_what_would_mix(dorm: Dorm) -> None:
    for staff_no, room in (("000301", "101"), ("000302", "101"), ("000303", "102"), ("000305", "201")):
        put(dorm, staff_no, room)
    one, other, woman = (dorm.people[each].pk for each in ("000301", "000303", "000305"))
    verbs.swap(dorm.leg, one, other, by=SYSTEM)
    assert dorm.where() == {"000301": "102", "000302": "101", "000303": "101", "000305": "201"}
    with pytest.raises(RoomOfOthers):
        verbs.swap(dorm.leg, one, woman, by=SYSTEM)
    with pytest.raises(NoBedsYet):
        verbs.swap(dorm.leg, one, dorm.people["000304"].pk, by=SYSTEM)
    assert dorm.where()["000301"] == "102"


def test_every_step_is_taken_back_from_the_latest_on(dorm: Dorm) -> None:
    put(dorm, "000301", "101")
    verbs.fix(dorm.leg, dorm.people["000301"].pk, on=True, by=SYSTEM)
    verbs.give_rooms(dorm.leg, {dorm.place("000301").pk: dorm.rooms["102"].pk}, by=SYSTEM)
    assert Bed.objects.get().fixed and dorm.where() == {"000301": "102"}
    assert verbs.take_back(dorm.leg, by=SYSTEM) == "give_rooms"
    assert Bed.objects.get().fixed and dorm.where() == {"000301": "101"}
    assert verbs.take_back(dorm.leg, by=SYSTEM) == "fix_bed"
    assert not Bed.objects.get().fixed
    assert verbs.take_back(dorm.leg, by=SYSTEM) == "put_in_room"
    assert not Bed.objects.exists()
    with pytest.raises(NothingToTakeBack):
        verbs.take_back(dorm.leg, by=SYSTEM)


def test_steps_that_can_be_taken_back_are_bounded(dorm: Dorm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "MOST_STEPS", 3)
    for room in ("101", "102", "103", "101", "102"):
        put(dorm, "000301", room)
    assert RoomStep.objects.count() == 3


def test_nothing_changes_by_hand_while_the_solver_works(dorm: Dorm) -> None:
    Rooming.objects.create(leg=dorm.leg, solving=True)
    with pytest.raises(RoomsBeingGiven):
        put(dorm, "000301", "101")


def test_no_bed_and_no_person_twice_even_past_the_verbs(dorm: Dorm) -> None:
    room, places = dorm.rooms["101"], [dorm.place(each) for each in ("000301", "000302")]
    Bed.objects.create(leg=dorm.leg, room=room, number=1, place=places[0])
    for wrong in ({"room": room, "number": 1, "place": places[1]}, {"room": dorm.rooms["102"], "number": 1, "place": places[0]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Bed.objects.create(leg=dorm.leg, **wrong)


def test_who_changes_terms_leaves_the_bed(dorm: Dorm) -> None:
    put(dorm, "000301", "101")
    put(dorm, "000302", "101")
    programme, second = dorm.stage.programme, dorm.leg.programme.legs.get(ordinal=2)
    seats = {person.pk: dorm.leg for person in dorm.people.values()} | {dorm.people["000301"].pk: second}
    change_places(programme, seats, source="plan:1", by=SYSTEM)
    assert dorm.where() == {"000302": "101"}
    change_places(programme, {dorm.people["000301"].pk: second}, source="plan:2", by=SYSTEM)
    assert dorm.where() == {}


def test_rooms_in_use_are_not_removed_and_none_is_there_twice(dorm: Dorm) -> None:
    put(dorm, "000301", "101")
    base = dorm.stage.programme.base
    assert base is not None
    with pytest.raises(RoomInUse, match="101"):
        remove_rooms(base, [dorm.rooms["101"].pk, dorm.rooms["102"].pk], by=SYSTEM)
    assert remove_rooms(base, [dorm.rooms["102"].pk], by=SYSTEM) == 1
    with pytest.raises(RoomThereAlready, match="101"):
        add_rooms(base, [RoomDraft("1号楼", 1, "102"), RoomDraft("1号楼", 1, "101")], by=SYSTEM)
    assert base.dorm_rooms.count() == 5


def test_every_verb_leaves_a_row(dorm: Dorm) -> None:
    put(dorm, "000301", "101")
    verbs.tell_rooms(dorm.leg, by=SYSTEM)
    verbs.hide_rooms(dorm.leg, by=SYSTEM)
    verbs.take_back(dorm.leg, by=SYSTEM)
    said = list(AuditEntry.objects.filter(noun="leg", noun_id=str(dorm.leg.pk)).order_by("id").values_list("verb", flat=True))
    assert said[-4:] == ["put_in_room", "tell_rooms", "hide_rooms", "take_rooms_back"]


def test_room_belongs_to_one_term_at_a_time(dorm: Dorm) -> None:
    """The second term runs now; moved onto the third one's days it has its rooms to itself."""
    put(dorm, "000301", "101")
    second = Leg.objects.select_related("programme__base", "base").get(programme=dorm.stage.programme, ordinal=2)
    place = Place.objects.get(person=dorm.people["000302"])
    Place.objects.filter(pk=place.pk).update(leg=second)
    assert verbs.put(second, place.person_id, dorm.rooms["101"].pk, by=SYSTEM)
    verbs.put(second, place.person_id, None, by=SYSTEM)
    Leg.objects.filter(pk=second.pk).update(starts=dorm.leg.ends, ends=dorm.leg.ends)
    second.refresh_from_db(fields=["starts", "ends"])
    with pytest.raises(RoomTakenThen, match="101"):
        verbs.put(second, place.person_id, dorm.rooms["101"].pk, by=SYSTEM)
    with transaction.atomic(), pytest.raises(RoomTakenThen, match="101"):
        verbs.lock(second)
        verbs.give_rooms(second, {place.pk: dorm.rooms["101"].pk}, by=SYSTEM)
    assert [one.elsewhere for one in floors_of(second)[0].rooms] == [True, False, False]
    # What is taken back comes back only as far as nobody else has it since.
    verbs.take_back(second, by=SYSTEM)
    assert not Bed.objects.filter(leg=second).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_the_last_bed_at_once_one_does_and_the_other_is_told() -> None:
    dorm, told, gate = build_dorm(), [], threading.Barrier(2)
    put(dorm, "000301", "101")

    def give(staff_no: str) -> None:
        """SQLite in memory refuses whoever comes second for a moment; a file or PostgreSQL lets them wait."""
        gate.wait()
        for _attempt in range(200):
            try:
                put(dorm, staff_no, "101")
                break
            except OperationalError:
                time.sleep(0.02)
            except Exception as error:
                told.append(type(error))
                break
        connection.close()

    threads = [threading.Thread(target=give, args=[staff_no]) for staff_no in ("000302", "000303")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [RoomFull]
    assert sorted(Bed.objects.values_list("room__number", "number")) == [("101", 1), ("101", 2)]
