"""Modules and hours; what people say they lack."""

import pytest
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.learning.domain import curriculum as verbs
from ortoo.learning.domain.curriculum import ModuleDraft
from ortoo.learning.models import Module
from ortoo.participation.models import Nomination
from ortoo.programmes.domain.programme import close_programme


def needs_of(stage: Stage, staff_no: str) -> list[str]:
    return Nomination.objects.get(person__staff_no=staff_no, programme=stage.programme).needs


def nomination(stage: Stage, staff_no: str) -> Nomination:
    return Nomination.objects.select_related("programme__unit", "person__unit").get(person__staff_no=staff_no)


def test_modules_keep_their_order_and_the_same_changes_nothing(stage: Stage) -> None:
    assert list(Module.objects.values_list("name", "least")) == [("写作", 4), ("处置", 2), ("调研", 0)]
    before = AuditEntry.objects.count()
    same = [ModuleDraft("写作", 4), ModuleDraft("处置", 2), ModuleDraft("调研")]
    assert not verbs.set_curriculum(stage.programme, 40, same, by=SYSTEM)
    assert verbs.set_curriculum(stage.programme, 41, same[::-1], by=SYSTEM)
    assert AuditEntry.objects.count() == before + 1
    assert Module.objects.first().name == "调研"  # type: ignore[union-attr]


def test_module_twice_and_too_few_hours_are_refused(stage: Stage) -> None:
    with pytest.raises(verbs.ModuleTwice):
        verbs.set_curriculum(stage.programme, 40, [ModuleDraft("写作"), ModuleDraft("写作", 1)], by=SYSTEM)
    with pytest.raises(verbs.HoursTooFew, match="41"):
        verbs.set_curriculum(stage.programme, 40, [ModuleDraft("写作", 41)], by=SYSTEM)


def test_said_needs_keep_the_words_of_the_return(stage: Stage) -> None:
    staff_no = next(number for number in stage.persons if "摄影" in needs_of(stage, number))
    assert verbs.say_needs(nomination(stage, staff_no), ["处置"], by=SYSTEM)
    assert needs_of(stage, staff_no) == ["处置", "摄影"]
    assert not verbs.say_needs(nomination(stage, staff_no), ["处置"], by=SYSTEM)
    with pytest.raises(verbs.NoSuchModule, match="摄影"):
        verbs.say_needs(nomination(stage, staff_no), ["摄影"], by=SYSTEM)


def test_closed_programme_takes_no_needs(stage: Stage) -> None:
    close_programme(stage.programme, by=SYSTEM)
    with pytest.raises(verbs.NeedsClosed):
        verbs.say_needs(nomination(stage, "000101"), ["处置"], by=SYSTEM)
