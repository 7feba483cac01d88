"""The rooms of a term: given by the solver, changed by hand on pages, told, printed."""

import io
import re

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from tests.participation.dorm.house import Dorm

from ortoo.kernel import clock, jobs
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.participation.domain.bed import fix, put
from ortoo.participation.domain.room_wish import say_wish
from ortoo.participation.models import Bed, Rooming
from ortoo.planning.adapters.rooms import basis_of, standing
from ortoo.planning.domain.rooming import NobodyOnTerm, NoRoomsYet, start_rooms
from ortoo.planning.rooms_work import without_bed_soon
from ortoo.programmes.models import Leg

pytestmark = pytest.mark.django_db


def give(dorm: Dorm, colleagues: str = "free") -> Rooming:
    rooming = start_rooms(dorm.leg, colleagues=colleagues, by=SYSTEM)
    jobs.run(rooming.job.pk)
    rooming.refresh_from_db()
    return rooming


def at(dorm: Dorm, name: str = "rooms") -> str:
    return reverse(f"planning:{name}", args=[dorm.stage.programme.key, dorm.leg.pk])


def pairs(dorm: Dorm) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for person, room in dorm.where().items():
        found.setdefault(room, set()).add(person)
    return {frozenset(people) for people in found.values()}


def test_everybody_gets_a_bed_by_wishes_and_it_is_proved(dorm: Dorm) -> None:
    say_wish(dorm.place("000301"), snores=True, rhythm="", wanted="孙三", by=SYSTEM)
    say_wish(dorm.place("000303"), snores=True, rhythm="", wanted="宋一", by=SYSTEM)
    rooming = give(dorm)
    assert rooming.optimal and rooming.cost == rooming.bound == 3 * 40 and not rooming.solving
    assert pairs(dorm) == {frozenset(("000301", "000303")), frozenset(("000302", "000304")), frozenset(("000305", "000306"))}


@pytest.mark.parametrize(("rule", "same"), [("apart", 0), ("together", 2)])
def test_colleagues_apart_or_together(dorm: Dorm, rule: str, same: int) -> None:
    give(dorm, rule)
    stations = {frozenset(dorm.people[each].unit_id for each in pair) for pair in pairs(dorm) if "000305" not in pair}
    assert sum(len(units) == 1 for units in stations) == same


def test_given_anew_only_who_gains_moves_and_who_is_fixed_stays(dorm: Dorm) -> None:
    give(dorm)
    before = dorm.where()
    give(dorm)
    assert dorm.where() == before
    alone = dorm.people["000301"]
    put(dorm.leg, alone.pk, dorm.rooms["103"].pk if before["000301"] != "103" else dorm.rooms["102"].pk, by=SYSTEM)
    fix(dorm.leg, alone.pk, on=True, by=SYSTEM)
    fixed = dorm.where()["000301"]
    give(dorm)
    assert dorm.where()["000301"] == fixed


def test_anew_with_as_few_moves_as_can_be_leaves_who_has_a_bed(dorm: Dorm, host: Client) -> None:
    for number, room in {"000301": "101", "000302": "102", "000303": "103", "000305": "201"}.items():
        put(dorm.leg, dorm.people[number].pk, dorm.rooms[room].pk, by=SYSTEM)
    before = dorm.where()
    rooming = start_rooms(dorm.leg, colleagues="free", near=True, by=SYSTEM)
    jobs.run(rooming.job.pk)
    rooming.refresh_from_db()
    assert (rooming.moved, rooming.bound, rooming.optimal) == (0, None, True)
    assert before.items() <= dorm.where().items() and len(dorm.where()) == 6
    assert "已证明：不能更少" in host.get(at(dorm)).text


def test_near_moves_somebody_only_for_somebody_elses_bed(dorm: Dorm) -> None:
    for number in ("103", "202", "203"):
        dorm.rooms[number].delete()
    dorm.people["000304"].sex = "女"
    dorm.people["000304"].save()
    put(dorm.leg, dorm.people["000301"].pk, dorm.rooms["101"].pk, by=SYSTEM)
    put(dorm.leg, dorm.people["000302"].pk, dorm.rooms["102"].pk, by=SYSTEM)
    for number in ("000305", "000306"):
        put(dorm.leg, dorm.people[number].pk, dorm.rooms["201"].pk, by=SYSTEM)
    dorm.place("000303").delete()
    rooming = start_rooms(dorm.leg, colleagues="free", near=True, by=SYSTEM)
    jobs.run(rooming.job.pk)
    rooming.refresh_from_db()
    # One of the two men makes room for the third woman.
    assert rooming.moved == 1 and rooming.optimal and len(dorm.where()) == 5


def test_proof_falls_with_what_it_rests_on(dorm: Dorm, host: Client) -> None:
    give(dorm)
    assert "已证明" in host.get(at(dorm)).text
    say_wish(dorm.place("000301"), snores=True, rhythm="", wanted="", by=SYSTEM)
    text = host.get(at(dorm)).text
    assert "已证明" not in text and "情况有变" in text


def test_proof_holds_however_the_rule_is_given(dorm: Dorm) -> None:
    plain, named = (basis_of(dorm.leg, standing(dorm.leg, rule)) for rule in ("apart", Rooming.Colleagues.APART))
    assert plain == named


def test_rooms_of_another_term_on_the_same_days_are_left_out(dorm: Dorm, host: Client) -> None:
    second = Leg.objects.select_related("programme__base", "base").get(programme=dorm.stage.programme, ordinal=2)
    place = dorm.place("000306")
    type(place).objects.filter(pk=place.pk).update(leg=second)
    put(second, place.person_id, dorm.rooms["101"].pk, by=SYSTEM)
    Leg.objects.filter(pk=second.pk).update(starts=dorm.leg.starts, ends=dorm.leg.ends)
    give(dorm)
    here = set(Bed.objects.filter(leg=dorm.leg).values_list("room__number", flat=True))
    assert "101" not in here and Bed.objects.filter(leg=dorm.leg).count() == 5
    choices = host.get(at(dorm), {"who": dorm.people["000301"].pk, "as": "choices"}).json()["choices"]
    assert next(each["broken"] for each in choices if each["term"] == f"r{dorm.rooms['101'].pk}") == "另一期次使用中"


def test_home_page_names_terms_that_begin_soon_and_lack_beds(dorm: Dorm) -> None:
    assert list(without_bed_soon(dorm.stage.host)) == []
    Leg.objects.filter(pk=dorm.leg.pk).update(starts=clock.today())
    (waiting,) = without_bed_soon(dorm.stage.host)
    assert waiting.count == 6 and waiting.href == at(dorm)
    assert list(without_bed_soon(dorm.stage.clerk)) == []
    give(dorm)
    assert list(without_bed_soon(dorm.stage.host)) == []


def test_who_finds_no_bed_is_named(dorm: Dorm, host: Client) -> None:
    for number in ("102", "103", "202", "203"):
        dorm.rooms[number].delete()
    give(dorm)
    text = host.get(at(dorm)).text
    without = re.findall(r"<li>.*?</li>", text[text.index('id="without"') : text.index("data-hand=")])
    assert len(without) == 2 and Bed.objects.count() == 4


def test_nothing_to_give_is_refused(dorm: Dorm) -> None:
    with pytest.raises(NobodyOnTerm):
        start_rooms(Leg.objects.get(programme=dorm.stage.programme, ordinal=2), colleagues="free", by=SYSTEM)
    for room in dorm.rooms.values():
        room.delete()
    with pytest.raises(NoRoomsYet):
        start_rooms(dorm.leg, colleagues="free", by=SYSTEM)


def test_stopped_work_keeps_what_was_found_and_a_lost_one_frees_the_rooms(dorm: Dorm) -> None:
    rooming = start_rooms(dorm.leg, colleagues="free", by=SYSTEM)
    jobs.ask_stop(rooming.job)
    rooming.refresh_from_db()
    assert not rooming.solving and not Bed.objects.exists()


def test_host_gives_moves_swaps_fixes_and_takes_back_on_the_page(dorm: Dorm, host: Client) -> None:
    started = host.post(at(dorm, "rooms-give"), {"colleagues": "apart"}, follow=True)
    assert started.status_code == 200 and Rooming.objects.get().solving
    jobs.run(Rooming.objects.get().job.pk)
    before = dorm.where()
    person = dorm.people["000305"].pk
    free = next(number for number in ("202", "203") if number not in before.values())
    moved = host.post(at(dorm, "rooms-move"), {"person": person, "term": f"r{dorm.rooms[free].pk}"}, follow=True).text
    assert "贵了40" in moved and dorm.where()["000305"] == free
    refused = host.post(at(dorm, "rooms-move"), {"person": person, "term": f"r{dorm.rooms['101'].pk}"}, follow=True).text
    assert "101" in refused and dorm.where()["000305"] == free
    other = next(each for each in ("000302", "000303", "000304") if before[each] != before["000301"])
    host.post(at(dorm, "rooms-swap"), {"person": dorm.people["000301"].pk, "other": dorm.people[other].pk})
    assert (dorm.where()["000301"], dorm.where()[other]) == (before[other], before["000301"])
    host.post(at(dorm, "rooms-fix"), {"person": person, "on": "1"})
    assert Bed.objects.get(place__person=person).fixed
    for _step in range(3):
        host.post(at(dorm, "rooms-undo"))
    assert dorm.where() == before


def test_choices_say_the_price_and_what_is_not_possible(dorm: Dorm, host: Client) -> None:
    give(dorm)
    said = host.get(at(dorm), {"who": dorm.people["000305"].pk, "as": "choices"}).json()["choices"]
    by_room = {choice["term"]: choice for choice in said}
    here = dorm.where()["000305"]
    assert by_room[f"r{dorm.rooms[here].pk}"]["here"]
    empty = next(number for number in ("201", "202", "203") if number != here)
    assert by_room[f"r{dorm.rooms[empty].pk}"]["extra"] == 40 and not by_room[f"r{dorm.rooms[empty].pk}"]["broken"]
    mans = dorm.where()["000301"]
    assert by_room[f"r{dorm.rooms[mans].pk}"]["broken"]


def test_wishes_not_met_are_said_in_words(dorm: Dorm, host: Client) -> None:
    say_wish(dorm.place("000301"), snores=True, rhythm="early", wanted="", by=SYSTEM)
    say_wish(dorm.place("000302"), snores=False, rhythm="late", wanted="", by=SYSTEM)
    for staff_no in ("000301", "000302"):
        put(dorm.leg, dorm.people[staff_no].pk, dorm.rooms["101"].pk, by=SYSTEM)
    Rooming.objects.update(colleagues="apart")
    with override("zh-hans"):
        words = standing(dorm.leg, "apart").said()[dorm.rooms["101"].pk]
    assert len(words) == 3 and all("宋一" in each and "宋二" in each for each in words)
    assert all(each in host.get(at(dorm)).text for each in words)


def test_told_rooms_and_files_are_logged_and_complete(dorm: Dorm, host: Client) -> None:
    assert host.get(at(dorm, "rooms-doors")).status_code == 302
    give(dorm)
    host.post(at(dorm, "rooms-tell"), {"on": "1"})
    assert Rooming.objects.get().published_by == "host"
    pdf = host.get(at(dorm, "rooms-doors"))
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    assert len(host.get(at(dorm, "rooms-doors"), {"each": "1"}).content) != len(pdf.content)
    book = openpyxl.load_workbook(io.BytesIO(host.get(at(dorm, "rooms-sheet")).content))
    names = [row[2] for sheet in book.worksheets for row in sheet.iter_rows(min_row=2, values_only=True) if row[2]]
    assert sorted(names) == sorted(person.name for person in dorm.people.values())
    assert len(book.sheetnames) == 3
    assert AuditEntry.objects.filter(verb="download", noun="leg").count() == 3


def test_rooms_are_looked_at_before_they_are_written_down(dorm: Dorm, host: Client) -> None:
    key = [dorm.stage.programme.key, dorm.leg.pk]
    many = {"building": "2号楼", "first": 1, "last": 3, "rooms": 20, "beds": 2, "sex": ""}
    shown = host.post(reverse("participation:dorm-many", args=key), many).text
    assert "2号楼\t3\t320\t2" in shown and dorm.stage.programme.base.dorm_rooms.count() == 6
    lines = reverse("participation:dorm-lines", args=key)
    wrong = host.post(lines, {"text": "2号楼,1,101\n2号楼,x,102"}).text
    assert "2号楼,x,102" in wrong and dorm.stage.programme.base.dorm_rooms.count() == 6
    assert host.post(lines, {"text": "2号楼,1,101\n2号楼,1,102", "look": "1"}).status_code == 200
    assert dorm.stage.programme.base.dorm_rooms.count() == 6
    again = host.post(lines, {"text": "2号楼,1,101\n1号楼,1,101"}).text
    assert "1号楼 101" in again and dorm.stage.programme.base.dorm_rooms.count() == 6
    assert host.post(lines, {"text": "2号楼,1,101\n2号楼,1,102"}).status_code == 302
    rooms = dorm.stage.programme.base.dorm_rooms
    assert rooms.count() == 8
    host.post(reverse("participation:dorm-remove", args=key), {"room": list(rooms.values_list("pk", flat=True))})
    assert rooms.count() == 0


def test_board_asks_a_bounded_number_of_queries(dorm: Dorm, host: Client, django_assert_max_num_queries: object) -> None:
    give(dorm)
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        host.get(at(dorm), {"who": dorm.people["000305"].pk})
