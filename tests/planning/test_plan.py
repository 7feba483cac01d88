"""Plans of the real size: found, judged, published, withdrawn."""

from collections import Counter

import pytest
from django.test import Client

from ortoo.kernel import jobs
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.participation.models import Place
from ortoo.people.models import Account
from ortoo.planning.domain import plan as verbs
from ortoo.planning.domain.rules import change_rules, rules_of
from ortoo.planning.models import Plan
from ortoo.programmes.models import Programme


def solved(programme: Programme, **options: int) -> Plan:
    """A plan, found here and now."""
    plan = verbs.start_plan(programme, by=SYSTEM, **options)
    assert plan.job
    jobs.run(plan.job.pk)
    plan.refresh_from_db()
    return plan


@pytest.fixture
def plan(rotation: Programme) -> Plan:
    """The proved plan."""
    return solved(rotation)


def test_plan_keeps_the_rules_and_is_proved(plan: Plan) -> None:
    assert (plan.state, plan.optimal, plan.cost) == (Plan.State.SOLVED, True, plan.bound)
    placed = list(plan.places.filter(leg__isnull=False).select_related("leg", "person__unit__parent"))
    assert plan.places.count() == 1101
    assert max(Counter(p.leg.ordinal for p in placed).values()) <= 224
    assert max(Counter(p.leg.ordinal for p in placed if p.person.sex == "女").values()) <= 48
    assert max(Counter((p.leg.ordinal, p.person.unit_id) for p in placed).values()) == 1
    blocked = dict(plan.programme.nominations.values_list("person_id", "blocked"))
    for place in placed:
        days = (place.leg.starts.isoformat(), place.leg.ends.isoformat())
        assert not any(first <= days[1] and last >= days[0] for first, last in blocked[place.person_id])


def test_plan_says_why_somebody_is_left_out(plan: Plan) -> None:
    for place in plan.places.filter(leg=None).select_related("person"):
        assert place.person.name in place.reasons["zh"] and place.person.name in place.reasons["en"]


def test_plan_by_the_same_seed_is_the_same(plan: Plan, rotation: Programme) -> None:
    again = solved(rotation)
    assert list(again.places.values_list("person_id", "leg_id")) == list(plan.places.values_list("person_id", "leg_id"))


def test_plan_gathers_needs_on_the_term_that_teaches_them(rotation: Programme) -> None:
    """A term that is no longer there (the ninth) does not stop planning."""
    rules = rules_of(rotation)
    before = _lacking(solved(rotation), "综合表达", 2)
    focus = {"综合表达": [2, 9], "群众工作": [9]}
    change_rules(rotation, rules.hard, rules.cost | {"needs_elsewhere": 30, "focus": focus}, by=SYSTEM)
    plan = solved(rotation)
    assert plan.optimal and plan.counts["costs"]["needs"] % 30 == 0
    assert _lacking(plan, "综合表达", 2) > 2 * before


def _lacking(plan: Plan, module: str, ordinal: int) -> int:
    needs = dict(plan.programme.nominations.values_list("person_id", "needs"))
    return sum(module in needs[person] for person in plan.places.filter(leg__ordinal=ordinal).values_list("person_id", flat=True))


def test_publish_gives_places_and_withdraw_takes_them_back(plan: Plan) -> None:
    verbs.publish(plan, by=SYSTEM)
    assert Place.objects.count() == plan.counts["placed"]
    assert AuditEntry.objects.filter(verb="publish").count() == 1
    with pytest.raises(verbs.NotReady):
        verbs.publish(plan, by=SYSTEM)
    verbs.withdraw(plan, by=SYSTEM)
    assert (Place.objects.count(), plan.state) == (0, Plan.State.WITHDRAWN)


def test_publish_refuses_while_another_is_published(plan: Plan, rotation: Programme) -> None:
    verbs.publish(plan, by=SYSTEM)
    with pytest.raises(verbs.OtherPublished):
        verbs.publish(solved(rotation), by=SYSTEM)


def test_drop_refuses_what_was_published(plan: Plan) -> None:
    verbs.publish(plan, by=SYSTEM)
    verbs.withdraw(plan, by=SYSTEM)
    with pytest.raises(verbs.PlanInUse):
        verbs.drop_plan(plan, by=SYSTEM)


def test_start_refuses_a_second_while_one_is_made(rotation: Programme) -> None:
    verbs.start_plan(rotation, by=SYSTEM)
    with pytest.raises(verbs.StillPlanning):
        verbs.start_plan(rotation, by=SYSTEM)


def test_board_asks_a_bounded_number_of_queries(
    plan: Plan, organiser: Account, client: Client, django_assert_max_num_queries
) -> None:
    client.force_login(organiser)
    with django_assert_max_num_queries(40):
        page = client.get(f"/p/{plan.programme.key}/plans/{plan.number}/")
    assert page.status_code == 200


def test_person_is_found_by_pinyin_and_explained(plan: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    address = f"/p/{plan.programme.key}/plans/{plan.number}/"
    assert "范娟" in client.get(address, {"q": "fanjuan"}).content.decode()
    person = plan.places.get(person__staff_no="001008").person
    page = client.get(address, {"who": person.pk}, headers={"accept-language": "en"}).content.decode()
    assert "范娟" in page and 'id="why"' in page


def test_clerk_sees_no_board(plan: Plan, clerk: Account, client: Client) -> None:
    client.force_login(clerk)
    assert client.get(f"/p/{plan.programme.key}/plans/{plan.number}/").status_code == 403


def test_pages_publish_and_withdraw(plan: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    address = f"/p/{plan.programme.key}/plans/{plan.number}/"
    assert client.get(address + "publish/").status_code == 200
    assert client.post(address + "publish/now/").status_code == 302
    assert Place.objects.count() == plan.counts["placed"]
    assert client.get(address + "notices/").status_code == 200
    assert client.post(address + "unpublish/").status_code == 302
    assert not Place.objects.exists()
