"""The components in a real Chromium, under the product's own content policy."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, Page, expect

from ortoo.people.models import Account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.ui.style_urls")]
ROWS = "tbody tr[aria-rowindex]"


@pytest.fixture(autouse=True)
def _no_polling(page: Page) -> None:
    """The sample job on the style page is in no database."""
    page.route("**/jobs/**", lambda route: route.fulfill(status=204))


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740), (1920, 1080)])
@pytest.mark.parametrize("address", ["/style/?rows=20", "/style/?rows=20&wrong=1", "/style/wall/"])
def test_pages_are_usable_and_fit(page: Page, axe: Callable[[Page], list[str]], address: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert axe(page) == []


def test_charts_are_drawn_under_the_content_policy(page: Page) -> None:
    page.goto("/style/")
    expect(page.locator(".chart-canvas.is-drawn canvas")).to_have_count(3)
    page.locator("#c1-canvas").hover()
    page.locator("#c1-table summary").click()
    expect(page.locator("#c1-table tbody tr")).to_have_count(30)


def test_table_is_there_where_the_chart_cannot_be_drawn(page: Page) -> None:
    page.route("**/echarts.min.js", lambda route: route.fulfill(status=200, body=""))
    page.goto("/style/")
    expect(page.locator("#c1-table tbody tr").first).to_be_visible()


def test_sheet_scrolls_through_a_hundred_thousand_rows_and_keeps_few(page: Page) -> None:
    page.goto("/style/?rows=100000")
    expect(page.locator("[data-sheet-pager]").first).to_be_hidden()
    scroll = page.locator("[data-sheet-scroll]").first
    for share in (0.2, 0.5, 0.9, 1):
        scroll.evaluate("(box, share) => { box.scrollTop = box.scrollHeight * share }", share)
        page.wait_for_timeout(300)
    expect(page.locator('[data-sheet-grid] tr[aria-rowindex="100001"]')).to_be_visible()
    assert page.locator(f"[data-sheet] {ROWS}").count() <= 200 * 8


def test_sheet_moves_by_keyboard_over_rows_not_yet_there(page: Page) -> None:
    page.goto("/style/?rows=5000")
    page.locator(f"{ROWS} td").nth(1).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert place(page) == ["3", 2]
    page.keyboard.press("Control+End")
    expect(page.locator('tr[aria-rowindex="5001"] td').last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("PageUp")
    assert int(str(place(page)[0])) < 5001
    page.keyboard.press("Control+Home")
    expect(page.locator('tr[aria-rowindex="2"] td').first).to_be_focused()


def test_sheet_filters_while_typing(page: Page) -> None:
    page.goto("/style/?rows=5000")
    page.locator("#table-q").type("试例004999")
    expect(page.locator("[data-sheet]").first.locator(ROWS)).to_have_count(1)
    assert "q=" in page.url
    assert "q=" in str(page.locator("[data-sheet-download]").first.get_attribute("href"))
    page.locator("#table-q").fill("没有这个人")
    expect(page.locator("[data-sheet-empty]").first).to_be_visible()
    page.locator("#table-q").fill("")
    expect(page.locator("[data-sheet]").first.locator(ROWS)).to_have_count(200)


def test_sheet_copies_what_is_picked_as_cells(page: Page) -> None:
    page.goto("/style/")
    page.locator('tr[aria-rowindex="3"] td').nth(1).focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.evaluate("document.addEventListener('copy', (e) => { window.copied = e.clipboardData.getData('text/plain') })")
    page.keyboard.press("Control+c")
    assert page.evaluate("window.copied") == "试例000001\t示例市第2单位\n试例000002\t示例市第3单位"


def test_sheet_copies_everything_by_its_button(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/style/?rows=1101")
    button = page.locator("[data-sheet-copy]").first
    button.click()
    expect(button).to_have_text(str(button.get_attribute("data-done")))
    text = page.evaluate("navigator.clipboard.readText()")
    assert len(text.strip().splitlines()) == 1102


def test_sheet_keeps_ticks_of_rows_scrolled_away(page: Page) -> None:
    page.goto("/style/?rows=5000")
    page.locator('tr[aria-rowindex="3"] input').check()
    page.locator("[data-sheet-scroll]").first.evaluate("(box) => { box.scrollTop = box.scrollHeight }")
    expect(page.locator('tr[aria-rowindex="5001"]')).to_be_visible()
    page.locator('tr[aria-rowindex="5001"] input').check()
    sent = page.evaluate("[...new FormData(document.getElementById('decide')).entries()].filter(([k]) => k.startsWith('rows'))")
    assert sent == [["rows_q", ""], ["rows", "1"], ["rows", "4999"]]


def test_sheet_sends_all_but_what_was_unticked(page: Page) -> None:
    page.goto("/style/")
    page.locator("[data-sheet-all]").first.check()
    page.locator('tr[aria-rowindex="3"] input').uncheck()
    sent = page.evaluate("[...new FormData(document.getElementById('decide')).entries()].filter(([k]) => k.startsWith('rows'))")
    assert sent == [["rows_all", "1"], ["rows_q", ""], ["rows_not", "1"]]


def test_form_comes_back_when_sending_was_refused(page: Page) -> None:
    page.goto("/style/")
    page.locator("#id_name").fill("半张表")
    page.locator("#id_kind_1").check()
    page.evaluate("document.querySelector('[data-keep]').noValidate = true")
    page.evaluate("document.querySelector('[data-keep]').action = '/no-such-page/'")
    page.locator("form[data-keep] button[type=submit]").click()
    expect(page.locator("body.bare h1")).to_be_visible()
    page.goto("/style/")
    expect(page.locator("#id_name")).to_have_value("半张表")
    expect(page.locator("#id_kind_1")).to_be_checked()


def test_form_comes_back_after_an_error_page_that_is_not_ortoo_s(page: Page) -> None:
    """A gateway's error page runs none of the page's own code, and the page after it says nothing of what was sent."""
    page.goto("/style/")
    page.locator("#id_name").fill("半张表")
    page.evaluate("document.querySelector('[data-keep]').noValidate = true")
    page.route(
        "**/style/", lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>502 Bad Gateway</h1>"), times=1
    )
    page.locator("form[data-keep] button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("502 Bad Gateway")
    page.goto("/style/")
    expect(page.locator("#id_name")).to_have_value("半张表")


def test_form_comes_back_when_it_was_refused_in_words_on_the_next_page(page: Page) -> None:
    page.goto("/style/?refuse=1")
    page.locator("#id_name").fill("半张表")
    page.evaluate("document.querySelector('[data-keep]').noValidate = true")
    page.locator("form[data-keep] button[type=submit]").click()
    expect(page.locator("#messages .notice-error")).to_be_visible()
    expect(page.locator("#id_name")).to_have_value("半张表")


def test_form_starts_empty_again_once_it_was_taken(page: Page) -> None:
    page.goto("/style/")
    page.locator("#id_name").fill("整张表")
    page.evaluate("document.querySelector('[data-keep]').noValidate = true")
    with page.expect_navigation():
        page.locator("form[data-keep] button[type=submit]").click()
    page.goto("/style/")
    expect(page.locator("#id_name")).to_have_value("")


def test_dropped_files_are_listed_and_can_be_removed(page: Page, tmp_path: Path) -> None:
    page.goto("/style/")
    for name in ("一.xlsx", "二.xlsx"):
        (tmp_path / name).write_bytes(b"x" * 2048)
        page.locator("#id_returns").set_input_files(tmp_path / name)
    items = page.locator("[data-dropzone-files] li")
    expect(items).to_have_count(2)
    items.first.locator("button").click()
    expect(items).to_have_count(1)
    assert page.evaluate("[...document.getElementById('id_returns').files].map((f) => f.name)") == ["二.xlsx"]


def test_sheet_and_language_work_without_scripts(page: Page, browser: Browser, live_server: object) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=str(live_server), locale="zh-CN")
    plain = context.new_page()
    plain.goto("/style/?rows=450")
    plain.locator("[data-sheet-pager] a[rel=next]").click()
    expect(plain.locator('tr[aria-rowindex="202"]')).to_be_visible()
    plain.locator("#table-q").fill("试例000449")
    plain.locator("#table-q").press("Enter")
    expect(plain.locator("[data-sheet]").first.locator(ROWS)).to_have_count(1)
    plain.locator(".languages button").click()
    expect(plain.locator("html")).to_have_attribute("lang", "en")
    context.close()


def place(page: Page) -> list[object]:
    """Where the focus stands: aria-rowindex of the row, index of the cell."""
    found: list[object] = page.evaluate(
        "[document.activeElement.parentNode.getAttribute('aria-rowindex'), document.activeElement.cellIndex]"
    )
    return found


def test_menu_opens_on_a_telephone_by_keyboard(page: Page, live_server: object) -> None:
    account = Account.objects.create(username="officer", title="培训处", must_change_password=False)
    session = SessionStore()
    session.update({SESSION_KEY: str(account.pk), BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend"})
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    page.context.add_cookies([{"name": "ortoo_session", "value": str(session.session_key), "url": str(live_server)}])
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/style/?rows=5")
    expect(page.locator(".nav-wide")).to_be_hidden()
    page.locator(".nav-narrow summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".nav-narrow a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".nav-narrow a").first).to_be_hidden()
    expect(page.locator(".nav-narrow summary")).to_be_focused()
