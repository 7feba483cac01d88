"""Plans that begin from another: what if, adopting, and planning again with least change."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from tests.planning.test_plan import solved

from ortoo.kernel import clock, jobs
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.participation.models import Place
from ortoo.people.models import Account
from ortoo.planning.adapters.by_hand import choices
from ortoo.planning.adapters.explained import explained
from ortoo.planning.domain import by_hand, variant
from ortoo.planning.domain import plan as verbs
from ortoo.planning.domain.asked import Asked
from ortoo.planning.domain.hindrance import OtherDays
from ortoo.planning.domain.rules import rules_of
from ortoo.planning.models import Plan, PlanPlace
from ortoo.planning.queries import exemptions_of
from ortoo.programmes.models import Programme


def found(plan: Plan) -> Plan:
    """The plan when its job has run."""
    assert plan.job
    jobs.run(plan.job.pk)
    plan.refresh_from_db()
    return plan


def places(plan: Plan) -> dict[str, int | None]:
    """Staff number → ordinal."""
    return dict(plan.places.values_list("person__staff_no", "leg__ordinal"))


@pytest.fixture
def plan(rotation: Programme) -> Plan:
    """The proved plan."""
    return solved(rotation)


def test_what_if_without_a_change_moves_nobody(plan: Plan) -> None:
    again = found(variant.what_if(plan, Asked(), plan.rules, by=SYSTEM))
    assert (again.cost, again.optimal, again.parent) == (plan.cost, True, plan)
    assert places(again) == places(plan)


def test_what_if_raises_a_share_and_the_programme_stays_as_it_is(plan: Plan) -> None:
    rules = {"hard": {**plan.rules["hard"], "county_away_share": 0.34}, "cost": plan.rules["cost"]}
    again = found(variant.what_if(plan, Asked(), rules, by=SYSTEM))
    assert again.cost is not None and plan.cost is not None and again.cost < plan.cost
    assert again.left_out < plan.left_out
    assert rules_of(plan.programme).hard == plan.rules["hard"]
    with pytest.raises(verbs.NotAdopted):
        verbs.publish(again, by=SYSTEM)


def test_adopting_makes_rules_and_terms_the_programmes(plan: Plan) -> None:
    rules = {"hard": {**plan.rules["hard"], "county_away_share": 0.34}, "cost": plan.rules["cost"]}
    again = found(variant.what_if(plan, Asked(terms={"2": {"capacity": 210}}), rules, by=SYSTEM))
    variant.adopt(again, by=SYSTEM)
    assert rules_of(plan.programme).hard["county_away_share"] == 0.34
    assert plan.programme.legs.get(ordinal=2).capacity == 210
    again.refresh_from_db()
    verbs.publish(again, by=SYSTEM)
    with pytest.raises(variant.NothingToAdopt):
        variant.adopt(again, by=SYSTEM)
    assert AuditEntry.objects.filter(verb="adopt_plan").count() == 1


def test_a_pin_is_kept(plan: Plan) -> None:
    staff_no, ordinal = next((who, term) for who, term in places(plan).items() if term == 1)
    again = found(variant.what_if(plan, Asked(pins={staff_no: 4}), plan.rules, by=SYSTEM))
    if again.state == Plan.State.SOLVED:
        assert places(again)[staff_no] == 4 != ordinal
    else:
        assert staff_no in again.collision["zh"]


def test_nobody_unknown_is_asked_for(plan: Plan) -> None:
    with pytest.raises(variant.UnknownPeople):
        variant.what_if(plan, Asked(pins={"nobody": 1}), plan.rules, by=SYSTEM)


@pytest.mark.usefixtures("in_march")
def test_planning_again_moves_as_few_as_possible_and_only_they_are_told(plan: Plan) -> None:
    verbs.publish(plan, by=SYSTEM)
    staff_no, other = [who for who, term in places(plan).items() if term == 3][:2]
    given = Place.objects.get(person__staff_no=other).given
    again = found(variant.plan_again(plan, Asked(gone=(staff_no,)), by=SYSTEM))
    assert again.optimal
    before, after = places(plan), places(again)
    moved = {who for who in after if after[who] != before[who]}
    assert staff_no not in after and again.counts["changes"] == len([who for who in moved if before[who] is not None]) == 0
    publication = verbs.publish(again, by=SYSTEM)
    plan.refresh_from_db()
    assert (plan.state, publication.replaces, publication.changed) == (Plan.State.REPLACED, plan, 1 + len(moved))
    assert not Place.objects.filter(person__staff_no=staff_no).exists()
    assert not plan.programme.nominations.filter(person__staff_no=staff_no).exists()
    assert Place.objects.get(person__staff_no=other).given == given
    verbs.withdraw(again, by=SYSTEM)
    assert not Place.objects.exists()


@pytest.mark.usefixtures("in_march")
def test_planning_again_after_a_term_is_cancelled(plan: Plan) -> None:
    verbs.publish(plan, by=SYSTEM)
    asked = Asked(
        terms={"5": {"capacity": 0}, **{str(n): {"capacity": 300, "women_beds": 70, "men_beds": 250} for n in range(1, 5)}}
    )
    again = found(variant.plan_again(plan, asked, by=SYSTEM))
    assert again.state == Plan.State.SOLVED
    assert 5 not in places(again).values()
    kept = {who for who, term in places(plan).items() if term != 5 and term is not None}
    moved = {who for who in kept if places(again)[who] != places(plan)[who]}
    on_five = sum(term == 5 for term in places(plan).values())
    assert again.counts["changes"] == on_five + len(moved)


@pytest.mark.usefixtures("in_may")
def test_terms_that_have_begun_take_nobody_in_and_let_nobody_go(plan: Plan, organiser: Account, client: Client) -> None:
    verbs.publish(plan, by=SYSTEM)
    before = places(plan)
    gone = tuple(next(who for who, term in before.items() if term == ordinal) for ordinal in (1, 5))
    again = found(variant.plan_again(plan, Asked(gone=gone), by=SYSTEM))
    assert again.asked["begun"] == [1, 2, 3] and again.optimal
    on = {ordinal: {who for who, term in before.items() if term == ordinal} - {*gone} for ordinal in (1, 2, 3)}
    assert {ordinal: {who for who, term in places(again).items() if term == ordinal} for ordinal in on} == on
    tried = variant.what_if(plan, Asked(), plan.rules, by=SYSTEM)
    assert list(tried.asked["begun"]) == [1, 2, 3]
    client.force_login(organiser)
    for page in ("again/", "what-if/"):
        assert "已开班：第一期、第二期、第三期" in client.get(f"/p/{plan.programme.key}/plans/1/{page}").content.decode()


@pytest.mark.usefixtures("in_may")
def test_terms_have_begun_for_a_copy_of_the_published_plan_too(plan: Plan, organiser: Account, client: Client) -> None:
    early = by_hand.copy_plan(plan, by=SYSTEM)
    assert not variant.begun_for(early, Asked())
    verbs.publish(plan, by=SYSTEM)
    client.force_login(organiser)
    for copy in (early, by_hand.copy_plan(plan, by=SYSTEM)):
        tried = found(variant.what_if(copy, Asked(), plan.rules, by=SYSTEM))
        assert tried.asked["begun"] == [1, 2, 3]
        page = client.get(f"/p/{plan.programme.key}/plans/{copy.number}/what-if/").content.decode()
        assert "已开班：第一期、第二期、第三期" in page


def test_a_term_begins_with_the_day_in_the_programmes_own_zone(plan: Plan) -> None:
    verbs.publish(plan, by=SYSTEM)
    with clock.held_at(datetime(2023, 3, 19, 17, tzinfo=UTC)):
        assert variant.begun_for(plan, Asked()) == (1,)
        plan.programme.zone = "Pacific/Honolulu"
        assert variant.begun_for(plan, Asked()) == ()


@pytest.mark.usefixtures("in_march")
def test_whoever_fell_away_is_not_fixed_in_the_next_form(plan: Plan, organiser: Account, client: Client) -> None:
    verbs.publish(plan, by=SYSTEM)
    gone, stays, new = (plan.places.filter(leg__ordinal=3).select_related("person")[n].person.staff_no for n in range(3))
    again = found(variant.plan_again(plan, Asked(gone=(gone,), pins={gone: 3, stays: 3}), by=SYSTEM))
    assert again.asked["pins"] == {stays: 3}
    verbs.publish(again, by=SYSTEM)
    again.asked = {**again.asked, "pins": {gone: 3, stays: 3, new: 3}}
    again.save()
    client.force_login(organiser)
    for page in ("again/", "what-if/"):
        form = client.get(f"/p/{plan.programme.key}/plans/{again.number}/{page}").context["form"]
        assert form["pins"].value() == f"{stays} 3\n{new} 3"


@pytest.mark.usefixtures("in_march")
def test_a_copy_of_a_plan_made_again_is_judged_by_the_rules_as_they_are(plan: Plan, organiser: Account, client: Client) -> None:
    """Nobody is seen as fixed whom nobody fixed, the rule is as narrow as before, and once others have made room the exemption
    ends; what was proved of plans with the exemption is said of them and of no others."""
    copy = by_hand.copy_plan(plan, by=SYSTEM)
    out, term = allowed_in(copy)
    again = found(variant.what_if(copy, Asked(), plan.rules, by=SYSTEM))
    assert (again.bound, again.optimal, again.exemptions.count()) == (None, True, 1)
    client.force_login(organiser)
    page = client.get(f"/p/{plan.programme.key}/plans/{again.number}/", headers={"accept-language": "en"}).content.decode()
    assert f"Cost {again.cost:,}, proved, given the 1 exemption by name below" in page
    plans = client.get(f"/p/{plan.programme.key}/plans/").content.decode()
    assert plans.count("已证明最优") == 2 and plans.count("已证明最优（在例外之下）") == 1
    second = by_hand.copy_plan(again, by=SYSTEM)
    explanation = explained(second)
    assert explanation and not explanation.solution.optimal and explanation.people[out.person.staff_no].pin is None
    county = second.places.filter(person__unit__parent=out.person.unit.parent_id)
    there, elsewhere = county.filter(leg__ordinal=term).exclude(person=out.person), county.exclude(leg__ordinal=term)
    with pytest.raises(by_hand.BreaksRules):
        by_hand.move(second, {elsewhere[0].person_id: term}, by=SYSTEM)
    by_hand.move(second, {there[0].person_id: None}, by=SYSTEM)
    second.refresh_from_db()
    assert not second.exemptions.exists() and not second.optimal


def may_leave(copy: Plan, out: PlanPlace, term: int) -> tuple[PlanPlace, int]:
    """Somebody on the term beside who was allowed there, and another term on which their county has a place free by now."""
    county = copy.places.filter(person__unit__parent=out.person.unit.parent_id).exclude(person=out.person)
    other = county.filter(leg__ordinal=term).first()
    gone = county.filter(leg__isnull=False).exclude(leg__ordinal=term).select_related("leg").first()
    assert other and gone and gone.leg
    without = [gone.person_id, *county.filter(leg=None).values_list("person", flat=True)]
    copy.programme.nominations.filter(person__in=without).delete()
    return other, gone.leg.ordinal


@pytest.mark.usefixtures("in_march")
def test_what_is_proved_given_an_exemption_is_not_said_to_be_when_it_ended_but_kept_its_person(plan: Plan) -> None:
    """Somebody else of the county leaves the term for one that they wish; who was allowed stays, against no rule any longer, and
    that nobody is better off elsewhere is not proved."""
    copy = by_hand.copy_plan(plan, by=SYSTEM)
    out, term = allowed_in(copy)
    other, free = may_leave(copy, out, term)
    county = copy.places.filter(person__unit__parent=out.person.unit.parent_id).exclude(person=out.person)
    wishes = {place.person_id: place.leg.ordinal for place in county.filter(leg__isnull=False)} | {other.person_id: free}
    for person, wish in wishes.items():
        plan.programme.nominations.filter(person=person).update(wish=wish)
    rules = {"hard": plan.rules["hard"], "cost": {**plan.rules["cost"], "preference_missed": 5000}}
    again = found(variant.what_if(copy, Asked(), rules, by=SYSTEM))
    assert places(again)[out.person.staff_no] == term and not again.exemptions.exists()
    assert (again.optimal, again.bound) == (False, None)


@pytest.mark.usefixtures("in_march")
def test_fewest_changes_are_proved_given_the_exemptions(plan: Plan, organiser: Account, client: Client) -> None:
    copy = by_hand.copy_plan(plan, by=SYSTEM)
    allowed_in(copy)
    verbs.publish(copy, by=SYSTEM)
    other = next(who for who, at in places(copy).items() if at == 5)
    again = found(variant.plan_again(copy, Asked(gone=(other,)), by=SYSTEM))
    assert again.optimal and again.exemptions.count() == 1
    client.force_login(organiser)
    page = client.get(f"/p/{plan.programme.key}/plans/{again.number}/").content.decode()
    assert "已证明最少（在下列 1 项例外之下）" in page


@pytest.mark.usefixtures("in_march")
def test_a_bound_of_plans_with_the_fewest_changes_is_no_bound_of_the_cost(plan: Plan, organiser: Account, client: Client) -> None:
    verbs.publish(plan, by=SYSTEM)
    again = found(variant.plan_again(plan, Asked(terms={"5": {"capacity": 0}}), by=SYSTEM))
    copy = by_hand.copy_plan(again, by=SYSTEM)
    client.force_login(organiser)
    address = f"/p/{plan.programme.key}/plans/{copy.number}/"
    assert "proved to be as few" in client.get(address, headers={"accept-language": "en"}).content.decode()
    other = copy.places.filter(leg__ordinal=4).first()
    by_hand.move(copy, {other.person_id: None}, by=SYSTEM)
    copy.refresh_from_db()
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert f"<p>Cost {copy.cost:,}.</p>" in page and "no plan can cost less" not in page


def allowed_in(copy: Plan) -> tuple[PlanPlace, int]:
    """Somebody left out, put on a term against one rule by name; and which term."""
    out = copy.places.filter(leg=None).select_related("person__unit").first()
    assert out
    term = next(
        option.ordinal
        for option in choices(explained(copy), out.person.staff_no, "zh")
        if option.ordinal and option.extra < 0 and len(option.broken) == 1
    )
    by_hand.move(copy, {out.person_id: term}, by=SYSTEM, reason="厅里同意")
    return out, term


@pytest.mark.usefixtures("in_march")
def test_what_was_allowed_against_a_rule_stands_when_the_plan_is_made_again(plan: Plan) -> None:
    """A county's second person on a term keeps the place, by name; once they fall away, the rule is as it was."""
    copy = by_hand.copy_plan(plan, by=SYSTEM)
    out, term = allowed_in(copy)
    verbs.publish(copy, by=SYSTEM)
    other = next(who for who, at in places(copy).items() if at == 5)
    again = found(variant.plan_again(copy, Asked(gone=(other,)), by=SYSTEM))
    assert places(again)[out.person.staff_no] == term and again.counts["changes"] == 0
    assert [each.reason for each in again.exemptions.all()] == ["厅里同意"]
    verbs.publish(again, by=SYSTEM)
    last = found(variant.plan_again(again, Asked(gone=(out.person.staff_no,)), by=SYSTEM))
    assert not last.exemptions.exists() and last.counts["changes"] == 0
    county = last.places.filter(leg__ordinal=term, person__unit__parent=out.person.unit.parent_id)
    assert county.count() == copy.places.filter(leg__ordinal=term, person__unit__parent=out.person.unit.parent_id).count() - 1


@pytest.mark.usefixtures("in_march")
def test_an_exemption_ends_when_the_plan_made_again_does_not_need_it(plan: Plan) -> None:
    """The rule is wider by now: who stood against it is planned like anybody, and the plan is proved again."""
    copy = by_hand.copy_plan(plan, by=SYSTEM)
    out, _term = allowed_in(copy)
    rules = {"hard": {**plan.rules["hard"], "county_away_share": 1.0, "sole_charge_per_county": 2}, "cost": plan.rules["cost"]}
    assert out.person.staff_no in exemptions_of(copy)
    again = found(variant.what_if(copy, Asked(), rules, by=SYSTEM))
    assert again.optimal and not again.exemptions.exists()


@pytest.mark.usefixtures("in_march")
def test_a_plan_in_which_somebody_is_fixed_against_a_rule_is_explained_all_the_same(plan: Plan) -> None:
    copy = by_hand.copy_plan(plan, by=SYSTEM)
    out, term = allowed_in(copy)
    for place in copy.places.filter(leg__ordinal=term, person__unit__parent=out.person.unit.parent_id):
        by_hand.pin(copy, place.person_id, on=True, by=SYSTEM)
    copy.refresh_from_db()
    again = found(variant.what_if(copy, Asked(pins=copy.asked["pins"]), plan.rules, by=SYSTEM))
    assert again.state == Plan.State.SOLVED and again.exemptions.exists()


@pytest.mark.usefixtures("in_march")
def test_a_plan_made_for_other_days_is_not_published_and_shows_its_own(plan: Plan, organiser: Account, client: Client) -> None:
    days = {name: getattr(plan.programme.legs.get(ordinal=5), name) for name in ("starts", "ends")}
    other = {"5": {"starts": "2023-06-20", "ends": "2023-07-07"}}
    shifted = found(variant.what_if(plan, Asked(terms=other), plan.rules, by=SYSTEM))
    variant.adopt(shifted, by=SYSTEM)
    plan = Plan.objects.get(pk=plan.pk)
    with pytest.raises(OtherDays) as refused:
        verbs.publish(plan, by=SYSTEM)
    assert refused.value.params["terms"] == "第五期"
    client.force_login(organiser)
    address = f"/p/{plan.programme.key}/plans/{shifted.number}/"
    first, second = client.get(f"{address}compare/").context["terms"][4]
    assert (first.leg.starts, first.leg.ends) == (days["starts"], days["ends"])
    assert second.leg.starts.isoformat() == "2023-06-20"
    verbs.publish(shifted, by=SYSTEM)
    verbs.withdraw(shifted, by=SYSTEM)
    told = {key: value for key, value in shifted.asked.items() if key != "days"}
    Plan.objects.filter(pk=shifted.pk).update(asked=told)
    shifted.programme.legs.filter(ordinal=5).update(starts="2023-07-01")
    assert client.get(f"{address}compare/").context["terms"][4][1].leg.starts.isoformat() == "2023-06-20"
    shifted.programme.legs.filter(ordinal=5).update(starts="2023-06-20")
    answer = client.post(f"/p/{plan.programme.key}/plans/{plan.number}/publish/now/", follow=True)
    assert answer.redirect_chain[-1][0].endswith(f"/plans/{plan.number}/publish/") and "第五期" in answer.content.decode()
    variant.adopt(
        found(variant.what_if(shifted, Asked(terms={"5": {k: v.isoformat() for k, v in days.items()}}), plan.rules, by=SYSTEM)),
        by=SYSTEM,
    )
    verbs.publish(Plan.objects.get(pk=plan.pk), by=SYSTEM)


def test_a_plan_that_changes_a_term_that_has_begun_since_is_not_published(
    rotation: Programme,
) -> None:
    days = {day: datetime(2023, 3, day, 4, tzinfo=UTC) for day in (1, 25)}
    with clock.held_at(days[1]):
        first = solved(rotation)
        verbs.publish(first, by=SYSTEM)
        gone = {term: next(who for who, at in places(first).items() if at == term) for term in (1, 5)}
        plans = {term: found(variant.plan_again(first, Asked(gone=(who,)), by=SYSTEM)) for term, who in gone.items()}
    with clock.held_at(days[25]):
        with pytest.raises(verbs.BegunSince) as refused:
            verbs.publish(plans[1], by=SYSTEM)
        assert refused.value.params["terms"] == "第一期"
        assert not Plan.objects.get(pk=plans[1].pk).publications.exists()
        verbs.publish(plans[5], by=SYSTEM)


def test_only_the_published_plan_is_planned_again(plan: Plan) -> None:
    with pytest.raises(variant.NothingPublished):
        variant.plan_again(plan, Asked(), by=SYSTEM)


@pytest.mark.usefixtures("in_march")
def test_new_days_are_adopted_and_told_in_one_step_or_not_at_all(plan: Plan, organiser: Account, client: Client) -> None:
    verbs.publish(plan, by=SYSTEM)
    again = found(variant.plan_again(plan, Asked(terms={"2": {"starts": "2023-04-12", "ends": "2023-04-30"}}), by=SYSTEM))
    client.force_login(organiser)
    address = f"/p/{plan.programme.key}/plans/{again.number}/publish/"
    on_two = again.places.filter(leg__ordinal=2).count()
    page = client.get(address).content.decode()
    assert f"{on_two} 人的期次或日期有变" in page and "采用并公布" in page and "4月12日" in page
    assert client.post(f"{address}now/").headers["location"] == address
    assert plan.programme.legs.get(ordinal=2).starts.isoformat() == "2023-04-10"
    assert client.post(f"{address}now/", {"adopt": "1"}).headers["location"].endswith("/notices/")
    assert plan.programme.legs.get(ordinal=2).starts.isoformat() == "2023-04-12"
    assert again.publications.get().changed == on_two
