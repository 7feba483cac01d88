"""A door's page, list and batches: no account, late and double sendings, hostile ones."""

import base64
import json
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.cache import cache
from django.test import Client
from tests.participation.checkin.doors import Hall, address, ago, ms, post

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.checkin import door_views, queries
from ortoo.participation.checkin.doorlist import public_key
from ortoo.participation.domain.door import renew_door, shut_door
from ortoo.participation.models import Scan
from ortoo.programmes.models import Leg


@pytest.fixture(autouse=True)
def _fresh_pace() -> None:
    cache.clear()


def ticket(hall: Hall, client_id: str = "aaaaaaaa", number: int = 0, **more: Any) -> dict[str, Any]:
    """A line as the page sends it."""
    return {"id": client_id, "kind": "ticket", "at": ms(ago(3)), "code": hall.code(number), "said": "admitted"} | more


def test_link_opens_the_page_for_somebody_without_an_account(hall: Hall) -> None:
    answer = Client().get(address(hall.north))
    assert answer.status_code == 200
    assert hall.north.name in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "'wasm-unsafe-eval'" in answer["Content-Security-Policy"]
    assert hall.seats[0].holder not in answer.content.decode()


def test_wrong_renewed_and_shut_links_open_nothing(hall: Hall) -> None:
    old = address(hall.north)
    renew_door(hall.north, by=SYSTEM)
    assert Client().get(old).status_code == 404
    assert Client().get(f"{old}list/").status_code == 404
    shut_door(hall.north, by=SYSTEM)
    assert Client().get(address(hall.north, "door-list")).status_code == 410
    answer = post(hall.north, [ticket(hall)])
    assert answer.status_code == 410
    assert json.loads(answer.content)["said"]
    assert not Scan.objects.exists()
    renew_door(hall.north, by=SYSTEM)
    assert post(hall.north, [ticket(hall)]).status_code == 200


def test_list_is_signed_and_hands_out_no_ticket(hall: Hall) -> None:
    said = Client().get(address(hall.north, "door-list")).json()
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key()))
    key.verify(base64.b64decode(said["signature"]), said["list"].encode())
    with pytest.raises(InvalidSignature):
        key.verify(base64.b64decode(said["signature"]), said["list"].replace("贵宾一", "贵宾壹").encode())
    assert hall.seats[0].holder in said["list"]
    assert hall.code(0).rpartition("-")[2] not in said["list"]
    assert len(json.loads(said["list"])["seats"]) == 60


def test_list_is_made_in_a_fixed_number_of_queries(hall: Hall, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):
        Client().get(address(hall.north, "door-list"))


def test_batch_comes_once_however_often_it_is_sent_and_needs_no_cookie(hall: Hall) -> None:
    for _attempt in range(3):
        answer = post(hall.north, [ticket(hall), ticket(hall, "bbbbbbbb", 1)])
        assert sorted(json.loads(answer.content)["kept"]) == ["aaaaaaaa", "bbbbbbbb"]
    assert Scan.objects.count() == 2


def test_other_doors_are_told_and_the_own_lines_are_not(hall: Hall) -> None:
    post(hall.north, [ticket(hall)])
    assert json.loads(post(hall.north, []).content)["lines"] == []
    said = json.loads(post(hall.south, []).content)
    [[from_, client_id, number, _undoes, _when, name]] = said["lines"]
    assert (from_, client_id, name) == (hall.north.key, "aaaaaaaa", "北门")
    assert number == hall.code(0).rpartition("-")[0]
    assert said["in"] == 1


LINE = {"id": "aaaaaaaa", "kind": "ticket", "at": 1_700_000_000_000}


@pytest.mark.parametrize(
    "line",
    [
        None,
        [],
        "x",
        LINE | {"id": "short"},
        LINE | {"id": 5},
        LINE | {"id": "a" * 41},
        LINE | {"id": "aaaaaaa/../"},
        LINE | {"kind": "delete"},
        LINE | {"kind": []},
        LINE | {"at": "now"},
        LINE | {"at": True},
        LINE | {"at": -1},
        LINE | {"at": 10**30},
        LINE | {"at": 1.5},
        LINE | {"code": {"a": 1}},
        LINE | {"kind": "undo", "undoes": "' OR 1=1"},
        LINE | {"kind": "walk_in", "name": " \0 "},
    ],
)
def test_line_that_is_none_is_refused_with_its_whole_batch(hall: Hall, line: object) -> None:
    answer = post(hall.north, [ticket(hall, "bbbbbbbb"), line])  # type: ignore[list-item]
    assert answer.status_code == 400
    assert not Scan.objects.exists()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"sent": 1}', b"[" * 100_000, b"\xff\xfe", b'{"sent": 1, "scans": {}}']
)
def test_body_that_is_no_batch_is_refused(hall: Hall, body: bytes) -> None:
    answer = Client().post(address(hall.north, "door-scans"), body, content_type="text/plain")
    assert answer.status_code == 400


def test_texts_that_no_database_keeps_are_cleaned(hall: Hall) -> None:
    codes = ["a\0b", "\ud800", "x" * 5000, "9" * 70, f"{'9' * 30}-1-aaaaaaaaa", "<script>alert(1)</script>", "१-१-aaaaaaaaa"]
    lines = [ticket(hall, f"line{n:04}", code=code) for n, code in enumerate(codes)]
    picked = [ticket(hall, f"pick{n:04}", code=code, picked=True) for n, code in enumerate([*codes, f"{2**60}-1", "1-99999"])]
    assert post(hall.north, lines + picked).status_code == 200
    assert Scan.objects.filter(verdict="valid").count() == 0
    assert Scan.objects.get(client_id="line0000").code == "ab"


def test_too_much_at_once_is_refused(hall: Hall) -> None:
    assert post(hall.north, [ticket(hall, f"line{n:04}") for n in range(501)]).status_code == 413
    assert post(hall.north, [ticket(hall, code="x" * 600_000)]).status_code == 413
    assert not Scan.objects.exists()


def test_door_that_asks_too_often_is_told_to_wait(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door_views, "MOST_A_MINUTE", 3)
    statuses = [post(hall.north, []).status_code for _attempt in range(8)]
    assert statuses[:3] == [200, 200, 200]
    assert 429 in statuses
    assert post(hall.south, []).status_code == 200


def test_stop_long_over_takes_nothing(hall: Hall) -> None:
    Leg.objects.filter(pk=hall.leg.pk).update(starts="2020-01-01", ends="2020-01-02")
    assert post(hall.north, [ticket(hall)]).status_code == 410


def test_a_batch_of_300_takes_a_fixed_number_of_queries(hall: Hall, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(16):
        post(hall.north, [ticket(hall, f"line{n:04}", n % 6) for n in range(300)])
    assert Scan.objects.count() == 300
    assert queries.admitted_count(hall.leg) == 6


def test_worker_keeps_this_page_only(hall: Hall) -> None:
    answer = Client().get(address(hall.north, "door-worker"))
    assert answer["Content-Type"] == "text/javascript"
    assert "zxing_reader.wasm" in answer.content.decode()
    assert "Service-Worker-Allowed" not in answer
