"""The moderator's desk without a script: forms, refusals, bounded queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.live.stage import Tour

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain.head_count import CountDraft, count_heads
from ortoo.live.domain.poll import make_poll
from ortoo.live.domain.question import move_question
from ortoo.live.domain.session import session_of
from ortoo.live.domain.site import say_screen
from ortoo.live.models import LiveSession, Question
from ortoo.live.queries import MOST_HIDDEN, MOST_ON_DESK, questions_of
from ortoo.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(session: LiveSession, enter_as: Callable[[Account], Client]) -> Client:
    """The organiser's browser."""
    return enter_as(Account.objects.get(username="organiser"))


def path(session: LiveSession, rest: str = "") -> str:
    return f"/p/{session.leg.programme.key}/live/" + (f"{session.leg.ordinal}/{rest}/" if rest else "")


def ask(session: LiveSession, text: str) -> Question:
    return Question.objects.create(session=session, device="d-1", client_id=text, text=text, asked=timezone.now())


def test_everything_works_by_plain_forms(session: LiveSession, desk: Client) -> None:
    question = ask(session, "怎么做?")
    talk = session.leg.appearances.first()
    for rest, data in (
        ("stage", {"talk": talk.pk}),
        ("say", {"what": "notice", "text": "请就座"}),
        ("say", {"what": "caption", "text": "第一行\n第二行"}),
        (f"questions/{question.pk}", {"state": "chosen"}),
        ("polls", {"text": "问", "choices": "一\n二"}),
    ):
        answer = desk.post(path(session, rest), data)
        assert answer.status_code == 302, rest
        assert answer["Location"] == f"{path(session)}?leg={session.leg.ordinal}"
    poll = session.polls.get()
    desk.post(path(session, f"polls/{poll.pk}"), {"act": "open"})
    poll.refresh_from_db()
    question.refresh_from_db()
    now = LiveSession.objects.get(pk=session.pk)
    assert (now.on_stage, now.notice, question.state, poll.state) == (talk, "请就座", "chosen", "open")
    assert [each.text for each in session.captions.all()] == ["第一行", "第二行"]
    desk.post(path(session, "session"), {"act": "close"})
    assert not LiveSession.objects.get(pk=session.pk).is_open


def test_refusal_is_said_to_a_browser_and_to_a_script(session: LiveSession, desk: Client) -> None:
    plain = desk.post(path(session, "polls"), {"text": "", "choices": "一"}, follow=True)
    assert "二至八个选项" in plain.text
    scripted = desk.post(path(session, "polls"), {"text": "", "choices": "一"}, HTTP_HX_REQUEST="true")
    assert scripted.status_code == 200
    assert "二至八个选项" in scripted.text
    assert "<html" not in scripted.text


def test_board_is_sent_only_when_it_has_changed(session: LiveSession, desk: Client) -> None:
    board = desk.get(path(session), HTTP_HX_REQUEST="true")
    seen = board.context["digest"]
    assert desk.get(path(session), {"seen": seen}, HTTP_HX_REQUEST="true").status_code == 204
    ask(session, "新的")
    assert desk.get(path(session), {"seen": seen}, HTTP_HX_REQUEST="true").status_code == 200


def test_board_shows_what_a_site_says_at_once(tour: Tour, enter_as: Callable[[Account], Client]) -> None:
    session = session_of(tour.leg)
    client = enter_as(Account.objects.get(username="organiser"))
    seen = client.get(path(session), {"leg": tour.leg.ordinal}, HTTP_HX_REQUEST="true").context["digest"]
    count_heads(tour.site, CountDraft("aaaaaaaa", "during", 83), by=SYSTEM)
    say_screen(tour.site, "trouble", "没有声音", by=SYSTEM)
    board = client.get(path(session), {"leg": tour.leg.ordinal, "seen": seen}, HTTP_HX_REQUEST="true")
    row = board.text.partition(f'data-site="{tour.site.key}"')[2].partition("</tr>")[0]
    assert "没有声音" in row
    assert '<td class="numbers">83</td>' in row
    assert board.text.index(tour.site.key) < board.text.index(tour.other.key), "who needs somebody stands first"


def test_hub_that_is_away_is_said_and_breaks_nothing(session: LiveSession, desk: Client, settings: Any, tmp_path: Any) -> None:
    settings.HUB, settings.DATA = "embedded", tmp_path
    assert "连不上直播中枢" in desk.get(path(session)).text
    assert desk.post(path(session, "say"), {"what": "notice", "text": "请就座"}).status_code == 302
    assert LiveSession.objects.get(pk=session.pk).notice == "请就座"


def test_unknown_wishes_change_nothing(session: LiveSession, desk: Client) -> None:
    question, poll = ask(session, "一"), make_poll(session, "问", ["一", "二"], by=SYSTEM)
    assert desk.post(path(session, f"questions/{question.pk}"), {"state": "waiting"}).status_code == 400
    assert desk.post(path(session, f"questions/{question.pk}"), {"state": "x"}).status_code == 400
    assert desk.post(path(session, f"polls/{poll.pk}"), {"act": "x"}).status_code == 400
    assert desk.post(path(session, "stage"), {"talk": "999999"}).status_code == 404


def test_many_hidden_ones_push_no_question_off_the_desk(session: LiveSession) -> None:
    """The oldest that waits first; shown ones stay; of the hidden the newest."""
    waiting, shown = ask(session, "等着"), ask(session, "已显示")
    move_question(shown, "shown", by=SYSTEM)
    now = timezone.now()
    rows = [
        Question(session=session, device="d-2", client_id=str(number), text=str(number), asked=now, state="hidden")
        for number in range(MOST_ON_DESK + 50)
    ]
    Question.objects.bulk_create(rows)
    found = questions_of(session)
    assert (found["waiting"], found["shown"]) == ([waiting], [shown])
    assert [each.text for each in found["hidden"]] == [str(MOST_ON_DESK + 49 - number) for number in range(MOST_HIDDEN)]


def test_queries_do_not_grow(session: LiveSession, desk: Client, django_assert_max_num_queries: Any) -> None:
    desk.get(path(session))
    for number in range(3):
        ask(session, str(number))
        make_poll(session, f"问{number}", ["一", "二"], by=SYSTEM)
    with django_assert_max_num_queries(26):
        desk.get(path(session))
    with django_assert_max_num_queries(18):
        desk.get(path(session), HTTP_HX_REQUEST="true")
