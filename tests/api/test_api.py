"""The door for programs: keys, sessions, rights, pages of lists, what went wrong."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.factories.cast import Cast, build_cast

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.people.domain.account import reset_password
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.people.domain.token import make_token
from ortoo.people.models import Account, ApiToken, Person
from ortoo.programmes.domain.running_order import put_all_on

pytestmark = pytest.mark.django_db
NEW = {"staff_no": "000109", "name": "甲九", "sex": "男", "unit": "150101001"}


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody."""
    return build_cast()


def program(account: Account) -> Client:
    """A program with a key of this account."""
    _token, secret = make_token(account, "t", by=account)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def send(client: Client, method: str, path: str, said: dict[str, Any]) -> Any:
    return getattr(client, method)(f"/api/v1{path}", json.dumps(said), content_type="application/json")


def test_nobody_is_told_how_to_come_in(cast: Cast) -> None:
    answer = Client().get("/api/v1/people")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"
    assert set(answer.json()) == {"type", "title", "status", "detail", "errors"}


def test_wrong_key_does_not_fall_back_on_the_session(cast: Cast) -> None:
    client = Client(headers={"Authorization": "Bearer ortoo_wrong"})
    client.force_login(cast.stage.organiser)
    assert client.get("/api/v1/people").status_code == 401


def test_key_waits_until_a_reset_password_is_changed(cast: Cast) -> None:
    client = program(cast.stage.clerk)
    assert client.get("/api/v1/people").status_code == 200
    reset_password(cast.stage.clerk, by=SYSTEM)
    assert client.get("/api/v1/people").status_code == 401


def test_session_changes_only_with_its_csrf_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.stage.clerk)
    assert client.get("/api/v1/people").status_code == 200
    assert send(client, "post", "/people", NEW).status_code == 403
    assert not Person.objects.filter(staff_no="000109").exists()


def test_key_needs_no_csrf_token(cast: Cast) -> None:
    _token, secret = make_token(cast.stage.clerk, "t", by=SYSTEM)
    client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {secret}"})
    assert send(client, "post", "/people", NEW).status_code == 201
    assert ApiToken.objects.get().last_used is not None


def test_clerk_sees_own_people_only(cast: Cast) -> None:
    client = program(cast.stage.clerk)
    assert [each["staff_no"] for each in client.get("/api/v1/people").json()["items"]] == ["000101", "000102"]
    assert client.get("/api/v1/people?q=yiyi").json() == {"total": 0, "items": []}
    assert client.get("/api/v1/people/000201").status_code == 404
    assert client.get("/api/v1/people?under=1502").status_code == 404


def test_person_added_and_changed_is_recorded_for_the_keys_account(cast: Cast) -> None:
    client = program(cast.stage.clerk)
    assert send(client, "post", "/people", NEW).json()["unit"] == "150101001"
    changed = send(client, "patch", "/people/000109", {"post": "站长", "unit": "150101002"}).json()
    assert (changed["post"], changed["unit"], changed["name"]) == ("站长", "150101002", "甲九")
    verbs = list(AuditEntry.objects.filter(by_id=cast.stage.clerk.pk, noun="person").values_list("verb", flat=True))
    assert verbs == ["change_person", "add_person"]


def test_person_is_not_put_into_a_unit_of_others(cast: Cast) -> None:
    client = program(cast.stage.clerk)
    assert send(client, "post", "/people", NEW | {"unit": "150201001"}).status_code == 404
    assert send(client, "patch", "/people/000101", {"unit": "150201001"}).status_code == 404


def test_taken_staff_number_is_a_conflict_with_a_sentence(cast: Cast) -> None:
    answer = send(program(cast.stage.clerk), "post", "/people", NEW | {"staff_no": "000201"})
    assert (answer.status_code, answer.json()["title"]) == (409, "StaffNumberTaken")
    assert "000201" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (NEW | {"sex": "x"}, "body.said.sex"),
        (NEW | {"name": ""}, "body.said.name"),
        (NEW | {"name": "a\x00"}, "body.said.name"),
        (NEW | {"staff_no": "1 2"}, "body.said.staff_no"),
        ({"name": "甲九"}, "body.said.staff_no"),
    ],
)
def test_what_is_not_valid_names_its_field(cast: Cast, said: dict[str, Any], field: str) -> None:
    answer = send(program(cast.stage.clerk), "post", "/people", said)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_body_that_is_no_json_is_told(cast: Cast) -> None:
    answer = program(cast.stage.clerk).post("/api/v1/people", "{", content_type="application/json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_nul_in_an_address_is_refused(cast: Cast) -> None:
    client = program(cast.stage.organiser)
    for path in ("/api/v1/people?q=%00", "/api/v1/people/%00", "/api/v1/units/a%00b", "/people/?q=%00"):
        assert client.get(path).status_code == 400


def test_lists_come_in_pages_with_few_queries(cast: Cast, django_assert_max_num_queries: Callable[..., Any]) -> None:
    unit = cast.stage.units["150101001"]
    record_persons([PersonDraft(f"{number}", "某人", "女", unit.pk) for number in range(200000, 200600)], by=SYSTEM)
    client = program(cast.stage.organiser)
    with django_assert_max_num_queries(6):
        answer = client.get("/api/v1/people?limit=500&offset=200").json()
    assert (answer["total"], len(answer["items"])) == (603, 403)
    assert client.get("/api/v1/people?limit=501").status_code == 422


def test_programmes_legs_places_and_plans_are_read(cast: Cast) -> None:
    client, key = program(cast.stage.organiser), cast.stage.programme.key
    assert [each["key"] for each in client.get("/api/v1/programmes").json()["items"]] == [cast.tour.programme.key, key]
    assert client.get(f"/api/v1/programmes/{key}/legs").json()["total"] == 3
    places = client.get(f"/api/v1/places?programme={key}").json()["items"]
    assert [(place["staff_no"], place["leg"]) for place in places] == [("000101", 1)]
    assert client.get(f"/api/v1/programmes/{key}/plans").json()["items"][0]["number"] == 1
    assert client.get(f"/api/v1/programmes/{key}/plans/1/places").json() == {"total": 0, "items": []}
    assert send(client, "post", f"/programmes/{key}/plans", {"seconds": 5}).status_code == 202
    assert client.post(f"/api/v1/programmes/{key}/plans/2/publish").status_code == 409


def test_participant_sees_own_place_only(cast: Cast) -> None:
    client = program(cast.stage.participant)
    assert client.get("/api/v1/places").json()["total"] == 1
    assert client.get("/api/v1/people").json()["total"] == 1


def test_description_names_every_resource_and_both_ways_in() -> None:
    said = Client().get("/api/v1/openapi.json").json()
    for path in ("/people", "/units", "/programmes", "/programmes/{key}/legs", "/places", "/programmes/{key}/plans"):
        assert f"/api/v1{path}" in said["paths"]
    assert set(said["components"]["securitySchemes"]) == {"Bearer", "Session"}


def test_stops_halls_talks_and_running_orders_of_a_tour_are_read(cast: Cast) -> None:
    client, tour = program(cast.stage.organiser), cast.tour
    path = f"/api/v1/programmes/{tour.programme.key}"
    assert [leg["settled"] for leg in client.get(f"{path}/legs").json()["items"]] == [True, True, False]
    put_all_on(tour.stops[1], by=SYSTEM)
    order = client.get(f"{path}/order").json()["items"]
    assert [(each["talk"], each["teller"], each["minutes"]) for each in order] == [("马鞍", "嘉宾", 9), ("夜路", "乙一", 11)]
    assert [hall["leg"] for hall in client.get(f"{path}/halls").json()["items"]] == [1, 2, 3]
    assert [talk["understudy"] for talk in client.get(f"{path}/talks").json()["items"]] == ["嘉宾", None]
    speaker = program(cast.stage.participant)
    assert [talk["title"] for talk in speaker.get(f"{path}/talks").json()["items"]] == ["马鞍"]
