"""Requests for a larger quota."""

import pytest
from tests.participation.quotas.tree import Tree, build_tree
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain import quota_request as verbs
from ortoo.participation.domain.quota import MoreThanHeld, NothingAbove


@pytest.fixture
def tree(stage: Stage) -> Tree:
    return build_tree(stage)


def test_grant_takes_from_the_unit_above(tree: Tree) -> None:
    asked = verbs.ask_for_more(tree.county, 3, "新站两个", by=SYSTEM)
    verbs.grant(asked, 2, "先给两个", by=SYSTEM)
    asked.refresh_from_db()
    assert [(quota.given, quota.free) for quota in tree.quotas] == [(10, 4), (6, 1), (5, 5)]
    assert (asked.state, asked.granted, asked.answer) == ("granted", 2, "先给两个")
    with pytest.raises(verbs.AnsweredAlready):
        verbs.refuse(asked, "不行", by=SYSTEM)


def test_more_than_the_unit_above_has_cannot_be_granted(tree: Tree) -> None:
    asked = verbs.ask_for_more(tree.county, 4, "新站", by=SYSTEM)
    with pytest.raises(MoreThanHeld):
        verbs.grant(asked, 4, "", by=SYSTEM)
    with pytest.raises(verbs.NothingAsked):
        verbs.grant(asked, 5, "", by=SYSTEM)
    asked.refresh_from_db()
    assert asked.state == "open"


def test_refusal_needs_words_and_one_request_at_a_time(tree: Tree) -> None:
    asked = verbs.ask_for_more(tree.county, 1, "新站", by=SYSTEM)
    with pytest.raises(verbs.AskedAlready):
        verbs.ask_for_more(tree.county, 2, "又一个", by=SYSTEM)
    with pytest.raises(verbs.NeedsWords):
        verbs.refuse(asked, "", by=SYSTEM)
    verbs.refuse(asked, "没有余额", by=SYSTEM)
    again = verbs.ask_for_more(tree.county, 2, "又一个", by=SYSTEM)
    verbs.take_request_back(again, by=SYSTEM)
    assert tree.county.requests.count() == 1


def test_nothing_is_asked_of_nobody(tree: Tree) -> None:
    with pytest.raises(NothingAbove):
        verbs.ask_for_more(tree.total, 1, "x", by=SYSTEM)
    with pytest.raises(verbs.NothingAsked):
        verbs.ask_for_more(tree.county, 1, " ", by=SYSTEM)
