"""A real Chromium for tests: `browser` once a run, `page` for each test, `axe` to ask it what is hard to use.

The browser is the one of the system (ORTOO_CHROMIUM, or chromium on the PATH); a test is skipped where there is none.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect, sync_playwright
from tests.servers.plugin import needs

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
PATH = os.environ.get("ORTOO_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
# A browser that calls home of its own accord would hide a page that does.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
SERIOUS = ("serious", "critical")
# A machine under load is slow, not wrong.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    needs("Chromium (or ORTOO_CHROMIUM, which says where it is)", PATH)
    # The browser's own loop runs in this thread; Django would refuse to clean the database after a test.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PATH, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_server: object) -> Iterator[Page]:
    """A page in Chinese on an officer's screen. Console errors and requests to elsewhere fail the test."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", base_url=str(live_server))
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("console", lambda message: wrong.append(message.text) if _is_wrong(message) else None)
    page.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if _is_missing(answer) else None)
    page.on("request", lambda request: wrong.append(request.url) if _elsewhere(request.url, str(live_server)) else None)
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """What axe-core finds serious or critical on a page, one line each."""

    def run(page: Page) -> list[str]:
        # evaluate() goes through the debugger, which the page's own CSP does not bind.
        page.evaluate(AXE)
        found = page.evaluate("axe.run()")["violations"]
        return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found if each["impact"] in SERIOUS]

    return run


def _is_wrong(message: ConsoleMessage) -> bool:
    return message.type == "error" and not message.text.startswith("Failed to load resource")


def _is_missing(answer: Response) -> bool:
    return answer.status >= 400 and answer.request.resource_type != "document"


def _elsewhere(url: str, origin: str) -> bool:
    return not url.startswith((origin, "data:", "blob:", "about:"))
