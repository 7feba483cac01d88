"""Limits that give way in one plan: what a reason proposes is tried, costs what was said, and is allowed by name before it is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client
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
    with pytest.raises(verbs.NotAdopted):
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
    assert kept.items() <= pins.items() and all(places(mended)[staff_no] == 3 for staff_no in kept)
    assert len(kept) < len(pins) or mended.asked["looser"]


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
    again.asked = {**again.asked, "looser": looser.written(replace(PROBLEM, units=(*PROBLEM.units, *units)), rules)}
    again.save()
    for page in ("", "publish/"):
        text = client.get(f"/p/{plan.programme.key}/plans/{again.number}/{page}").content.decode()
        card = text.split('id="looser"')[1].split("</section>")[0]
        assert card.count("<li>") == 50 and "共120项" in card


# What a unit's limit and a term's are, when the plan is made again.
PROBLEM = Problem(
    people=tuple(Person(key, unit="a") for key in "uvwxyz"),
    terms=(Term("1", capacity=4), Term("2", capacity=6)),
    units=(Unit("a"),),
    covers=(Cover("a", 3),),
)
UNIT = HardRule("cover", "1", unit="a", limit=3, count=3, loosened=5)
TERM = HardRule("capacity", "1", limit=4, count=4, loosened=5)


def now(problem: Problem, rule: HardRule) -> tuple[int | None, int | None] | None:
    """Limit and loosened limit as they would be carried out; None when nothing gives way."""
    eased, done = looser.carried_out(problem, looser.written(PROBLEM, [rule]))
    assert bool(done) == (eased != problem)
    if not done:
        return None
    assert eased == loosen(problem, [HardRule(**done[0]["rule"])])
    assert basis.unpack(basis.pack(eased)) == eased
    return done[0]["rule"].get("limit"), done[0]["rule"].get("loosened")


@pytest.mark.parametrize(("at_most", "wanted"), [(3, (3, 5)), (2, (2, 4)), (1, (1, 3)), (4, (4, 5)), (5, None), (0, None)])
def test_a_units_limit_gives_way_by_as_much_and_no_further(at_most: int, wanted: object) -> None:
    assert now(replace(PROBLEM, covers=(Cover("a", at_most),)), UNIT) == wanted


@pytest.mark.parametrize(("capacity", "wanted"), [(4, (4, 5)), (3, None), (5, None), (0, None), (None, None)])
def test_a_terms_limit_gives_way_only_as_long_as_it_is_what_it_was(capacity: int | None, wanted: object) -> None:
    assert now(replace(PROBLEM, terms=(Term("1", capacity=capacity), Term("2", capacity=6))), TERM) == wanted


def test_nothing_gives_way_on_a_term_that_has_begun_or_is_gone() -> None:
    begun = (Term("1", capacity=4, begun=True), Term("2", capacity=6))
    assert now(replace(PROBLEM, terms=begun), UNIT) is None and now(replace(PROBLEM, terms=begun), TERM) is None
    gone = replace(PROBLEM, terms=(Term("2", capacity=6),))
    assert now(gone, UNIT) is None and now(gone, TERM) is None


def test_blocked_days_and_pins_give_way_while_they_are_there() -> None:
    held = replace(PROBLEM, people=(Person("u", unit="a", blocked=frozenset({"1"}), pin="2"), *PROBLEM.people[1:]))
    for rule in (HardRule("blocked", "1", "u"), HardRule("pin", "2", "u")):
        assert looser.carried_out(held, looser.written(held, [rule]))[0] == loosen(held, [rule])
        assert looser.carried_out(PROBLEM, looser.written(held, [rule])) == (PROBLEM, [])
        assert looser.carried_out(replace(held, people=held.people[1:]), looser.written(held, [rule]))[1] == []


def test_a_minimum_gives_way_downwards() -> None:
    asked = replace(PROBLEM, terms=(Term("1", minimum=4), Term("2")))
    rule = HardRule("minimum", "1", limit=4, count=2, loosened=2)
    assert now(asked, rule) == (4, 2)
    assert now(replace(asked, terms=(Term("1", minimum=3), Term("2"))), rule) is None
