"""Messages to speakers: kept once, few at a time, plain text, read by somebody first."""

from datetime import timedelta

import pytest
from tests.outcomes.stage import Desk

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.outcomes.domain import desk as desks
from ortoo.outcomes.domain import message as verbs
from ortoo.outcomes.domain.desk import AddresseeHasMessages, AddresseeTwice, DeskClosed, NoDesk, name_addressee
from ortoo.outcomes.domain.message import MessageDraft, NothingWritten, SomebodyElse, WroteTooMuch, send_message, sender
from ortoo.outcomes.domain.moderation import decide
from ortoo.outcomes.domain.plain import plain, plain_line
from ortoo.outcomes.models import SpeakerMessage
from ortoo.outcomes.queries import messages_for, messages_to
from ortoo.programmes.models import Leg


def test_the_same_id_or_the_same_words_from_one_browser_are_one_message(desk: Desk) -> None:
    first = desk.send()
    assert desk.send("别的话") == first
    again = send_message(desk.desk, MessageDraft("bbbbbbbb", "谢谢"), sender("aaaaaaaa", "10.0.0.2"))
    assert again == first
    other = send_message(desk.desk, MessageDraft("cccccccc", "谢谢"), sender("cccccccc", "10.0.0.1"))
    assert other != first
    assert SpeakerMessage.objects.count() == AuditEntry.objects.filter(verb="send_message").count() == 2


def test_one_browser_writes_four_in_ten_minutes(desk: Desk) -> None:
    whose = sender("zzzzzzzz", "10.0.0.9")
    for number in range(4):
        send_message(desk.desk, MessageDraft(f"aaaaaaa{number}", f"话{number}"), whose)
    with pytest.raises(WroteTooMuch):
        send_message(desk.desk, MessageDraft("aaaaaaa9", "又一条"), whose)
    send_message(desk.desk, MessageDraft("bbbbbbbb", "邻座"), sender("yyyyyyyy", "10.0.0.9"))
    with clock.held_at(clock.now() + timedelta(minutes=11)):
        send_message(desk.desk, MessageDraft("aaaaaaa9", "又一条"), whose)
    assert SpeakerMessage.objects.count() == 6


def test_a_machine_without_cookies_is_stopped_by_its_address(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "MOST_OF_AN_ADDRESS", 3)
    for number in range(3):
        send_message(desk.desk, MessageDraft(f"aaaaaaa{number}", f"话{number}"), sender("", "10.0.0.9"))
    with pytest.raises(WroteTooMuch):
        send_message(desk.desk, MessageDraft("aaaaaaa9", "又"), sender("", "10.0.0.9"))
    send_message(desk.desk, MessageDraft("bbbbbbbb", "别处"), sender("", "10.0.0.8"))


def test_senders_are_forgotten_after_an_hour(desk: Desk) -> None:
    message = desk.send()
    assert message.origin
    assert "10.0.0.1" not in message.origin
    with clock.held_at(clock.now() + timedelta(hours=2)):
        desk.send("后来", "bbbbbbbb")
    message.refresh_from_db()
    assert (message.browser, message.origin) == ("", "")


@pytest.mark.parametrize("text", ["", "  \n ", "\u200e\u202e"])
def test_nothing_is_no_message(desk: Desk, text: str) -> None:
    with pytest.raises(NothingWritten):
        desk.send(text)


def test_words_stay_words(desk: Desk) -> None:
    hostile = "<script>alert(1)</script>\r\n\r\n\r\n\r\n{{ x }} \x07\u202e好"
    assert plain(hostile) == "<script>alert(1)</script>\n\n{{ x }} 好"
    assert plain_line("a\n b\tc") == "a b c"
    assert plain("ᠮᠣᠩᠭᠣᠯ 👍🏽 𬱖") == "ᠮᠣᠩᠭᠣᠯ 👍🏽 𬱖"


def test_closed_desk_takes_nothing_and_keeps_what_came(desk: Desk) -> None:
    desk.send()
    desks.close_desk(desk.tour.leg, by=SYSTEM)
    desk.desk.refresh_from_db()
    with pytest.raises(DeskClosed):
        desk.send("晚了", "bbbbbbbb")
    desk.desk = desks.open_desk(desk.tour.leg, by=SYSTEM)
    desk.send("又开了", "bbbbbbbb")
    with clock.held_at(clock.now() + timedelta(days=80)), pytest.raises(DeskClosed):
        desk.send("太晚", "cccccccc")
    assert SpeakerMessage.objects.count() == 2


def test_desk_of_a_stop_that_has_none(desk: Desk) -> None:
    leg = Leg.objects.select_related("programme__unit").get(programme=desk.tour.programme, ordinal=1)
    with pytest.raises(NoDesk):
        desks.close_desk(leg, by=SYSTEM)
    with pytest.raises(SomebodyElse):
        other = name_addressee(leg, "别站", None, by=SYSTEM)
        desk.send("你好", "bbbbbbbb", other)


def test_addressee_stands_once_and_stays_once_written_to(desk: Desk) -> None:
    with pytest.raises(AddresseeTwice):
        name_addressee(desk.tour.leg, "嘉宾", None, by=SYSTEM)
    desk.send(to=desk.guest)
    with pytest.raises(AddresseeHasMessages):
        desks.remove_addressee(desk.guest, by=SYSTEM)
    desks.remove_addressee(desk.own, by=SYSTEM)


def test_speakers_read_theirs_and_those_to_all_once_accepted(desk: Desk) -> None:
    mine = desk.send("给甲一", "aaaaaaaa", desk.own)
    guests = desk.send("给嘉宾", "bbbbbbbb", desk.guest)
    everybody = desk.send("给大家", "cccccccc")
    person = desk.tour.stage.persons["000101"]
    assert not messages_to(person).exists()
    assert decide([mine, guests, everybody], "accepted", programme=desk.tour.programme, by=SYSTEM) == 3
    assert set(messages_to(person)) == {mine, everybody}
    assert set(messages_for(desk.guest)) == {guests, everybody}
    assert decide([everybody], "refused", programme=desk.tour.programme, by=SYSTEM) == 1
    assert set(messages_to(person)) == {mine}


def test_decisions_are_recorded_once_each_and_can_be_put_back(desk: Desk) -> None:
    message = desk.send()
    assert decide([message], "accepted", programme=desk.tour.programme, by=desk.tour.stage.organiser) == 1
    assert decide([message], "accepted", programme=desk.tour.programme, by=desk.tour.stage.organiser) == 0
    message.refresh_from_db()
    assert message.decided_by == "organiser"
    assert decide([message], "waiting", programme=desk.tour.programme, by=desk.tour.stage.organiser) == 1
    message.refresh_from_db()
    assert (message.decided, message.decided_by) == (None, "")
    assert AuditEntry.objects.filter(verb="moderate").count() == 2


def test_no_word_of_a_message_is_in_the_record_of_changes(desk: Desk) -> None:
    message = desk.send("只说给您听")
    decide([message], "refused", programme=desk.tour.programme, by=SYSTEM)
    for entry in AuditEntry.objects.all():
        assert "只说给您听" not in f"{entry.title}{entry.before}{entry.after}"


def test_speakers_link_opens_for_that_speaker_only(desk: Desk) -> None:
    code = desks.code_of(desk.guest)
    assert desks.find_addressee(desk.guest.key, code) == desk.guest
    assert desks.find_addressee(desk.own.key, code) is None
