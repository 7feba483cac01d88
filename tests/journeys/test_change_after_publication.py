"""Published, somebody falls away, planned again with least change, two notices: docs/change-after-publication.md step by step."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_every_page import _enter as enter
from tests.journeys.planned import planned, solved
from tests.journeys.screens import keep
from tests.planning.conftest import account

from ortoo.participation.models import Place
from ortoo.people.models import Account, Role
from ortoo.planning.models import Plan
from ortoo.programmes.models import Programme

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.slow]


def test_a_person_falls_away_and_two_notices_go_out(
    page: Page, live_server: object, programme: Programme, axe: Callable[[Page], list[str]]
) -> None:
    enter(page, account("organiser", Role.Kind.ORGANISER, "150000"), live_server)
    home = f"/p/{programme.key}/"
    first = planned(page, home)
    _publish(page, home, first)
    expect(page.locator("main tbody tr")).not_to_have_count(2)
    gone, waits = _pair(first)
    second = _plan_again(page, home, first, gone)
    assert axe(page) == []
    assert second.optimal and second.counts["changes"] == 0
    assert not second.places.filter(person__staff_no=gone).exists()
    assert second.places.get(person__staff_no=waits).leg is not None
    _compare(page, home, second)
    _publish(page, home, second)
    _only_two_are_told(page, second, {gone, waits})
    keep(page, "change-notices")
    page.goto(f"{home}plans/{second.number}/")
    expect(page.locator("#history li")).to_have_count(2)
    assert not Place.objects.filter(person__staff_no=gone).exists()
    _clerks_read_it(page, live_server, first, gone)


def _publish(page: Page, home: str, plan: Plan) -> None:
    page.goto(f"{home}plans/{plan.number}/")
    page.get_by_role("link", name="公布…").click()
    page.get_by_role("button", name="立即公布").click()
    expect(page).to_have_url(re.compile("/notices/"))


def _pair(plan: Plan) -> tuple[str, str]:
    """Somebody with a place, and somebody of the same county without one, who may take it."""
    left = plan.places.filter(leg=None).select_related("person__unit").order_by("person__staff_no").first()
    assert left
    blocked = plan.programme.nominations.get(person_id=left.person_id).blocked
    county = plan.places.filter(person__unit__parent=left.person.unit.parent_id, leg__isnull=False, person__sex=left.person.sex)
    for place in county.select_related("person", "leg").order_by("person__staff_no"):
        starts, ends = place.leg.starts.isoformat(), place.leg.ends.isoformat()
        if all(last < starts or first > ends for first, last in blocked):
            return place.person.staff_no, left.person.staff_no
    raise AssertionError("nobody could take another's place")


def _plan_again(page: Page, home: str, plan: Plan, gone: str) -> Plan:
    page.goto(f"{home}plans/{plan.number}/")
    page.get_by_role("link", name="改动最少地重排").click()
    page.fill("[name=gone]", gone)
    keep(page, "change-again")
    page.locator("main form button.button-primary").click()
    return solved(page, "已证明：守规则就不能再少。")


def _compare(page: Page, home: str, plan: Plan) -> None:
    page.get_by_role("link", name="与原方案对比").click()
    expect(page).to_have_url(re.compile(f"{home}plans/{plan.number}/compare/"))
    keep(page, "change-compare")


def _only_two_are_told(page: Page, plan: Plan, people: set[str]) -> None:
    """The county and its prefecture get a notice each, with these people and no others."""
    expect(page.locator("main tbody tr")).to_have_count(2)
    everybody = set(plan.programme.nominations.values_list("person__staff_no", flat=True)) | people
    for link in page.locator("main tbody a[href$='.xlsx']").all():
        with page.expect_download() as waiting:
            link.click()
        sheet = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes())).active
        cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
        assert cells & everybody == people


def _clerks_read_it(page: Page, server: object, plan: Plan, gone: str) -> None:
    """The prefecture's clerk finds it on the home page, another prefecture's does not."""
    mine = plan.places.get(person__staff_no=gone).person.unit.parent.parent.code
    for code, told in ((mine, 1), ("150300" if mine != "150300" else "150400", 0)):
        page.context.clear_cookies()
        enter(page, _clerk(code), server)
        page.goto("/")
        expect(page.get_by_text("本单位有人的期次作了调整。")).to_have_count(told)


def _clerk(code: str) -> Account:
    return account(f"clerk-{code}", Role.Kind.CLERK, code)
