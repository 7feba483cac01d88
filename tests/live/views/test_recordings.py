"""The page of recordings, and how a browser gets large files in pieces."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.live.domain.test_recording import recorded

from ortoo.kernel.models import AuditEntry
from ortoo.live.domain import recording as verbs
from ortoo.live.domain.session import code_of
from ortoo.live.models import LiveSession, Recording
from ortoo.live.views import pieces
from ortoo.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def organiser(session: LiveSession, enter_as: Callable[[Account], Client]) -> Client:
    return enter_as(Account.objects.get(username="organiser"))


def path(session: LiveSession, rest: str = "") -> str:
    return f"/p/{session.leg.programme.key}/live/{session.leg.ordinal}/recordings/{rest}"


def playable(session: LiveSession, data: bytes) -> Recording:
    """One that viewers may watch."""
    recorded(session)
    one = verbs.recordings_of(session)[0]
    verbs.replay_of(one).write_bytes(data)
    one.shown, one.replay_size = True, len(data)
    one.save()
    return one


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_page_lists_them_and_each_can_be_fetched_kept_and_removed(session: LiveSession, organiser: Client) -> None:
    assert "还没有录像" in organiser.get(path(session)).text
    recorded(session, data=b"z" * 2048)
    page = organiser.get(path(session)).text
    assert "2.0" in page and "90" in page
    one = session.recordings.get()
    fetched = organiser.get(path(session, f"{one.pk}/file/"), {"whole": "", "sent": ""})
    assert body(fetched) == b"z" * 2048 and "attachment" in fetched["Content-Disposition"]
    assert AuditEntry.objects.filter(verb="download", noun="recording").exists()
    organiser.post(path(session, f"{one.pk}/"), {"act": "keep"})
    refused = organiser.post(path(session, f"{one.pk}/"), {"act": "remove"}, follow=True)
    assert "先取消" in refused.text
    organiser.post(path(session, f"{one.pk}/"), {"act": "unkeep"})
    organiser.post(path(session, f"{one.pk}/"), {"act": "remove"})
    assert not session.recordings.exists() and not verbs.file_of(one).exists()
    assert organiser.post(path(session, f"{one.pk}/"), {"act": "remove"}).status_code == 404


def test_viewers_see_only_what_is_shown(session: LiveSession) -> None:
    one = playable(session, b"film")
    watch = f"/watch/{session.key}/{code_of(session, 'watch')}/"
    for page in (watch, f"{watch}plain/"):
        assert f'src="{watch}replay/{one.pk}/"' in Client().get(page).text
    assert body(Client().get(f"{watch}replay/{one.pk}/")) == b"film"
    one.shown = False
    one.save()
    assert "replay/" not in Client().get(watch).text
    assert Client().get(f"{watch}replay/{one.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "said", "got"),
    [
        ("bytes=0-3", 206, "bytes 0-3/10", b"0123"),
        ("bytes=8-", 206, "bytes 8-9/10", b"89"),
        ("bytes=-3", 206, "bytes 7-9/10", b"789"),
        ("bytes=0-", 206, "bytes 0-4/10", b"01234"),
        ("bytes=3-99", 206, "bytes 3-7/10", b"34567"),
        ("bytes=10-", 416, "bytes */10", b""),
        ("bytes=5-2", 416, "bytes */10", b""),
        ("bytes=-0", 416, "bytes */10", b""),
        ("bytes=-", 200, None, b"0123456789"),
        ("bytes=0-1,3-4", 200, None, b"0123456789"),
        ("lines=1-2", 200, None, b"0123456789"),
    ],
)
def test_ranges(asked: str, status: int, said: str, got: bytes, session: LiveSession, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer is never longer than `AT_ONCE`; a browser asks for the next one by itself."""
    monkeypatch.setattr(pieces, "AT_ONCE", 5)
    one = playable(session, b"0123456789")
    watch = f"/watch/{session.key}/{code_of(session, 'watch')}/"
    answer = Client().get(f"{watch}replay/{one.pk}/", HTTP_RANGE=asked)
    assert (answer.status_code, answer.get("Content-Range")) == (status, said)
    assert (body(answer) if answer.streaming else answer.content) == got


def test_disk_that_is_nearly_full_is_said_on_the_desk(
    session: LiveSession, organiser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = f"/p/{session.leg.programme.key}/live/"
    session.films = True
    session.save()
    assert "磁盘" not in organiser.get(desk).text
    monkeypatch.setattr("ortoo.live.views.desk.room", lambda: verbs.Room(verbs.LOW - 1))
    assert "全天的录像可能放不下" in organiser.get(desk).text
    monkeypatch.setattr("ortoo.live.views.desk.room", lambda: verbs.Room(verbs.RESERVE - 1))
    assert "已停止录像" in organiser.get(desk).text


def test_queries_do_not_grow(session: LiveSession, organiser: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(3):
        recorded(session, f"recording-20230619-06000{number}.ts")
    organiser.get(path(session))
    with django_assert_max_num_queries(22):
        assert organiser.get(path(session)).status_code == 200
