"""A plan is told only while it still speaks of the people, rules, limits and terms that there are."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from tests.planning.conftest import account, build_rotation
from tests.planning.test_plan import solved

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.nomination import NominationDraft, nominate, withdraw
from ortoo.participation.models import Place
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.people.models import Account, Person, Role
from ortoo.planning.domain import by_hand, variant
from ortoo.planning.domain import plan as verbs
from ortoo.planning.domain.hindrance import NominatedNoMore, TermsHoldFewer
from ortoo.planning.domain.rules import change_rules
from ortoo.planning.models import Plan
from ortoo.programmes.domain.leg import LegDraft, LegInPlan, set_legs
from ortoo.programmes.models import Programme

pytestmark = pytest.mark.django_db
NAMES = ("name", "starts", "ends", "base_id", "capacity", "women_beds", "men_beds")


@pytest.fixture
def programme() -> Programme:
    """The rotation with a hundred people."""
    return build_rotation(100)


@pytest.fixture
def plan(programme: Programme) -> Plan:
    """Its plan."""
    return solved(programme)


@pytest.fixture
def organiser(programme: Programme, client: Client) -> Account:
    """Signed in."""
    made = account("organiser", Role.Kind.ORGANISER, "150000")
    client.force_login(made)
    return made


def drafts(programme: Programme) -> list[LegDraft]:
    return [LegDraft(*(getattr(leg, name) for name in NAMES)) for leg in programme.legs.order_by("ordinal")]


def preview(client: Client, plan: Plan) -> str:
    return client.get(f"/p/{plan.programme.key}/plans/{plan.number}/publish/").content.decode()


def test_who_is_nominated_no_more_gets_no_place(plan: Plan, organiser: Account, client: Client) -> None:
    gone = plan.places.filter(leg__ordinal=2).select_related("person").first()
    assert gone
    withdraw(list(plan.programme.nominations.filter(person=gone.person).select_related("person__unit")), by=SYSTEM)
    with pytest.raises(NominatedNoMore) as refused:
        verbs.publish(plan, by=SYSTEM)
    assert gone.person.name in str(refused.value) and not Place.objects.exists()
    page = preview(client, plan)
    assert str(refused.value) in page and "立即公布" not in page
    copied = by_hand.copy_plan(plan, by=SYSTEM)
    by_hand.move(copied, {gone.person_id: None}, by=SYSTEM)
    verbs.publish(copied, by=SYSTEM)
    assert not Place.objects.filter(person=gone.person).exists()


def test_who_was_nominated_since_is_named_before_publishing(plan: Plan, organiser: Account, client: Client) -> None:
    assert "排期之后新报名" not in preview(client, plan)
    station = Person.objects.earliest("pk").unit_id
    record_persons([PersonDraft(unit_id=station, staff_no="N1", name="新来的", sex="男", post="站长")], by=SYSTEM)
    nominate(plan.programme, [NominationDraft(Person.objects.select_related("unit").get(staff_no="N1"))], by=SYSTEM)
    assert "新来的" in preview(client, plan)


def test_a_term_that_holds_fewer_now_takes_no_more(plan: Plan, organiser: Account, client: Client) -> None:
    rows = drafts(plan.programme)
    there = plan.places.filter(leg__ordinal=2).count()
    set_legs(plan.programme, [rows[0], replace(rows[1], capacity=there - 1), *rows[2:]], by=SYSTEM)
    with pytest.raises(TermsHoldFewer) as refused:
        verbs.publish(plan, by=SYSTEM)
    assert rows[1].name in str(refused.value) and str(refused.value) in preview(client, plan)
    set_legs(plan.programme, [rows[0], replace(rows[1], capacity=there), *rows[2:]], by=SYSTEM)
    assert verbs.publish(plan, by=SYSTEM).places == plan.counts["placed"]


def test_rules_that_were_changed_since_have_to_be_adopted_with_the_plan(plan: Plan, organiser: Account, client: Client) -> None:
    stricter = {**plan.rules["hard"], "county_away_share": 0.1}
    change_rules(plan.programme, stricter, plan.rules["cost"], by=SYSTEM)
    with pytest.raises(verbs.NotAdopted):
        verbs.publish(plan, by=SYSTEM)
    assert "采用并公布" in preview(client, plan)
    variant.adopt_and_publish(plan, by=organiser)
    plan.programme.rules.refresh_from_db()
    assert plan.programme.rules.hard == plan.rules["hard"]


def test_a_published_plan_is_not_asked_to_adopt_rules_changed_later(plan: Plan) -> None:
    verbs.publish(plan, by=SYSTEM)
    change_rules(plan.programme, {**plan.rules["hard"], "county_away_share": 0.1}, plan.rules["cost"], by=SYSTEM)
    plan.refresh_from_db()
    assert not verbs.must_adopt(plan)


def test_a_term_in_which_a_plan_puts_people_is_not_removed(plan: Plan) -> None:
    with pytest.raises(LegInPlan):
        set_legs(plan.programme, drafts(plan.programme)[:-1], by=SYSTEM)
    assert plan.places.filter(leg__ordinal=5).exists()
    verbs.drop_plan(plan, by=SYSTEM)
    assert len(set_legs(plan.programme, drafts(plan.programme)[:-1], by=SYSTEM)) == 4


def test_a_copy_does_not_know_a_term_that_was_added_later(plan: Plan, organiser: Account, client: Client) -> None:
    rows = drafts(plan.programme)
    last = rows[-1]
    later = replace(last, name="第六期", starts=last.ends + timedelta(5), ends=last.ends + timedelta(9))
    set_legs(plan.programme, [*rows, later], by=SYSTEM)
    copied = by_hand.copy_plan(plan, by=SYSTEM)
    person = copied.places.filter(leg__isnull=False).first()
    assert person
    with pytest.raises(by_hand.NewerThanPlan):
        by_hand.move(copied, {person.person_id: 6}, by=SYSTEM, reason="因公")
    here = f"/p/{plan.programme.key}/plans/{copied.number}/hand/"
    page = client.get(here).content.decode()
    assert 'data-term="5"' in page and 'data-term="6"' not in page
    answer = client.post(f"{here}move/", {"person": person.person_id, "term": 6, "reason": "因公"}, follow=True)
    assert answer.status_code == 200
