"""Candidates: put forward, approved, confirmed, sent back, substituted, withdrawn; deadlines."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from tests.participation.quotas.tree import Tree, build_tree
from tests.programmes.stage import Stage

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.participation.domain import candidate as verbs
from ortoo.participation.domain.nomination import HasPlace, NominationDraft, nominate
from ortoo.participation.domain.place import give_places
from ortoo.participation.domain.quota import set_deadlines
from ortoo.participation.domain.quota_request import NeedsWords
from ortoo.participation.models import Nomination
from ortoo.participation.quotas.models import Candidate

PROPOSED, APPROVED, CONFIRMED, SENT_BACK = Candidate.State


@pytest.fixture
def tree(stage: Stage) -> Tree:
    return build_tree(stage)


def states(tree: Tree) -> dict[str, str]:
    return dict(Candidate.objects.values_list("person__staff_no", "state"))


def propose(tree: Tree, *numbers: int, standing: str = PROPOSED) -> list[Candidate]:
    return verbs.propose(tree.county, [tree.people[n] for n in numbers], standing=standing, by=SYSTEM)


def test_proposed_approved_confirmed_is_nominated(tree: Tree) -> None:
    made = propose(tree, 0, 1)
    assert verbs.confirm(made, by=SYSTEM) == 0
    assert verbs.approve(made, by=SYSTEM) == 2
    assert not Nomination.objects.exists()
    assert verbs.confirm(made[:1], by=SYSTEM) == 1
    assert states(tree) == {"00090": CONFIRMED, "00091": APPROVED}
    nomination = Nomination.objects.get()
    assert (nomination.person, nomination.source) == (tree.people[0], "quota")
    assert AuditEntry.objects.filter(verb="confirm_candidate", unit_path=tree.county.unit.path).count() == 1


def test_full_quota_takes_nobody_more(tree: Tree) -> None:
    propose(tree, 0, 1)
    with pytest.raises(verbs.QuotaFull, match="1"):
        propose(tree, 2, 3)
    assert len(states(tree)) == 2
    propose(tree, 2)


def test_only_own_people_and_only_once(tree: Tree) -> None:
    stranger = tree.stage.persons["000201"] if "000201" in tree.stage.persons else list(tree.stage.persons.values())[-1]
    assert not tree.county.unit.holds(stranger.unit.path)
    with pytest.raises(verbs.NotOwnPerson):
        verbs.propose(tree.county, [stranger], standing=PROPOSED, by=SYSTEM)
    propose(tree, 0)
    with pytest.raises(verbs.CandidateTwice):
        verbs.propose(tree.prefecture, [tree.people[0]], standing=APPROVED, by=SYSTEM)


def test_sent_back_frees_the_quota_and_may_come_again(tree: Tree) -> None:
    made = propose(tree, 0, 1, 2)
    with pytest.raises(NeedsWords):
        verbs.send_back(made, " ", by=SYSTEM)
    assert verbs.send_back(made[:1], "刚参加过", by=SYSTEM) == 1
    tree.county.refresh_from_db()
    assert (tree.county.filled, Candidate.objects.get(person=tree.people[0]).word) == (2, "刚参加过")
    propose(tree, 0)
    assert (Candidate.objects.count(), Candidate.objects.get(person=tree.people[0]).word) == (3, "")


def test_what_a_return_said_stays(tree: Tree) -> None:
    nominate(tree.stage.programme, [NominationDraft(tree.people[0], wish=3, needs=["写作"])], by=SYSTEM)
    propose(tree, 0, standing=CONFIRMED)
    nomination = Nomination.objects.get()
    assert (nomination.wish, nomination.needs) == (3, ["写作"])


def test_substitute_takes_the_place_in_the_quota_and_is_decided_anew(tree: Tree) -> None:
    first = propose(tree, 0, 1, 2, standing=CONFIRMED)[0]
    made = verbs.substitute(first, tree.people[3], standing=PROPOSED, by=SYSTEM)
    assert (made.state, made.instead_of) == (PROPOSED, tree.people[0])
    assert set(Nomination.objects.values_list("person__staff_no", flat=True)) == {"00091", "00092"}
    tree.county.refresh_from_db()
    assert tree.county.filled == 3
    with pytest.raises(verbs.CandidateGone):
        verbs.substitute(first, tree.people[0], standing=PROPOSED, by=SYSTEM)


def test_published_place_stands_in_the_way(tree: Tree) -> None:
    made = propose(tree, 0, standing=CONFIRMED)
    leg = tree.stage.programme.legs.first()
    assert leg
    give_places(tree.stage.programme, [(tree.people[0].pk, leg)], source="plan:1", by=SYSTEM)
    with pytest.raises(HasPlace):
        verbs.withdraw_candidates(made, standing=CONFIRMED, by=SYSTEM)
    with pytest.raises(HasPlace):
        verbs.substitute(made[0], tree.people[1], standing=CONFIRMED, by=SYSTEM)
    assert states(tree) == {"00090": CONFIRMED}


def test_deadlines_bind_units_but_not_the_organiser(tree: Tree) -> None:
    made, now = propose(tree, 0), clock.now()
    set_deadlines(tree.stage.programme, now + timedelta(days=1), now + timedelta(days=3), by=SYSTEM)
    with clock.held_at(now + timedelta(days=2)):
        with pytest.raises(verbs.FillingClosed):
            propose(tree, 1)
        made = [verbs.substitute(made[0], tree.people[1], standing=PROPOSED, by=SYSTEM)]
    with clock.held_at(now + timedelta(days=4)):
        with pytest.raises(verbs.SubstitutionClosed):
            verbs.substitute(made[0], tree.people[2], standing=APPROVED, by=SYSTEM)
        with pytest.raises(verbs.SubstitutionClosed):
            verbs.withdraw_candidates(made, standing=APPROVED, by=SYSTEM)
        assert verbs.substitute(made[0], tree.people[2], standing=CONFIRMED, by=SYSTEM).state == CONFIRMED
        propose(tree, 3, standing=CONFIRMED)


@pytest.mark.django_db(transaction=True)
def test_whom_a_unit_above_puts_forward_at_the_same_moment_is_named(stage: Stage) -> None:
    tree, told, begun = build_tree(stage), [], threading.Event()

    def county() -> None:
        """SQLite in memory refuses whoever comes second for a moment; a file or PostgreSQL lets them wait."""
        begun.set()
        for _attempt in range(200):
            try:
                propose(tree, 0, 1)
                break
            except OperationalError:
                time.sleep(0.02)
            except verbs.CandidateTwice as refusal:
                told.append(str(refusal))
                break
        connection.close()

    thread = threading.Thread(target=county)
    with transaction.atomic():
        verbs.propose(tree.prefecture, [tree.people[1]], standing=APPROVED, by=SYSTEM)
        thread.start()
        begun.wait()
        time.sleep(0.3)  # The other has looked by now, and waits for whether this stands.
    thread.join()
    assert (["候选1" in words for words in told], states(tree)) == ([True], {"00091": APPROVED})
    assert [quota.filled for quota in tree.quotas] == [0, 1, 0]


def test_refused_verb_leaves_the_quota_in_hand_as_it_was(tree: Tree) -> None:
    quota, before = tree.county, tree.county.filled
    with pytest.raises(verbs.NotOwnPerson):
        verbs.propose(quota, [tree.people[0], list(tree.stage.persons.values())[-1]], standing=PROPOSED, by=SYSTEM)
    assert (quota.filled, Candidate.objects.exists()) == (before, False)


def test_deadline_set_after_the_quota_was_read_counts(tree: Tree) -> None:
    quota = type(tree.county).objects.select_related("programme__quota_deadline", "unit").get(pk=tree.county.pk)
    set_deadlines(tree.stage.programme, clock.now() - timedelta(minutes=1), None, by=SYSTEM)
    with pytest.raises(verbs.FillingClosed):
        verbs.propose(quota, tree.people[:1], standing=PROPOSED, by=SYSTEM)


def test_sent_back_after_the_time_for_filling_is_substituted(tree: Tree) -> None:
    made, now = propose(tree, 0, 1, 2), clock.now()
    set_deadlines(tree.stage.programme, now - timedelta(days=1), now + timedelta(days=3), by=SYSTEM)
    verbs.send_back(made[:1], "刚参加过", by=SYSTEM)
    assert verbs.substitute(made[0], tree.people[3], standing=PROPOSED, by=SYSTEM).instead_of == tree.people[0]
    tree.county.refresh_from_db()
    assert tree.county.filled == 3


def test_nobody_comes_instead_of_themselves(tree: Tree) -> None:
    made, now = propose(tree, 0, 1), clock.now()
    set_deadlines(tree.stage.programme, now - timedelta(days=1), now + timedelta(days=3), by=SYSTEM)
    verbs.send_back(made[:1], "刚参加过", by=SYSTEM)
    for each in made:
        with pytest.raises(verbs.SubstitutedByThemselves) as refused:
            verbs.substitute(each, each.person, standing=PROPOSED, by=SYSTEM)
        assert each.person.name in str(refused.value)
    assert sorted(Candidate.objects.values_list("state", flat=True)) == [PROPOSED, SENT_BACK]


def test_sent_back_whose_quota_is_taken_is_not_substituted(tree: Tree) -> None:
    made = propose(tree, 0, 1, 2)
    verbs.send_back(made[:1], "刚参加过", by=SYSTEM)
    propose(tree, 3)
    with pytest.raises(verbs.QuotaFull):
        verbs.substitute(made[0], tree.people[1], standing=PROPOSED, by=SYSTEM)
