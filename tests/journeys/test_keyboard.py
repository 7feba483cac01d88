"""Planning and publishing with nothing but Tab, Enter and typing."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.planned import solved
from tests.planning.conftest import account, build_rotation

from ortoo.people.models import Role

# Keys and dragging are the browser's, the same on both engines; the verbs behind them are tested on each.
pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "steppe-relay-2027"


@pytest.mark.usefixtures("transactional_db", "in_march")
def test_plan_is_made_and_published_by_keyboard_alone(page: Page) -> None:
    build_rotation(120)
    organiser = account("organiser", Role.Kind.ORGANISER, "150000")
    organiser.set_password(PASSWORD)
    organiser.save()
    page.goto("/sign-in/")
    _tab_to(page, "username")
    page.keyboard.type("organiser")
    _tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r":\d+/$"))
    _open(page, "排期", "/plans/$")
    _open(page, "排期", r"/plans/1/$")
    solved(page)
    _open(page, "公布…", "/publish/$")
    _open(page, "立即公布", "/notices/$")
    expect(page.get_by_role("link", name=re.compile("^pdf")).first).to_be_visible()


def _open(page: Page, text: str, address: str) -> None:
    """Go on by the link or button of this text until the address is that of the next step."""
    for _try in range(3):
        _tab_to(page, text, "main")
        page.keyboard.press("Enter")
        try:
            page.wait_for_url(re.compile(address), timeout=10_000)
            page.wait_for_load_state("load")
            return
        except Exception:
            page.keyboard.press("Tab")
    raise AssertionError(f"{text} does not lead to {address}, but to {page.url}")


def _tab_to(page: Page, wanted: str, inside: str = "body") -> None:
    """Press Tab until the focus is on what has this name or this text."""
    for _step in range(120):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "inside => { const e = document.activeElement; return e.closest(inside) ? [e.name || '', e.innerText || ''] : ['', ''] }",
            inside,
        )
        if wanted == found[0] or found[1].strip().startswith(wanted):
            return
    raise AssertionError(f"Tab never comes to {wanted}")
