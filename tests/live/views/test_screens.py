"""Screens by their secret links: who gets in, what the page may reach, what a viewer's token allows."""

import re
import unicodedata
from typing import Any

import pytest
from django.test import Client

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain import line
from ortoo.live.domain.session import SCREENS, code_of, renew_live_link
from ortoo.live.models import LiveSession
from ortoo_hub.viewer import check

pytestmark = pytest.mark.django_db
PATHS = {"watch": "watch", "wall": "wall", "tablet": "tablet"}


def path(session: LiveSession, screen: str) -> str:
    return f"/{PATHS[screen]}/{session.key}/{code_of(session, screen)}/"


@pytest.mark.parametrize("screen", SCREENS)
def test_link_opens_its_screen_until_it_is_renewed(screen: str, session: LiveSession) -> None:
    old = path(session, screen)
    answer = Client().get(old)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    other = next(each for each in SCREENS if each != screen)
    assert Client().get(f"/{PATHS[screen]}/{session.key}/{code_of(session, other)}/").status_code == 404
    renew_live_link(session, by=SYSTEM)
    assert Client().get(old).status_code == 404


def test_page_may_reach_the_hub_and_nobody_else(session: LiveSession, settings: Any) -> None:
    settings.HUB, settings.HUB_PORT, settings.HUB_URL = "embedded", 8123, ""
    answer = Client().get(path(session, "watch"), HTTP_HOST="127.0.0.1:8000")
    assert "connect-src 'self' http://127.0.0.1:8123" in answer["Content-Security-Policy"]
    assert 'data-hub="http://127.0.0.1:8123"' in answer.text
    settings.HUB_URL = "https://ortoo.example"
    answer = Client().get(path(session, "watch"))
    assert "connect-src 'self' https://ortoo.example" in answer["Content-Security-Policy"]


def test_picture_may_come_from_a_cache_and_only_from_that(session: LiveSession, settings: Any) -> None:
    settings.HUB, settings.PICTURE_URL = "embedded", "https://edge.example"
    watch = path(session, "watch")
    answer = Client().get(watch)
    assert f'data-picture="https://edge.example{watch}picture/master.m3u8"' in answer.text
    policy = dict(each.strip().split(" ", 1) for each in answer["Content-Security-Policy"].split(";"))
    assert "https://edge.example" in policy["connect-src"] and "https://edge.example" in policy["media-src"]
    assert "edge.example" not in policy["default-src"]


def test_reactions_are_drawn_and_named_and_need_no_letters_of_the_machine(session: LiveSession) -> None:
    page = Client().get(path(session, "watch")).text
    buttons = re.findall(r'data-reaction="(\w+)">(<svg.*?</svg>)\s*<span class="out-of-sight">([^<]+)<', page, re.DOTALL)
    assert [name for name, _svg, _label in buttons] == ["clap", "heart", "rose", "thumb"]
    assert len({svg for _name, svg, _label in buttons}) == 4
    assert [label for _name, _svg, label in buttons] == ["鼓掌", "爱心", "献花", "点赞"]
    assert not [letter for letter in page if unicodedata.category(letter) == "So" or letter > "\uffff"]


def test_switched_off_hub_is_said(session: LiveSession) -> None:
    answer = Client().get(path(session, "watch"))
    assert "未启用" in answer.text
    assert "connect-src" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize(("screen", "says"), [("watch", set(line.VIEWER_SAYS)), ("wall", set()), ("tablet", set())])
def test_token_allows_what_its_screen_says(screen: str, says: set[str], session: LiveSession, settings: Any) -> None:
    settings.HUB = "embedded"
    first, second = (Client().get(path(session, screen)).context for _twice in range(2))
    viewer = check(line.secret(), first["token"], 0)
    assert (viewer.channel, viewer.may) == (session.channel, says)
    assert first["viewer"] != second["viewer"]


def test_address_of_the_hub_keeps_the_host_of_the_pages(settings: Any) -> None:
    settings.HUB, settings.HUB_PORT, settings.HUB_URL = "embedded", 8001, ""
    assert line.address("http", "[::1]:8000") == "http://[::1]:8001"
    assert line.address("https", "ortoo.example") == "https://ortoo.example:8001"


def test_pieces_may_be_asked_for_and_recordings_may_not(session: LiveSession, settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    folder = line.picture_folder(session)
    (folder / "run-7" / "video").mkdir(parents=True)
    for name in ("master.m3u8", "run-7/video/000001.m4s", "recording-20230619.ts"):
        (folder / name).write_bytes(b"x")
    base = f"{path(session, 'watch')}picture/"
    piece, listed = Client().get(f"{base}run-7/video/000001.m4s"), Client().get(f"{base}master.m3u8")
    assert (piece.status_code, piece["Cache-Control"], piece["Content-Type"]) == (200, "max-age=3600", "video/mp4")
    assert (listed.status_code, listed["Cache-Control"]) == (200, "no-cache")
    for answer in (piece, listed):
        assert b"".join(answer.streaming_content) == b"x"
    for name in ("recording-20230619.ts", "../secret", "run-7/../master.m3u8", "run-8/video/000001.m4s"):
        assert Client().get(base + name).status_code == 404
