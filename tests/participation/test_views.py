"""The list of nominated people and a participant's own page."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.participation.domain.nomination import NominationDraft, nominate
from ortoo.participation.domain.place import give_places
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.people.models import Account, Person
from ortoo.programmes.domain.programme import change_programme, change_state, open_programme
from ortoo.programmes.models import Leg, Programme


def enter(account: Account) -> Client:
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def nominated(stage: Stage) -> Stage:
    open_programme(stage.programme, by=SYSTEM)
    blocked = [["2026-06-01", "2026-06-10"]]
    first = NominationDraft(stage.persons["000101"], wish=2, blocked=blocked, needs=["调查研究"])
    others = [NominationDraft(stage.persons[number]) for number in ("000102", "000201")]
    nominate(stage.programme, [first, *others], by=SYSTEM)
    return stage


def people(stage: Stage, query: str = "") -> str:
    return reverse("participation:nominations", args=[stage.programme.key]) + query


def publish(stage: Stage, ordinal: int = 2) -> None:
    leg = Leg.objects.get(ordinal=ordinal)
    give_places(stage.programme, [(stage.persons["000101"].pk, leg)], source="plan:1", by=SYSTEM)
    change_state(stage.programme, Programme.State.PUBLISHED, by=SYSTEM)


def test_clerk_sees_own_people_only(nominated: Stage) -> None:
    page = enter(nominated.clerk).get(people(nominated)).content.decode()
    assert "甲一" in page
    assert "乙一" not in page
    assert "乙一" in enter(nominated.organiser).get(people(nominated)).content.decode()


def test_nominations_are_not_for_hosts_nor_participants(nominated: Stage) -> None:
    statuses = {role: enter(one).get(people(nominated)).status_code for role, one in nominated.everybody.items()}
    assert statuses == {
        "organiser": 200,
        "clerk": 200,
        "other_clerk": 200,
        "host": 403,
        "participant": 404,
        "administrator": 403,
    }


@pytest.mark.parametrize(("show", "names"), [("wish", "甲一"), ("blocked", "甲一"), ("placed", "甲一"), ("left", "甲二乙一")])
def test_nominations_are_narrowed(nominated: Stage, show: str, names: str) -> None:
    publish(nominated)
    page = enter(nominated.organiser).get(people(nominated, f"?show={show}&as=tsv")).getvalue().decode()
    assert "".join(line.split("\t")[0] for line in page.splitlines()[1:]) == names


def test_download_holds_what_is_seen_and_is_logged(nominated: Stage) -> None:
    answer = enter(nominated.clerk).get(people(nominated, "?q=甲二&as=xlsx"))
    sheet = openpyxl.load_workbook(BytesIO(answer.getvalue())).active
    assert sheet
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["甲二"]
    entry = AuditEntry.objects.get(verb="download_nominations")
    assert (entry.by_name, entry.after) == ("clerk", {"rows": 1, "filter": "甲二"})


def test_nominations_ask_few_queries_for_three_and_for_a_thousand(nominated: Stage, django_assert_max_num_queries: Any) -> None:
    client = enter(nominated.organiser)
    with django_assert_max_num_queries(14):
        client.get(people(nominated))
    unit = nominated.units["150101001"].pk
    record_persons([PersonDraft(f"9{n:05}", f"众{n}", "男", unit) for n in range(1000)], by=SYSTEM)
    crowd = Person.objects.filter(staff_no__startswith="9")
    nominate(nominated.programme, [NominationDraft(person) for person in crowd.select_related("unit")], by=SYSTEM)
    with django_assert_max_num_queries(14):
        page = client.get(people(nominated)).content.decode()
    assert page.count("aria-rowindex") == 200


def test_empty_list_of_nominated_says_where_they_come_from(stage: Stage) -> None:
    open_programme(stage.programme, by=SYSTEM)
    assert "data-sheet-empty>" in enter(stage.organiser).get(people(stage)).content.decode()


def test_mine_says_not_yet_then_the_term(nominated: Stage) -> None:
    change_programme(
        nominated.programme, title="示例轮训", base=nominated.programme.base, contact="培训处", bring="雨衣", by=SYSTEM
    )
    client = enter(nominated.participant)
    before = client.get(reverse("participation:mine")).content.decode()
    assert "my-term-name" not in before
    assert all(word in before for word in ("第二期", "雨衣", "培训处", "Clerk"))
    publish(nominated)
    after = client.get(reverse("participation:mine")).content.decode()
    assert '<p class="my-term-name">第二期' in after


def test_mine_tells_who_was_left_out(nominated: Stage) -> None:
    change_state(nominated.programme, Programme.State.PUBLISHED, by=SYSTEM)
    assert "my-term-all" not in enter(nominated.participant).get(reverse("participation:mine")).content.decode()


def test_mine_is_empty_without_programme_and_without_person(stage: Stage) -> None:
    for account in (stage.participant, stage.organiser):
        answer = enter(account).get(reverse("participation:mine"))
        assert (answer.status_code, 'class="empty"' in answer.content.decode()) == (200, True)


def test_mine_asks_the_same_number_of_queries(nominated: Stage, django_assert_max_num_queries: Any) -> None:
    publish(nominated)
    client = enter(nominated.participant)
    with django_assert_max_num_queries(12):
        client.get(reverse("participation:mine"))


def test_home_shows_a_participant_their_term(nominated: Stage) -> None:
    client = enter(nominated.participant)
    assert "/mine/" not in client.get("/").content.decode().split("<main")[1]
    publish(nominated, 3)
    assert "/mine/" in client.get("/").content.decode().split("<main")[1]


def test_programme_page_counts_what_the_clerk_sees(nominated: Stage) -> None:
    page = reverse("programmes:programme", args=[nominated.programme.key])
    for account, count in ((nominated.organiser, 3), (nominated.clerk, 2)):
        assert f'<a href="{people(nominated)}">{count}</a>' in enter(account).get(page).content.decode()
