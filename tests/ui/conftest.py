"""The browser, and the style page also where debugging is off."""

from tests.browser.chromium import axe, browser, page

__all__ = ["axe", "browser", "page"]
