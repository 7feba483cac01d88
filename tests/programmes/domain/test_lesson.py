"""What happens to lessons."""

import pytest
from tests.programmes.tour import Tour, day

from ortoo.kernel.actor import SYSTEM
from ortoo.programmes.domain.duty import DutyDraft, NotAHost, add_duty, name_owner
from ortoo.programmes.domain.lesson import LessonDraft, LessonTwice, StopToCome, write_lesson
from ortoo.programmes.models import Duty
from ortoo.programmes.queries import duties_owned, duties_waiting, legs_signed_by


def test_lesson_stands_on_the_next_stops_checklist(tour: Tour) -> None:
    lesson = write_lesson(tour.stops[0], LessonDraft("多备一支话筒", "信息科", 2), by=tour.local_host)
    duty = Duty.objects.get(leg=tour.stops[2])
    assert (duty.title, duty.department, duty.days_before, duty.lesson) == ("多备一支话筒", "信息科", 2, lesson)
    assert lesson.carried_to == tour.stops[2]


def test_lesson_marks_a_duty_that_is_there_already(tour: Tour) -> None:
    add_duty(tour.stops[2], DutyDraft("多备一支话筒", "会务", 5), by=SYSTEM)
    write_lesson(tour.stops[1], LessonDraft("多备一支话筒"), by=SYSTEM)
    duty = Duty.objects.get(leg=tour.stops[2])
    assert (duty.department, duty.days_before) == ("会务", 5)
    assert duty.lesson is not None


def test_lesson_of_the_last_stop_is_only_kept(tour: Tour) -> None:
    tour.stops[2].delete()
    assert write_lesson(tour.stops[1], LessonDraft("早一刻开门"), by=SYSTEM).carried_to is None
    assert not Duty.objects.filter(leg__programme=tour.programme).exists()


def test_lesson_comes_after_the_stop_and_once(tour: Tour) -> None:
    with pytest.raises(StopToCome):
        write_lesson(tour.stops[2], LessonDraft("早到"), by=SYSTEM)
    write_lesson(tour.stops[0], LessonDraft("早到"), by=SYSTEM)
    with pytest.raises(LessonTwice):
        write_lesson(tour.stops[0], LessonDraft("早到"), by=SYSTEM)


def test_checklist_of_a_stop_without_a_day_has_no_day_and_is_never_late(tour: Tour) -> None:
    duty = add_duty(tour.stops[2], DutyDraft("落实场地", "", 14), by=SYSTEM)
    assert (duty.due, duty.overdue, duty.relative) == (None, False, "D−14")
    assert duties_waiting(legs_signed_by(tour.stage.organiser), day(30), 99) == []


def test_owner_hosts_or_organises_the_stop_and_hears_of_it(tour: Tour) -> None:
    duty = add_duty(tour.stops[1], DutyDraft("备水", "", 1), by=SYSTEM)
    with pytest.raises(NotAHost):
        name_owner(duty, tour.local_host, by=SYSTEM)
    name_owner(duty, tour.other_host, by=SYSTEM)
    assert [each.title for each in duties_owned(tour.other_host, day(0), 9)] == ["备水"]
    assert duties_owned(tour.stage.organiser, day(0), 9) == []
    name_owner(duty, None, by=SYSTEM)
    assert Duty.objects.get(pk=duty.pk).owner is None


def test_host_signs_off_at_its_own_stop_only(tour: Tour) -> None:
    for leg in tour.stops:
        add_duty(leg, DutyDraft("备水", "", 1), by=SYSTEM)
    seen = {duty.leg.name for duty in duties_waiting(legs_signed_by(tour.other_host), day(30), 9)}
    assert seen == {"乙站"}
