"""Why this term: organisers read all names, clerks their own people, participants themselves."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.planning.conftest import account
from tests.planning.test_plan import solved

from ortoo.kernel.actor import SYSTEM
from ortoo.people.models import Account, Role, Unit
from ortoo.planning.domain import plan as verbs
from ortoo.planning.models import Plan
from ortoo.programmes.models import Programme


@pytest.fixture
def published(rotation: Programme) -> Plan:
    """The published plan."""
    plan = solved(rotation)
    verbs.publish(plan, by=SYSTEM)
    return plan


def text_of(client: Client, address: str, language: str = "zh-hans") -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_board_says_for_each_term_what_it_would_cost(published: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    place = published.places.filter(leg__ordinal=2, wish_met=True).first()
    assert place
    address = f"/p/{published.programme.key}/plans/{published.number}/?who={place.person_id}"
    assert "总代价" in text_of(client, address)
    assert "the plan costs" in text_of(client, address, "en")


def test_board_says_why_a_county_has_its_numbers(published: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    address = f"/p/{published.programme.key}/plans/{published.number}/?county=150103"
    assert "上限1人" in text_of(client, address) and "at most 1" in text_of(client, address, "en")


def test_board_says_why_a_prefecture_has_its_numbers(published: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    address = f"/p/{published.programme.key}/plans/{published.number}/"
    assert 'href="?unit=150300#unit"' in text_of(client, address)
    said = text_of(client, f"{address}?unit=150300", "en")
    assert said.count("costs") >= 5 and "Nothing is known" not in said


def test_clerk_asks_about_its_own_units_and_no_others(published: Plan, clerk: Account, client: Client) -> None:
    client.force_login(clerk)
    address = f"/p/{published.programme.key}/why/units/"
    assert address in text_of(client, f"/p/{published.programme.key}/why/")
    rows = client.get(address).context["table"].rows
    own = {unit.code for unit in rows}
    assert "150300" in own and {unit.kind for unit in rows} >= {"prefecture", "county"}
    assert all("/150300/" in unit.path for unit in rows)
    for code in ("150300", next(unit.code for unit in rows if unit.kind == "county")):
        said = text_of(client, f"{address}{code}/", "en")
        assert "Nothing is known" not in said and "第一期" in said
    other = Unit.objects.filter(kind="county").exclude(path__contains="/150300/").first()
    assert other and client.get(f"{address}{other.code}/").status_code == 404
    assert client.get(f"{address}150100/").status_code == 404


def test_pages_of_units_ask_the_same_number_of_queries_for_one_and_for_many(
    published: Plan, clerk: Account, client: Client
) -> None:
    address, asked = f"/p/{published.programme.key}/why/units/", {}
    client.force_login(clerk)
    county = next(unit.code for unit in client.get(address).context["table"].rows if unit.kind == "county")
    for account_of, code in ((account("of_one", Role.Kind.CLERK, county), county), (clerk, "150300")):
        client.force_login(account_of)
        with CaptureQueriesContext(connection) as of_list:
            units = len(list(client.get(address).context["table"].rows))
        with CaptureQueriesContext(connection) as of_unit:
            assert client.get(f"{address}{code}/").status_code == 200
        asked[units] = len(of_list), len(of_unit)
    assert min(asked) == 1 and max(asked) >= 3 and asked[1] == asked[max(asked)]


def test_left_out_reads_the_cheapest_loosening(published: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    place = published.places.filter(leg=None).first()
    assert place
    said = text_of(client, f"/p/{published.programme.key}/plans/{published.number}/?who={place.person_id}")
    assert "最省的放宽办法" in said
    assert "可多安排1人，仍有9人未安排，总代价减少" in said and "可多安排1人，仍有9人未安排，总代价减少" in place.reasons["zh"]


def test_clerk_asks_about_its_own_people_and_reads_no_other_names(published: Plan, clerk: Account, client: Client) -> None:
    client.force_login(clerk)
    address = f"/p/{published.programme.key}/why/"
    assert client.get(address).status_code == 200
    own = published.places.filter(person__unit__path__contains="/150300/").select_related("person")
    others = published.places.exclude(person__unit__path__contains="/150300/").select_related("person")
    staff_nos = [place.person.staff_no for place in others]
    for place in own:
        said = text_of(client, f"{address}{place.person.staff_no}/")
        assert not [staff_no for staff_no in staff_nos if f"（{staff_no}）" in said]
    assert client.get(f"{address}{staff_nos[0]}/").status_code == 404


def test_participant_asks_about_themselves_from_their_own_page(published: Plan, client: Client) -> None:
    mine, other = published.places.filter(leg__ordinal=1).select_related("person")[:2]
    found = account("me", Role.Kind.PARTICIPANT, "150000")
    found.person = mine.person
    found.save()
    client.force_login(found)
    address = f"/p/{published.programme.key}/why/{mine.person.staff_no}/"
    assert address in text_of(client, "/mine/")
    assert mine.person.name in text_of(client, address)
    assert client.get(f"/p/{published.programme.key}/why/{other.person.staff_no}/").status_code == 404


def test_people_page_asks_a_bounded_number_of_queries(
    published: Plan, clerk: Account, client: Client, django_assert_max_num_queries
) -> None:
    client.force_login(clerk)
    with django_assert_max_num_queries(30):
        client.get(f"/p/{published.programme.key}/why/")
