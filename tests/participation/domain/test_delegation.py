"""What happens to delegations."""

import pytest
from tests.participation.delegations import House, build_house
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.participation.domain import delegation as verbs
from ortoo.participation.domain.delegation import DelegationDraft
from ortoo.participation.domain.seat import give_seats
from ortoo.participation.models import Delegation


@pytest.fixture
def house(stage: Stage) -> House:
    return build_house(stage)


def test_delegation_is_on_the_list_once(house: House) -> None:
    with pytest.raises(verbs.DelegationTwice):
        verbs.add_delegation(house.leg, DelegationDraft("指导组", 1), by=SYSTEM)
    with pytest.raises(verbs.WheelchairsBeyondAsked):
        verbs.add_delegation(house.leg, DelegationDraft("家属", 1, wheelchairs=2), by=SYSTEM)


def test_contact_and_telephone_are_not_in_the_record(house: House) -> None:
    entries = AuditEntry.objects.filter(verb="add_delegation")
    assert not any("139-1" in str(entry.after) or "某主任" in str(entry.after) for entry in entries)


def test_who_has_seats_asks_for_no_fewer_and_stays(house: House) -> None:
    give_seats(house.leg, {house.own: 10}, by=SYSTEM)
    with pytest.raises(verbs.FewerThanGiven):
        verbs.change_delegation(house.own, DelegationDraft("甲市代表团", 9), by=SYSTEM)
    with pytest.raises(verbs.HasSeats):
        verbs.remove_delegation(house.own, by=SYSTEM)
    verbs.remove_delegation(house.late, by=SYSTEM)
    assert Delegation.objects.count() == 2


def test_same_delegation_changes_nothing(house: House) -> None:
    draft = DelegationDraft("指导组", 15, priority=1, contact="某主任", phone="139-1")
    assert not verbs.change_delegation(house.first, draft, by=SYSTEM)


def test_claiming_fewer_gives_the_rest_back(house: House) -> None:
    with pytest.raises(verbs.NothingToClaim):
        verbs.claim(house.own, 1, by=SYSTEM)
    give_seats(house.leg, {house.own: 10}, by=SYSTEM)
    with pytest.raises(verbs.MoreThanGiven):
        verbs.claim(house.own, 11, by=SYSTEM)
    verbs.claim(house.own, 8, by=house.tour.stage.clerk)
    house.own.refresh_from_db()
    assert (house.own.given, house.own.asked, house.own.claimed_by) == (8, 8, house.tour.stage.clerk)


def test_claiming_all_keeps_the_place_in_the_line(house: House) -> None:
    give_seats(house.leg, {house.own: 10}, by=SYSTEM)
    verbs.claim(house.own, 10, by=SYSTEM)
    assert house.own.waiting == 20
