"""What happens to programmes."""

import pytest
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.participation.domain.nomination import NominationDraft, nominate
from ortoo.participation.domain.place import give_places
from ortoo.programmes.domain import programme as verbs
from ortoo.programmes.domain.duty import DutyDraft, set_template
from ortoo.programmes.domain.programme import NoLegs, NotEmpty, WrongState
from ortoo.programmes.models import Programme


def nominate_one(stage: Stage) -> None:
    nominate(stage.programme, [NominationDraft(stage.persons["000101"])], by=SYSTEM)


def test_programme_opens_closes_and_opens_again(stage: Stage) -> None:
    for verb, state in (
        (verbs.open_programme, "open"),
        (verbs.withdraw_opening, "draft"),
        (verbs.open_programme, "open"),
        (verbs.close_programme, "closed"),
        (verbs.reopen_programme, "open"),
    ):
        verb(stage.programme, by=stage.organiser)
        assert Programme.objects.get().state == state
    changes = AuditEntry.objects.filter(verb="change_state", by_name="organiser").order_by("id")
    assert [entry.after["state"] for entry in changes] == ["open", "draft", "open", "closed", "open"]


def test_programme_without_terms_does_not_open(stage: Stage) -> None:
    empty = verbs.start_programme("空", unit=stage.units["15"], base=None, by=SYSTEM)
    with pytest.raises(NoLegs, match="空"):
        verbs.open_programme(empty, by=SYSTEM)


def test_programme_state_is_read_again_before_a_move(stage: Stage) -> None:
    old_page = Programme.objects.get()
    verbs.open_programme(stage.programme, by=SYSTEM)
    with pytest.raises(WrongState):
        verbs.open_programme(old_page, by=SYSTEM)


def test_programme_with_people_stays_open_and_is_not_removed(stage: Stage) -> None:
    nominate_one(stage)
    with pytest.raises(NotEmpty):
        verbs.remove_programme(stage.programme, by=SYSTEM)
    verbs.open_programme(stage.programme, by=SYSTEM)
    with pytest.raises(NotEmpty):
        verbs.withdraw_opening(stage.programme, by=SYSTEM)
    with pytest.raises(WrongState):
        verbs.remove_programme(stage.programme, by=SYSTEM)


def test_reopened_programme_with_places_is_published(stage: Stage) -> None:
    verbs.open_programme(stage.programme, by=SYSTEM)
    leg = stage.programme.legs.first()
    assert leg
    give_places(stage.programme, [(stage.persons["000101"].pk, leg)], source="plan:1", by=SYSTEM)
    verbs.close_programme(stage.programme, by=SYSTEM)
    verbs.reopen_programme(stage.programme, by=SYSTEM)
    assert stage.programme.state == "published"


def test_draft_is_removed_with_its_terms_and_leaves_a_row(stage: Stage) -> None:
    verbs.remove_programme(stage.programme, by=stage.organiser)
    assert not Programme.objects.exists()
    assert AuditEntry.objects.get(verb="remove_programme").before["title"] == "示例轮训"


def test_change_programme_records_only_what_differs(stage: Stage) -> None:
    same = {"title": "示例轮训", "base": stage.programme.base}
    assert not verbs.change_programme(stage.programme, **same, by=SYSTEM)  # type: ignore[arg-type]
    assert verbs.change_programme(stage.programme, **same, bring="工作服", by=SYSTEM)  # type: ignore[arg-type]
    entry = AuditEntry.objects.get(verb="change_programme")
    assert (entry.before, entry.after) == ({"bring": ""}, {"bring": "工作服"})


def test_take_over_brings_list_and_texts_but_nobody(stage: Stage) -> None:
    verbs.change_programme(stage.programme, title="示例轮训", base=None, contact="培训处 1234", bring="工作服", by=SYSTEM)
    set_template(stage.programme, [DutyDraft("查房", "后勤", 3)], by=SYSTEM)
    nominate_one(stage)
    later = verbs.start_programme("下一轮", unit=stage.units["15"], base=None, by=SYSTEM)
    verbs.take_over(later, stage.programme, by=SYSTEM)
    later.refresh_from_db()
    assert (later.contact, later.bring, later.nominations.count()) == ("培训处 1234", "工作服", 0)
    assert [(duty.title, duty.days_before) for duty in later.duty_template.all()] == [("查房", 3)]
