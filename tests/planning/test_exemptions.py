"""What is proved of a plan that has exemptions, or had: said of plans in which they stand only where a rule gave way for them."""

import pytest
from django.test import Client
from tests.planning.test_plan import solved
from tests.planning.test_variant import allowed_in, found, may_leave, places

from ortoo.kernel.actor import SYSTEM
from ortoo.people.models import Account
from ortoo.planning.adapters.explained import explained
from ortoo.planning.domain import by_hand, variant
from ortoo.planning.domain import plan as verbs
from ortoo.planning.domain.asked import Asked
from ortoo.planning.models import Plan
from ortoo.programmes.models import Programme
from ortoo_solvers.rotation import score


@pytest.fixture
def plan(rotation: Programme) -> Plan:
    """The proved plan."""
    return solved(rotation)


def read(client: Client, plan: Plan, page: str = "") -> str:
    """The plan's page, or another one of plans, in English."""
    return client.get(page or f"/p/{plan.programme.key}/plans/{plan.number}/", headers={"accept-language": "en"}).text


@pytest.mark.usefixtures("in_may")
def test_no_rule_gave_way_for_whoever_was_allowed_to_leave_a_term(plan: Plan, organiser: Account, client: Client) -> None:
    verbs.publish(plan, by=SYSTEM)
    copy = by_hand.copy_plan(plan, by=SYSTEM)
    place = copy.places.filter(leg__ordinal=1).first()
    assert place
    by_hand.move(copy, {place.person_id: None}, by=SYSTEM, reason="因病")
    plan.programme.nominations.filter(person=place.person_id).update(blocked=[["2023-01-01", "2023-12-31"]])
    again = found(variant.what_if(copy, Asked(), plan.rules, by=SYSTEM))
    assert again.exemptions.get().leg is None and again.optimal and again.bound == again.cost
    client.force_login(organiser)
    page = read(client, again)
    assert f"Cost {again.cost:,}, proved: no plan that keeps the rules costs less." in page and "given the" not in page
    assert "given exemptions" not in read(client, again, f"/p/{plan.programme.key}/plans/")


@pytest.mark.usefixtures("in_march")
def test_only_exemptions_for_which_a_rule_gave_way_are_counted(plan: Plan, organiser: Account, client: Client) -> None:
    copy = by_hand.copy_plan(plan, by=SYSTEM)
    _out, term = allowed_in(copy)
    other = copy.places.exclude(leg__ordinal=term).filter(leg__isnull=False).first()
    assert other
    copy.exemptions.create(person=other.person, leg=None, broken={}, reason="因病", at=copy.created, by_name="system")
    other.leg = None
    other.save()
    plan.programme.nominations.filter(person=other.person_id).update(blocked=[["2023-01-01", "2023-12-31"]])
    again = found(variant.what_if(copy, Asked(), plan.rules, by=SYSTEM))
    assert (again.exemptions.count(), again.optimal, again.bound) == (2, True, None)
    client.force_login(organiser)
    assert f"Cost {again.cost:,}, proved, given the 1 exemption by name below" in read(client, again)


@pytest.mark.usefixtures("in_march")
def test_what_is_proved_is_plain_where_nobody_was_kept_and_no_rule_gave_way(
    plan: Plan, organiser: Account, client: Client
) -> None:
    """Whoever was allowed is fixed on the term by now, and somebody else of the county leaves it for one that they wish."""
    copy = by_hand.copy_plan(plan, by=SYSTEM)
    out, term = allowed_in(copy)
    other, free = may_leave(copy, out, term)
    plan.programme.nominations.filter(person=other.person_id).update(wish=free)
    rules = {"hard": plan.rules["hard"], "cost": {**plan.rules["cost"], "preference_missed": 5000}}
    again = found(variant.what_if(copy, Asked(pins={out.person.staff_no: term}), rules, by=SYSTEM))
    assert places(again)[out.person.staff_no] == term and not again.exemptions.exists()
    explanation = explained(again)
    assert explanation and score(explanation.problem, explanation.solution.assignment).hard == 0
    assert again.optimal and again.bound == again.cost
    client.force_login(organiser)
    assert f"Cost {again.cost:,}, proved: no plan that keeps the rules costs less." in read(client, again)
