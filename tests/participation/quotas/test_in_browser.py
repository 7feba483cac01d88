"""A clerk's page that stays open: what is put forward moves over in it, and what did not arrive is said beside what was ticked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.test_every_page import _enter as enter
from tests.participation.quotas.tree import Tree, build_tree
from tests.programmes.stage import build

from ortoo.participation.quotas.models import Candidate

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def tree(transactional_db: None) -> Tree:
    return build_tree(build())


@pytest.fixture
def page(browser: Browser, live_server: object) -> Iterator[Page]:
    """A page of its own: what fails here on purpose is in the console too."""
    context = browser.new_context(locale="zh-CN", base_url=str(live_server))
    yield context.new_page()
    context.close()


def test_people_move_over_and_nothing_ticked_is_lost(page: Page, tree: Tree, live_server: object) -> None:
    enter(page, tree.county_clerk, live_server)
    page.goto(f"/p/{tree.stage.programme.key}/quotas/{tree.county.pk}/people/")
    box, send = page.locator(f"#person-{tree.people[1].pk} input"), page.locator("form[action$='/people/add/'] button")
    expect(page.locator(".put-forward")).to_be_hidden()
    page.check(f"#person-{tree.people[0].pk} input")
    send.click()
    expect(page.locator("#put-forward li")).to_have_count(1)
    expect(page.locator(f"#person-{tree.people[0].pk}")).to_have_count(0)
    expect(page.locator("#messages .notice-success")).to_be_visible()

    box.check()
    page.route("**/people/add/", lambda route: route.abort())
    send.click()
    expect(page.locator("#messages .notice-error")).to_contain_text("再次发送")
    page.unroute("**/people/add/")
    page.context.clear_cookies(name="ortoo_session")
    send.click()
    expect(page.locator("#messages .notice-error a")).to_have_attribute("href", "/sign-in/")
    expect(box).to_be_checked()

    enter(page, tree.county_clerk, live_server)  # As in another tab: a new sign-in, and with it a new token.
    page.context.add_cookies([{"name": "csrftoken", "value": "n" * 32, "url": str(live_server)}])
    send.click()
    expect(page.locator("#put-forward li")).to_have_count(2)
    assert set(Candidate.objects.values_list("person", flat=True)) == {tree.people[0].pk, tree.people[1].pk}
