"""Somebody is left out: read why, try what would have to be loosened, look at both plans, allow it by name: docs/left-out.md step by step."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_every_page import _enter as enter
from tests.journeys.planned import planned, solved
from tests.journeys.screens import keep
from tests.planning.conftest import account

from ortoo.participation.models import Place
from ortoo.people.models import Role
from ortoo.planning.models import Plan
from ortoo.programmes.models import Programme

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.slow]
LOOSENED = "按下列放宽的限制，没有更低的方案。"


def test_a_loosening_is_read_tried_compared_and_allowed(
    page: Page, live_server: object, programme: Programme, axe: Callable[[Page], list[str]]
) -> None:
    enter(page, account("organiser", Role.Kind.ORGANISER, "150000"), live_server)
    first = planned(page, f"/p/{programme.key}/")
    saved = _read_why(page)
    keep(page, "left-out-why", page.locator("#why"))
    page.get_by_role("button", name="按此放宽办法试排").click()
    second = solved(page, LOOSENED)
    assert first.cost is not None and second.cost == first.cost - saved
    assert second.left_out == first.left_out - 1
    assert axe(page) == []
    _compare(page, second, axe)
    _allow_and_publish(page, second)
    assert Place.objects.filter(programme=programme).count() == first.counts["placed"] + 1
    expect(page.locator("#looser")).to_contain_text("县里有人代班")
    assert axe(page) == []
    keep(page, "left-out-allowed", page.locator("#looser"))


def _read_why(page: Page) -> int:
    """What the page of the first who is left out says that a loosening saves."""
    row = page.locator("#left-out li").first
    row.get_by_role("link").click()
    card = page.locator("#why")
    expect(card).to_contain_text("最省的放宽办法")
    found = re.search(r"总代价减少([\d,]+)", card.inner_text())
    assert found
    return int(found[1].replace(",", ""))


def _compare(page: Page, plan: Plan, axe: Callable[[Page], list[str]]) -> None:
    page.get_by_role("link", name="与原方案对比").click()
    expect(page.get_by_text("放宽的限制", exact=True)).to_be_visible()
    expect(page.get_by_text(plan.asked["looser"][0]["said"]["zh"])).to_be_visible()
    assert axe(page) == []
    keep(page, "left-out-compare")
    page.go_back()


def _allow_and_publish(page: Page, plan: Plan) -> None:
    page.get_by_role("link", name="公布…").click()
    button = page.get_by_role("button", name="批准并公布")
    button.click()
    expect(page).to_have_url(re.compile("/publish/$"))  # The browser asks for the reason first.
    page.get_by_label("为什么可以放宽").fill("县里有人代班")
    button.click()
    expect(page).to_have_url(re.compile("/notices/"))
    page.goto(f"/p/{plan.programme.key}/plans/{plan.number}/")
