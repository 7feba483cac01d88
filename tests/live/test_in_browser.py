"""A site's page in a real Chromium: what is typed while the line is down arrives later, once; pages fit a telephone."""

import re
from collections.abc import Callable

import pytest
from django.utils import translation
from playwright.sync_api import Page, Route, expect
from tests.live.stage import Tour, build_tour, jpeg

from ortoo.live.domain.door import code_of
from ortoo.live.models import HeadCount, LineTest, SitePhotograph, ViewingSite

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COUNT = re.compile(r"/count/$")


@pytest.fixture
def opened(page: Page) -> Tour:
    """The door of the first site on a telephone."""
    tour = build_tour()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/site/{tour.site.key}/{code_of(tour.site)}/")
    return tour


def send_count(page: Page, heads: int) -> None:
    page.locator("[name=heads]").fill(str(heads))
    page.get_by_role("button", name="上报人数").click()


def test_page_fits_a_telephone_and_is_usable(opened: Tour, page: Page, axe: Callable[[Page], list[str]]) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []


def test_count_typed_without_a_line_arrives_when_it_is_back(opened: Tour, page: Page) -> None:
    page.route(COUNT, lambda route: route.abort())
    send_count(page, 80)
    expect(page.locator("#door-status")).to_have_class(re.compile("is-waiting"))
    assert not HeadCount.objects.exists()
    page.reload()
    expect(page.locator("#door-status")).to_have_class(re.compile("is-waiting"))
    page.unroute(COUNT)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#door-status")).to_have_class(re.compile("is-sent"))
    count = HeadCount.objects.get()
    assert count.heads == 80
    assert count.counted < count.received


def test_count_whose_answer_got_lost_is_sent_again_and_stays_one(opened: Tour, page: Page) -> None:
    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(COUNT, lose_the_answer)
    send_count(page, 80)
    expect(page.locator("#door-status")).to_have_class(re.compile("is-waiting"))
    assert HeadCount.objects.count() == 1
    page.unroute(COUNT)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#door-status")).to_have_class(re.compile("is-sent"))
    assert HeadCount.objects.count() == 1


def test_error_page_of_a_gateway_takes_nothing(opened: Tour, page: Page) -> None:
    page.route(COUNT, lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>sign in to the network</h1>"))
    send_count(page, 80)
    expect(page.locator("#door-status")).to_have_class(re.compile("is-waiting"))


def test_line_is_measured_and_photograph_sent(opened: Tour, page: Page) -> None:
    page.get_by_role("button", name="测试线路").click()
    expect(page.locator("#door-status")).to_have_class(re.compile("is-sent"), timeout=30_000)
    test = LineTest.objects.get()
    assert test.tried == 12
    assert test.kbit_s
    page.locator("[name=photograph]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    page.get_by_role("button", name="上传照片").click()
    expect(page.locator("#door-status")).to_have_text("照片已收到。")
    assert SitePhotograph.objects.get().width == 40
    expect(page.locator("#door-photographs")).to_have_text(re.compile("1 张"))
    with translation.override("zh-hans"):  # As the page speaks, whatever was spoken in this process before.
        said = test.get_verdict_display()
    expect(page.locator("#door-test")).to_have_text(re.compile(said))


def test_screen_is_said_with_one_button(opened: Tour, page: Page) -> None:
    page.get_by_role("button", name="画面正常").click()
    expect(page.locator("#door-status")).to_have_class(re.compile("is-sent"))
    assert ViewingSite.objects.get(pk=opened.site.pk).screen == "on"
    expect(page.locator("#door-screen")).to_have_text(re.compile("画面正常"))


def test_what_has_come_is_shown_without_loading_the_page_again(opened: Tour, page: Page) -> None:
    send_count(page, 80)
    expect(page.locator("#door-counts li")).to_have_text(re.compile("80"))
    page.locator("[name=note]").fill("写到一半")
    page.get_by_role("button", name="画面正常").click()
    expect(page.locator("#door-screen")).to_have_text(re.compile("画面正常"))
    expect(page.locator("[name=note]")).to_have_value("写到一半")


def test_what_to_do_comes_first_while_the_line_is_down(opened: Tour, page: Page) -> None:
    todo, screen = (page.locator(f"section:has(> h2:text-is('{title}'))") for title in ("线路中断怎么办", "画面"))
    assert todo.bounding_box()["y"] > screen.bounding_box()["y"]  # type: ignore[index]
    page.context.set_offline(True)
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    expect(page.locator("#door-status")).to_have_class(re.compile("is-waiting"))
    assert todo.bounding_box()["y"] < screen.bounding_box()["y"]  # type: ignore[index]
    page.context.set_offline(False)
    expect(page.locator("#door-status")).to_have_class(re.compile("is-sent"), timeout=15_000)
    assert todo.bounding_box()["y"] > screen.bounding_box()["y"]  # type: ignore[index]
