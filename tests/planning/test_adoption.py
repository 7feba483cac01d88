"""Adopting a what-if changes what it was asked to change, and says by name where the same has changed since."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.planning.conftest import account, build_rotation
from tests.planning.test_plan import solved
from tests.planning.test_variant import found

from ortoo.kernel.actor import SYSTEM
from ortoo.people.models import Account, Role, Unit
from ortoo.planning import queries
from ortoo.planning.domain import by_hand, variant
from ortoo.planning.domain import plan as verbs
from ortoo.planning.domain.asked import Asked
from ortoo.planning.domain.rules import change_rules, rules_of, undo_rules
from ortoo.planning.models import Plan
from ortoo.ui import dates

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    """The plan of a rotation with a hundred people."""
    return solved(build_rotation(100))


@pytest.fixture
def organiser(plan: Plan, client: Client) -> Account:
    """Signed in."""
    made = account("organiser", Role.Kind.ORGANISER, "150000")
    client.force_login(made)
    return made


def asked_for(plan: Plan, terms: dict[str, dict[str, object]] | None = None, **hard: object) -> Plan:
    """A what-if beside the plan."""
    rules = {"hard": {**plan.rules["hard"], **hard}, "cost": plan.rules["cost"]}
    return found(variant.what_if(plan, Asked(terms=terms or {}), rules, by=SYSTEM))


def others_change(plan: Plan, *, uneven: int = 7, **hard: object) -> None:
    """Somebody else changes the programme's rules meanwhile."""
    now = rules_of(plan.programme)
    change_rules(plan.programme, {**now.hard, **hard}, {**now.cost, "uneven": uneven}, by=SYSTEM)


def read(client: Client, plan: Plan, page: str = "") -> str:
    return client.get(f"/p/{plan.programme.key}/plans/{plan.number}/{page}", headers={"accept-language": "en"}).content.decode()


def test_what_others_have_changed_since_stays_and_undo_brings_it_all_back(plan: Plan) -> None:
    made = asked_for(plan, station_away=2)
    others_change(plan, sole_charge_per_county=2)
    variant.adopt(made, by=SYSTEM)
    now = rules_of(plan.programme)
    assert (now.hard["station_away"], now.hard["sole_charge_per_county"], now.cost["uneven"]) == (2, 2, 7)
    undo_rules(plan.programme, by=SYSTEM)
    now = rules_of(plan.programme)
    assert now.hard == {**plan.rules["hard"], "sole_charge_per_county": 2} and now.cost == {**plan.rules["cost"], "uneven": 7}


def test_a_rule_taken_out_in_the_copy_is_taken_out(plan: Plan) -> None:
    hard = {name: value for name, value in plan.rules["hard"].items() if name != "sole_charge_per_county"}
    made = found(variant.what_if(plan, Asked(), {"hard": hard, "cost": plan.rules["cost"]}, by=SYSTEM))
    others_change(plan)
    variant.adopt(made, by=SYSTEM)
    assert rules_of(plan.programme).hard == hard and rules_of(plan.programme).cost["uneven"] == 7


def test_where_both_changed_the_same_the_page_names_it(plan: Plan, organiser: Account, client: Client) -> None:
    leg = plan.programme.legs.get(ordinal=2)
    made = asked_for(plan, {"2": {"capacity": 90}, "3": {"capacity": 91}}, station_away=2)
    plan.programme.legs.filter(ordinal=2).update(capacity=80)
    others_change(plan, station_away=3, uneven=plan.rules["cost"]["uneven"])
    for page in ("", "compare/", "publish/"):
        text = read(client, made, page)
        assert "Of a station away at once: <strong>changed since, from 1 to 3; becomes 2" in text
        assert f"第二期 · Capacity: <strong>changed since, from {leg.capacity} to 80; becomes 90" in text
        assert "第三期 · Capacity: now" in text and "becomes 91" in text
    variant.adopt_and_publish(made, by=organiser)
    assert plan.programme.legs.get(ordinal=2).capacity == 90 and rules_of(plan.programme).hard["station_away"] == 2


def test_what_others_changed_in_a_term_beside_it_stays(plan: Plan) -> None:
    made = asked_for(plan, {"2": {"capacity": 90}})
    later = plan.programme.legs.get(ordinal=3).ends + timedelta(1)
    plan.programme.legs.filter(ordinal=2).update(women_beds=33)
    plan.programme.legs.filter(ordinal=3).update(ends=later)
    variant.adopt(made, by=SYSTEM)
    second, third = plan.programme.legs.filter(ordinal__in=(2, 3)).order_by("ordinal")
    assert (second.capacity, second.women_beds, third.ends) == (90, 33, later)


def test_a_plan_that_does_not_keep_to_what_others_changed_is_not_adopted_and_published_in_one(
    plan: Plan, organiser: Account, client: Client
) -> None:
    made = asked_for(plan, station_away=2)
    others_change(plan)
    with pytest.raises(variant.ChangedSince) as refused:
        variant.adopt_and_publish(made, by=organiser)
    page = read(client, made, "publish/")
    assert rules_of(plan.programme).hard["station_away"] == 1 and "Adopt and publish now" not in page
    assert "changed since to 7, and stays so; the plan was made with 3" in page
    client.post(f"/p/{plan.programme.key}/plans/{made.number}/adopt/")
    made.refresh_from_db()
    assert refused.value and rules_of(plan.programme).cost["uneven"] == 7 and verbs.must_adopt(made)
    assert "changed since to 7, goes back to 3" in read(client, made, "publish/")
    variant.adopt_and_publish(made, by=organiser)
    assert rules_of(plan.programme).cost["uneven"] == 3


def test_what_comes_from_a_plan_that_nobody_adopted_asks_for_both(plan: Plan) -> None:
    first = asked_for(plan, {"2": {"capacity": 90}}, station_away=2)
    plan.programme.legs.filter(ordinal=2).update(capacity=80)
    rules = {"hard": {**first.rules["hard"], "sole_charge_per_county": 2}, "cost": first.rules["cost"]}
    second = found(variant.what_if(by_hand.copy_plan(first, by=SYSTEM), Asked(terms=first.asked["terms"]), rules, by=SYSTEM))
    assert second.before == first.before and second.before["terms"]["2"]["capacity"] != 80
    others_change(plan)
    variant.adopt(second, by=SYSTEM)
    now = rules_of(plan.programme)
    assert now.hard == rules["hard"] and now.cost["uneven"] == 7


def test_what_comes_from_an_adopted_plan_asks_only_for_its_own(plan: Plan) -> None:
    first = asked_for(plan, station_away=2)
    variant.adopt(first, by=SYSTEM)
    first.refresh_from_db()
    others_change(plan, station_away=3)
    variant.adopt(asked_for(first, sole_charge_per_county=2), by=SYSTEM)
    assert rules_of(plan.programme).hard["station_away"] == 3


def test_the_plans_pages_read_the_rules_once(plan: Plan, organiser: Account, client: Client) -> None:
    copy = by_hand.copy_plan(plan, by=SYSTEM)
    others_change(plan)
    for page in ("", "publish/", "compare/"):
        with CaptureQueriesContext(connection) as asked:
            assert "goes back to 3" in read(client, copy, page)
        assert sum('FROM "rules"' in each["sql"] for each in asked.captured_queries) == 1


def card(text: str) -> str:
    return text.partition('id="adoption"')[2].partition("</section>")[0]


def test_what_has_changed_since_stays_also_where_all_that_was_asked_for_is_there_by_now(
    plan: Plan, organiser: Account, client: Client
) -> None:
    """The page says what adopting does, and publishing says why it waits."""
    made = asked_for(plan, station_away=2)
    others_change(plan, uneven=7, station_away=2)
    for page in ("", "compare/", "publish/"):
        assert "changed since to 7, and stays so; the plan was made with 3" in card(read(client, made, page))
    before = read(client, made, "publish/")
    assert "The programme has other rules by now" in before
    assert "Adopt and publish now" not in before
    variant.adopt(made, by=SYSTEM)
    assert rules_of(plan.programme).cost["uneven"] == 7


def test_nothing_is_warned_of_where_the_programme_has_it_all_by_now(plan: Plan, organiser: Account, client: Client) -> None:
    made = asked_for(plan, station_away=2)
    others_change(plan, uneven=3, station_away=2)
    text = read(client, made, "publish/")
    assert "Nothing: the programme has it all by now." in card(text)
    assert "other rules or terms than the programme has" not in text
    assert "Adopt and publish now" in text


def test_nothing_else_is_adopted_than_the_page_showed(plan: Plan, organiser: Account, client: Client) -> None:
    made = asked_for(plan, station_away=2)
    seen = read(client, made).partition('name="seen" value="')[2][:16]
    others_change(plan, station_away=3)
    where = f"/p/{plan.programme.key}/plans/{made.number}/adopt/"
    told = client.post(where, {"seen": seen}, headers={"accept-language": "en"}, follow=True).content.decode()
    assert "no longer what the page showed" in told
    assert rules_of(plan.programme).hard["station_away"] == 3
    client.post(where, {"seen": read(client, made).partition('name="seen" value="')[2][:16]})
    assert rules_of(plan.programme).hard["station_away"] == 2


def test_terms_in_the_card_are_dates_as_everywhere(plan: Plan, organiser: Account, client: Client) -> None:
    leg = plan.programme.legs.get(ordinal=2)
    later = leg.starts + timedelta(days=1)
    made = asked_for(plan, {"2": {"starts": later.isoformat()}})
    assert dates.day(later) in card(client.get(f"/p/{plan.programme.key}/plans/{made.number}/").content.decode())


def test_what_adopting_changes_is_not_shown_where_nobody_can_adopt(plan: Plan, organiser: Account, client: Client) -> None:
    rules = {"hard": {**plan.rules["hard"], "station_away": 2}, "cost": plan.rules["cost"]}
    made = variant.what_if(plan, Asked(), rules, by=SYSTEM)
    assert 'id="adoption"' not in read(client, made)


def test_prefectures_of_a_plan_are_prefectures(plan: Plan) -> None:
    """Also that of somebody who sits in the county itself."""
    place = plan.places.select_related("person__unit__parent__parent").first()
    assert place is not None
    person, county = place.person, place.person.unit.parent
    person.unit = county
    person.save(update_fields=["unit"])
    told = list(queries.prefectures_of(plan))
    assert {unit.kind for unit in told} == {Unit.Kind.PREFECTURE}
    plan.places.exclude(pk=place.pk).delete()
    assert list(queries.prefectures_of(plan)) == [county.parent]
