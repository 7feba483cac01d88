"""Pages of programmes and of participation in a real Chromium: usable, fitting, by keyboard alone."""

from collections.abc import Callable

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page, expect
from tests.programmes.stage import Stage, build

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.nomination import NominationDraft, nominate
from ortoo.participation.domain.place import give_places
from ortoo.people.models import Account
from ortoo.programmes.domain.duty import DutyDraft, copy_template, set_template, tick_off
from ortoo.programmes.domain.programme import open_programme
from ortoo.programmes.domain.role import give_role
from ortoo.programmes.models import Duty, Leg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    ("organiser", "/"),
    ("organiser", "/programmes/"),
    ("organiser", "/programmes/new/"),
    ("organiser", "/p/{key}/"),
    ("organiser", "/p/{key}/change/"),
    ("organiser", "/p/{key}/legs/"),
    ("organiser", "/p/{key}/roles/"),
    ("organiser", "/p/{key}/duties/?leg=2"),
    ("organiser", "/p/{key}/duties/add/"),
    ("organiser", "/p/{key}/duties/list/"),
    ("organiser", "/p/{key}/duties/copy/"),
    ("organiser", "/p/{key}/duties/paper/"),
    ("organiser", "/p/{key}/people/"),
    ("clerk", "/p/{key}/legs/"),
    ("host", "/"),
    ("participant", "/mine/"),
    ("administrator", "/mine/"),
]


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """An open programme with duties, people and a place."""
    made = build()
    set_template(made.programme, [DutyDraft("查房", "后勤", 7), DutyDraft("订餐", "食堂", 2)], by=SYSTEM)
    copy_template(made.programme, by=SYSTEM)
    give_role(made.programme, made.other_clerk, "host", by=SYSTEM)
    open_programme(made.programme, by=SYSTEM)
    blocked = [["2026-06-01", "2026-06-10"]]
    nominate(made.programme, [NominationDraft(made.persons["000101"], wish=2, blocked=blocked)], by=SYSTEM)
    give_places(made.programme, [(made.persons["000101"].pk, Leg.objects.get(ordinal=2))], source="plan:1", by=SYSTEM)
    tick_off(Duty.objects.filter(leg__ordinal=2)[0], "好", by=made.host)
    return made


def enter(page: Page, account: Account, server: object) -> None:
    session = SessionStore()
    session.update({SESSION_KEY: str(account.pk), BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend"})
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    page.context.add_cookies([{"name": "ortoo_session", "value": str(session.session_key), "url": str(server)}])


def test_pages_are_usable_and_fit(stage: Stage, page: Page, axe: Callable[[Page], list[str]], live_server: object) -> None:
    for role, address in PAGES:
        enter(page, stage.everybody[role], live_server)
        for width, height in ((1366, 768), (360, 740)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(address.format(key=stage.programme.key))
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, (address, width)
            assert axe(page) == [], (address, width)


def test_duty_is_ticked_off_by_keyboard_alone(stage: Stage, page: Page, live_server: object) -> None:
    enter(page, stage.host, live_server)
    page.goto(f"/p/{stage.programme.key}/duties/?leg=3")
    page.locator(".duty input[name=note]").first.focus()
    page.keyboard.type("两间漏水")
    page.keyboard.press("Enter")
    expect(page.locator(".duty.is-done")).to_have_count(1)
    assert Duty.objects.filter(leg__ordinal=3, done_at__isnull=False).get().note == "两间漏水"


def test_terms_are_changed_without_scripts(stage: Stage, page: Page, live_server: object) -> None:
    page.route("**/*.js", lambda route: route.fulfill(status=200, body="", content_type="text/javascript"))
    enter(page, stage.organiser, live_server)
    page.goto(f"/p/{stage.programme.key}/legs/")
    page.locator("#id_leg-0-capacity").fill("77")
    page.locator("button[name=more]").click()
    expect(page.locator("#id_leg-0-capacity")).to_have_value("77")
    page.locator("#id_leg-3-name").fill("第四期")
    page.locator("#id_leg-3-starts").fill("2030-03-04")
    page.locator("#id_leg-3-ends").fill("2030-03-20")
    page.locator("form.rows button.button-primary").click()
    expect(page.locator("#id_leg-3-name")).to_have_value("第四期")
    assert list(Leg.objects.values_list("capacity", flat=True)) == [77, 2, 2, None]


def test_route_line_on_paper_is_whole(stage: Stage, page: Page, live_server: object) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    enter(page, stage.organiser, live_server)
    page.goto(f"/p/{stage.programme.key}/legs/")
    width = "document.querySelector('.route').scrollWidth - document.querySelector('.route').clientWidth"
    assert page.evaluate(width) > 0
    page.emulate_media(media="print")
    assert page.evaluate(width) <= 0
