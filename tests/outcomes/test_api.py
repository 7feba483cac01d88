"""Messages and reflections for programs."""

import json
from typing import Any

from django.test import Client
from tests.outcomes.stage import Desk

from ortoo.outcomes.domain.reflection import write_reflection
from ortoo.people.domain.token import make_token
from ortoo.people.models import Account


def program(account: Account) -> Client:
    _token, secret = make_token(account, "t", by=account)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def at(desk: Desk, path: str) -> str:
    return f"/api/v1/programmes/{desk.tour.programme.key}{path}"


def decide(client: Client, desk: Desk, kind: str, said: dict[str, Any]) -> Any:
    return client.post(at(desk, f"/{kind}/decide"), json.dumps(said), content_type="application/json")


def test_messages_are_read_and_decided(desk: Desk) -> None:
    message, client = desk.send("给嘉宾", to=desk.guest), program(desk.tour.stage.organiser)
    (item,) = client.get(at(desk, "/messages?state=waiting")).json()["items"]
    assert (item["to"], item["leg"], item["text"]) == ("嘉宾", 2, "给嘉宾")
    ids = [message.pk, 2**70, -1]
    assert decide(client, desk, "messages", {"ids": ids, "state": "accepted"}).json() == {"count": 1}
    assert client.get(at(desk, "/messages?state=waiting")).json()["total"] == 0
    assert decide(client, desk, "messages", {"ids": ids, "state": "burned"}).status_code == 422


def test_reflections_are_seen_by_their_clerk_and_quoted_with_consent(desk: Desk) -> None:
    stage = desk.tour.stage
    mine = write_reflection(desk.tour.leg, stage.persons["000101"], "话", "named", by=stage.participant)
    assert program(stage.clerk).get(at(desk, "/reflections")).json()["items"][0]["staff_no"] == "000101"
    assert program(stage.other_clerk).get(at(desk, "/reflections")).json()["total"] == 0
    client = program(stage.organiser)
    assert client.get(at(desk, "/quotes")).json() == []
    decide(client, desk, "reflections", {"ids": [mine.pk], "state": "accepted"})
    assert [(quote["text"], quote["whose"]) for quote in client.get(at(desk, "/quotes")).json()] == [("话", "一站 甲一")]
