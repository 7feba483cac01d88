"""What viewers said comes into the house in order and once, and what makes no sense is passed over."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.hub.running import RunningHub, running

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain import hearing
from ortoo.live.domain.hearing import MOST_QUESTIONS, take_over
from ortoo.live.domain.poll import make_poll, open_poll
from ortoo.live.domain.question import move_question
from ortoo.live.domain.session import close_live, renew_live_link
from ortoo.live.models import Device, HeardThrough, LiveSession, Question, Reaction
from ortoo.live.queries import results_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with running(Path(tmp_path_factory.mktemp("hub"))) as one:
        yield one


def said(hub: RunningHub, session: LiveSession, kind: str, data: dict[str, Any], *, viewer: str = "d-1", id: str = "a") -> None:
    token = hub.token(session.channel, viewer)
    body = {"id": id, "kind": kind, "data": data}
    assert hub.say(body, channel=session.channel, token=token)[0] == 200


def test_question_waits_as_plain_text_and_comes_once(hub: RunningHub, session: LiveSession) -> None:
    for _twice in range(2):
        said(hub, session, "question", {"text": " <b>怎么\n做</b> ", "name": "王"})
        take_over(hub.said)
    question = Question.objects.get(session=session)
    assert (question.text, question.name, question.state) == ("<b>怎么 做</b>", "王", "waiting")


def test_rows_are_read_once_though_the_number_was_lost(hub: RunningHub, session: LiveSession) -> None:
    said(hub, session, "question", {"text": "一"})
    take_over(hub.said)
    HeardThrough.objects.update(row=0)
    take_over(hub.said)
    assert Question.objects.filter(session=session).count() == 1


def test_reactions_add_up_and_nothing_is_counted_twice(hub: RunningHub, session: LiveSession) -> None:
    said(hub, session, "reaction", {"👏": 3}, id="a")
    said(hub, session, "reaction", {"👏": 2, "❤": 1}, id="b")
    for _again in range(3):
        take_over(hub.said)
    assert dict(Reaction.objects.filter(session=session).values_list("name", "times")) == {"👏": 5, "❤": 1}


def test_votes_count_devices_for_questions_that_are_shown(hub: RunningHub, session: LiveSession) -> None:
    for viewer in ("d-1", "d-2"):
        said(hub, session, "question", {"text": viewer}, viewer=viewer)
    take_over(hub.said)
    shown, hidden = Question.objects.filter(session=session).order_by("pk")
    move_question(shown, "shown", by=SYSTEM)
    for number, (viewer, which) in enumerate([("d-2", shown), ("d-3", shown), ("d-2", shown), ("d-3", hidden)]):
        said(hub, session, "vote", {"question": which.pk}, viewer=viewer, id=f"v{number}")
    said(hub, session, "vote", {"question": "'; drop"}, viewer="d-2", id="w")
    take_over(hub.said)
    shown.refresh_from_db()
    hidden.refresh_from_db()
    assert (shown.votes, hidden.votes) == (2, 0)


def test_last_answer_of_a_device_counts_while_the_poll_is_open(hub: RunningHub, session: LiveSession) -> None:
    poll = make_poll(session, "问", ["一", "二"], by=SYSTEM)
    said(hub, session, "answer", {"poll": poll.pk, "choice": 0}, id="early")
    take_over(hub.said)
    open_poll(poll, by=SYSTEM)
    for number, choice in enumerate([0, 1, 7, True]):
        said(hub, session, "answer", {"poll": poll.pk, "choice": choice}, id=f"p{number}")
    take_over(hub.said)
    assert results_of([poll])[poll.pk] == [0, 1]


def test_one_device_cannot_fill_the_desk(hub: RunningHub, session: LiveSession) -> None:
    for number in range(MOST_QUESTIONS + 3):
        said(hub, session, "question", {"text": str(number)}, id=str(number))
    take_over(hub.said)
    mine = Question.objects.filter(session=session)
    assert mine.filter(state="waiting").count() == MOST_QUESTIONS
    assert [each.text for each in mine.filter(state="hidden")] == [str(MOST_QUESTIONS + more) for more in range(3)]


def test_one_device_cannot_fill_the_table(hub: RunningHub, session: LiveSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "MOST_KEPT", 4)
    for number in range(6):
        said(hub, session, "question", {"text": str(number)}, id=str(number))
    take_over(hub.said)
    assert [each.text for each in Question.objects.filter(session=session)] == ["0", "1", "2", "3"]


def test_question_that_comes_after_the_close_is_kept_hidden(hub: RunningHub, session: LiveSession) -> None:
    """Written in time where the line was down, it comes when it can."""
    said(hub, session, "question", {"text": "及时"}, id="a")
    close_live(session, by=SYSTEM)
    said(hub, session, "question", {"text": "晚了"}, id="b")
    take_over(hub.said)
    assert list(Question.objects.filter(session=session).values_list("text", "state")) == [
        ("及时", "waiting"),
        ("晚了", "hidden"),
    ]


def test_what_else_is_said_after_the_close_or_on_an_old_link_is_passed_over(hub: RunningHub, session: LiveSession) -> None:
    close_live(session, by=SYSTEM)
    said(hub, session, "reaction", {"👏": 1}, id="c")
    take_over(hub.said)
    renew_live_link(session, by=SYSTEM)
    take_over(hub.said)
    assert not Reaction.objects.filter(session=session).exists()


def test_devices_are_noted_and_screens_are_not(hub: RunningHub, session: LiveSession) -> None:
    from tests.hub.running import Watcher

    for viewer in ("d-1", "d-1", "screen-wall"):
        with Watcher(hub, session.channel, viewer) as watcher:
            watcher.read_until("state")
    from tests.servers.live import wait_until

    wait_until(lambda: len([row for row in hub.said.after(0, 5000) if row.channel == session.channel]) == 2, 10)
    take_over(hub.said, 5000)
    assert [each.name for each in Device.objects.filter(session=session)] == ["d-1"]
