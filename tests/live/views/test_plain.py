"""The viewer's page without a script: what is on is on the page, and forms go to the hub before they are acknowledged."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.hub.running import RunningHub

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain import line
from ortoo.live.domain.hearing import take_over
from ortoo.live.domain.poll import make_poll, open_poll, show_result
from ortoo.live.domain.question import move_question
from ortoo.live.domain.session import close_live, code_of, post_notice, put_on_stage, renew_live_link, say_captions
from ortoo.live.models import LiveSession, Poll, PollAnswer, Question, Vote

pytestmark = pytest.mark.django_db
HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>'


def path(session: LiveSession) -> str:
    return f"/watch/{session.key}/{code_of(session, 'watch')}/plain/"


def asked(session: LiveSession, text: str = "怎么做?", state: str = "shown") -> Question:
    about = {"device": "d-1", "client_id": text[:40], "text": text, "asked": timezone.now()}
    question = Question.objects.create(session=session, **about)
    move_question(question, state, by=SYSTEM)
    return question


def polled(session: LiveSession) -> Poll:
    poll = make_poll(session, "最想听什么?", ["巡线", "边境"], by=SYSTEM)
    open_poll(poll, by=SYSTEM)
    return poll


def form_of(page: str, kind: str) -> dict[str, str]:
    """The hidden fields of the first form of this kind, as a browser would send them."""
    form = next(each for each in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'name="kind" value="{kind}"' in each)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))


def said(client: Client, session: LiveSession, kind: str, **more: Any) -> Any:
    """Send a form of the page."""
    page = client.get(path(session), {"ask": ""} if kind == "question" else {}).text
    return client.post(f"{path(session)}say/", form_of(page, kind) | more)


def test_page_shows_all_that_is_on_and_nothing_that_waits(session: LiveSession) -> None:
    put_on_stage(session, session.leg.appearances.first(), by=SYSTEM)
    post_notice(session, "请就座", by=SYSTEM)
    say_captions(session, "第一行\n第二行", by=SYSTEM)
    asked(session, HOSTILE, "chosen")
    Question.objects.create(session=session, device="d", client_id="w", text="还没人看过", asked=timezone.now())
    poll = polled(session)
    make_poll(session, "草稿", ["一", "二"], by=SYSTEM)
    PollAnswer.objects.create(poll=poll, device="d", choice=1)
    page = Client().get(path(session)).text
    for words in ("马鞍", "夜路", "请就座", "第一行", "第二行", "最想听什么?", "巡线", "&lt;img src=x", "正在上屏"):
        assert words in page, words
    assert "还没人看过" not in page and "草稿" not in page and "<img src=x" not in page
    assert "边境 · 1" not in page, "a result is shown only once somebody shows it"
    show_result(poll, by=SYSTEM)
    assert re.search(r"边境 · 1", Client().get(path(session)).text)


def test_page_asks_for_itself_again_and_stands_still_for_who_writes(session: LiveSession) -> None:
    answer = Client().get(path(session), {"sent": "question"})
    assert answer["Refresh"] == f"20; url={path(session)}"
    assert "已收到" in answer.text and "no-store" in answer["Cache-Control"]
    still = Client().get(path(session), {"ask": ""})
    assert "Refresh" not in still
    assert "<textarea" in still.text
    assert "<script" not in answer.text + still.text


def test_page_with_a_script_leads_here_without_one(session: LiveSession) -> None:
    watch = Client().get(f"/watch/{session.key}/{code_of(session, 'watch')}/").text
    assert f'<noscript><meta http-equiv="refresh" content="0; url={path(session)}"></noscript>' in watch
    renew_live_link(session, by=SYSTEM)
    assert Client().get(path(session).replace(code_of(session, "watch"), "0" * 24)).status_code == 404


def test_everything_can_be_said_and_is_acknowledged_when_it_is_on_the_disk(session: LiveSession, hub: RunningHub) -> None:
    question, poll, client = asked(session), polled(session), Client()
    for kind, more in (
        ("question", {"text": f"{HOSTILE}\r\n\u202e第二行", "name": "巴图"}),
        ("vote", {}),
        ("answer", {"choice": "0"}),
        ("answer", {"choice": "1"}),
        ("reaction", {"name": "clap"}),
    ):
        answer = said(client, session, kind, **more)
        assert (answer.status_code, answer["Location"]) == (302, f"{path(session)}?sent={kind}"), kind
    rows = [row for row in line.said().after(0) if row.kind != "present"]
    assert [row.kind for row in rows] == ["question", "vote", "answer", "answer", "reaction"]
    assert len({row.viewer for row in rows}) == 1, "one browser is one device"
    take_over(line.said())
    assert session.questions.get(state="waiting").text == f"{HOSTILE} 第二行"
    assert [vote.question for vote in Vote.objects.all()] == [question]
    assert [(each.poll, each.choice) for each in PollAnswer.objects.all()] == [(poll, 1)]
    assert [(each.name, each.times) for each in session.reactions.all()] == [("clap", 1)]
    page = client.get(path(session)).text
    assert re.search(r"disabled>您想听回答", page) and re.search(r'value="1" aria-pressed="true"', page)
    # The browser kept its cookie, and is now among those who were there; once.
    client.get(path(session))
    take_over(line.said())
    assert [each.name for each in session.devices.all()] == [rows[0].viewer]


def test_same_form_twice_is_one_row_also_without_cookies(session: LiveSession, hub: RunningHub) -> None:
    form = form_of(Client().get(path(session), {"ask": ""}).text, "question") | {"text": "只一次"}
    for _twice in range(2):
        assert Client().post(f"{path(session)}say/", form).status_code == 302
    assert [row.data["text"] for row in line.said().after(0) if row.kind == "question"] == ["只一次"]


def test_noisy_browser_is_held_back_and_keeps_what_it_wrote(session: LiveSession, hub: RunningHub) -> None:
    client, statuses = Client(), []
    form = form_of(client.get(path(session), {"ask": ""}).text, "question")
    for number in range(40):
        answer = client.post(f"{path(session)}say/", form | {"id": f"n{number}", "text": f"第{number}问"})
        statuses.append(answer.status_code)
    assert 429 in statuses and statuses[0] == 302
    held = statuses.index(429)
    again = client.post(f"{path(session)}say/", form | {"id": "kept", "text": "第末问"})
    if again.status_code == 429:  # As long as the bucket has not filled by itself.
        assert "第末问" in again.text and 'value="kept"' in again.text and "秒后再发" in again.text
    saved = [row for row in line.said().after(0) if row.kind == "question"]
    assert len(saved) >= held and len(saved) == statuses.count(302) + (again.status_code == 302)


def test_what_cannot_be_sent_is_refused_and_stays(session: LiveSession, settings: Any, tmp_path: Any) -> None:
    settings.HUB, settings.DATA = "embedded", tmp_path
    away = said(Client(), session, "question", text="断线时写的", name="甲")
    assert (away.status_code, "断线时写的" in away.text, "暂时发不出去" in away.text) == (503, True, True)
    empty = said(Client(), session, "question", text=" ")
    assert (empty.status_code, "请先写下问题" in empty.text) == (400, True)
    assert Client().post(f"{path(session)}say/", {"kind": "present", "id": "a"}).status_code == 400
    forged = {"kind": "question", "id": "a", "text": "x", "token": line.token(session, "screen-wall", ())}
    assert Client().post(f"{path(session)}say/", forged).context["token"] != forged["token"]


def test_what_would_be_passed_over_is_refused(session: LiveSession, hub: RunningHub) -> None:
    hidden, draft = asked(session, state="hidden"), make_poll(session, "问", ["一", "二"], by=SYSTEM)
    base = {"id": "a", "kind": "vote", "question": hidden.pk}
    assert Client().post(f"{path(session)}say/", base).status_code == 409
    answer = {"id": "a", "kind": "answer", "poll": draft.pk, "choice": 0}
    assert Client().post(f"{path(session)}say/", answer).status_code == 409
    close_live(session, by=SYSTEM)
    late = Client().post(f"{path(session)}say/", {"id": "a", "kind": "question", "text": "晚了"})
    assert (late.status_code, "未开启" in late.text) == (409, True)
    assert [row for row in line.said().after(0) if row.kind != "present"] == []


def test_queries_do_not_grow(session: LiveSession, django_assert_max_num_queries: Any) -> None:
    for number in range(3):
        asked(session, f"问{number}")
        show_result(polled(session), by=SYSTEM)
    with django_assert_max_num_queries(16):
        assert Client().get(path(session)).status_code == 200
