"""Explanations kept ready: once for each state of a plan, never from an older one."""

import pytest
from django.test import Client
from tests.planning.test_plan import solved

from ortoo.kernel.ids import new_key
from ortoo.people.models import Account
from ortoo.planning.adapters.explained import explained
from ortoo.planning.domain.plan import start_plan
from ortoo.planning.models import Plan
from ortoo.programmes.models import Programme


@pytest.fixture
def plan(rotation: Programme) -> Plan:
    """The proved plan."""
    return solved(rotation)


def test_explained_is_made_once(plan: Plan) -> None:
    first = explained(plan)
    assert first is not None
    assert explained(Plan.objects.get(pk=plan.pk)) is first


def test_explained_knows_a_changed_place(plan: Plan) -> None:
    place = plan.places.filter(leg__ordinal=1).select_related("person").first()
    assert place and (before := explained(plan))
    assert before.solution.assignment[place.person.staff_no] == "1"
    place.leg = plan.programme.legs.get(ordinal=2)
    place.save()
    plan.stamp = new_key()
    plan.save()
    after = explained(plan)
    assert after and after.solution.assignment[place.person.staff_no] == "2"


def test_explained_speaks_of_what_was_known_when_the_plan_was_made(plan: Plan) -> None:
    plan.programme.nominations.update(wish=3)
    plan.stamp = new_key()
    found = explained(plan)
    assert found and {person.prefers for person in found.problem.people} != {"3"}


def test_a_plan_without_places_has_no_explanation(rotation: Programme, organiser: Account) -> None:
    assert explained(start_plan(rotation, by=organiser)) is None


def test_reasons_of_one_person_ask_a_bounded_number_of_queries(
    plan: Plan, organiser: Account, client: Client, django_assert_max_num_queries
) -> None:
    client.force_login(organiser)
    place = plan.places.filter(leg=None).first()
    assert place and explained(plan)
    with django_assert_max_num_queries(40):
        page = client.get(f"/p/{plan.programme.key}/plans/{plan.number}/", {"who": place.person_id})
    assert 'id="why"' in page.content.decode()
