"""The same session with `ORTOO_HUB=nchan`: nginx holds the viewers, and nobody who sits before a screen can tell."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.hub.test_nchan import there
from tests.live.test_session_in_browser import BEGIN, House, ask
from tests.servers.databases import ready
from tests.servers.live import LiveApp
from tests.servers.plugin import needs

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("nchan")]


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, browser: Browser) -> Iterator[House]:
    needs("nginx with nchan", there())
    folder = tmp_path_factory.mktemp("nchan")
    app = LiveApp(folder / "var", ready(folder), hub="nchan")
    app.start()
    one = House(app, browser, *app.run(BEGIN).split())
    yield one
    for context in one.contexts:
        context.close()
    assert app.stop() == 0
    assert one.wrong == []


def test_session_is_the_same_behind_nchan(house: House) -> None:
    """Desk, viewer, wall: stage, question, votes, captions; a line that is cut; a viewer without a script; a killed nginx."""
    first, second = house.open(house.watch), house.open(house.watch)
    desk, wall = house.open(house.desk, 1366, 768, cookie=True), house.open(house.wall, 1920, 1080)
    assert any("nginx" in line for line in house.app.processes().values())
    for viewer in (first, second):
        expect(viewer.locator("#line")).to_have_text("", timeout=20_000)
    desk.locator("#stage-next").click()
    for screen in (first, wall):
        expect(screen.locator("#stage-title")).to_have_text("马鞍")
    ask(first, "夜里怎么巡线?")
    expect(first.locator("#sent")).to_have_text(re.compile("已收到"))
    desk.locator("[data-state=waiting] li", has_text="夜里怎么巡线?").get_by_role("button", name="上屏").click(timeout=10_000)
    expect(wall.locator(".screen-question")).to_have_text("夜里怎么巡线?")
    second.get_by_role("button", name="我也想知道").click()
    expect(first.locator("#questions li")).to_have_text(re.compile("1 人想听回答"))
    expect(wall.locator("#viewers")).to_have_text(re.compile("人在看"))
    without = house.open(house.watch, script=False)
    expect(without.locator("li", has_text="夜里怎么巡线?")).to_be_visible()
    with first.expect_response(re.compile(r"/live/[\w-]+\?token=.*&last=\d"), timeout=40_000) as back:
        house.app.kill_child("nginx: master")
    assert back.value.status == 200
    desk.locator("#notice").fill("线路恢复")
    desk.locator("#notice").press("Enter")
    for screen in (first, wall):
        expect(screen.locator("#notice")).to_have_text("线路恢复", timeout=40_000)
