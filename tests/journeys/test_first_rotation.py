"""From an empty system to published notices, with the twelve returns, by clicks alone: docs/first-rotation.md step by step."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.screens import keep
from tests.servers.live import LiveApp

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"
RETURNS = sorted((ROSTERS / "returns").iterdir())
PASSWORD = "steppe-relay-2027"

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def product(tmp_path: Path, own_database: str) -> Iterator[LiveApp]:
    """An empty Ortoo on the engine of this run."""
    found = LiveApp(tmp_path / "var", own_database)
    found.start()
    yield found
    found.stop()


@pytest.fixture
def page(browser: Browser, product: LiveApp) -> Iterator[Page]:
    """An officer's browser that asks nobody but Ortoo."""
    context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN", base_url=product.url)
    elsewhere: list[str] = []
    context.on("request", lambda r: None if r.url.startswith((product.url, "data:", "blob:")) else elsewhere.append(r.url))
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()
    assert elsewhere == []


def test_first_rotation_from_nothing_to_notices(page: Page, product: LiveApp, axe: Callable[[Page], list[str]]) -> None:
    secret = re.search(r"^\s+admin\s+(\S+)", "".join(product.said), re.M)
    assert secret, product.said
    _sign_in(page, "admin", secret[1])
    _choose_password(page, secret[1])
    _take_in_units(page)
    _open_organiser(page)
    _start_programme(page)
    _send_returns(page)
    _look_and_apply(page, axe)
    _plan(page, axe)
    _publish(page)
    _notices(page)


def _sign_in(page: Page, name: str, password: str) -> None:
    page.goto("/sign-in/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")


def _choose_password(page: Page, old: str) -> None:
    expect(page).to_have_url(re.compile("/password/"))
    page.fill("[name=old]", old)
    page.fill("[name=new]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def _take_in_units(page: Page) -> None:
    page.goto("/units/intake/")
    page.set_input_files("input[type=file]", ROSTERS / "units.xlsx")
    page.get_by_role("button", name="读取名录").click()
    page.get_by_role("button", name="入库", exact=True).click(timeout=60_000)
    expect(page.get_by_text("已入库").first).to_be_visible(timeout=60_000)
    page.goto("/units/150102/")
    expect(page.get_by_role("heading", level=1)).to_have_text("新城区")


def _open_organiser(page: Page) -> None:
    page.goto("/accounts/")
    page.fill("[name=username]", "organiser")
    page.select_option("[name=kind]", "organiser")
    page.fill("[name=unit]", "150000")
    page.get_by_role("button", name="开通账号").click()
    secret = page.locator("dd code").inner_text()
    page.context.clear_cookies()
    _sign_in(page, "organiser", secret)
    _choose_password(page, secret)


def _start_programme(page: Page) -> None:
    page.goto("/programmes/new/")
    page.fill("[name=title]", "2023年度轮训")
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/p/\w+/"))
    key = re.search(r"/p/(\w+)/", page.url)
    assert key
    page.goto(f"/p/{key[1]}/rules/")
    page.set_input_files("input[type=file]", ROSTERS / "rules.toml")
    page.get_by_role("button", name="采用此文件").click()
    expect(page.get_by_text("已采用规则文件中的期次和规则。")).to_be_visible()
    page.goto(f"/p/{key[1]}/")
    page.locator("button[value=open], form[action*=open] button").first.click()


def _send_returns(page: Page) -> None:
    key = re.search(r"/p/(\w+)/", page.url)
    assert key
    page.goto(f"/p/{key[1]}/returns/")
    page.set_input_files("input[type=file]", RETURNS)
    page.get_by_role("button", name="读取这些文件").click()
    expect(page).to_have_url(re.compile(r"/returns/1/"), timeout=60_000)


def _look_and_apply(page: Page, axe: Callable[[Page], list[str]]) -> None:
    here = re.sub(r"(/returns/1/).*", r"\1", page.url)
    expect(page.get_by_text("1,101").first).to_be_visible(timeout=60_000)
    page.goto(f"{here}problems/")
    assert axe(page) == []
    page.goto(f"{here}preview/")
    assert axe(page) == []
    keep(page, "preview")
    page.goto(here)
    page.get_by_role("button", name="入库").first.click()
    expect(page.get_by_text("入库。").first).to_be_visible(timeout=60_000)


def _plan(page: Page, axe: Callable[[Page], list[str]]) -> None:
    key = re.search(r"/p/(\w+)/", page.url)
    assert key
    page.goto(f"/p/{key[1]}/plans/")
    page.get_by_role("button", name="排期", exact=True).click()
    expect(page.get_by_text("已证明:守规则的方案没有更低的。")).to_be_visible(timeout=60_000)
    assert axe(page) == []
    keep(page, "board")


def _publish(page: Page) -> None:
    page.get_by_role("link", name="公布…").click()
    page.get_by_role("button", name="立即公布").click()
    expect(page).to_have_url(re.compile("/notices/"))


def _notices(page: Page) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="全部打包下载").click()
    names = zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())).namelist()
    assert len(names) == 36
    assert {name.rsplit(".", 1)[1] for name in names} == {"xlsx", "docx", "pdf"}
