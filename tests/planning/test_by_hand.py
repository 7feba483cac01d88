"""A copy changed by hand: moves tell what they cost, rules hold unless somebody answers for it, the judge counts."""

import re

import pytest
from django.test import Client
from tests.planning.test_plan import solved

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.people.models import Account
from ortoo.planning.adapters.by_hand import choices
from ortoo.planning.adapters.explained import explained
from ortoo.planning.domain import by_hand, variant
from ortoo.planning.domain import plan as verbs
from ortoo.planning.domain.asked import Asked
from ortoo.planning.models import Plan, PlanPlace
from ortoo.programmes.models import Programme
from ortoo_solvers.rotation import score


@pytest.fixture
def copy(rotation: Programme) -> Plan:
    """A copy of the proved plan."""
    return by_hand.copy_plan(solved(rotation), by=SYSTEM)


def seat(plan: Plan, *, full: bool = True) -> tuple[PlanPlace, int]:
    """Somebody on term 1, and a term whose county limit their going there breaks (`full`) or doesn't."""
    explanation = explained(plan)
    assert explanation
    for place in plan.places.filter(leg__ordinal=1).select_related("person"):
        person = explanation.people[place.person.staff_no]
        for ordinal in range(2, 6):
            hard = [o for o in explanation.obstacles(person, str(ordinal)) if o.kind != "dear"]
            if bool(hard) == full:
                return place, ordinal
    raise AssertionError


def judged(plan: Plan) -> tuple[int, int]:
    """Hard and soft, by the judge, of the stored places."""
    explanation = explained(Plan.objects.get(pk=plan.pk))
    assert explanation
    found = score(explanation.problem, explanation.solution.assignment)
    return found.hard, found.soft


def test_move_costs_what_it_said_and_leaves_the_plan_copied_from_alone(copy: Plan) -> None:
    place, ordinal = seat(copy, full=False)
    before = copy.cost
    weighed = by_hand.move(copy, {place.person_id: ordinal}, by=SYSTEM)
    copy.refresh_from_db()
    assert before is not None and copy.cost == before + weighed.extra
    assert judged(copy) == (0, copy.cost)
    assert copy.optimal == (weighed.extra == 0)
    assert copy.parent and copy.parent.places.get(person=place.person).leg.ordinal == 1
    assert AuditEntry.objects.filter(verb="move_by_hand").count() == 1


def test_move_that_breaks_a_rule_is_refused_with_the_reason(copy: Plan) -> None:
    place, ordinal = seat(copy)
    with pytest.raises(by_hand.BreaksRules) as refused:
        by_hand.move(copy, {place.person_id: ordinal}, by=SYSTEM)
    assert refused.value.params["broken"]
    assert copy.places.get(person=place.person).leg.ordinal == 1


def test_move_that_breaks_a_rule_stands_with_a_name_and_a_reason(copy: Plan) -> None:
    place, ordinal = seat(copy)
    by_hand.move(copy, {place.person_id: ordinal}, by=SYSTEM, reason="厅里同意")
    exemption = copy.exemptions.get()
    assert (exemption.person, exemption.reason, exemption.by_name) == (place.person, "厅里同意", "system")
    assert exemption.broken["zh"] and exemption.broken["en"]
    copy.refresh_from_db()
    assert judged(copy)[0] > 0 and not copy.optimal
    by_hand.move(copy, {place.person_id: 1}, by=SYSTEM)
    assert not copy.exemptions.exists() and judged(copy)[0] == 0


def test_nobody_stands_against_a_rule_once_others_have_made_room(copy: Plan) -> None:
    place, ordinal = seat(copy)
    by_hand.move(copy, {place.person_id: ordinal}, by=SYSTEM, reason="厅里同意")
    county = place.person.unit.parent_id
    other = copy.places.filter(leg__ordinal=ordinal, person__unit__parent=county).exclude(person=place.person_id).first()
    assert other and copy.exemptions.count() == 1
    by_hand.move(copy, {other.person_id: None}, by=SYSTEM)
    assert judged(copy)[0] == 0 and not copy.exemptions.exists()


def test_swap_changes_two_terms(copy: Plan) -> None:
    first = copy.places.filter(leg__ordinal=1, wish_met=None).first()
    second = copy.places.filter(leg__ordinal=2, wish_met=None).first()
    assert first and second
    by_hand.swap(copy, first.person_id, second.person_id, by=SYSTEM, reason="互换")
    at = dict(copy.places.filter(person__in=(first.person_id, second.person_id)).values_list("person_id", "leg__ordinal"))
    assert at == {first.person_id: 2, second.person_id: 1}


def test_in_a_swap_only_whose_move_breaks_a_rule_stands_against_it(copy: Plan) -> None:
    place, ordinal = seat(copy)
    other = elsewhere(copy, place, ordinal)
    weighed = by_hand.swap(copy, place.person_id, other.person_id, by=SYSTEM, reason="厅里同意")
    exemption = copy.exemptions.get()
    assert weighed.broken["zh"] and exemption.person == place.person
    assert exemption.broken["zh"] == "; ".join(weighed.broken["zh"])


def elsewhere(plan: Plan, place: PlanPlace, ordinal: int) -> PlanPlace:
    """Somebody of another county on that term whom no rule keeps off the person's term."""
    explanation = explained(plan)
    assert explanation
    others = plan.places.filter(leg__ordinal=ordinal, person__sex=place.person.sex).select_related("person")
    for other in others.exclude(person__unit__parent=place.person.unit.parent_id):
        obstacles = explanation.obstacles(explanation.people[other.person.staff_no], "1")
        if all(o.kind in ("dear", "capacity", "class_at_most") for o in obstacles):
            return other
    raise AssertionError


def test_whoever_comes_in_the_place_of_somebody_allowed_stands_against_the_rule_in_turn(
    copy: Plan, organiser: Account, client: Client
) -> None:
    place, ordinal = seat(copy)
    by_hand.move(copy, {place.person_id: ordinal}, by=SYSTEM, reason="厅里同意")
    county = copy.places.filter(person__unit__parent=place.person.unit.parent_id).exclude(leg__ordinal=ordinal)
    other = county.filter(leg__isnull=False).first()
    assert other
    client.force_login(organiser)
    said = client.get(page_of(copy), {"who": place.person_id, "other": other.person_id, "as": "swap"}).json()
    assert said["broken"]
    with pytest.raises(by_hand.BreaksRules):
        by_hand.swap(copy, place.person_id, other.person_id, by=SYSTEM)
    by_hand.swap(copy, place.person_id, other.person_id, by=SYSTEM, reason="换人")
    assert judged(copy)[0] > 0
    assert [(each.person, each.reason) for each in copy.exemptions.all()] == [(other.person, "换人")]


def test_a_rule_that_both_moves_break_is_both_peoples(copy: Plan) -> None:
    place, ordinal = seat(copy)
    county = copy.places.filter(leg__ordinal=1, person__unit__parent=place.person.unit.parent_id)
    pair = [place.person_id, county.exclude(person=place.person_id)[0].person_id]
    by_hand.move(copy, dict.fromkeys(pair, ordinal), by=SYSTEM, reason="厅里同意")
    assert set(copy.exemptions.values_list("person", flat=True)) == set(pair)


def test_pinned_people_are_not_moved_and_stay_when_the_rest_is_planned(copy: Plan) -> None:
    place, ordinal = seat(copy, full=False)
    by_hand.move(copy, {place.person_id: ordinal}, by=SYSTEM)
    by_hand.pin(copy, place.person_id, on=True, by=SYSTEM)
    with pytest.raises(by_hand.Pinned):
        by_hand.move(copy, {place.person_id: 1}, by=SYSTEM)
    copy.refresh_from_db()
    explanation = explained(copy)
    assert explanation and explanation.people[place.person.staff_no].pin == str(ordinal)
    again = variant.what_if(copy, Asked(pins=copy.asked["pins"]), copy.rules, by=SYSTEM)
    assert again.asked["pins"] == {place.person.staff_no: ordinal}
    by_hand.pin(copy, place.person_id, on=False, by=SYSTEM)
    by_hand.move(copy, {place.person_id: 1}, by=SYSTEM)


def test_only_copies_are_changed_by_hand(copy: Plan) -> None:
    assert copy.parent
    place = copy.parent.places.filter(leg__ordinal=1).first()
    assert place
    with pytest.raises(by_hand.NotByHand):
        by_hand.move(copy.parent, {place.person_id: 2}, by=SYSTEM)
    with pytest.raises(by_hand.NotInPlan):
        by_hand.move(copy, {0: 2}, by=SYSTEM)


@pytest.mark.usefixtures("in_march")
def test_a_copy_of_the_published_plan_replaces_it(copy: Plan) -> None:
    assert copy.parent
    verbs.publish(copy.parent, by=SYSTEM)
    place, ordinal = seat(copy, full=False)
    by_hand.move(copy, {place.person_id: ordinal}, by=SYSTEM)
    assert verbs.publish(copy, by=SYSTEM).changed == 1
    with pytest.raises(by_hand.NotByHand):
        by_hand.move(copy, {place.person_id: 1}, by=SYSTEM)


@pytest.mark.usefixtures("in_may")
def test_a_term_that_has_begun_is_left_and_entered_only_with_a_reason(copy: Plan) -> None:
    """The copy was made before; what stands in the way is known all the same, once it could replace the published plan."""
    assert copy.parent
    verbs.publish(copy.parent, by=SYSTEM)
    on = {ordinal: copy.places.filter(leg__ordinal=ordinal).first() for ordinal in (1, 5)}
    for person, to in ((on[1].person_id, None), (on[5].person_id, 2)):
        with pytest.raises(by_hand.BreaksRules) as refused:
            by_hand.move(copy, {person: to}, by=SYSTEM)
        assert "已开班" in refused.value.params["broken"]
    later = by_hand.copy_plan(copy.parent, by=SYSTEM)
    staff_no = on[1].person.staff_no
    assert [choice.broken[0] for choice in choices(explained(later), staff_no, "zh") if not choice.here] == [
        "本人所在的期已开班，不再调出"
    ] * 5
    by_hand.pin(later, on[1].person_id, on=True, by=SYSTEM)
    by_hand.pin(later, on[1].person_id, on=False, by=SYSTEM)
    with pytest.raises(by_hand.BreaksRules):
        by_hand.move(later, {on[1].person_id: 4}, by=SYSTEM)
    by_hand.move(later, {on[1].person_id: 4}, by=SYSTEM, reason="因病改期")
    assert later.exemptions.get().broken["en"].startswith("第一期 has begun")


def page_of(plan: Plan) -> str:
    """The address of the hand-made changes."""
    return f"/p/{plan.programme.key}/plans/{plan.number}/hand/"


def test_page_shows_what_every_term_would_mean_and_moves(copy: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    place, ordinal = seat(copy, full=False)
    page = client.get(page_of(copy), {"who": place.person_id}, headers={"accept-language": "en"}).content.decode()
    assert place.person.name in page and page.count("Move here") >= 5
    answer = client.post(page_of(copy) + "move/", {"person": place.person_id, "term": ordinal}, follow=True)
    assert "总代价" in answer.content.decode()
    assert copy.places.get(person=place.person).leg.ordinal == ordinal


def test_page_refuses_with_the_reason_and_takes_one(copy: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    place, ordinal = seat(copy)
    said = {"person": place.person_id, "term": ordinal}
    assert "未调整" in client.post(page_of(copy) + "move/", said, follow=True).content.decode()
    assert copy.places.get(person=place.person).leg.ordinal == 1
    page = client.post(page_of(copy) + "move/", said | {"reason": "厅里同意"}, follow=True).content.decode()
    assert "厅里同意" in page and copy.places.get(person=place.person).leg.ordinal == ordinal
    rule = copy.exemptions.get().broken["zh"]
    assert rule in page and rule in client.get(page_of(copy).removesuffix("hand/")).content.decode()


def test_a_plan_with_somebody_against_a_rule_claims_no_bound_that_it_undercuts(
    copy: Plan, organiser: Account, client: Client
) -> None:
    out = copy.places.filter(leg=None).first()
    assert out and copy.bound is not None
    ordinal = next(o for o in range(1, 6) if not nominated(out)[o])
    by_hand.move(copy, {out.person_id: ordinal}, by=SYSTEM, reason="厅里同意")
    copy.refresh_from_db()
    assert copy.cost is not None and copy.cost < copy.bound
    client.force_login(organiser)
    page = client.get(page_of(copy).removesuffix("hand/"), headers={"accept-language": "en"}).content.decode()
    assert f"with 1 person allowed against a rule. A plan that keeps every rule costs at least {copy.bound:,}" in page
    assert "no plan can cost less" not in page


def nominated(place: PlanPlace) -> dict[int, bool]:
    """Term → whether a blocked day of the person lies in it."""
    blocked = place.plan.programme.nominations.get(person=place.person_id).blocked
    legs = place.plan.programme.legs.all()
    return {leg.ordinal: any(a <= leg.ends.isoformat() and b >= leg.starts.isoformat() for a, b in blocked) for leg in legs}


def test_moves_on_the_board_lead_back_to_it_and_refused_ones_to_the_reason(
    copy: Plan, organiser: Account, client: Client
) -> None:
    client.force_login(organiser)
    for full, back in ((False, "#hand"), (True, "#who")):
        place, ordinal = seat(copy, full=full)
        said = {"person": place.person_id, "term": ordinal, "back": "hand"}
        assert client.post(page_of(copy) + "move/", said).headers["location"].endswith(back)


def test_choices_for_dragging_say_price_and_broken_rules(copy: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    place, ordinal = seat(copy)
    choices = client.get(page_of(copy), {"who": place.person_id, "as": "choices"}).json()["choices"]
    assert [choice["term"] for choice in choices] == [1, 2, 3, 4, 5, 0]
    assert next(choice for choice in choices if choice["term"] == ordinal)["broken"]
    assert choices[-1]["extra"] >= 900


def test_a_swap_says_what_it_would_mean_before_it_is_made(copy: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    place, _ = seat(copy)
    other = copy.places.filter(leg__ordinal=2, person__unit__parent=place.person.unit.parent_id).first()
    assert other and copy.cost is not None
    said = client.get(page_of(copy), {"who": place.person_id, "other": other.person_id, "as": "swap"}).json()
    before = copy.cost
    by_hand.swap(copy, place.person_id, other.person_id, by=SYSTEM, reason="x")
    copy.refresh_from_db()
    assert said["extra"] == copy.cost - before and bool(said["broken"]) == copy.exemptions.exists()


def test_page_swaps_pins_and_asks_a_bounded_number_of_queries(
    copy: Plan, organiser: Account, client: Client, django_assert_max_num_queries
) -> None:
    client.force_login(organiser)
    place, _ = seat(copy)
    client.post(page_of(copy) + "pin/", {"person": place.person_id, "on": "1"})
    copy.refresh_from_db()
    assert copy.asked["pins"] == {place.person.staff_no: 1}
    other = copy.places.filter(leg__ordinal=2).first()
    assert other
    said = {"person": place.person_id, "other": other.person_id, "reason": "x"}
    assert "已固定" in client.post(page_of(copy) + "swap/", said, follow=True).content.decode()
    with django_assert_max_num_queries(45):
        client.get(page_of(copy), {"who": place.person_id})


def test_copy_is_made_by_a_button(copy: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    answer = client.post(f"/p/{copy.programme.key}/plans/1/copy/", follow=True)
    assert re.search("手工调整方案 3", answer.content.decode())
    who = copy.places.filter(leg=None).first()
    assert who
    answer = client.post(f"/p/{copy.programme.key}/plans/1/copy/", {"who": who.person_id})
    assert answer.headers["location"].endswith(f"/plans/4/hand/?who={who.person_id}#who")
