"""Persons: who sees whom, found, changed, downloaded."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.people.domain.account import give_role
from ortoo.people.domain.person import (
    PersonDraft,
    StaffNumberTaken,
    StaffNumberTwice,
    add_person,
    change_person,
    record_persons,
)
from ortoo.people.models import Account, Person, Role
from ortoo.people.queries import persons_visible_to

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Account], Client]
SAID = {"name": "甲一", "sex": "男", "unit": "150101001", "post": "教导员"}


def draft(stage: Stage, staff_no: str = "000109", name: str = "甲九", code: str = "150101001", **more: str) -> PersonDraft:
    return PersonDraft(staff_no, name, "女", stage.units[code].pk, **more)


def test_record_persons_adds_changes_and_leaves(stage: Stage) -> None:
    record_persons([draft(stage)], by=SYSTEM)
    again = record_persons([draft(stage), draft(stage, "000110", "甲十")], by=SYSTEM)
    assert [len(each) for each in (again.new, again.changed, again.same)] == [1, 0, 1]
    changed = record_persons([draft(stage, phone="13900000000")], by=SYSTEM).changed
    assert changed[0][1] == {"phone": ("", "13900000000")}


def test_record_persons_refuses_a_number_twice(stage: Stage) -> None:
    with pytest.raises(StaffNumberTwice):
        record_persons([draft(stage), draft(stage)], by=SYSTEM)


def test_what_is_not_said_stays(stage: Stage) -> None:
    record_persons([draft(stage, notes="晕车")], by=SYSTEM)
    record_persons([PersonDraft("000109", "甲九", "女", stage.units["150101001"].pk, phone=None)], by=SYSTEM)
    assert Person.objects.get(staff_no="000109").notes == "晕车"


def test_add_person_refuses_a_number_that_is_known(stage: Stage) -> None:
    with pytest.raises(StaffNumberTaken):
        add_person(draft(stage, "000101"), by=SYSTEM)
    assert Person.objects.get(staff_no="000101").name == "甲一"


def test_moving_somebody_is_recorded_with_the_units_codes(stage: Stage) -> None:
    somebody = stage.persons["000101"]
    assert change_person(somebody, {"unit_id": stage.units["150101002"].pk}, by=SYSTEM)
    entry = AuditEntry.objects.get(verb="change_person")
    assert (entry.before, entry.after) == ({"unit": "150101001"}, {"unit": "150101002"})
    assert entry.unit_path == stage.units["150101002"].path


def test_clerk_sees_own_people_and_participant_only_themselves(stage: Stage) -> None:
    def seen(account: Account) -> set[str]:
        return set(persons_visible_to(account).values_list("staff_no", flat=True))

    assert seen(stage.organiser) == {"000101", "000102", "000201"}
    assert seen(stage.clerk) == {"000101", "000102"}
    assert seen(stage.other_clerk) == {"000201"}
    assert seen(stage.participant) == {"000101"}
    assert seen(stage.host) == seen(stage.administrator) == set()


@pytest.mark.parametrize("question", ["", "?q=乙一", "?q=yiyi", "?q=000201", "?as=rows", "?as=csv", "?as=tsv"])
def test_people_of_another_unit_are_nowhere(stage: Stage, signed_in: SignedIn, question: str) -> None:
    answer = signed_in(stage.clerk).get(f"/people/{question}")
    text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
    assert "/people/000201/" not in text
    assert "乙一" not in text.replace('value="乙一"', "")


def test_unit_of_others_cannot_be_asked_for(stage: Stage, signed_in: SignedIn) -> None:
    assert signed_in(stage.clerk).get("/people/?unit=1502").status_code == 404
    assert "000101" in signed_in(stage.clerk).get("/people/?unit=150101").content.decode()


@pytest.mark.parametrize("word", ["甲一", "jiayi", "jy", "000101", "JIAYI"])
def test_people_are_found_by_name_pinyin_initials_and_number(stage: Stage, signed_in: SignedIn, word: str) -> None:
    text = signed_in(stage.organiser).get("/people/", {"q": word}).content.decode()
    assert "/people/000101/" in text
    assert "/people/000102/" not in text


def test_download_is_recorded_and_carries_no_more_than_the_list(stage: Stage, signed_in: SignedIn) -> None:
    Person.objects.update(diet="清真", notes="晕车")
    answer = signed_in(stage.clerk).get("/people/?as=csv&unit=150101")
    text = b"".join(answer.streaming_content).decode()
    assert "000101" in text
    assert "清真" not in text
    assert "晕车" not in text
    assert AuditEntry.objects.get(verb="download").after == {"what": "people", "unit": "150101", "q": ""}


def test_clerk_changes_own_people_and_the_page_tells_the_history(stage: Stage, signed_in: SignedIn) -> None:
    client = signed_in(stage.clerk)
    assert client.post("/people/000101/", SAID | {"post": "站长"}).status_code == 302
    text = client.get("/people/000101/").content.decode()
    assert "教导员 → 站长" in text


def test_participant_reads_but_does_not_change_and_sees_no_history(stage: Stage, signed_in: SignedIn) -> None:
    client = signed_in(stage.participant)
    assert "history" not in client.get("/people/000101/").context or not client.get("/people/000101/").context["history"]
    assert client.post("/people/000101/", SAID).status_code == 403


def test_nobody_is_moved_into_a_unit_of_others(stage: Stage, signed_in: SignedIn) -> None:
    give_role(stage.clerk, Role.Kind.HOST, stage.units["150201"], by=SYSTEM)
    answer = signed_in(stage.clerk).post("/people/000101/", SAID | {"unit": "150201001"})
    assert answer.status_code == 400
    assert "unit" in answer.context["form"].errors


def test_list_takes_as_many_queries_for_1101_as_for_one(
    stage: Stage, signed_in: SignedIn, django_assert_num_queries, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    client = signed_in(stage.organiser)
    Person.objects.exclude(staff_no="000101").delete()
    with django_assert_max_num_queries(10) as one:
        client.get("/people/")
    record_persons([draft(stage, f"{number:06}", "某人") for number in range(200000, 201100)], by=SYSTEM)
    with django_assert_num_queries(len(one)):
        assert "1,101" in client.get("/people/").content.decode()
