"""Quotas for single terms as limits of a plan."""

import pytest
from django.test import Client
from tests.participation.quotas.tree import Tree, build_tree
from tests.planning.test_plan import solved
from tests.programmes.stage import build

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.candidate import propose
from ortoo.participation.domain.nomination import NominationDraft, nominate
from ortoo.participation.domain.quota import Share, pass_on, set_total
from ortoo.participation.quotas.models import Candidate, Quota
from ortoo.participation.quotas.queries import TermLimit, limits_by_term
from ortoo.planning.domain.rules import change_rules, rules_of
from ortoo.planning.rulesfile import read_rules, write_rules
from ortoo.programmes.models import Leg
from ortoo.programmes.queries import legs_of

pytestmark = pytest.mark.django_db
PRICES = {"left_out": 1000, "preference_missed": 10}


@pytest.fixture
def tree() -> Tree:
    """Of the first term three for the region, two of them for the prefecture, one of these for its county."""
    found = build_tree(build())
    for leg in found.stage.programme.legs.all():
        leg.capacity = 4
        leg.save(update_fields=["capacity"])
    pass_on(set_total(found.stage.programme, first_leg(found), 3, by=SYSTEM), {found.prefecture.unit: Share(2)}, by=SYSTEM)
    pass_on(of_term(found, "1501"), {found.county.unit: Share(1)}, by=SYSTEM)
    return found


def first_leg(tree: Tree) -> Leg:
    return tree.stage.programme.legs.get(ordinal=1)


def of_term(tree: Tree, code: str) -> Quota:
    return Quota.objects.select_related("unit", "programme__unit").get(unit__code=code, leg__ordinal=1)


def on_first(tree: Tree, hard: dict[str, str]) -> int:
    """How many of the county's four, who all ask for the first term, a plan by these rules puts there."""
    change_rules(tree.stage.programme, hard, PRICES, by=SYSTEM)
    return solved(tree.stage.programme).places.filter(person__in=tree.people, leg__ordinal=1).count()


def test_plan_keeps_to_the_quotas_of_a_term_when_the_rule_is_on(tree: Tree) -> None:
    nominate(tree.stage.programme, [NominationDraft(person, 1) for person in tree.people], by=SYSTEM)
    assert on_first(tree, {}) == 4
    assert on_first(tree, {"quotas": "term"}) == 1


def test_whom_a_unit_above_puts_forward_is_not_held_against_the_county(tree: Tree) -> None:
    propose(of_term(tree, "1501"), tree.people[:1], standing=Candidate.State.CONFIRMED, by=SYSTEM)
    limits = [TermLimit("region", "15", 1, 3), TermLimit("prefecture", "1501", 1, 2), TermLimit("county", "150101", 1, 2)]
    assert limits_by_term(tree.stage.programme) == limits
    nominate(tree.stage.programme, [NominationDraft(person, 1) for person in tree.people[1:]], by=SYSTEM)
    assert on_first(tree, {"quotas": "term"}) == 2


def test_total_of_a_term_limits_the_term(tree: Tree) -> None:
    stage = tree.stage
    pass_on(of_term(tree, "15"), {stage.units["1502"]: Share(1)}, by=SYSTEM)
    others = [NominationDraft(stage.persons["000201"], 1)]
    nominate(stage.programme, [*others, *(NominationDraft(person, 1) for person in tree.people)], by=SYSTEM)
    Quota.objects.filter(unit__code__in=["1501", "150101"], leg__ordinal=1).update(given=9)
    change_rules(stage.programme, {"quotas": "term"}, PRICES, by=SYSTEM)
    assert solved(stage.programme).places.filter(leg__ordinal=1).count() == 3


def test_organiser_switches_the_rule_on_and_it_travels_in_a_rules_file(tree: Tree, client: Client) -> None:
    programme = tree.stage.programme
    client.force_login(tree.stage.organiser)
    page = client.post(f"/p/{programme.key}/rules/", {"left_out": 1000, "quotas": "on"})
    assert page.status_code == 302
    rules = rules_of(programme)
    assert rules.hard == {"quotas": "term"}
    assert read_rules(write_rules(programme, legs_of(programme), rules.hard, rules.cost)).hard["quotas"] == "term"


def test_person_is_told_of_the_quota_that_stands_in_the_way(tree: Tree, client: Client) -> None:
    nominate(tree.stage.programme, [NominationDraft(person, 1) for person in tree.people], by=SYSTEM)
    change_rules(tree.stage.programme, {"quotas": "term"}, PRICES, by=SYSTEM)
    plan = solved(tree.stage.programme)
    elsewhere = plan.places.filter(person__in=tree.people).exclude(leg__ordinal=1).first()
    assert elsewhere is not None
    client.force_login(tree.stage.organiser)
    page = client.get(f"/p/{tree.stage.programme.key}/plans/{plan.number}/", {"who": elsewhere.person_id})
    assert "甲东区至多1人，已有1人" in page.content.decode()
