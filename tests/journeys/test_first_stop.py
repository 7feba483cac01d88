"""From a tour's plan in a workbook to the figure of who was reached: docs/first-stop.md step by step, with the real hub."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.screens import keep
from tests.servers.live import ROOT, LiveApp
from tests.servers.shell import Shell

from ortoo.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("live")]
PLAN = ROOT / "tests" / "data" / "tour" / "tour.xlsx"
PASSWORD = "steppe-relay-2027"
FIRST, LAST, YEAR = date(2023, 6, 19), date(2023, 7, 13), 2023
DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")
BUILD = """
import sys; sys.path.insert(0, {root!r})
from datetime import date
from tests.intake import conftest as intake
intake.record_directory()
from tests.planning.conftest import account
from ortoo.kernel.actor import SYSTEM
from ortoo.people.models import Unit
from ortoo.programmes.domain.programme import start_tour
made = account("organiser", "organiser", "150000")
made.set_password({password!r})
made.save()
tour = start_tour("巡讲", unit=Unit.objects.get(kind="region"), starts=date.fromisoformat({first!r}),
                  ends=date.fromisoformat({last!r}), by=SYSTEM)
print(tour.key)
"""
STOPS = """
from ortoo.programmes.models import Leg
for leg in Leg.objects.filter(programme__kind="tour").prefetch_related("halls"):
    free = sorted(day for hall in leg.halls.all() for day in hall.free)
    print(leg.pk, leg.mark or "-", leg.name, *free)
"""


@dataclass
class House:
    """The product with an empty tour; `plan` is its workbook, moved so that the first stop can be held today."""

    app: LiveApp
    shell: Shell
    browser: Browser
    key: str
    plan: bytes

    def page(self, path: str = "", width: int = 1366, height: int = 768) -> Page:
        """A page in a browser that knows nothing of the others."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="en-GB", base_url=self.app.url, accept_downloads=True
        )
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        if path:
            page.goto(path)
        return page


@pytest.fixture
def house(browser: Browser, tmp_path: Path, ready_database: str) -> Iterator[House]:
    """The first free day of the first stop becomes today."""
    move = clock.today() - _first_free_day()
    with Shell(tmp_path / "var", ready_database) as shell:
        days = {"first": (FIRST + move).isoformat(), "last": (LAST + move).isoformat()}
        key = shell.run(BUILD.format(root=str(ROOT), password=PASSWORD, **days))
        app = LiveApp(tmp_path / "var", ready_database)
        app.start()
        yield House(app, shell, browser, key, _moved(move))
        for context in browser.contexts:
            context.close()
        app.stop()


def _first_free_day() -> date:
    sheet = openpyxl.load_workbook(PLAN)["站点"]
    heads, *rows = sheet.iter_rows(values_only=True)
    marked = [dict(zip(heads, row, strict=True)) for row in rows if "首站" in row]
    return min(date(YEAR, int(m), int(d)) for row in marked for m, d in DAY.findall(str(row["可用日期"])))


def _moved(move: timedelta) -> bytes:
    book = openpyxl.load_workbook(PLAN)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = DAY.sub(lambda found: _day(date(YEAR, int(found[1]), int(found[2])) + move), cell.value)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def test_first_stop_from_the_plan_to_the_ledger(house: House, tmp_path: Path) -> None:
    desk = house.page()
    _sign_in(desk)
    _take_in(desk, house, tmp_path)
    _plan(desk, house)
    _prepare(desk, house)
    _take_itinerary_away(desk, house)
    door = _register_site(desk, house)
    _hold(desk, house, door)
    _read_the_ledger(desk, house)


def _sign_in(page: Page) -> None:
    page.goto("/sign-in/")
    page.locator("[name=username]").fill("organiser")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r":\d+/$"))


def _take_in(page: Page, house: House, folder: Path) -> None:
    file = folder / "tour.xlsx"
    file.write_bytes(house.plan)
    page.goto(f"/p/{house.key}/tour-file/")
    page.locator("[name=plan]").set_input_files(file)
    page.get_by_role("button", name="Read and look").click()
    expect(page.get_by_text("Nothing is saved yet")).to_be_visible()
    keep(page, "tour-file")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("changes are applied")).to_be_visible()


def _plan(page: Page, house: House) -> None:
    first = next(line.split() for line in house.shell.run(STOPS).splitlines() if line.split()[1] == "first")
    page.goto(f"/p/{house.key}/plan-route/")
    page.locator(f"[name=day_{first[0]}]").fill(clock.today().isoformat())
    page.get_by_role("button", name="Plan the route").click()
    expect(page.get_by_text("Proved: no route that keeps the rules is shorter.")).to_be_visible(timeout=30_000)
    expect(page.locator(".chart-canvas.is-drawn canvas").first).to_be_visible()
    keep(page, "tour-route")
    page.get_by_role("button", name="Adopt this route").click()
    expect(page).to_have_url(re.compile("/route/$"))


def _prepare(page: Page, house: House) -> None:
    page.goto(f"/p/{house.key}/order/?leg=1")
    page.get_by_role("button", name=re.compile(r"^Put all \d on$")).click()
    expect(page.get_by_text("8 talks").first).to_be_visible()


def _take_itinerary_away(page: Page, house: House) -> None:
    page.goto(f"/p/{house.key}/itinerary/")
    expect(page.get_by_text("6 stops have a day")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Whole tour, pdf").click()
    assert download.value.suggested_filename.endswith(".pdf")


def _register_site(page: Page, house: House) -> str:
    """The secret link of the site that was registered."""
    page.goto(f"/p/{house.key}/sites/add/?leg=1")
    unit = house.shell.run('from ortoo.people.models import Unit; print(Unit.objects.filter(kind="station").first().code)')
    for name, value in (
        ("name", "Service hall"),
        ("unit", unit),
        ("person_in_charge", "演示"),
        ("contact", "0"),
        ("expected", "80"),
    ):
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Save").click()
    link = page.locator("a[href*='/site/']").first
    return str(link.get_attribute("href"))


def _hold(desk: Page, house: House, door: str) -> None:
    """Two viewers on telephones, one of whom asks; a site that counts heads; the moderator puts the question on the wall."""
    desk.goto(f"/p/{house.key}/live/?leg=1")
    desk.locator("#turn").click()
    expect(desk.locator("#turn")).to_have_attribute("value", "close")
    watch, wall = (str(desk.locator(f"p.link a[href*='/{screen}/']").first.get_attribute("href")) for screen in ("watch", "wall"))
    first, second = (house.page(watch, 360, 740) for _viewer in range(2))
    wall_screen = house.page(wall, 1920, 1080)
    desk.locator("#stage-next").click()
    title = desk.locator(".desk-order li[aria-current=true] button").inner_text()
    for screen in (first, second, wall_screen):
        expect(screen.locator("#stage-title")).to_have_text(title)
    first.locator("#ask-text").fill("夜里怎么巡线?")
    first.locator("#ask button[type=submit], #ask button:not([type])").first.click()
    item = desk.locator("[data-state=waiting] li", has_text="夜里怎么巡线?")
    item.get_by_role("button", name="Put on the screen").click()
    expect(wall_screen.locator(".screen-question")).to_have_text("夜里怎么巡线?")
    keep(wall_screen, "tour-wall")
    keep(first, "tour-viewer")
    site = house.page(door, 360, 740)
    site.locator("[name=heads]").fill("76")
    site.get_by_role("button", name="Send the count").click()
    expect(site.locator("#door-status")).to_have_class(re.compile("is-sent"))
    desk.locator("#turn").click()
    expect(desk.locator("#turn")).to_have_attribute("value", "open")


def _read_the_ledger(page: Page, house: House) -> None:
    page.goto(f"/p/{house.key}/reach/")
    expect(page.locator("dl.figures a[href*='provenance=reported']")).to_have_text("76")
    expect(page.locator("dl.figures a[href*='provenance=devices']")).to_have_text("2")
    keep(page, "tour-reach")
