"""A rotation is planned in the browser, the job run here."""

import re

from playwright.sync_api import Page, expect

from ortoo.kernel import jobs
from ortoo.planning.models import Plan


def planned(page: Page, home: str) -> Plan:
    """The rotation's plan, made by the button on its page."""
    page.goto(f"{home}plans/")
    page.get_by_role("button", name="排期", exact=True).click()
    return solved(page)


def solved(page: Page, proof: str = "已证明:守规则的方案没有更低的。") -> Plan:
    """The plan whose page is open, once its job is done, with what is proved of it."""
    expect(page).to_have_url(re.compile(r"/plans/\d+/$"))
    plan = Plan.objects.latest("pk")
    assert plan.job_id
    jobs.run(plan.job_id)
    plan.refresh_from_db()
    assert plan.state == Plan.State.SOLVED
    page.reload()
    expect(page.get_by_text(proof)).to_be_visible()
    return plan
