"""Messages and reflections as organisers, clerks and authors see them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.outcomes.stage import Desk
from tests.programmes import tour as tours
from tests.programmes.stage import build

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.outcomes.domain.desk import code_of, name_speakers, open_desk, remove_addressee
from ortoo.outcomes.domain.moderation import decide
from ortoo.outcomes.domain.reflection import write_reflection
from ortoo.outcomes.models import Addressee, MessageDesk, Reflection, SpeakerMessage
from ortoo.outcomes.waiting import texts_waiting, words_received
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.people.models import Account
from ortoo.programmes.domain.running_order import put_all_on

Enter = Callable[[Account], Client]


def at(desk: Desk, name: str, *args: Any) -> str:
    return reverse(f"outcomes:{name}", args=[desk.tour.programme.key, *args])


def test_ticked_messages_are_accepted_and_the_rest_waits(desk: Desk, enter_as: Enter) -> None:
    one, two = desk.send("一", "aaaaaaaa"), desk.send("二", "bbbbbbbb")
    client = enter_as(desk.tour.stage.organiser)
    assert list(client.get(at(desk, "messages")).context["page"]) == [one, two]
    client.post(at(desk, "messages-decide"), {"text": [str(one.pk), "x", "9" * 30], "state": "accepted"})
    assert list(client.get(at(desk, "messages")).context["page"]) == [two]
    assert list(client.get(at(desk, "messages") + "?state=accepted").context["page"]) == [one]


def test_a_state_that_is_none_puts_back(desk: Desk, enter_as: Enter) -> None:
    message = desk.send()
    decide([message], "accepted", programme=desk.tour.programme, by=SYSTEM)
    enter_as(desk.tour.stage.organiser).post(at(desk, "messages-decide"), {"text": [str(message.pk)], "state": "burned"})
    message.refresh_from_db()
    assert message.state == "waiting"


def test_each_stop_says_how_many_are_to_be_read(desk: Desk, enter_as: Enter) -> None:
    desk.send()
    answer = enter_as(desk.tour.stage.organiser).get(at(desk, "messages") + "?leg=1")
    assert [count for _leg, count in answer.context["to_read"]] == [0, 1, 0]


def test_desk_is_opened_closed_and_its_link_renewed(desk: Desk, enter_as: Enter) -> None:
    client = enter_as(desk.tour.stage.organiser)
    for leg in (1, 2):
        client.post(at(desk, "desk") + f"?leg={leg}", {"turn": "close"})
    assert [each.is_open for each in MessageDesk.objects.all()] == [False]
    client.post(at(desk, "desk") + "?leg=1", {"turn": "open"})
    assert MessageDesk.objects.get(leg__ordinal=1).is_open
    key = desk.desk.key
    client.post(at(desk, "desk") + "?leg=2", {"turn": "renew"})
    assert MessageDesk.objects.get(leg__ordinal=2).key != key


def test_addressees_are_named_with_those_whom_the_organiser_knows(desk: Desk, enter_as: Enter) -> None:
    client = enter_as(desk.tour.stage.organiser)
    client.post(at(desk, "addressee-name") + "?leg=2", {"name": "乙一", "staff_no": "000201"})
    assert Addressee.objects.get(name="乙一").person == desk.tour.stage.persons["000201"]
    wrong = client.post(at(desk, "addressee-name") + "?leg=2", {"name": "丙", "staff_no": "999999"})
    assert (wrong.status_code, wrong.context["form"]["name"].value()) == (400, "丙")
    client.post(at(desk, "addressee-remove", Addressee.objects.get(name="乙一").pk))
    assert not Addressee.objects.filter(name="乙一").exists()


def test_participant_reads_messages_and_writes_a_reflection(desk: Desk, enter_as: Enter) -> None:
    message = desk.send("给甲一", to=desk.own)
    decide([message], "accepted", programme=desk.tour.programme, by=SYSTEM)
    client = enter_as(desk.tour.stage.participant)
    page = client.get(reverse("outcomes:mine"))
    assert "给甲一" in page.content.decode()
    assert [row["leg"].ordinal for row in page.context["rows"]] == [2, 1]
    leg = desk.tour.leg.pk
    client.post(reverse("outcomes:reflect", args=[leg]), {f"leg-{leg}-text": "很受教育", f"leg-{leg}-consent": "named"})
    assert Reflection.objects.get().by_self
    assert client.post(reverse("outcomes:reflect", args=[leg]), {f"leg-{leg}-text": ""}).status_code == 400
    client.post(reverse("outcomes:reflection-take-back", args=[leg]))
    assert not Reflection.objects.exists()


def test_nobody_writes_about_a_stop_of_another_region_or_as_nobody(desk: Desk, enter_as: Enter) -> None:
    address = reverse("outcomes:reflect", args=[10**6])
    assert enter_as(desk.tour.stage.participant).post(address).status_code == 404
    assert enter_as(desk.tour.stage.clerk).post(reverse("outcomes:reflect", args=[desk.tour.leg.pk])).status_code == 404


def test_clerk_writes_down_for_own_people_only(desk: Desk, enter_as: Enter) -> None:
    client = enter_as(desk.tour.stage.clerk)
    said = {"leg": "2", "staff_no": "000102", "text": "写在纸上", "consent": "unnamed"}
    assert client.post(at(desk, "reflection-write"), said).status_code == 302
    assert client.post(at(desk, "reflection-write"), said | {"staff_no": "000201"}).context["form"].errors["staff_no"]
    assert client.post(at(desk, "reflection-write"), said | {"leg": "3"}).context["form"].errors["leg"]
    page = client.get(at(desk, "reflections"))
    assert [each.person.staff_no for each in page.context["page"]] == ["000102"]
    assert 'type="checkbox"' not in page.content.decode()
    assert client.post(at(desk, "reflections-decide"), {"text": []}).status_code == 403


def test_quotes_hold_names_only_with_consent_and_downloads_are_recorded(desk: Desk, enter_as: Enter) -> None:
    persons, stage = desk.tour.stage.persons, desk.tour.stage
    texts = [
        write_reflection(desk.tour.leg, persons["000101"], "署名的话", "named", by=stage.participant),
        write_reflection(desk.tour.leg, persons["000102"], "不署名的话", "unnamed", by=stage.clerk),
        write_reflection(desk.tour.leg, persons["000201"], "不引用的话", "no", by=SYSTEM),
    ]
    decide(texts, "accepted", programme=desk.tour.programme, by=SYSTEM)
    client = enter_as(stage.organiser)
    data = b"".join(client.get(at(desk, "quotes") + "?as=csv").streaming_content).decode()
    assert "甲一" in data
    assert "不署名的话" in data
    assert "甲二" not in data
    assert "不引用的话" not in data
    assert AuditEntry.objects.get(verb="download").after["rows"] == 2


def test_texts_to_be_read_wait_for_the_organiser(desk: Desk) -> None:
    desk.send()
    write_reflection(desk.tour.leg, desk.tour.stage.persons["000101"], "话", "no", by=SYSTEM)
    assert [item.count for item in texts_waiting(desk.tour.stage.organiser)] == [1, 1]
    assert texts_waiting(desk.tour.stage.clerk) == []


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_the_same_however_many(
    desk: Desk, enter_as: Enter, count: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(count):
        desk.send(f"话{number}", f"aaaaaaa{number}", desk.guest)
    for person in list(desk.tour.stage.persons.values())[:count]:
        write_reflection(desk.tour.leg, person, "话", "named", by=SYSTEM)
    decide(SpeakerMessage.objects.all(), "accepted", programme=desk.tour.programme, by=SYSTEM)
    client, reader = enter_as(desk.tour.stage.organiser), enter_as(desk.tour.stage.participant)
    for name in ("messages", "reflections", "quotes"):
        with django_assert_max_num_queries(18):
            assert client.get(at(desk, name) + "?state=accepted").status_code == 200
    with django_assert_max_num_queries(14):
        reader.get(reverse("outcomes:mine"))


def test_first_opening_lets_all_in_the_running_order_be_written_to_once(db: None) -> None:
    stop = tours.build_tour(build()).stops[1]
    put_all_on(stop, by=SYSTEM)
    tellers = list(dict.fromkeys(str(each.teller) for each in stop.appearances.all()))
    open_desk(stop, by=SYSTEM)
    assert [each.name for each in stop.addressees.all()] == tellers
    remove_addressee(stop.addressees.first(), by=SYSTEM)
    open_desk(stop, by=SYSTEM)
    assert stop.addressees.count() == len(tellers) - 1
    assert [each.name for each in name_speakers(stop, by=SYSTEM)] == tellers[:1]
    assert name_speakers(stop, by=SYSTEM) == []


def test_speaker_without_an_account_reads_by_a_link(desk: Desk, enter_as: Enter) -> None:
    client = enter_as(desk.tour.stage.organiser)
    assert [bool(link) for _each, link in client.get(at(desk, "messages")).context["addressees"]] == [False, True]
    Account.objects.filter(person=desk.own.person).update(is_active=False)
    link = client.get(at(desk, "messages")).context["addressees"][0][1]
    assert desk.own.name in Client().get(link).content.decode()


def test_speaker_reads_accepted_reflections_with_a_name_only_where_it_was_allowed(desk: Desk, enter_as: Enter) -> None:
    tour, organiser = desk.tour, desk.tour.stage.organiser
    drafts = [PersonDraft(f"00030{n}", f"何某{n}", "女", tour.stage.units["150101001"].pk) for n in range(3)]
    people = record_persons(drafts, by=SYSTEM).new
    for person, consent in zip(people, ("no", "unnamed", "named"), strict=True):
        write_reflection(tour.leg, person, f"话{consent}", consent, by=SYSTEM)
    speaker = enter_as(tour.stage.participant)
    address = reverse("outcomes:mine") + "?what=reflections"
    assert list(speaker.get(address).context["page"]) == []
    assert words_received(tour.stage.participant) == []
    decide(list(Reflection.objects.all()), "accepted", programme=tour.programme, by=organiser)
    guest = reverse("outcomes:read", args=[desk.guest.key, code_of(desk.guest)]) + "?what=reflections"
    for answer in (speaker.get(address), Client().get(guest)):
        page = answer.content.decode()
        assert all(f"话{consent}" in page for consent in ("no", "unnamed", "named"))
        assert [person.name in page for person in people] == [False, False, True]
    assert [item.count for item in words_received(tour.stage.participant)] == [3]
    assert words_received(tour.stage.host) == []
