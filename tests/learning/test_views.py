"""Pages of needs over HTTP."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.learning.models import Curriculum, Module
from ortoo.learning.queries import gap_of, taught_on
from ortoo.participation.domain.place import give_places
from ortoo.participation.models import Nomination
from ortoo.people.models import Account


def enter(account: Account) -> Client:
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def at(name: str, stage: Stage, *args: Any) -> str:
    return reverse(f"learning:{name}", args=[stage.programme.key, *args])


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def placed(stage: Stage) -> Stage:
    """Who lacks 写作 and 处置 goes on the first term, the others on the second."""
    legs = list(stage.programme.legs.all())
    first, *others = stage.persons.values()
    seats = [(first.pk, legs[0]), *((person.pk, legs[1]) for person in others)]
    give_places(stage.programme, seats, source="plan:1", by=SYSTEM)
    return stage


def test_gap_counts_everybody_and_each_term(placed: Stage) -> None:
    gap = gap_of(placed.programme, placed.organiser)
    assert (gap.everybody.people, gap.everybody.said, gap.everybody.lacking["写作"]) == (3, 2, 2)
    assert {ordinal: dict(group.lacking) for ordinal, group in gap.terms.items()} == {
        1: {"写作": 1, "处置": 1},
        2: {"写作": 1, "摄影": 1},
    }
    own = [p for p in placed.persons.values() if placed.units["1502"].holds(p.unit.path)]
    assert gap_of(placed.programme, placed.other_clerk).everybody.people == len(own) < 3


def test_term_teaches_what_its_people_lack(placed: Stage) -> None:
    first, second = list(placed.programme.legs.all())[:2]
    hours = {leg.ordinal: {each.name: each.hours for each in taught_on(placed.programme, leg)[1]} for leg in (first, second)}
    assert hours == {1: {"写作": 21, "处置": 19, "调研": 0}, 2: {"写作": 38, "处置": 2, "调研": 0}}
    page = text(enter(placed.host), at("term", placed, 1))
    assert ("21" in page, "调研" in page) == (True, True)
    assert enter(placed.host).get(at("term", placed, 9)).status_code == 404


def test_organiser_writes_modules_down(stage: Stage) -> None:
    client = enter(stage.organiser)
    assert "摄影" in text(client, at("needs", stage))
    client.post(at("curriculum", stage), {"hours": "30", "modules": "写作，6\n摄影\n\n"})
    assert list(Module.objects.values_list("name", "least")) == [("写作", 6), ("摄影", 0)]
    for wrong in ({"hours": "30", "modules": "写作,三"}, {"hours": "0", "modules": "写作"}, {"hours": "3", "modules": "写作,4"}):
        client.post(at("curriculum", stage), wrong)
    assert Curriculum.objects.get().hours == 30
    assert Module.objects.count() == 2


def test_participant_says_what_they_lack_from_their_own_page(stage: Stage) -> None:
    client, page = enter(stage.participant), at("say", stage, "000101")
    assert page in text(client, reverse("participation:mine"))
    assert "调研" in text(client, page)
    answer = client.post(page, {"needs": ["调研"]})
    assert answer["Location"] == reverse("participation:mine")
    assert Nomination.objects.get(person__staff_no="000101").needs[0] == "调研"
    assert client.post(page, {"needs": ["飞行"]}).status_code == 200
    other = next(number for number in stage.persons if number != "000101")
    assert client.get(at("say", stage, other)).status_code == 404


def test_pages_ask_the_same_number_of_queries_for_more(placed: Stage, django_assert_num_queries: Any) -> None:
    client = enter(placed.organiser)
    pages = [at("needs", placed), at("term", placed, 2)]
    few = {}
    for page in pages:
        text(client, page)
        with CaptureQueriesContext(connection) as asked:
            text(client, page)
        few[page] = len(asked)
    for number in range(5, 9):
        Module.objects.create(programme=placed.programme, ordinal=number, name=f"模块{number}")
    for page in pages:
        with django_assert_num_queries(few[page]):
            text(client, page)
