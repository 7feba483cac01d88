"""What happens to duties."""

from datetime import timedelta

import pytest
from tests.programmes.stage import Stage

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.programmes.domain import duty as verbs
from ortoo.programmes.domain.duty import DutyDone, DutyDraft, DutyOpen, DutyTwice
from ortoo.programmes.models import Duty, Leg
from ortoo.programmes.queries import duties_waiting, legs_signed_by

LIST = [DutyDraft("查房", "后勤", 7), DutyDraft("订餐", "食堂", 2)]


@pytest.fixture
def copied(stage: Stage) -> Stage:
    verbs.set_template(stage.programme, LIST, by=SYSTEM)
    verbs.copy_template(stage.programme, by=SYSTEM)
    return stage


def test_copy_template_writes_each_duty_once_on_each_leg(copied: Stage) -> None:
    assert Duty.objects.count() == 6
    assert all(copy.new == [] and copy.same == 2 for copy in verbs.compare_template(copied.programme))
    verbs.copy_template(copied.programme, by=SYSTEM)
    assert Duty.objects.count() == 6


def test_compare_template_writes_nothing(stage: Stage) -> None:
    verbs.set_template(stage.programme, LIST, by=SYSTEM)
    assert [len(copy.new) for copy in verbs.compare_template(stage.programme)] == [2, 2, 2]
    assert not Duty.objects.exists()


def test_compare_template_asks_the_same_number_of_queries(copied: Stage, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        verbs.compare_template(copied.programme)


def test_copy_changes_what_is_open_and_leaves_what_is_done(copied: Stage) -> None:
    done = Duty.objects.filter(title="查房").first()
    assert done
    verbs.tick_off(done, by=copied.host)
    verbs.set_template(copied.programme, [DutyDraft("查房", "后勤", 9)], by=SYSTEM)
    verbs.copy_template(copied.programme, by=SYSTEM)
    assert sorted(Duty.objects.filter(title="查房").values_list("days_before", flat=True)) == [7, 9, 9]
    assert Duty.objects.filter(title="订餐").count() == 3


def test_template_refuses_a_title_twice(stage: Stage) -> None:
    with pytest.raises(DutyTwice, match="查房"):
        verbs.set_template(stage.programme, [LIST[0], LIST[0]], by=SYSTEM)


def test_same_template_leaves_no_row(copied: Stage) -> None:
    AuditEntry.objects.all().delete()
    verbs.set_template(copied.programme, list(reversed(LIST)), by=SYSTEM)
    assert not AuditEntry.objects.exists()


def test_tick_off_keeps_who_when_and_note(copied: Stage) -> None:
    duty = Duty.objects.first()
    assert duty
    verbs.tick_off(duty, "两间漏水", by=copied.host)
    duty.refresh_from_db()
    assert (duty.done_by, duty.note, duty.done_at is not None) == (copied.host, "两间漏水", True)
    with pytest.raises(DutyDone):
        verbs.tick_off(duty, "again", by=copied.organiser)
    assert Duty.objects.get(pk=duty.pk).note == "两间漏水"


def test_tick_is_taken_back_once(copied: Stage) -> None:
    duty = Duty.objects.first()
    assert duty
    with pytest.raises(DutyOpen):
        verbs.take_tick_back(duty, by=copied.host)
    verbs.tick_off(duty, by=copied.host)
    verbs.take_tick_back(duty, by=copied.host)
    assert (duty.done_at, duty.done_by) == (None, None)


def test_duty_of_one_leg_is_added_once_and_removed_while_open(copied: Stage) -> None:
    leg = Leg.objects.first()
    assert leg
    duty = verbs.add_duty(leg, DutyDraft("接站"), by=SYSTEM)
    with pytest.raises(DutyTwice):
        verbs.add_duty(leg, DutyDraft("接站"), by=SYSTEM)
    verbs.tick_off(duty, by=copied.host)
    with pytest.raises(DutyDone):
        verbs.remove_duty(duty, by=SYSTEM)
    verbs.take_tick_back(duty, by=copied.host)
    verbs.remove_duty(duty, by=SYSTEM)
    assert not Duty.objects.filter(title="接站").exists()


def test_suggested_list_can_be_taken_as_it_is(stage: Stage) -> None:
    verbs.set_template(stage.programme, verbs.suggested(), by=SYSTEM)
    assert stage.programme.duty_template.count() == 10


def test_duties_waiting_are_those_due_by_the_day_in_open_programmes(copied: Stage) -> None:
    today, own = clock.today(), legs_signed_by(copied.organiser)
    assert duties_waiting(own, today, 99) == []
    copied.programme.state = "open"
    copied.programme.save()
    # First term began 30 days ago, the second 5 days ago; the third begins in 20 days, its first duty is due in 13.
    assert len(duties_waiting(own, today, 99)) == 4
    assert len(duties_waiting(own, today + timedelta(days=13), 99)) == 5
    assert len(duties_waiting(own, today, 3)) == 3
