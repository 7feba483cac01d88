"""A copy changed in a real browser: by number keys, by dragging, refused with the reason, and nothing hard to use."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.test_keyboard import BUILD, PASSWORD
from tests.servers.live import ROOT, LiveApp
from tests.servers.shell import Shell

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.slow]

PLANNED = """
from ortoo.kernel import jobs
from ortoo.kernel.actor import SYSTEM
from ortoo.planning.domain.by_hand import copy_plan
from ortoo.planning.domain.plan import start_plan
from ortoo.programmes.models import Programme
plan = start_plan(Programme.objects.get(), by=SYSTEM)
jobs.run(plan.job_id)
plan.refresh_from_db()
print(plan.programme.key, copy_plan(plan, by=SYSTEM).number)
"""


@pytest.fixture
def app(tmp_path: Path, ready_database: str) -> Iterator[LiveApp]:
    """A copy of a plan of 120 people, and its organiser."""
    with Shell(tmp_path / "var", ready_database) as shell:
        said = shell.run(BUILD.format(root=str(ROOT), password=PASSWORD) + PLANNED)
    found = LiveApp(tmp_path / "var", ready_database)
    found.start()
    found.copy = said.split()[-2:]  # type: ignore[attr-defined]
    yield found
    found.stop()


def test_people_are_moved_by_key_and_by_dragging(browser: Browser, app: LiveApp, axe: Callable[[Page], list[str]]) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN", base_url=app.url)
    page = context.new_page()
    page.goto("/sign-in/")
    page.fill("[name=username]", "organiser")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    key, number = app.copy  # type: ignore[attr-defined]
    here = f"/p/{key}/plans/{number}/hand/"
    page.goto(here)
    assert axe(page) == []
    _by_key(page)
    _by_drag(page)
    for address in (page.url, f"/p/{key}/plans/{number}/compare/", f"/p/{key}/plans/{number}/what-if/", f"/p/{key}/plans/1/"):
        page.goto(address)
        assert axe(page) == []
    context.close()


def _by_key(page: Page) -> None:
    """0 takes the place away, whatever the rules say; the name then stands in the last column."""
    card = page.locator("[data-term='1'] .hand-card, [data-term='2'] .hand-card").first
    person = card.get_attribute("data-person")
    card.focus()
    page.keyboard.press("0")
    expect(page.locator(f"[data-term='0'] [data-person='{person}']")).to_be_visible()
    expect(page.get_by_text(re.compile("已调整，总代价增加"))).to_be_visible()


def _by_drag(page: Page) -> None:
    """While it is dragged every column says the price; dropped, the card stands there or the page says what it breaks."""
    card = page.locator("[data-term='0'] .hand-card").first
    person = card.get_attribute("data-person")
    page.wait_for_load_state()  # The page goes to the board once it is loaded: only then it stands still.
    card.hover()
    page.mouse.down()
    target = page.locator("[data-term='3']").bounding_box()
    assert target
    page.mouse.move(target["x"] + 30, target["y"] + 60, steps=8)
    expect(page.locator("[data-term='3'] .hand-price")).not_to_be_empty()
    breaks = "is-breaking" in (page.locator("[data-term='3']").get_attribute("class") or "")
    with page.expect_navigation():
        page.mouse.up()
    if breaks:
        expect(page.get_by_text(re.compile("未调整"))).to_be_visible()
    else:
        expect(page.locator(f"[data-term='3'] [data-person='{person}']")).to_be_visible()
