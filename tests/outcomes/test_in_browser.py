"""The public form in a real Chromium: it fits a telephone, and words that could not be sent come back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.outcomes.stage import Desk, build_desk

from ortoo.outcomes.models import SpeakerMessage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(page: Page) -> Desk:
    """The form on a telephone."""
    desk = build_desk()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/write/{desk.desk.key}/")
    return desk


def test_form_fits_a_telephone_and_is_usable(opened: Desk, page: Page, axe: Callable[[Page], list[str]]) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []


def test_words_that_could_not_be_sent_come_back_and_leave_once_taken(opened: Desk, page: Page) -> None:
    page.route("**/write/**", lambda route: route.fulfill(status=502, body="<h1>502</h1>", content_type="text/html"))
    page.locator("[name=text]").fill("您讲得真好")
    page.get_by_role("button", name="发送").click()
    expect(page.locator("h1")).to_have_text("502")
    page.unroute("**/write/**")
    page.goto(f"/write/{opened.desk.key}/")
    expect(page.locator("[name=text]")).to_have_value("您讲得真好")
    page.get_by_role("button", name="发送").click()
    page.get_by_role("link", name="再写一条").click()
    expect(page.locator("[name=text]")).to_have_value("")
    assert SpeakerMessage.objects.get().text == "您讲得真好"
