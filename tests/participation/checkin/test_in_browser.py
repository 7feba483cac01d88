"""Doors in a real Chromium: without a line for as long as it takes, then merged; codes out of pictures by our own wasm."""

import io
from collections.abc import Callable, Iterator

import pytest
import segno
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.participation.checkin.doors import Hall, address, build_hall
from tests.programmes.stage import build
from tests.servers.plugin import needs

from ortoo.participation.checkin import queries
from ortoo.participation.models import Door, Scan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATIENCE = 30_000


@pytest.fixture
def hall(transactional_db: None) -> Hall:
    """Two doors and six tickets with names."""
    return build_hall(build())


@pytest.fixture
def second(browser: Browser, live_server: object) -> Iterator[Page]:
    """Another telephone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN", base_url=str(live_server))
    yield context.new_page()
    context.close()


def open_at(page: Page, door: Door) -> BrowserContext:
    """The door's page with its list, kept for when there is no line."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address(door))
    expect(page.locator("[data-ready]")).to_be_attached(timeout=PATIENCE)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page.context


def show_picture(page: Page, code: str) -> None:
    """Hold a ticket in front of it."""
    out = io.BytesIO()
    segno.make(code, error="m", micro=False).save(out, kind="png", scale=6)
    page.locator("summary", has_text="票的图片").evaluate("each => { each.parentElement.open = true }")
    page.locator("#picture").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": out.getvalue()})


def scan(page: Page, code: str, answer: str) -> None:
    """One code at the door, and the answer that it must give."""
    page.evaluate("code => window.dispatchEvent(new CustomEvent('checkin-code', { detail: code }))", code)
    expect(page.locator(".checkin-word")).to_have_text(answer)


def line_is_back(page: Page) -> None:
    """The line is there again, and everything has gone out."""
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#line[data-left='0']")).to_be_attached(timeout=PATIENCE)


def test_page_fits_a_telephone_is_usable_and_checks_its_list(hall: Hall, page: Page, axe: Callable[[Page], list[str]]) -> None:
    open_at(page, hall.north)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []
    assert page.locator("#list-state").get_attribute("data-state") in ("signed", "unchecked")
    scan(page, hall.code(0), "请入场")
    assert axe(page) == []


def test_two_doors_without_a_line_merge_without_loss_or_double_count(hall: Hall, page: Page, second: Page) -> None:
    contexts = [open_at(page, hall.north), open_at(second, hall.south)]
    for context in contexts:
        context.set_offline(True)
    for number in range(4):
        scan(page, hall.code(number), "请入场")
        expect(page.locator(".checkin-name")).to_have_text(hall.seats[number].holder)
    scan(page, hall.code(3), "已入场")
    # A door's clock is put right by when its lines arrive, so that who came first is known only as well as a request is quick.
    second.wait_for_timeout(3_000)
    for number in range(3, 6):
        scan(second, hall.code(number), "请入场")
        expect(second.locator(".checkin-name")).to_have_text(hall.seats[number].holder)
    assert Scan.objects.count() == 0
    line_is_back(second)
    line_is_back(page)
    assert Scan.objects.count() == 8
    assert queries.admitted_count(hall.leg) == 6
    first, later = queries.doubles(hall.leg, 10)[0]
    assert (first.door, later.door, later.said) == (hall.north, hall.south, "admitted")
    expect(second.locator("#in")).to_contain_text("6", timeout=PATIENCE)
    scan(second, hall.code(0), "已入场")
    expect(second.locator(".checkin-where")).to_contain_text("北门")


def test_reload_without_a_line_keeps_page_list_and_lines(hall: Hall, page: Page) -> None:
    open_at(page, hall.north).set_offline(True)
    scan(page, hall.code(0), "请入场")
    page.reload()
    expect(page.locator("[data-ready]")).to_be_attached(timeout=PATIENCE)
    expect(page.locator("#line")).to_have_attribute("data-left", "1")
    scan(page, hall.code(0), "已入场")
    scan(page, hall.code(1), "请入场")
    line_is_back(page)
    assert queries.admitted_count(hall.leg) == 2


def test_picture_is_read_without_a_line_by_our_own_wasm(hall: Hall, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_at(page, hall.north).set_offline(True)
    show_picture(page, hall.code(0))
    expect(page.locator(".checkin-word")).to_have_text("请入场")
    expect(page.locator(".checkin-where")).to_contain_text("指导组")
    assert any(url.endswith("zxing_reader.wasm") for url in asked)


def test_somebody_is_found_by_pinyin_with_the_keyboard_and_taken_back(hall: Hall, page: Page) -> None:
    open_at(page, hall.north)
    page.locator("#search").fill("gbs")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".checkin-word")).to_have_text("请入场")
    expect(page.locator("#line[data-left='0']")).to_be_attached()
    page.get_by_role("button", name="撤销上一条").click()
    expect(page.locator(".checkin-word")).to_have_text("已撤销")
    expect(page.locator("#line[data-left='0']")).to_be_attached()
    assert Scan.objects.count() == 2
    assert queries.admitted_count(hall.leg) == 0


def test_wrong_codes_and_people_without_a_ticket_are_written_down(hall: Hall, page: Page) -> None:
    open_at(page, hall.north)
    scan(page, "<img src=x onerror=alert(1)>", "无此票")
    scan(page, hall.code(0)[:-1] + ("2" if hall.code(0)[-1] != "2" else "3"), "无此票")
    page.locator("summary", has_text="无票人员登记").click()
    page.locator("[name=name]").fill("王某")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".checkin-word")).to_have_text("已登记")
    expect(page.locator("#line[data-left='0']")).to_be_attached()
    assert queries.strangers(hall.leg).count() == 2
    assert queries.walk_ins_of(hall.leg).get().name == "王某"


def test_list_that_somebody_changed_is_not_used(hall: Hall, page: Page) -> None:
    page.route("**/list/", lambda route: route.fulfill(json=_changed(route.fetch().json())))
    open_at(page, hall.north)
    needs("a Chromium that knows Ed25519", page.locator("#list-state").get_attribute("data-state") != "unchecked")
    assert page.locator("#list-state").get_attribute("data-state") == "forged"
    scan(page, hall.code(0), "还没有名单:请先联网打开一次本页。")


def _changed(said: dict[str, str]) -> dict[str, str]:
    return said | {"list": said["list"].replace("贵宾一", "贵宾壹")}
