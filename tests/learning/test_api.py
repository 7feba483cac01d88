"""Needs and modules for programs."""

from typing import Any

from django.test import Client
from tests.programmes.stage import Stage

from ortoo.learning.models import Module
from ortoo.participation.models import Nomination
from ortoo.people.models import Account


def ask(stage: Stage, who: Account, method: str = "get", below: str = "", said: Any = None) -> Any:
    client = Client()
    client.force_login(who, "django.contrib.auth.backends.ModelBackend")
    call = getattr(client, method)
    address = f"/api/v1/programmes/{stage.programme.key}/needs{below}"
    return call(address) if said is None else call(address, said, content_type="application/json")


def test_numbers_are_over_everybody_for_the_organiser_and_over_their_own_for_a_clerk(stage: Stage) -> None:
    every = ask(stage, stage.organiser).json()
    assert (every["hours"], every["people"], every["said"]) == (40, 3, 2)
    assert [(each["name"], each["least"], each["lacking"]) for each in every["modules"]] == [
        ("写作", 4, 2), ("处置", 2, 1), ("调研", 0, 0),
    ]  # fmt: skip
    assert ask(stage, stage.other_clerk).json()["people"] < 3


def test_organiser_puts_the_modules_and_is_told_what_is_wrong(stage: Stage) -> None:
    said = {"hours": 20, "modules": [{"name": "调研", "least": 3}, {"name": "写作"}]}
    assert ask(stage, stage.organiser, "put", said=said).status_code == 200
    assert list(Module.objects.values_list("name", "least")) == [("调研", 3), ("写作", 0)]
    refused = ask(stage, stage.organiser, "put", said={"hours": 2, "modules": [{"name": "调研", "least": 3}]})
    assert refused.status_code == 409 and "3" in refused.json()["detail"]
    assert ask(stage, stage.organiser, "put", said={"hours": 2, "modules": [{"name": ""}]}).status_code == 422
    assert ask(stage, stage.clerk, "put", said=said).status_code == 403


def test_what_somebody_lacks_is_said_and_words_that_are_no_module_stay(stage: Stage) -> None:
    nomination = next(each for each in Nomination.objects.select_related("person") if "摄影" in each.needs)
    below = f"/{nomination.person.staff_no}"
    assert set(ask(stage, stage.organiser, "put", below, {"needs": ["调研"]}).json()["needs"]) == {"调研", "摄影"}
    assert ask(stage, stage.organiser, "put", below, {"needs": ["泥塑"]}).status_code == 409
    assert ask(stage, stage.organiser, "put", "/999999", {"needs": []}).status_code == 404
