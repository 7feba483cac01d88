"""Quota → county fills → deadline → substitution, in a real Chromium, each with their own sign-in."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_every_page import _enter as enter
from tests.journeys.screens import keep
from tests.programmes.stage import Stage, account, build

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.participation.models import Nomination
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.people.models import Account, Role
from ortoo.programmes.domain.programme import open_programme

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """An open rotation; the county has a clerk and three people."""
    stage = build()
    open_programme(stage.programme, by=SYSTEM)
    unit = stage.units["150101001"].pk
    record_persons([PersonDraft(f"0009{n}", f"学员{n}", "女", unit, "教员") for n in range(3)], by=SYSTEM)
    account("county", Role.Kind.CLERK, stage.units["150101"])
    return stage


@pytest.fixture
def as_who(page: Page, live_server: object) -> Callable[[str], None]:
    """Signs another account in."""

    def change(username: str) -> None:
        page.context.clear_cookies()
        enter(page, Account.objects.get(username=username), live_server)

    return change


def test_quota_is_filled_and_after_the_deadline_substituted(
    page: Page, stage: Stage, as_who: Callable[[str], None], axe: Callable[[Page], list[str]]
) -> None:
    home = f"/p/{stage.programme.key}/quotas/"
    as_who("organiser")
    page.goto(home)
    page.fill("[name=count]", "4")
    page.click("form[action$='/total/'] button")
    page.click("section.tree summary a, section.tree a")
    _share(page, "甲市", "3")
    keep(page, "quota-tree")
    as_who("clerk")
    page.goto(home)
    page.click("section.tree a")
    _share(page, "甲东区", "2")
    as_who("county")
    page.goto("/")
    page.locator("main a[href*='/quotas/']").first.click()
    page.check("label:has-text('学员0') input")
    page.check("label:has-text('学员1') input")
    page.click("form[action$='/people/add/'] button.button-primary")
    expect(page.locator(".plain-list")).to_contain_text("待审核")
    keep(page, "quota-people")
    assert axe(page) == []
    for who, do in (("clerk", "approve"), ("organiser", "confirm")):
        as_who(who)
        page.goto(f"{home}decide/")
        page.locator("[name=rows_all]").check()
        page.click(f"button[value={do}]")
        expect(page.locator("main")).to_contain_text("2人")
    assert set(Nomination.objects.values_list("person__name", flat=True)) == {"学员0", "学员1"}
    _deadlines(page, home, fill=-1, substitute=1)
    as_who("county")
    _substitute(page, home, "学员0", "学员2")
    expect(page.locator(".plain-list")).to_contain_text("替换学员0")
    keep(page, "quota-substituted")
    assert set(Nomination.objects.values_list("person__name", flat=True)) == {"学员1"}
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("li:has-text('学员2') button").click()
    page.check("label:has-text('学员0') input")
    page.click("form[action$='/people/add/'] button.button-primary")
    expect(page.locator("main")).to_contain_text("推荐已截止")
    as_who("organiser")
    _deadlines(page, home, fill=-2, substitute=-1)
    as_who("county")
    _substitute(page, home, "学员1", "学员0")
    expect(page.locator("main")).to_contain_text("替换和撤回已截止")
    assert axe(page) == []


def _share(page: Page, unit: str, count: str) -> None:
    page.locator(f"tr:has-text('{unit}') input.given").fill(count)
    page.click("form[action$='/pass/'] button")
    expect(page.locator(f"tr:has-text('{unit}') input.given")).to_have_value(count)


def _deadlines(page: Page, home: str, fill: int, substitute: int) -> None:
    """Hours from now; typed as the programme's own time of day."""
    page.goto(home)
    now = clock.now().astimezone(ZoneInfo("Asia/Shanghai"))
    for name, hours in (("fill_until", fill), ("substitute_until", substitute)):
        page.fill(f"[name={name}]", f"{now + timedelta(hours=hours):%Y-%m-%dT%H:%M}")
    page.click("form[action$='/deadlines/'] button")


def _substitute(page: Page, home: str, old: str, new: str) -> None:
    page.goto(home)
    page.click("section.tree a")
    page.click(".page-actions a")
    page.locator(f"li.role-row:has-text('{old}') a").click()
    page.check(f"label:has-text('{new}') input")
    page.click("form[method=post] button.button-primary")
