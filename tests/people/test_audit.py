"""The page of changes, and the words for them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from tests.programmes.stage import Stage

from ortoo.kernel import acts
from ortoo.kernel import audit as record
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.people.domain.person import change_person
from ortoo.people.models import Account
from ortoo.people.queries import audit_visible_to

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Account], Client]
VERB = re.compile(r"(?:audit|record)\.record(?:_many)?\(\s*\"([a-z_]+)\"")


def test_every_verb_of_the_code_has_its_words() -> None:
    source = Path(acts.__file__).parents[1]
    recorded = {verb for file in source.rglob("*.py") for verb in VERB.findall(file.read_text(encoding="utf-8"))}
    assert recorded - set(acts.VERBS) == set()


def test_organiser_sees_changes_of_its_units_only(stage: Stage) -> None:
    change_person(stage.persons["000101"], {"post": "站长"}, by=SYSTEM)
    change_person(stage.persons["000201"], {"post": "站长"}, by=SYSTEM)
    stage.organiser.roles.update(unit=stage.units["1502"])
    titles = set(audit_visible_to(stage.organiser).filter(verb="change_person").values_list("title", flat=True))
    assert titles == {str(stage.persons["000201"])}
    assert audit_visible_to(stage.administrator).count() == AuditEntry.objects.count()


def test_changes_are_shown_field_by_field_in_words(stage: Stage, signed_in: SignedIn) -> None:
    change_person(stage.persons["000101"], {"post": "站长", "phone": "13900000000"}, by=SYSTEM)
    stage.administrator.language = "en"
    stage.administrator.save()
    text = signed_in(stage.administrator).get("/audit/?verb=change_person").content.decode()
    assert "phone: ∅ → 13900000000; post: 教导员 → 站长" in text
    assert "changed a person" in text


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({"who": "organiser"}, 1),
        ({"verb": "change_person"}, 2),
        ({"what": "甲一"}, 1),
        ({"unit": "1502", "verb": "change_person"}, 1),
        ({"since": "2000-01-01", "until": "2000-01-02"}, 0),
    ],
)
def test_changes_are_found(stage: Stage, signed_in: SignedIn, question: dict[str, str], found: int) -> None:
    AuditEntry.objects.exclude(verb="nothing").delete()
    change_person(stage.persons["000101"], {"post": "站长"}, by=stage.organiser)
    change_person(stage.persons["000201"], {"post": "站长"}, by=SYSTEM)
    assert signed_in(stage.administrator).get("/audit/", question).context["table"].total == found


def test_wrong_day_is_told_and_nothing_breaks(stage: Stage, signed_in: SignedIn) -> None:
    answer = signed_in(stage.administrator).get("/audit/", {"since": "yesterday"})
    assert answer.context["form"].errors


def test_download_of_changes_is_a_change_too(stage: Stage, signed_in: SignedIn) -> None:
    list(signed_in(stage.administrator).get("/audit/?as=csv").streaming_content)
    assert AuditEntry.objects.get(verb="download").after == {"what": "changes"}


def test_page_takes_few_queries_for_many(stage: Stage, signed_in: SignedIn, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    record.record_many("change_person", [record.Change(stage.persons["000101"])] * 1000, by=SYSTEM)
    client = signed_in(stage.organiser)
    with django_assert_max_num_queries(12):
        client.get("/audit/")
