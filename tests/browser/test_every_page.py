"""Every page that an organiser or an administrator may open, in a real Chromium: usable, and fitting a telephone.

`page` fails on errors in the console and on any request to elsewhere.
"""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from playwright.sync_api import Page
from tests.factories.cast import Cast, build_cast
from tests.rights.rows.every import every_row

from ortoo.people.models import Account

PAGES = every_row(
    "people",
    "intake",
    "planning",
    "tour",
    "delegations",
    "quotas",
    "doors",
    "learning",
    "live",
    "live_session",
    "outcomes",
    "calendar",
    "rooms",
    "tour_file",
    "itinerary",
)
ROWS = [row for row in PAGES if row.method == "get" and not row.name.startswith("api:")]
FILES = (
    "reach-file",
    "names-file",
    "tickets",
    "rules-file",
    "notice",
    "notices-zip",
    "marked",
    "marked-all",
    "form",
    "forms-all",
    "clerks",
    "photograph",
    "door-sample",
    "door-list",
    "door-worker",
    "branch",
    "quota-branch",
    "quota-candidates-file",
    "quota-shares-file",
    "calendar-file",
    "rooms-first",
    "rooms-doors",
    "rooms-sheet",
    "itinerary-whole",
    "itinerary-stop",
    "itinerary-speaker",
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Everybody, on a small stage."""
    return build_cast()


@pytest.mark.parametrize("role", ["organiser", "administrator"])
def test_pages_are_usable_and_fit(
    role: str, cast: Cast, page: Page, live_server: object, axe: Callable[[Page], list[str]]
) -> None:
    account = cast.who(role)
    assert account is not None
    _enter(page, account, live_server)
    wrong = []
    for row in ROWS:
        if row.expected[role] != 200 or row.name.split(":")[1] in FILES:
            continue
        address = reverse(row.name, kwargs=row.kwargs(cast))
        page.set_viewport_size({"width": 360, "height": 740})
        answer = page.goto(address)
        assert answer is not None and answer.status == 200, address
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wrong.append(f"{row.name}: wider than a telephone")
        page.set_viewport_size({"width": 1366, "height": 768})
        wrong += [f"{row.name}: {found}" for found in axe(page)]
    assert wrong == []


def _enter(page: Page, account: Account, server: object) -> None:
    session = SessionStore()
    session.update({SESSION_KEY: str(account.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[-1]})
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or "", "url": str(server)}
    page.context.add_cookies([cookie])
