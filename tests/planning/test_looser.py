"""Limits that give way in one plan: what a reason proposes is tried, costs what was said, and is allowed by name before it is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client
from tests.planning.conftest import build_rotation
from tests.planning.test_plan import solved
from tests.planning.test_variant import found, places

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.people.models import Account
from ortoo.planning.adapters import basis, looser
from ortoo.planning.adapters.explained import explained
from ortoo.planning.domain import plan as verbs
from ortoo.planning.domain import try_looser, variant
from ortoo.planning.domain.asked import Asked
from ortoo.planning.domain.by_hand import copy_plan
from ortoo.planning.domain.looser import NeedsWhy
from ortoo.planning.domain.rules import rules_of
from ortoo.planning.models import Plan
from ortoo.programmes.models import Programme
from ortoo_solvers.rotation import Person, Problem, Term, Unit
from ortoo_solvers.rotation.collision import HardRule, loosen
from ortoo_solvers.rotation.problem import Cover


@pytest.fixture
def rotation(db: None) -> Programme:
    """Enough people that some of every sort are left out."""
    return build_rotation(300)


@pytest.fixture
def plan(rotation: Programme) -> Iterator[Plan]:
    """The proved plan, before any of its terms begins; some of its people are left out."""
    with clock.held_at(datetime(2023, 1, 9, 4, tzinfo=UTC)):
        yield solved(rotation)


def left_out(plan: Plan) -> str:
    """The first person without a place, by staff number."""
    return min(staff_no for staff_no, ordinal in places(plan).items() if ordinal is None)


def tried(plan: Plan) -> Plan:
    return found(try_looser.for_person(plan, left_out(plan), by=SYSTEM))


def test_trying_a_loosening_changes_the_plan_by_exactly_what_the_reason_said(plan: Plan) -> None:
    explanation = explained(plan)
    assert explanation and plan.cost is not None
    mend = explanation.why(left_out(plan)).mend
    assert mend and mend.extra < 0
    again = tried(plan)
    assert (again.cost, again.optimal) == (plan.cost + mend.extra, True)
    assert plan.left_out - again.left_out == mend.placed
    assert {each["rule"]["term"] for each in again.asked["looser"]} == {step.term for step in mend.steps}
    assert rules_of(plan.programme).hard == plan.rules["hard"] == again.rules["hard"]


def test_one_after_the_other_until_everybody_is_placed(plan: Plan) -> None:
    first = tried(plan)
    second = tried(first)
    assert second.left_out < first.left_out < plan.left_out
    assert len(second.asked["looser"]) > len(first.asked["looser"])


def test_it_is_allowed_by_name_and_with_a_reason_before_anybody_is_told(plan: Plan) -> None:
    again = tried(plan)
    with pytest.raises(verbs.NotAllowedYet):
        verbs.publish(again, by=SYSTEM)
    with pytest.raises(NeedsWhy):
        variant.adopt(again, by=SYSTEM, reason="  ")
    variant.adopt_and_publish(again, by=SYSTEM, reason="县里有人代班")
    again.refresh_from_db()
    assert again.state == Plan.State.PUBLISHED
    assert {(each["reason"], each["by_name"]) for each in again.asked["looser"]} == {("县里有人代班", SYSTEM.get_username())}
    assert AuditEntry.objects.get(verb="adopt_plan").after["looser"] == again.asked["looser"]


def test_what_was_allowed_stands_in_whatever_begins_from_there(plan: Plan) -> None:
    again = tried(plan)
    variant.adopt_and_publish(again, by=SYSTEM, reason="县里有人代班")
    again.refresh_from_db()
    there = max(staff_no for staff_no, ordinal in places(again).items() if ordinal == 5)
    replanned = found(variant.plan_again(again, Asked(gone=(there,)), by=SYSTEM))
    assert replanned.counts["changes"] <= 1 and replanned.asked["looser"] == again.asked["looser"]
    assert not verbs.must_adopt(replanned)
    other = found(variant.what_if(again, Asked(), again.rules, by=SYSTEM))
    assert other.cost == again.cost and other.asked["looser"] == again.asked["looser"]
    assert copy_plan(again, by=SYSTEM).asked["looser"] == again.asked["looser"]


def test_what_nobody_allowed_has_to_be_allowed_after_its_term_has_begun_too(plan: Plan) -> None:
    verbs.publish(plan, by=SYSTEM)
    again = tried(plan)
    with clock.held_at(datetime(2023, 3, 25, 4, tzinfo=UTC)):
        later = found(variant.what_if(again, Asked(), again.rules, by=SYSTEM))
        assert [each["idle"] for each in later.asked["looser"]] == [True]
        with pytest.raises(verbs.NotAllowedYet):
            verbs.publish(later, by=SYSTEM)


def test_a_loosening_of_a_term_that_has_begun_is_refused_in_words(plan: Plan) -> None:
    verbs.publish(plan, by=SYSTEM)
    with clock.held_at(datetime(2023, 3, 25, 4, tzinfo=UTC)), pytest.raises(try_looser.TermBegun):
        try_looser.for_person(plan, left_out(plan), by=SYSTEM)


def test_what_was_allowed_is_marked_as_too_many_nowhere(plan: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    again = tried(plan)
    capacity = {
        "rule": {"kind": "capacity", "term": "2", "limit": 224, "loosened": 230},
        "said": {"zh": "名额", "en": "capacity"},
    }
    county = again.asked["looser"][0]["rule"]
    again.asked = {**again.asked, "looser": [*again.asked["looser"], capacity, {**capacity, "idle": True}]}
    again.save()
    context = client.get(f"/p/{plan.programme.key}/plans/{again.number}/").context
    row = next(row for row in context["heat"].rows if f"county={county['unit'].split(':')[1]}#" in row.href)
    assert [cell.limit for cell in row.cells] == [2 if str(n) == county["term"] else 1 for n in range(1, 6)]
    assert context["terms"][1].leg.capacity == 230


def test_in_a_plan_planned_again_and_published_it_is_tried_from_there_and_can_be_told(plan: Plan) -> None:
    verbs.publish(plan, by=SYSTEM)
    there = next(staff_no for staff_no, ordinal in places(plan).items() if ordinal == 1)
    replanned = found(variant.plan_again(plan, Asked(gone=(there,)), by=SYSTEM))
    verbs.publish(replanned, by=SYSTEM)
    again = tried(replanned)
    assert (again.parent, again.left_out) == (replanned, replanned.left_out - 1)
    assert again.counts["changes"] == sum(places(again)[who] != at for who, at in places(replanned).items() if at is not None)
    variant.adopt_and_publish(again, by=SYSTEM, reason="县里有人代班")


def test_a_copy_of_what_was_planned_again_keeps_as_many_places_as_it_can(plan: Plan, organiser: Account, client: Client) -> None:
    verbs.publish(plan, by=SYSTEM)
    replanned = found(variant.plan_again(plan, Asked(terms={"5": {"capacity": 40}}), by=SYSTEM))
    copy = copy_plan(replanned, by=SYSTEM)
    again = tried(copy)
    moved = sum(places(again)[who] != at for who, at in places(copy).items() if at is not None)
    assert again.parent == copy and moved == again.counts["changes"] <= 1
    client.force_login(organiser)
    address = f"/p/{plan.programme.key}/plans/{again.number}/"
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert f"Places that change against plan {copy.number}: {moved}" in page and "the rules allow" not in page


def test_of_a_plan_that_is_not_possible_nobody_is_asked_about(plan: Plan, organiser: Account, client: Client) -> None:
    person = plan.places.select_related("person__unit__parent").first().person
    unit = list(plan.places.filter(person__unit__parent=person.unit.parent_id).values_list("person__staff_no", flat=True))
    impossible = found(variant.what_if(plan, Asked(pins=dict.fromkeys(unit, 3)), plan.rules, by=SYSTEM))
    assert impossible.state == Plan.State.INFEASIBLE
    client.force_login(organiser)
    address = f"/p/{plan.programme.key}/plans/{impossible.number}/"
    assert client.post(f"{address}looser/", {"who": person.staff_no}).status_code == 302
    assert client.get(f"{address}?county={person.unit.parent.code}").status_code == 200
    answer = client.post(f"{address}looser/", follow=True, headers={"accept-language": "en"})
    assert "No longer fixed: " in answer.content.decode()


def test_a_form_keeps_what_has_its_tick_and_drops_the_rest(plan: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    again = tried(tried(plan))
    variant.adopt_and_publish(again, by=SYSTEM, reason="县里有人代班")
    again.refresh_from_db()
    kept = again.asked["looser"][1:]
    for page in ("again/", "what-if/"):
        address = f"/p/{plan.programme.key}/plans/{again.number}/{page}"
        form = client.get(address).context["form"]
        assert [choice[1] for choice in form.fields["looser"].choices] == [each["said"]["zh"] for each in again.asked["looser"]]
        sent = {
            field.html_name: field.value() for part in ("form", "rules") for field in client.get(address).context.get(part, ())
        }
        sent = {name: value for name, value in sent.items() if value not in (None, False)}
        for ticked, wanted in ((sent["looser"][1:], kept), ([], None)):
            assert client.post(address, sent | {"looser": ticked}).status_code == 302
            made = Plan.objects.latest("number")
            assert made.asked.get("looser") == wanted
            found(made)


def test_what_began_by_planning_again_begins_there_again(plan: Plan) -> None:
    verbs.publish(plan, by=SYSTEM)
    there = next(staff_no for staff_no, ordinal in places(plan).items() if ordinal == 1)
    replanned = found(variant.plan_again(plan, Asked(gone=(there,)), by=SYSTEM))
    again = tried(replanned)
    assert (again.parent, again.origin) == (plan, Plan.Origin.AGAIN)
    assert again.asked["gone"] == [there] and there not in places(again)
    assert again.left_out < replanned.left_out


def test_nothing_gives_way_for_whoever_has_a_place(plan: Plan) -> None:
    placed = next(staff_no for staff_no, ordinal in places(plan).items() if ordinal == 1)
    for nobody in (placed, "no such person"):
        with pytest.raises(try_looser.NothingToLoosen):
            try_looser.for_person(plan, nobody, by=SYSTEM)
    with pytest.raises(try_looser.NothingToLoosen):
        try_looser.for_collision(plan, by=SYSTEM)


def test_rules_that_collide_are_planned_once_more_with_what_mends_them(plan: Plan) -> None:
    county = plan.places.filter(leg__ordinal=1).select_related("person__unit").first()
    assert county
    station = plan.places.filter(person__unit=county.person.unit).values_list("person__staff_no", flat=True)
    others = plan.places.filter(person__unit__parent=county.person.unit.parent).values_list("person__staff_no", flat=True)
    pins = dict.fromkeys([*station, *others], 3)
    impossible = found(variant.what_if(plan, Asked(pins=pins), plan.rules, by=SYSTEM))
    assert impossible.state == Plan.State.INFEASIBLE
    mended = found(try_looser.for_collision(impossible, by=SYSTEM))
    assert mended.state == Plan.State.SOLVED
    kept = mended.asked.get("pins", {})
    assert kept.items() < pins.items() and all(places(mended)[staff_no] == 3 for staff_no in kept)


def test_pages_offer_it_and_say_what_gives_way_and_why(plan: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    address = f"/p/{plan.programme.key}/plans/{plan.number}/"
    who = plan.places.get(person__staff_no=left_out(plan)).person
    assert f'value="{who.staff_no}"' in client.get(f"{address}?who={who.pk}").content.decode()
    answer = client.post(f"{address}looser/", {"who": who.staff_no})
    again = Plan.objects.get(number=plan.number + 1)
    address = f"/p/{plan.programme.key}/plans/{again.number}/"
    assert (answer.status_code, answer["Location"]) == (302, address)
    found(again)
    said = again.asked["looser"][0]["said"]["zh"]
    for page in (address, f"{address}publish/", f"{address}compare/"):
        text = client.get(page, headers={"accept-language": "zh-hans"}).content.decode()
        assert said in text and 'name="reason"' in text
    listed = client.get(f"/p/{plan.programme.key}/plans/", headers={"accept-language": "zh-hans"}).content.decode()
    assert listed.count("限制有放宽") == 1
    client.post(f"{address}publish/now/", {"adopt": "1", "reason": ""})
    again.refresh_from_db()
    assert again.state == Plan.State.SOLVED
    client.post(f"{address}publish/now/", {"adopt": "1", "reason": "县里有人代班"})
    text = client.get(address, headers={"accept-language": "zh-hans"}).content.decode()
    assert said in text and "县里有人代班" in text and organiser.username in text


def test_of_very_many_loosened_limits_the_page_shows_fifty(plan: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    rules = [HardRule("cover", "1", unit=f"county:{number}", limit=1, count=1, loosened=2) for number in range(120)]
    units = tuple(Unit(f"county:{number}") for number in range(120))
    again = tried(plan)
    kept = looser.added(replace(PROBLEM, units=(*PROBLEM.units, *units)), (), rules)
    said = {"reason": "厅里同意", "by_name": "organiser", "at": "2023-01-09T04:00:00+00:00"}
    for allowed in (120, 30):
        again.asked = {**again.asked, "looser": [{**each, **said} for each in kept[:allowed]] + kept[allowed:]}
        again.save()
        for page in ("", "publish/"):
            text = client.get(f"/p/{plan.programme.key}/plans/{again.number}/{page}").content.decode()
            card = text.split('id="looser"')[1].split("</section>")[0]
            assert (card.count("<li>"), card.count("尚未批准"), "共120项" in card) == (
                max(50, 120 - allowed),
                120 - allowed,
                True,
            )


# What a county's limit, a unit's and a term's are, when the plan is made again.
PROBLEM = Problem(
    people=tuple(Person(key, unit="county:a") for key in "uvwxyz"),
    terms=(Term("1", capacity=4), Term("2", capacity=6)),
    units=(Unit("county:a"),),
    covers=(Cover("county:a", 3),),
)
UNIT = HardRule("cover", "1", unit="county:a", limit=3, count=3, loosened=5)
TERM = HardRule("capacity", "1", limit=4, count=4, loosened=5)


def now(problem: Problem, *rules: HardRule, shares: bool = True) -> int | None:
    """The limit of the last rule as it is carried out; None when there is nothing to be done."""
    eased, done = looser.carried_out(problem, looser.added(PROBLEM, (), rules), shares=shares)
    assert [each["rule"] for each in done] == [each["rule"] for each in looser.added(PROBLEM, (), rules)]
    assert all(each.get("idle", False) for each in done) == (eased == problem)
    assert basis.unpack(basis.pack(eased)) == eased
    if done[-1].get("idle"):
        return None
    rule = rules[-1]
    if rule.kind == "capacity":
        return next(term.capacity for term in eased.terms if term.key == rule.term)
    return min(cover.at_most for cover in eased.covers if cover.unit == rule.unit and rule.term in (cover.terms or rule.term))


@pytest.mark.parametrize(("at_most", "wanted"), [(3, 5), (2, 4), (1, 3), (4, 5), (5, None), (0, 2)])
def test_a_countys_share_is_loosened_by_as_much_as_was_allowed_and_no_further(at_most: int, wanted: object) -> None:
    """However often it changes in between: what was allowed stays what it was."""
    changed = replace(PROBLEM, covers=(Cover("county:a", at_most),))
    assert now(changed, UNIT) == wanted
    kept = looser.added(PROBLEM, (), [UNIT])
    for before in (2, 1, 5):
        kept = looser.carried_out(replace(PROBLEM, covers=(Cover("county:a", before),)), kept, shares=True)[1]
    eased, done = looser.carried_out(changed, kept, shares=True)
    assert eased == looser.carried_out(changed, looser.added(PROBLEM, (), [UNIT]), shares=True)[0]
    assert done[0].get("idle", False) == (wanted is None)


@pytest.mark.parametrize(("at_most", "wanted"), [(3, 5), (2, None), (4, None), (0, None)])
def test_a_limit_that_somebody_wrote_is_loosened_as_long_as_it_is_what_it_was(at_most: int, wanted: object) -> None:
    assert now(replace(PROBLEM, covers=(Cover("county:a", at_most),)), UNIT, shares=False) == wanted


@pytest.mark.parametrize(("capacity", "wanted"), [(4, 5), (3, None), (5, None), (0, None), (None, None)])
def test_a_terms_limit_too(capacity: int | None, wanted: object) -> None:
    assert now(replace(PROBLEM, terms=(Term("1", capacity=capacity), Term("2", capacity=6))), TERM) == wanted


def test_a_limit_of_nobody_lets_somebody_in_unless_the_term_is_cancelled() -> None:
    none = HardRule("cover", "1", unit="county:a", limit=0, count=0, loosened=1)
    assert now(replace(PROBLEM, covers=(Cover("county:a", 0),)), none, shares=False) == 1
    closed = replace(PROBLEM, terms=(Term("1", capacity=0), Term("2", capacity=6)))
    assert now(closed, HardRule("capacity", "1", limit=0, count=0, loosened=1)) is None


def test_a_limit_loosened_twice_stands_there_once_and_is_to_be_allowed_anew() -> None:
    kept = [{**looser.added(PROBLEM, (), [TERM])[0], "reason": "厅里同意"}]
    further = looser.added(PROBLEM, kept, [replace(TERM, limit=5, count=5, loosened=6)])
    assert [(each["rule"]["limit"], each["rule"]["loosened"]) for each in further] == [(4, 6)] and "reason" not in further[0]
    assert looser.carried_out(PROBLEM, further)[0].terms[0].capacity == 6
    idle = [{**kept[0], "idle": True}]
    assert looser.added(PROBLEM, idle, [replace(TERM, limit=9, loosened=10)])[0]["rule"]["limit"] == 9


def test_nothing_is_loosened_on_a_term_that_has_begun_or_is_gone() -> None:
    begun = (Term("1", capacity=4, begun=True), Term("2", capacity=6))
    held = tuple(replace(person, blocked=frozenset({"1"})) for person in PROBLEM.people)
    for rule in (UNIT, TERM, HardRule("blocked", "1", "u")):
        assert now(replace(PROBLEM, people=held, terms=begun), rule) is None
        assert now(replace(PROBLEM, terms=(Term("2", capacity=6),)), rule) is None


def test_blocked_days_and_pins_give_way_while_they_are_there() -> None:
    held = replace(PROBLEM, people=(Person("u", unit="county:a", blocked=frozenset({"1"}), pin="2"), *PROBLEM.people[1:]))
    for rule in (HardRule("blocked", "1", "u"), HardRule("pin", "2", "u")):
        kept = looser.added(held, (), [rule])
        assert looser.carried_out(held, kept) == (loosen(held, [rule]), kept)
        for other in (PROBLEM, replace(held, people=held.people[1:])):
            assert looser.carried_out(other, kept) == (other, [{**kept[0], "idle": True}])


def test_a_minimum_gives_way_downwards() -> None:
    asked = replace(PROBLEM, terms=(Term("1", minimum=4), Term("2")))
    kept = looser.added(asked, (), [HardRule("minimum", "1", limit=4, count=2, loosened=2)])
    assert looser.carried_out(asked, kept)[0].terms[0].minimum == 2
    other = replace(asked, terms=(Term("1", minimum=3), Term("2")))
    assert looser.carried_out(other, kept) == (other, [{**kept[0], "idle": True}])
