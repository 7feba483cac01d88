"""Pictures for the docs, kept in build/screens where ORTOO_SCREENS=1 asks for them."""

import os
from pathlib import Path

from playwright.sync_api import Page

SCREENS = Path(__file__).parents[2] / "build" / "screens"


def keep(page: Page, name: str) -> None:
    """What the window shows now, from the top of the page."""
    if os.environ.get("ORTOO_SCREENS"):
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=SCREENS / f"{name}.png")
