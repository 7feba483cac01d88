"""The camera: a ticket held in front of a real Chromium's (made up) camera lets somebody in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, Page, expect
from tests.browser.chromium import PATH, QUIET
from tests.participation.checkin.doors import Hall, address, build_hall
from tests.programmes.stage import build

from ortoo.participation.checkin import queries

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH, HEIGHT, DOT = 640, 480, 10


@pytest.fixture
def hall(transactional_db: None) -> Hall:
    """Two doors and six tickets with names."""
    return build_hall(build())


@pytest.fixture
def telephone(hall: Hall, browser: Browser, live_server: object, tmp_path: Path) -> Iterator[Page]:
    """A Chromium whose camera sees the first ticket."""
    film = tmp_path / "ticket.y4m"
    film.write_bytes(_film(hall.code(0)))
    seeing = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
    own = browser.browser_type.launch(executable_path=PATH, args=[*QUIET, *seeing])
    yield own.new_context(locale="zh-CN", base_url=str(live_server), viewport={"width": 360, "height": 740}).new_page()
    own.close()


def _film(code: str) -> bytes:
    """Two frames of grey with the code in the middle, as YUV4MPEG2."""
    grey = [bytearray([200] * WIDTH) for _row in range(HEIGHT)]
    dots = list(segno.make(code, error="m", micro=False).matrix_iter(border=3))
    left, top = (WIDTH - len(dots) * DOT) // 2, (HEIGHT - len(dots) * DOT) // 2
    for y, row in enumerate(dots):
        for x, dark in enumerate(row):
            for line in grey[top + y * DOT : top + (y + 1) * DOT]:
                line[left + x * DOT : left + (x + 1) * DOT] = bytes([16 if dark else 235] * DOT)
    frame = b"FRAME\n" + b"".join(grey) + bytes([128]) * (WIDTH * HEIGHT // 2)
    return f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\n".encode() + frame * 2


def test_ticket_before_the_camera_lets_in_once(hall: Hall, telephone: Page) -> None:
    telephone.goto(address(hall.north))
    expect(telephone.locator("[data-ready]")).to_be_attached(timeout=30_000)
    telephone.context.set_offline(True)
    telephone.get_by_role("button", name="摄像头扫码").click()
    expect(telephone.locator(".checkin-word")).to_have_text("请入场", timeout=30_000)
    expect(telephone.locator(".checkin-name")).to_have_text("贵宾一")
    telephone.get_by_role("button", name="摄像头扫码").click()
    expect(telephone.locator("#video")).to_be_hidden()
    telephone.context.set_offline(False)
    telephone.evaluate("window.dispatchEvent(new Event('online'))")
    expect(telephone.locator("#line[data-left='0']")).to_be_attached(timeout=30_000)
    assert queries.admitted_count(hall.leg) == 1
    assert queries.doubles(hall.leg, 10) == []
