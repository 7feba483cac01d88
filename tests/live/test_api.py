"""Sites and reach for programs."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.live.stage import Tour

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain.head_count import CountDraft, count_heads
from ortoo.live.models import HeadCount, ReachEntry
from ortoo.people.domain.token import make_token
from ortoo.people.models import Account

ENTRY = {"leg": 2, "provenance": "devices", "number": 200, "source": "峰值"}


def program(account: Account) -> Client:
    _token, secret = make_token(account, "t", by=account)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def send(client: Client, tour: Tour, path: str, said: dict[str, Any]) -> Any:
    return client.post(f"/api/v1/programmes/{tour.programme.key}{path}", json.dumps(said), content_type="application/json")


def read(client: Client, tour: Tour, path: str) -> Any:
    return client.get(f"/api/v1/programmes/{tour.programme.key}{path}").json()


def test_count_is_one_however_often_it_is_sent(tour: Tour) -> None:
    client = program(tour.stage.clerk)
    said = {"client_id": "aaaaaaaa", "moment": "during", "heads": 80}
    for _attempt in range(2):
        assert send(client, tour, f"/sites/{tour.site.key}/counts", said).status_code == 201
    assert HeadCount.objects.count() == 1
    assert [(site["name"], site["heads"]) for site in read(client, tour, "/sites")["items"]] == [(tour.site.name, 80)]
    assert send(client, tour, f"/sites/{tour.other.key}/counts", said).status_code == 404


def test_reference_feeds_one_figure(tour: Tour) -> None:
    client = program(tour.stage.organiser)
    for number in (200, 310):
        assert send(client, tour, "/reach/entries", ENTRY | {"number": number, "reference": "hub:1"}).status_code == 201
    assert [entry["number"] for entry in read(client, tour, "/reach/entries")["items"]] == [310]
    assert read(client, tour, "/reach/entries?all=true")["total"] == 2


def test_no_program_replaces_what_a_site_reported(tour: Tour) -> None:
    count_heads(tour.site, CountDraft("aaaaaaaa", "during", 80), by=SYSTEM)
    send(program(tour.stage.organiser), tour, "/reach/entries", ENTRY | {"reference": f"site:{tour.site.key}"})
    assert sorted(ReachEntry.objects.filter(taken_back=None).values_list("number", flat=True)) == [80, 200]


def test_totals_come_as_addends_with_a_sentence(tour: Tour) -> None:
    client = program(tour.stage.organiser)
    send(client, tour, "/reach/entries", ENTRY)
    send(client, tour, "/reach/entries", ENTRY | {"provenance": "scanned", "number": 1180, "unit": "1501"})
    said = read(client, tour, "/reach")
    assert [(each["provenance"], each["number"]) for each in said["whole"]["addends"]] == [("scanned", 1180), ("devices", 200)]
    assert said["whole"]["together"] == 1380
    assert "1,180" in said["whole"]["sentence"]
    assert [line["key"] for line in said["by_unit"]] == ["1501", "none"]


def test_figure_is_taken_back_and_restored(tour: Tour) -> None:
    client = program(tour.stage.organiser)
    number = send(client, tour, "/reach/entries", ENTRY).json()["id"]
    assert send(client, tour, f"/reach/entries/{number}/take-back?why=x", {}).json()["why"] == "x"
    assert send(client, tour, f"/reach/entries/{number}/take-back", {}).status_code == 409
    assert send(client, tour, f"/reach/entries/{number}/restore", {}).json()["taken_back"] is None


@pytest.mark.parametrize("wrong", [{"number": -1}, {"provenance": "heard"}, {"source": " "}, {"leg": 0}, {"number": 10**12}])
def test_what_is_wrong_is_told(tour: Tour, wrong: dict[str, Any]) -> None:
    assert send(program(tour.stage.organiser), tour, "/reach/entries", ENTRY | wrong).status_code == 422
