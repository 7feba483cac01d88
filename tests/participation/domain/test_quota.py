"""Quotas: never more than is held, whatever happens in which order."""

import random

import pytest
from django.db import IntegrityError, transaction
from tests.participation.quotas.tree import Tree, build_tree
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.kernel.refused import Refused
from ortoo.participation.domain import candidate as people
from ortoo.participation.domain import quota as verbs
from ortoo.participation.domain.nomination import withdraw
from ortoo.participation.domain.quota import Share
from ortoo.participation.models import Nomination
from ortoo.participation.quotas.models import Candidate, Quota
from ortoo.programmes.domain.programme import close_programme

PROPOSED, CONFIRMED = Candidate.State.PROPOSED, Candidate.State.CONFIRMED


@pytest.fixture
def tree(stage: Stage) -> Tree:
    return build_tree(stage)


def held(tree: Tree) -> list[tuple[int, int, int]]:
    return [(quota.given, quota.passed, quota.filled) for quota in tree.quotas]


def test_passing_on_leaves_the_rest_in_hand(tree: Tree) -> None:
    assert held(tree) == [(10, 6, 0), (6, 3, 0), (3, 0, 0)]
    assert [quota.free for quota in tree.quotas] == [4, 3, 3]
    entry = AuditEntry.objects.filter(verb="pass_quota").latest("pk")
    assert (entry.before, entry.after, entry.unit_path) == ({"given": 0}, {"given": 3}, tree.county.unit.path)


def test_more_than_held_is_refused_as_a_whole(tree: Tree) -> None:
    units = tree.stage.units
    with pytest.raises(verbs.MoreThanHeld, match="4"):
        verbs.pass_on(tree.total, {units["1501"]: Share(5), units["1502"]: Share(6)}, by=SYSTEM)
    assert held(tree) == [(10, 6, 0), (6, 3, 0), (3, 0, 0)]
    assert verbs.pass_on(tree.total, {units["1501"]: Share(5), units["1502"]: Share(5)}, by=SYSTEM) == 2


def test_only_differences_are_recorded(tree: Tree) -> None:
    before = AuditEntry.objects.count()
    assert verbs.pass_on(tree.prefecture, {tree.county.unit: Share(3, seen=3)}, by=SYSTEM) == 0
    assert AuditEntry.objects.count() == before


def test_number_written_over_an_older_one_is_refused(tree: Tree) -> None:
    with pytest.raises(verbs.ChangedMeanwhile, match="3"):
        verbs.pass_on(tree.prefecture, {tree.county.unit: Share(1, seen=2)}, by=SYSTEM)


def test_less_than_used_is_refused(tree: Tree) -> None:
    with pytest.raises(verbs.LessThanUsed):
        verbs.pass_on(tree.total, {tree.prefecture.unit: Share(2)}, by=SYSTEM)
    with pytest.raises(verbs.LessThanUsed):
        verbs.set_total(tree.stage.programme, None, 5, by=SYSTEM)


def test_quota_goes_down_only_and_from_one_unit(tree: Tree) -> None:
    units = tree.stage.units
    with pytest.raises(verbs.NotBelow):
        verbs.pass_on(tree.prefecture, {units["150201"]: Share(1)}, by=SYSTEM)
    with pytest.raises(verbs.NotBelow):
        verbs.pass_on(tree.prefecture, {units["1501"]: Share(1)}, by=SYSTEM)
    with pytest.raises(verbs.HeldFromElsewhere):
        verbs.pass_on(tree.total, {units["150101"]: Share(4)}, by=SYSTEM)


def test_giving_back_returns_it_to_the_unit_above(tree: Tree) -> None:
    verbs.give_back(tree.county, 2, by=SYSTEM)
    assert held(tree) == [(10, 6, 0), (6, 1, 0), (1, 0, 0)]
    with pytest.raises(verbs.MoreThanHeld):
        verbs.give_back(tree.county, 2, by=SYSTEM)
    with pytest.raises(verbs.NothingAbove):
        verbs.give_back(tree.total, 1, by=SYSTEM)


def test_quota_of_a_term_stands_beside_that_of_any_term(tree: Tree) -> None:
    leg = tree.stage.programme.legs.get(ordinal=2)
    total = verbs.set_total(tree.stage.programme, leg, 4, by=SYSTEM)
    verbs.pass_on(total, {tree.prefecture.unit: Share(4)}, by=SYSTEM)
    assert Quota.objects.filter(unit=tree.prefecture.unit).count() == 2
    people.propose(Quota.objects.get(leg=leg, unit=tree.prefecture.unit), tree.people[:1], standing=CONFIRMED, by=SYSTEM)
    assert Nomination.objects.get().wish == 2


def test_database_itself_holds_the_rules(tree: Tree) -> None:
    for change in ({"filled": 4}, {"passed": 4}, {"given": 2, "filled": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Quota.objects.filter(pk=tree.county.pk).update(**change)
    for twice in (Quota(programme=tree.stage.programme, unit=tree.county.unit),):
        with pytest.raises(IntegrityError), transaction.atomic():
            twice.save()


def test_closed_programme_keeps_its_quotas(tree: Tree) -> None:
    close_programme(tree.stage.programme, by=SYSTEM)
    fresh = Quota.objects.get(pk=tree.county.pk)
    for verb in (
        lambda: verbs.give_back(fresh, 1, by=SYSTEM),
        lambda: verbs.pass_on(fresh, {}, by=SYSTEM),
        lambda: people.propose(fresh, tree.people[:1], standing=CONFIRMED, by=SYSTEM),
    ):
        with pytest.raises(verbs.ProgrammeClosed):
            verb()


def test_withdrawn_nomination_frees_its_quota(tree: Tree) -> None:
    people.propose(tree.county, tree.people[:2], standing=CONFIRMED, by=SYSTEM)
    withdraw(list(Nomination.objects.filter(person=tree.people[0])), by=SYSTEM)
    assert held(tree)[2] == (3, 0, 1)
    assert list(Candidate.objects.values_list("person", flat=True)) == [tree.people[1].pk]


def test_deadlines_keep_their_order(tree: Tree) -> None:
    from ortoo.kernel import clock

    with pytest.raises(verbs.DeadlinesCrossed):
        verbs.set_deadlines(tree.stage.programme, clock.now(), clock.now().replace(year=2020), by=SYSTEM)


@pytest.mark.parametrize("number", range(2))
def test_counts_agree_with_the_rows_after_anything(tree: Tree, number: int) -> None:
    """A hundred acts and more at random, refused or not: what quotas count is what there is."""
    chance, done = random.Random(number), 0
    for _act in range(120):
        try:
            with transaction.atomic():
                _anything(tree, chance)
            done += 1
        except Refused:
            pass
        for quota in tree.quotas:
            assert quota.passed == sum(quota.below.values_list("given", flat=True))
            assert quota.filled == quota.candidates.exclude(state="sent_back").count()
            assert quota.free >= 0
    assert done > 30
    sure = set(Candidate.objects.filter(state=CONFIRMED).values_list("person", flat=True))
    assert sure == set(Nomination.objects.values_list("person", flat=True))


def _anything(tree: Tree, chance: random.Random) -> None:
    quota = Quota.objects.select_related("programme", "above").get(pk=chance.choice(tree.quotas).pk)
    some = list(Candidate.objects.order_by("pk"))
    chosen, standing = chance.sample(some, min(len(some), chance.randint(0, 2))), chance.choice(list(Candidate.State)[:3])
    person = chance.choice(tree.people)
    chance.choice(
        [
            lambda: people.propose(quota, [person], standing=standing, by=SYSTEM),
            lambda: people.propose(quota, [person], standing=standing, by=SYSTEM),
            lambda: people.withdraw_candidates(chosen, standing=CONFIRMED, by=SYSTEM),
            lambda: people.approve(chosen, by=SYSTEM),
            lambda: people.confirm(chosen, by=SYSTEM),
            lambda: people.send_back(chosen, "人手紧", by=SYSTEM),
            lambda: people.substitute(chosen[0], person, standing=standing, by=SYSTEM) if chosen else None,
            lambda: verbs.give_back(quota, chance.randint(1, 3), by=SYSTEM),
            lambda: verbs.pass_on(tree.total, {tree.prefecture.unit: Share(chance.randint(0, 12))}, by=SYSTEM),
            lambda: verbs.pass_on(tree.prefecture, {tree.county.unit: Share(chance.randint(0, 12))}, by=SYSTEM),
            lambda: verbs.set_total(quota.programme, None, chance.randint(0, 12), by=SYSTEM),
        ]
    )()
