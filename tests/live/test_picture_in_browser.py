"""Picture and sound: a real ffmpeg sends, a real Chromium plays; what is missing in between is held."""

import re
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.live.test_session_in_browser import BEGIN, House
from tests.servers.databases import ready
from tests.servers.live import LiveApp, wait_until
from tests.servers.postgres import free_port

from ortoo_hub import ffmpeg

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("video")]
MOVES = "document.getElementById('video').currentTime > 1 && document.getElementById('video').videoWidth > 0"

POLL = """
from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain.poll import make_poll, open_poll, show_result
from ortoo.live.models import LiveSession
poll = make_poll(LiveSession.objects.select_related("leg__programme__unit").get(), "今天听完,您最想再听哪一样?",
                 ["怎样守好一个站", "带徒弟的办法", "夜里巡线的难处"], by=SYSTEM)
open_poll(poll, by=SYSTEM)
show_result(poll, by=SYSTEM)
"""
CHOICES = "[...document.querySelectorAll('.screen-bars .bar-choice')].map(each => each.getBoundingClientRect().height)"
SHOWN = "(({ top, bottom }) => [top, bottom])(document.getElementById('shown').getBoundingClientRect())"


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, browser: Browser) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("film")
    app = LiveApp(folder / "var", ready(folder), video_port=free_port(), srt_port=free_port())
    app.start()
    one = House(app, browser, *app.run(BEGIN).split())
    yield one
    for context in one.contexts:
        context.close()
    app.stop()
    assert one.wrong == []


def send(address: str, form: str = "flv", *, patient: bool = True) -> "subprocess.Popen[bytes]":
    """The hall's encoder: test picture and tone, a key frame a second."""
    source = ["-re", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=10", "-re", "-f", "lavfi", "-i", "sine=frequency=440"]
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-pix_fmt", "yuv420p", "-c:a", "aac", "-f", form, address]
    while True:  # As an encoder does: again, until somebody opens.
        sender = subprocess.Popen([ffmpeg.program(), "-loglevel", "quiet", *source, *coding], stdin=subprocess.DEVNULL)
        if not patient:
            return sender
        try:
            sender.wait(2)
        except subprocess.TimeoutExpired:
            return sender


def play(page: Page) -> None:
    page.wait_for_function(MOVES, timeout=60_000)


def test_picture_from_the_hall_is_played_held_and_heard_alone(house: House) -> None:
    desk, viewer = house.open(house.desk, 1366, 768, cookie=True), house.open(house.watch)
    expect(viewer.locator("#picture")).to_be_hidden()
    desk.get_by_role("button", name="开启画面和声音").click()
    expect(viewer.locator("#picture-line")).to_have_text(re.compile("暂时中断"), timeout=30_000)
    server, key, srt = (each.inner_text() for each in desk.locator(".desk-key code").all())
    sender = send(f"{server}/{key}")
    try:
        expect(viewer.locator("#picture-line")).to_have_text("", timeout=30_000)
        play(viewer)
        expect(desk.locator("#board")).to_contain_text("会场画面正常", timeout=10_000)
        _poll_fits_beside_the_picture(house)
        with viewer.expect_response(re.compile(r"/picture/audio\.m3u8"), timeout=30_000):
            viewer.locator("#sound-only").check()
    finally:
        sender.kill()
        sender.wait()
    expect(viewer.locator("#picture-line")).to_have_text(re.compile("暂时中断"), timeout=30_000)
    _srt_is_as_good(viewer, srt)
    desk.get_by_role("button", name="关闭画面和声音").click()
    expect(viewer.locator("#picture")).to_be_hidden(timeout=20_000)
    _recording_is_played_again(house, desk)


def _recording_is_played_again(house: House, desk: Page) -> None:
    """The first connection's, offered on the page of recordings, in the page of a viewer who comes later."""
    # Not a click, under which the board may just be exchanged.
    desk.goto(desk.locator("#board").get_by_role("link", name=re.compile("段录像")).get_attribute("href") or "")
    show = desk.locator("section.card").last.get_by_role("button", name="供观众回看")

    def at_rest() -> bool:
        desk.reload()
        return show.is_visible()

    wait_until(at_rest)
    show.click()
    expect(desk.locator("video")).to_have_count(1, timeout=60_000)
    late = house.open(house.watch)
    film = late.locator(".watch-replays video")
    film.evaluate("each => { each.muted = true; each.currentTime = 1; return each.play(); }")
    wait_until(lambda: film.evaluate("each => each.currentTime") > 1.5)


def _srt_is_as_good(viewer: Page, address: str) -> None:
    """Whoever doesn't know the passphrase does not get in; whoever does is on the air."""
    stranger = send(re.sub("passphrase=.*", "passphrase=0123456789abcdef", address), "mpegts", patient=False)
    assert stranger.wait(30) != 0
    sender = send(address, "mpegts")
    try:
        expect(viewer.locator("#picture-line")).to_have_text("", timeout=30_000)
    finally:
        sender.kill()
        sender.wait()
    expect(viewer.locator("#picture-line")).to_have_text(re.compile("暂时中断"), timeout=30_000)


def _poll_fits_beside_the_picture(house: House) -> None:
    wall = house.open(f"{house.wall}?picture", 1920, 1080)
    house.app.run(POLL)
    expect(wall.locator(".screen-bars li")).to_have_count(3)
    expect(wall.locator("#picture")).to_be_visible()
    heights, (top, bottom) = wall.evaluate(CHOICES), wall.evaluate(SHOWN)
    assert max(heights) < 80, "each choice stands in a line"
    assert wall.locator("#picture").bounding_box()["y"] <= top + 1 and bottom <= 1080  # type: ignore[index]
