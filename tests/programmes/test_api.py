"""Programmes and participation for programs."""

from typing import Any

import pytest
from ninja import NinjaAPI
from ninja.testing import TestClient
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.refused import NotAllowed
from ortoo.participation.api import router as participation
from ortoo.participation.domain.nomination import NominationDraft, nominate
from ortoo.participation.domain.place import give_places
from ortoo.programmes.api import router as programmes
from ortoo.programmes.domain.duty import DutyDraft, copy_template, set_template
from ortoo.programmes.domain.programme import open_programme
from ortoo.programmes.models import Leg


@pytest.fixture
def client() -> TestClient:
    """Both routers, without the token: the tests say who asks."""
    api = NinjaAPI(urls_namespace="test")
    api.add_router("", programmes)
    api.add_router("", participation)
    yield TestClient(api)
    for router in (programmes, participation):
        router.api = None


@pytest.fixture
def opened(stage: Stage) -> Stage:
    open_programme(stage.programme, by=SYSTEM)
    blocked = [["2026-06-01", "2026-06-10"]]
    drafts = [NominationDraft(stage.persons["000101"], wish=2, blocked=blocked), NominationDraft(stage.persons["000201"])]
    nominate(stage.programme, drafts, by=SYSTEM)
    return stage


def test_programmes_are_those_that_the_account_sees(opened: Stage, client: TestClient) -> None:
    assert client.get("/programmes", user=opened.clerk).json()["total"] == 1
    assert client.get("/programmes", user=opened.participant).json() == {"total": 0, "items": []}
    assert client.get("/programmes?limit=0", user=opened.clerk).status_code == 422
    said = client.get(f"/programmes/{opened.programme.key}", user=opened.clerk).json()
    assert (said["state"], said["unit"], said["base"]) == ("open", "15", "150201")
    assert client.get(f"/programmes/{opened.programme.key}", user=opened.participant).status_code == 404


def test_legs_come_in_order(opened: Stage, client: TestClient) -> None:
    said = client.get(f"/programmes/{opened.programme.key}/legs", user=opened.host).json()
    assert [(leg["ordinal"], leg["state"]) for leg in said] == [(1, "done"), (2, "running"), (3, "next")]


def test_duties_are_for_those_who_sign_them_off(opened: Stage, client: TestClient) -> None:
    set_template(opened.programme, [DutyDraft("查房", "后勤", 7)], by=SYSTEM)
    copy_template(opened.programme, by=SYSTEM)
    address = f"/programmes/{opened.programme.key}/duties"
    assert client.get(f"{address}?limit=2", user=opened.host).json()["total"] == 3
    with pytest.raises(NotAllowed):
        client.get(address, user=opened.clerk)


def test_nominations_are_of_the_own_people(opened: Stage, client: TestClient) -> None:
    address = f"/programmes/{opened.programme.key}/nominations"
    said: dict[str, Any] = client.get(address, user=opened.clerk).json()
    assert (said["total"], said["items"][0]["staff_no"]) == (1, "000101")
    assert said["items"][0]["blocked"] == [["2026-06-01", "2026-06-10"]]
    assert client.get(address, user=opened.organiser).json()["total"] == 2
    with pytest.raises(NotAllowed):
        client.get(address, user=opened.host)


def test_places_name_the_term(opened: Stage, client: TestClient) -> None:
    give_places(opened.programme, [(opened.persons["000101"].pk, Leg.objects.get(ordinal=2))], source="plan:1", by=SYSTEM)
    address = f"/programmes/{opened.programme.key}/places"
    for account, legs in ((opened.clerk, [2]), (opened.other_clerk, []), (opened.host, [2])):
        assert [place["leg"] for place in client.get(address, user=account).json()["items"]] == legs


@pytest.mark.parametrize("key", ["x" * 13, "A", "%00", "a b"])
def test_odd_keys_are_told_so(opened: Stage, client: TestClient, key: str) -> None:
    assert client.get(f"/programmes/{key}/legs", user=opened.organiser).status_code in (404, 422)
