"""Reflections: whose they are, what may be quoted, and that consent is never stretched."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from tests.live.stage import Tour, build_tour
from tests.programmes.stage import in_days

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.outcomes.domain import reflection as verbs
from ortoo.outcomes.domain.moderation import decide
from ortoo.outcomes.domain.reflection import (
    NotBegun,
    NothingReflected,
    NotOfThisProgramme,
    NotOnTerm,
    WrittenBySelf,
    write_reflection,
)
from ortoo.outcomes.models import Reflection
from ortoo.outcomes.queries import legs_to_reflect, quotes, reflections_visible_to
from ortoo.participation.domain.place import give_places
from ortoo.people.domain.unit import UnitDraft, record_units
from ortoo.people.models import Person, Unit
from ortoo.programmes.domain.leg import LegDraft, set_legs
from ortoo.programmes.domain.programme import change_state, start_programme
from ortoo.programmes.models import Leg, Programme


@pytest.fixture
def tour(db: None) -> Tour:
    """The tour."""
    return build_tour()


@pytest.fixture
def person(tour: Tour) -> Person:
    """Somebody of the clerk's station, with an account."""
    return tour.stage.persons["000101"]


def accept(tour: Tour, *things: Reflection) -> None:
    decide(things, "accepted", programme=tour.programme, by=SYSTEM)


def test_a_person_writes_once_and_may_write_anew(tour: Tour, person: Person) -> None:
    first = write_reflection(tour.leg, person, "很受教育", "named", by=tour.stage.participant)
    accept(tour, first)
    second = write_reflection(tour.leg, person, "再想想", "named", by=tour.stage.participant)
    assert second.pk == first.pk
    assert (second.text, second.state, second.by_self) == ("再想想", "waiting", True)
    assert Reflection.objects.count() == 1


def test_changed_consent_counts_at_once_and_needs_no_new_reading(tour: Tour, person: Person) -> None:
    reflection = write_reflection(tour.leg, person, "很受教育", "named", by=tour.stage.participant)
    accept(tour, reflection)
    assert [quote.whose for quote in quotes(tour.programme)] == ["一站 甲一"]
    write_reflection(tour.leg, person, "很受教育", "unnamed", by=tour.stage.participant)
    assert [quote.whose for quote in quotes(tour.programme)] == [""]
    write_reflection(tour.leg, person, "很受教育", "no", by=tour.stage.participant)
    assert quotes(tour.programme) == []
    reflection.refresh_from_db()
    assert reflection.state == "accepted"


@pytest.mark.parametrize("state", ["waiting", "refused"])
def test_only_what_is_accepted_is_quoted(tour: Tour, person: Person, state: str) -> None:
    reflection = write_reflection(tour.leg, person, "很受教育", "named", by=tour.stage.participant)
    decide([reflection], state, programme=tour.programme, by=SYSTEM)
    assert quotes(tour.programme) == []


def test_nobody_writes_over_what_a_person_wrote_themselves(tour: Tour, person: Person) -> None:
    write_reflection(tour.leg, person, "我自己写的", "no", by=tour.stage.participant)
    for text in ("别人改的", "我自己写的"):
        with pytest.raises(WrittenBySelf):
            write_reflection(tour.leg, person, text, "named", by=tour.stage.clerk)
    assert Reflection.objects.get().consent == "no"


def test_a_clerks_copy_becomes_the_persons_own(tour: Tour, person: Person) -> None:
    assert not write_reflection(tour.leg, person, "写在纸上的", "no", by=tour.stage.clerk).by_self
    assert write_reflection(tour.leg, person, "我改一改", "no", by=tour.stage.participant).by_self


def test_what_is_refused(tour: Tour, person: Person) -> None:
    with pytest.raises(NothingReflected):
        write_reflection(tour.leg, person, " \n", "no", by=SYSTEM)
    coming = Leg.objects.select_related("programme__unit").get(programme=tour.programme, ordinal=3)
    with pytest.raises(NotBegun):
        write_reflection(coming, person, "早了", "no", by=SYSTEM)
    record_units([UnitDraft("16", "别的区", "region")], by=SYSTEM)
    person.unit = Unit.objects.get(code="16")
    with pytest.raises(NotOfThisProgramme):
        write_reflection(tour.leg, person, "外人", "no", by=SYSTEM)


def test_consent_can_be_taken_back_after_moving_away(tour: Tour, person: Person) -> None:
    write_reflection(tour.leg, person, "很受教育", "named", by=tour.stage.participant)
    record_units([UnitDraft("16", "别的区", "region")], by=SYSTEM)
    Person.objects.filter(pk=person.pk).update(unit=Unit.objects.get(code="16"))
    person.refresh_from_db()
    write_reflection(tour.leg, person, "很受教育", "no", by=tour.stage.participant)
    assert Reflection.objects.get().consent == "no"


def test_taken_back_is_gone_and_the_record_holds_no_word_of_it(tour: Tour, person: Person) -> None:
    reflection = write_reflection(tour.leg, person, "只说一次", "no", by=tour.stage.participant)
    verbs.take_reflection_back(reflection, by=tour.stage.participant)
    assert not Reflection.objects.exists()
    for entry in AuditEntry.objects.all():
        assert "只说一次" not in f"{entry.title}{entry.before}{entry.after}"


def test_one_may_write_about_what_runs_or_is_just_over(tour: Tour, person: Person) -> None:
    assert [leg.ordinal for leg in legs_to_reflect(person)] == [2, 1]


@pytest.fixture
def terms(tour: Tour, person: Person) -> list[Leg]:
    """Two terms of a rotation that have begun: the person has a place on the first."""
    programme = start_programme("另一轮训", unit=tour.stage.units["15"], base=None, by=SYSTEM)
    set_legs(programme, [LegDraft(f"第{days}期", *in_days(days)) for days in (-30, -5)], by=SYSTEM)
    change_state(programme, Programme.State.PUBLISHED, by=SYSTEM)
    found = list(programme.legs.select_related("programme__unit").order_by("ordinal"))
    give_places(programme, [(person.pk, found[0])], source="plan:0", by=SYSTEM)
    return found


def test_one_writes_about_a_term_on_which_one_has_a_place_and_no_other(
    tour: Tour, person: Person, terms: list[Leg], client: Client
) -> None:
    before, now = terms
    assert [leg for leg in legs_to_reflect(person) if leg.programme == before.programme] == [before]
    client.force_login(tour.stage.participant)
    page = client.get(reverse("outcomes:mine")).text
    assert reverse("outcomes:reflect", args=[before.pk]) in page and reverse("outcomes:reflect", args=[now.pk]) not in page
    assert client.post(reverse("outcomes:reflect", args=[now.pk]), {f"leg-{now.pk}-text": "话"}).status_code == 404


def test_a_term_on_which_one_has_no_place_is_refused_by_name_whoever_writes(tour: Tour, person: Person, terms: list[Leg]) -> None:
    before, now = terms
    for by in (tour.stage.participant, tour.stage.clerk):
        with pytest.raises(NotOnTerm) as refused:
            write_reflection(now, person, "话", "no", by=by)
        assert str(refused.value) == "第-5期的名单里没有甲一。"
        with override("en"):
            assert str(refused.value) == "甲一 has no place on 第-5期."
    assert not write_reflection(before, person, "写在纸上的", "no", by=tour.stage.clerk).by_self
    assert write_reflection(before, person, "话", "no", by=tour.stage.participant).by_self


def test_a_clerk_reads_on_the_page_who_has_no_place_on_the_term(
    tour: Tour, person: Person, terms: list[Leg], client: Client
) -> None:
    client.force_login(tour.stage.clerk)
    page = reverse("outcomes:reflection-write", args=[terms[0].programme.key])
    said = {"leg": "1", "staff_no": "000102", "text": "写在纸上", "consent": "no"}
    answer = client.post(page, said)
    assert answer.context["form"].non_field_errors() == ["第-30期的名单里没有甲二。"] and not Reflection.objects.exists()
    assert client.post(page, said | {"staff_no": person.staff_no}).status_code == 302
    assert Reflection.objects.get().leg == terms[0]


def test_who_sees_which(tour: Tour, person: Person) -> None:
    mine = write_reflection(tour.leg, person, "甲", "no", by=tour.stage.participant)
    other = write_reflection(tour.leg, tour.stage.persons["000201"], "乙", "no", by=SYSTEM)
    stage = tour.stage
    assert set(reflections_visible_to(stage.organiser)) == {mine, other}
    assert set(reflections_visible_to(stage.clerk)) == {mine}
    assert set(reflections_visible_to(stage.other_clerk)) == {other}
    assert set(reflections_visible_to(stage.participant)) == {mine}
    assert not reflections_visible_to(stage.host).exists()
