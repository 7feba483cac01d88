"""The public page to write to the speakers, and a guest speaker's page to read."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from tests.outcomes.stage import Desk

from ortoo.kernel.actor import SYSTEM
from ortoo.outcomes.domain.desk import close_desk, code_of, renew_desk
from ortoo.outcomes.domain.moderation import decide
from ortoo.outcomes.models import SpeakerMessage
from ortoo.outcomes.views.fetch import address_of

SAID = {"client_id": "aaaaaaaa", "text": "您讲得真好", "to": "", "signed": "", "place": ""}
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def at(desk: Desk) -> str:
    return reverse("outcomes:write", args=[desk.desk.key])


def test_anybody_writes_without_account_or_cookie(desk: Desk) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(at(desk), SAID).status_code == 302
    message = SpeakerMessage.objects.get()
    assert (message.text, message.state, message.may_quote) == ("您讲得真好", "waiting", False)


def test_thanks_say_that_the_form_need_not_be_kept(desk: Desk) -> None:
    answer = Client().post(at(desk), SAID, follow=True)
    assert f'data-taken="write-{desk.desk.key}"' in answer.content.decode()


def test_message_goes_to_the_speaker_chosen_at_this_stop(desk: Desk) -> None:
    Client().post(at(desk), SAID | {"to": desk.guest.key, "may_quote": "on", "signed": "群众"})
    message = SpeakerMessage.objects.get()
    assert (message.addressee, message.may_quote, message.signed) == (desk.guest, True, "群众")
    assert Client().post(at(desk), SAID | {"client_id": "bbbbbbbb", "to": "nobody"}).status_code == 400


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"text": "长" * 1001}, {"text": "a\x00b"}, {"client_id": ""}, {"signed": "x" * 41}]
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(desk: Desk, wrong: dict[str, str]) -> None:
    answer = Client().post(at(desk), SAID | {"place": "某地"} | wrong)
    assert answer.status_code == 400
    assert "某地" in answer.content.decode()
    assert not SpeakerMessage.objects.exists()


def test_a_browser_that_writes_too_much_waits_and_keeps_its_words(desk: Desk) -> None:
    client = Client()
    client.get(at(desk))
    for number in range(4):
        assert client.post(at(desk), SAID | {"client_id": f"aaaaaaa{number}", "text": f"话{number}"}).status_code == 302
    answer = client.post(at(desk), SAID | {"client_id": "bbbbbbbb", "text": "第五条"})
    assert answer.status_code == 429
    assert "第五条" in answer.content.decode()
    assert SpeakerMessage.objects.count() == 4


def test_a_forged_cookie_is_none(desk: Desk) -> None:
    client = Client()
    client.cookies["ortoo_writer"] = "somebody:else"
    assert client.post(at(desk), SAID).status_code == 302
    assert SpeakerMessage.objects.get().browser == ""


def test_closed_or_renewed_link_takes_nothing(desk: Desk) -> None:
    old = at(desk)
    close_desk(desk.tour.leg, by=SYSTEM)
    assert Client().get(old).status_code == 410
    assert Client().post(old, SAID).status_code == 410
    desk.desk = renew_desk(desk.tour.leg, by=SYSTEM)
    assert Client().get(old).status_code == 404
    assert not SpeakerMessage.objects.exists()


def test_markup_is_words_wherever_it_is_read(desk: Desk) -> None:
    Client().post(at(desk), SAID | {"text": SCRIPT, "signed": SCRIPT[:40], "may_quote": "on"})
    organiser = Client()
    organiser.force_login(desk.tour.stage.organiser, "django.contrib.auth.backends.ModelBackend")
    moderation = organiser.get(reverse("outcomes:messages", args=[desk.tour.programme.key]))
    decide(SpeakerMessage.objects.all(), "accepted", programme=desk.tour.programme, by=SYSTEM)
    pages = [
        moderation,
        organiser.get(reverse("outcomes:quotes", args=[desk.tour.programme.key])),
        Client().get(reverse("outcomes:read", args=[desk.guest.key, code_of(desk.guest)])),
    ]
    for page in pages:
        said = page.content.decode()
        assert "<script>alert" not in said
        assert "<img src=x" not in said
        assert "&lt;script&gt;alert" in said


def test_guest_reads_what_was_accepted_by_link(desk: Desk) -> None:
    accepted, waiting = desk.send("给嘉宾", "aaaaaaaa", desk.guest), desk.send("还没看", "bbbbbbbb", desk.guest)
    decide([accepted], "accepted", programme=desk.tour.programme, by=SYSTEM)
    address = reverse("outcomes:read", args=[desk.guest.key, code_of(desk.guest)])
    answer = Client().get(address)
    assert accepted.text in answer.content.decode()
    assert waiting.text not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(reverse("outcomes:read", args=[desk.own.key, code_of(desk.guest)])).status_code == 404


@pytest.mark.parametrize(
    ("direct", "said", "address"),
    [
        ("10.0.0.7", "", "10.0.0.7"),
        ("10.0.0.7", "1.2.3.4", "10.0.0.7"),
        ("127.0.0.1", "1.2.3.4, 10.0.0.7", "10.0.0.7"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_only_a_proxy_on_this_machine_is_believed(direct: str, said: str, address: str) -> None:
    headers = {"X-Forwarded-For": said} if said else {}
    assert address_of(RequestFactory(headers=headers).get("/", REMOTE_ADDR=direct)) == address
