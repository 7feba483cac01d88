"""Two plans side by side: figures of both, who gains, any pair."""

import pytest
from django.test import Client
from tests.planning.test_by_hand import seat
from tests.planning.test_plan import solved
from tests.planning.test_variant import found, places

from ortoo.kernel.actor import SYSTEM
from ortoo.people.models import Account
from ortoo.planning.domain import by_hand, variant
from ortoo.planning.domain import plan as verbs
from ortoo.planning.domain.asked import Asked
from ortoo.planning.models import Plan
from ortoo.programmes.models import Programme


@pytest.fixture
def tried(rotation: Programme) -> Plan:
    """A what-if in which counties send more."""
    plan = solved(rotation)
    rules = {"hard": {**plan.rules["hard"], "county_away_share": 0.34}, "cost": plan.rules["cost"]}
    return found(variant.what_if(plan, Asked(terms={"1": {"capacity": 225}}), rules, by=SYSTEM))


def test_compare_tells_cost_and_who_moves_and_offers_to_adopt(
    tried: Plan, organiser: Account, client: Client, django_assert_max_num_queries
) -> None:
    client.force_login(organiser)
    address = f"/p/{tried.programme.key}/plans/{tried.number}/compare/"
    with django_assert_max_num_queries(45):
        page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert tried.parent and tried.cost is not None and tried.parent.cost is not None
    assert f"{tried.parent.cost:,}" in page and f"{tried.cost:,}" in page and "Adopt its rules and terms" in page
    moved = [who for who, term in places(tried).items() if places(tried.parent)[who] != term]
    assert moved and all(who in page for who in moved[:3])
    asked = page[page.index("What was asked for") : page.index("Cost by rule")]
    assert "Share of a county away at once" in asked and "<td>30</td><td>34</td>" in asked
    rows = client.get(address, {"as": "csv"})
    assert rows.status_code == 200


def test_compare_takes_any_pair_and_a_plan_without_a_parent_needs_one(tried: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    address = f"/p/{tried.programme.key}/plans/1/compare/"
    assert client.get(address).status_code == 404
    assert client.get(address, {"with": tried.number}).status_code == 200
    assert client.get(address, {"with": 99}).status_code == 404


def test_what_if_is_asked_and_adopted_on_pages(tried: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    address = f"/p/{tried.programme.key}/plans/{tried.number}/"
    form = client.get(address + "what-if/").context
    said = {name: form["form"][name].value() for name in form["form"].fields} | {
        name: form["rules"][name].value() for name in form["rules"].fields
    }
    said = {name: value for name, value in said.items() if value is not None} | {"ends_2": "2023-01-01"}
    assert client.post(address + "what-if/", said).status_code == 400
    said |= {"ends_2": form["form"]["ends_2"].value(), "capacity_2": 200}
    assert client.post(address + "what-if/", said).status_code == 302
    made = Plan.objects.get(number=tried.number + 1)
    assert made.asked["terms"] == {"1": {"capacity": 225}, "2": {"capacity": 200}} and made.asked["rules"]
    assert client.post(address + "adopt/", follow=True).status_code == 200
    assert tried.programme.legs.get(ordinal=1).capacity == 225


@pytest.mark.usefixtures("in_march")
def test_compare_tells_where_the_new_ones_go_and_where_those_were_who_fall_away(
    tried: Plan, organiser: Account, client: Client
) -> None:
    plan = tried.parent
    assert plan
    verbs.publish(plan, by=SYSTEM)
    gone = plan.places.filter(leg__ordinal=5).select_related("person").first()
    assert gone
    again = found(variant.plan_again(plan, Asked(gone=(gone.person.staff_no,)), by=SYSTEM))
    client.force_login(organiser)
    address = f"/p/{plan.programme.key}/plans/"
    there = csv_of(client, f"{address}{again.number}/compare/")
    assert "第五期,退出" in next(line for line in there.splitlines() if gone.person.staff_no in line)
    back = csv_of(client, f"{address}1/compare/", {"with": again.number})
    assert "新推荐,第五期" in next(line for line in back.splitlines() if gone.person.staff_no in line)


def csv_of(client: Client, address: str, asked: dict[str, int] | None = None) -> str:
    """The page's table."""
    return b"".join(client.get(address, {"as": "csv", **(asked or {})})).decode()


def test_compare_tells_of_fixed_people_who_differ_however_many_there_are(tried: Plan, organiser: Account, client: Client) -> None:
    plan = tried.parent
    assert plan
    pins = {who: term for who, term in sorted(places(plan).items()) if term is not None}
    last, term = max(pins.items())
    for each, asked in ((plan, pins), (tried, {**pins, last: term % 5 + 1})):
        each.asked = {**each.asked, "pins": asked}
        each.save()
    client.force_login(organiser)
    page = client.get(
        f"/p/{plan.programme.key}/plans/{tried.number}/compare/", headers={"accept-language": "en"}
    ).content.decode()
    fixed = page[page.index("Fixed people") : page.index("Cost by rule")]
    assert fixed.count(last) == 2 and fixed.count("<br>") == 98


def test_compare_tells_who_allowed_what_against_a_rule(rotation: Programme, organiser: Account, client: Client) -> None:
    plan = by_hand.copy_plan(solved(rotation), by=SYSTEM)
    place, ordinal = seat(plan)
    by_hand.move(plan, {place.person_id: ordinal}, reason="本站只有他会。", by=organiser)
    client.force_login(organiser)
    page = client.get(f"/p/{rotation.key}/plans/{plan.number}/compare/").content.decode()
    asked = page[page.index("设定的不同") : page.index("各项代价")]
    assert place.person.name in asked and "本站只有他会。" in asked and str(organiser) in asked
