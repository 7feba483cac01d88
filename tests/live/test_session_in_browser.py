"""A live session in real Chromium, with the real hub: two viewers, a moderator, the wall and the tablet."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.servers.databases import ready
from tests.servers.live import LiveApp

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("live")]
TELEPHONE = {"width": 360, "height": 740}
HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>'

BEGIN = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from tests.live.stage import build_session
from ortoo.live.domain.session import SCREENS, code_of
from ortoo.people.models import Account
session = build_session()
account = Account.objects.get(username="organiser")
store = import_module(settings.SESSION_ENGINE).SessionStore()
store.update({SESSION_KEY: str(account.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[-1],
              HASH_SESSION_KEY: account.get_session_auth_hash()})
store.save()
print(store.session_key)
print(f"/p/{session.leg.programme.key}/live/?leg={session.leg.ordinal}")
for screen, path in zip(SCREENS, ("watch", "wall", "tablet")):
    print(f"/{path}/{session.key}/{code_of(session, screen)}/")
"""

#: On the wall: from top to bottom in this order, and the last choice still inside of its column.
IN_PLACE = """() => {
  const box = (what) => document.querySelector(what).getBoundingClientRect();
  const main = box(".screen-main");
  return box("#notice").bottom <= box("#stage").top && main.top <= box("#stage").top
    && box("#shown").bottom <= main.bottom + 1 && box("#shown").bottom <= box("#caption").top;
}"""


@dataclass
class House:
    """The product, running, with an open session; pages of their own for everybody who looks at it."""

    app: LiveApp
    browser: Browser
    cookie: str
    desk: str
    watch: str
    wall: str
    tablet: str
    contexts: list[BrowserContext] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str, width: int = 360, height: int = 740, *, cookie: bool = False, script: bool = True) -> Page:
        """A page in a browser that knows nothing of the others."""
        size, address = {"width": width, "height": height}, self.app.url
        context = self.browser.new_context(viewport=size, locale="zh-CN", base_url=address, java_script_enabled=script)  # type: ignore[arg-type]
        self.contexts.append(context)
        if cookie:
            context.add_cookies([{"name": "ortoo_session", "value": self.cookie, "url": self.app.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        answer = page.goto(path)
        assert answer is not None and answer.status == 200
        return page


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, browser: Browser) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("live")
    app = LiveApp(folder / "var", ready(folder))
    app.start()
    yield House(app, browser, *app.run(BEGIN).split())
    app.stop()


@pytest.fixture
def house(started: House) -> Iterator[House]:
    yield started
    for context in started.contexts:
        context.close()
    started.contexts.clear()
    wrong, started.wrong = started.wrong, []
    assert wrong == []


def ask(page: Page, text: str) -> None:
    page.locator("#ask-text").fill(text)
    page.get_by_role("button", name="提问").click()


def test_question_goes_from_a_viewer_over_the_desk_to_everybody(house: House) -> None:
    first, second = house.open(house.watch), house.open(house.watch)
    desk = house.open(house.desk, 1366, 768, cookie=True)
    wall, tablet = house.open(house.wall, 1920, 1080), house.open(house.tablet, 1024, 768)
    ask(first, "夜里怎么巡线?")
    expect(first.locator("#sent")).to_have_text(re.compile("已收到"))
    item = desk.locator("[data-state=waiting] li", has_text="夜里怎么巡线?")
    expect(item).to_be_visible(timeout=10_000)
    assert second.locator("#questions li").count() == 0
    item.get_by_role("button", name="展示").or_(item.get_by_role("button", name="显示")).first.focus()
    desk.keyboard.press("Enter")
    expect(second.locator("#questions li")).to_have_text(re.compile("夜里怎么巡线"))
    second.get_by_role("button", name="我也想知道").click()
    expect(first.locator("#questions li")).to_have_text(re.compile("1 人想听回答"))
    shown = desk.locator("[data-state=shown] li", has_text="夜里怎么巡线?")
    shown.get_by_role("button", name="上屏").click()
    for screen in (wall, tablet):
        expect(screen.locator(".screen-question")).to_have_text("夜里怎么巡线?")
    expect(wall.locator("#viewers")).to_have_text(re.compile("人在看"))


def test_stage_notice_captions_and_poll_reach_every_screen(house: House) -> None:
    viewer, wall, tablet = house.open(house.watch), house.open(house.wall, 1920, 1080), house.open(house.tablet, 1024, 768)
    desk = house.open(house.desk, 1366, 768, cookie=True)
    desk.locator("#stage-next").click()
    for screen in (viewer, wall, tablet):
        expect(screen.locator("#stage-title")).to_have_text("马鞍")
        expect(screen.locator("#stage-next")).to_have_text(re.compile("夜路"))
    expect(tablet.locator("#left")).to_have_text(re.compile(r"^8:\d\d$"))
    desk.locator("#caption").fill("第一行\n第二行")
    desk.locator("#caption").press("Control+Enter")
    expect(wall.locator("#caption")).to_have_text("第一行")
    expect(desk.locator("#caption")).to_have_value("第二行")
    desk.locator("#notice").fill("请把手机静音")
    desk.locator("#notice").press("Enter")
    expect(viewer.locator("#notice")).to_have_text("请把手机静音")
    desk.locator("#poll-text").fill("最想听什么?")
    desk.locator("#poll-choices").fill("巡线\n边境")
    desk.get_by_role("button", name="保存投票").click()
    desk.get_by_role("button", name="发起投票").click()
    viewer.get_by_role("button", name="边境").click()
    expect(desk.locator(".desk-poll li", has_text="边境")).to_have_text(re.compile("1"), timeout=10_000)
    assert "1" not in wall.locator(".screen-bars").inner_text()
    desk.get_by_role("button", name="公布结果").click()
    expect(wall.locator(".screen-bars li", has_text="边境").locator(".numbers")).to_have_text("1")
    assert desk.url.endswith(house.desk), "the desk is never loaded again"
    ask(viewer, "还剩多少时间?")
    desk.locator("[data-state=waiting] li", has_text="还剩多少时间?").get_by_role("button", name="上屏").click(timeout=10_000)
    expect(tablet.locator(".screen-question")).to_have_text("还剩多少时间?")
    for part in ("#left", "#stage-title", "#stage-next"):
        expect(tablet.locator(part)).to_be_visible()


def test_hostile_words_stay_words_everywhere(house: House) -> None:
    viewer, desk = house.open(house.watch), house.open(house.desk, 1366, 768, cookie=True)
    wall = house.open(house.wall, 1920, 1080)
    before = [page.title() for page in (viewer, wall, desk)]
    ask(viewer, HOSTILE)
    item = desk.locator("[data-state=waiting] li", has_text="<img")
    item.get_by_role("button", name="上屏").click(timeout=10_000)
    expect(viewer.locator("#questions li .watch-text").first).to_have_text(HOSTILE)
    if wall.locator(".screen-bars").count() == 0:
        expect(wall.locator(".screen-question")).to_have_text(HOSTILE)
    assert [page.title() for page in (viewer, wall, desk)] == before
    assert viewer.locator("#questions img").count() == 0


def test_what_is_written_without_a_line_goes_out_once_when_it_is_back(house: House) -> None:
    viewer = house.open(house.watch)
    desk = house.open(house.desk, 1366, 768, cookie=True)
    viewer.context.set_offline(True)
    ask(viewer, "断网时写的")
    expect(viewer.locator("#sent")).to_have_text(re.compile("已存在本机"))
    viewer.context.set_offline(False)
    expect(viewer.locator("#sent")).to_have_text(re.compile("已收到"), timeout=15_000)
    item = desk.locator("[data-state=waiting] li", has_text="断网时写的")
    expect(item).to_have_count(1, timeout=10_000)


def test_viewers_come_back_to_a_hub_that_was_killed(house: House) -> None:
    viewer, desk = house.open(house.watch), house.open(house.desk, 1366, 768, cookie=True)
    expect(viewer.locator("#line")).to_have_text("")
    house.app.kill_child("ortoo hub")
    desk.locator("#notice").fill("线路恢复")
    desk.locator("#notice").press("Enter")
    expect(viewer.locator("#notice")).to_have_text("线路恢复", timeout=40_000)


def test_viewer_without_a_script_sees_asks_and_is_heard(house: House) -> None:
    viewer, desk = house.open(house.watch, script=False), house.open(house.desk, 1366, 768, cookie=True)
    expect(viewer).to_have_url(re.compile(r"/plain/$"))
    viewer.get_by_role("link", name="我要提问").click()
    viewer.locator("#ask-text").fill("没有脚本也能问吗?")
    viewer.get_by_role("button", name="提问").click()
    expect(viewer.get_by_text("已收到")).to_be_visible()
    item = desk.locator("[data-state=waiting] li", has_text="没有脚本也能问吗?")
    item.get_by_role("button", name="展示").or_(item.get_by_role("button", name="显示")).first.click(timeout=10_000)
    expect(desk.locator("[data-state=shown] li", has_text="没有脚本也能问吗?")).to_be_visible()
    viewer.get_by_role("link", name="现在").click()
    shown = viewer.locator("li", has_text="没有脚本也能问吗?")
    shown.get_by_role("button", name="我也想知道").click()
    expect(desk.locator("li", has_text="没有脚本也能问吗?")).to_contain_text("1 人想听回答", timeout=10_000)


def test_weak_line_asks_for_the_state(house: House) -> None:
    viewer = house.open(house.watch)
    with viewer.expect_response(re.compile(r"/state\?")) as asked:
        viewer.locator("#lean").check()
    assert asked.value.status == 200
    with viewer.expect_response(re.compile(r"/state\?")):
        viewer.reload()


def test_pages_fit_and_are_usable(house: House, axe: Callable[[Page], list[str]]) -> None:
    viewer, desk = house.open(house.watch), house.open(house.desk, 360, 740, cookie=True)
    for page in (viewer, desk, house.open(f"{house.watch}plain/")):
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert axe(page) == []
    assert axe(house.open(house.wall, 1920, 1080)) == []


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160)])
def test_wall_is_read_from_ten_metres(width: int, height: int, house: House) -> None:
    """The question is at least a twentieth of the height of the screen, and nothing lies outside of it."""
    wall = house.open(house.wall, width, height)
    expect(wall.locator("#shown > *").first).to_be_visible()
    size = wall.locator("#stage-title").evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    assert size >= 0.05 * height
    assert wall.evaluate("document.documentElement.scrollHeight") <= height
    assert wall.locator("#caption").bounding_box()["y"] + wall.locator("#caption").bounding_box()["height"] <= height  # type: ignore[index]


def test_wall_shows_all_of_it_under_a_notice(house: House) -> None:
    """Notice, stage, a poll with four choices and captions, alone and beside the picture: nothing is covered or cut off."""
    plain, beside = house.open(house.wall, 1920, 1080), house.open(f"{house.wall}?picture", 1920, 1080)
    desk = house.open(house.desk, 1366, 768, cookie=True)
    for name, text in (("notice", "请把手机调至静音,扫描大屏二维码即可提问"), ("caption", "字幕一行")):
        desk.locator(f"#{name}").fill(text)
        desk.locator(f"#{name}").press("Control+Enter" if name == "caption" else "Enter")
    desk.locator("#poll-text").fill("听完前两位的讲述,您最想多了解什么?哪一件事回去以后马上就能做起来?")
    desk.locator("#poll-choices").fill("一个人怎样守好一个站\n带徒弟的办法\n和群众打交道\n家里人怎样看")
    desk.get_by_role("button", name="保存投票").click()
    newest = desk.locator(".desk-poll", has_text="回去以后")
    newest.get_by_role("button", name="发起投票").click()
    newest.get_by_role("button", name="公布结果").click()
    beside.evaluate("document.getElementById('picture').hidden = false")
    for wall in (plain, beside):
        expect(wall.locator("#caption")).to_have_text("字幕一行")
        expect(wall.locator(".screen-bars progress")).to_have_count(4)
        wall.wait_for_function(IN_PLACE)
    assert plain.locator(".screen-question").evaluate("each => parseFloat(getComputedStyle(each).fontSize)") >= 0.05 * 1080
