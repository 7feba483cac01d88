"""Pictures for the docs, kept in build/screens where ORTOO_SCREENS=1 asks for them."""

import os
from pathlib import Path

from playwright.sync_api import Locator, Page

SCREENS = Path(__file__).parents[2] / "build" / "screens"


def keep(page: Page, name: str, at: Locator | None = None) -> None:
    """What the window shows now, from the top of the page or of a part of it."""
    if os.environ.get("ORTOO_SCREENS"):
        SCREENS.mkdir(parents=True, exist_ok=True)
        top = at.evaluate("part => part.getBoundingClientRect().top + scrollY - 16") if at else 0
        page.evaluate(f"scrollTo(0, {top})")
        page.screenshot(path=SCREENS / f"{name}.png")
