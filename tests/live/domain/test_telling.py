"""What viewers see follows the database: told once, in order, again to a hub that was started anew, ended by whoever is next."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.hub.running import RunningHub, Watcher, running

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain.poll import make_poll, open_poll, show_result
from ortoo.live.domain.question import move_question
from ortoo.live.domain.session import close_live, post_notice, put_on_stage, renew_live_link, say_captions
from ortoo.live.domain.telling import Teller, topics_of
from ortoo.live.models import LiveSession, Question
from ortoo_hub import HubAway

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with running(Path(tmp_path_factory.mktemp("hub"))) as one:
        yield one


def seen(hub: RunningHub, session: LiveSession) -> dict[str, Any]:
    """What a newcomer is told now."""
    session.refresh_from_db()
    with Watcher(hub, session.channel, "screen-test") as watcher:
        return dict(watcher.read_until("state")[0][2])


def ask(session: LiveSession, text: str) -> Question:
    return Question.objects.create(session=session, device="d-1", client_id=text, text=text, asked=timezone.now())


def test_newcomer_sees_stage_notice_and_only_what_was_shown(hub: RunningHub, session: LiveSession) -> None:
    put_on_stage(session, session.leg.appearances.first(), by=SYSTEM)
    post_notice(session, "请就座", by=SYSTEM)
    shown, hidden = ask(session, "看得见"), ask(session, "看不见")
    move_question(shown, "shown", by=SYSTEM)
    say_captions(session, "一\n二", by=SYSTEM)
    assert Teller(hub.publisher).tell() == 1
    topics = seen(hub, session)["topics"]
    assert topics["stage"]["title"] == "马鞍"
    assert topics["stage"]["next"]["title"] == "夜路"
    assert topics["notice"] == {"text": "请就座"}
    assert topics[f"question.{shown.pk}"]["text"] == "看得见"
    assert f"question.{hidden.pk}" not in topics
    assert topics["caption"]["text"] == "二"


def test_nothing_is_told_twice(hub: RunningHub, session: LiveSession) -> None:
    teller = Teller(hub.publisher)
    teller.tell()
    assert teller.tell() == 0


def test_another_teller_ends_what_the_first_one_told(hub: RunningHub, session: LiveSession) -> None:
    question = ask(session, "撤下")
    move_question(question, "shown", by=SYSTEM)
    post_notice(session, "请就座", by=SYSTEM)
    Teller(hub.publisher).tell()
    move_question(question, "hidden", by=SYSTEM)
    post_notice(session, "", by=SYSTEM)
    Teller(hub.publisher).tell()
    topics = seen(hub, session)["topics"]
    assert "notice" not in topics
    assert f"question.{question.pk}" not in topics


def test_result_is_told_only_when_it_is_shown(hub: RunningHub, session: LiveSession) -> None:
    teller, poll = Teller(hub.publisher), make_poll(session, "问", ["一", "二"], by=SYSTEM)
    open_poll(poll, by=SYSTEM)
    poll.answers.create(device="d-1", choice=1)
    teller.tell()
    assert f"poll.{poll.pk}" not in seen(hub, session)["counts"].get("named", {})
    show_result(poll, by=SYSTEM)
    teller.tell()
    with Watcher(hub, session.channel, "screen-test") as watcher:
        events = watcher.read_until("state")
        if f"poll.{poll.pk}" not in events[0][2]["counts"].get("named", {}):
            events = watcher.read_until("counts")
    counts = events[-1][2].get("counts", events[-1][2])
    assert counts["named"][f"poll.{poll.pk}"] == [0, 1]


def test_closed_session_shows_that_it_is_over(hub: RunningHub, session: LiveSession) -> None:
    put_on_stage(session, session.leg.appearances.first(), by=SYSTEM)
    say_captions(session, "一", by=SYSTEM)
    teller = Teller(hub.publisher)
    teller.tell()
    close_live(session, by=SYSTEM)
    teller.tell()
    topics = seen(hub, session)["topics"]
    assert topics["session"]["state"] == "closed"
    assert not {"stage", "caption"} & set(topics)


def test_new_link_takes_everybody_off_the_old_channel(hub: RunningHub, session: LiveSession) -> None:
    teller, old = Teller(hub.publisher), session.channel
    teller.tell()
    renew_live_link(session, by=SYSTEM)
    teller.tell()
    with Watcher(hub, old, "screen-test") as watcher:
        assert watcher.read_until("state")[0][2]["topics"] == {}
    assert "session" in seen(hub, session)["topics"]


def test_what_changes_while_the_hub_is_away_is_told_when_it_is_back(tmp_path: Path, session: LiveSession) -> None:
    hub = RunningHub(tmp_path)
    teller = Teller(hub.publisher)
    with pytest.raises(HubAway):
        teller.tell()
    post_notice(session, "请就座", by=SYSTEM)
    hub.start()
    try:
        assert teller.tell() == 1
        assert seen(hub, session)["topics"]["notice"] == {"text": "请就座"}
    finally:
        assert hub.stop() == 0


def test_queries_do_not_grow_with_questions(session: LiveSession, django_assert_num_queries: Any) -> None:
    for number in range(3):
        move_question(ask(session, str(number)), "shown", by=SYSTEM)
    with django_assert_num_queries(5):
        topics_of(session)
