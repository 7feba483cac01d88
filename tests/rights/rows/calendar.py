"""One's own calendar: its page for everybody who signs in, the calendar itself for whoever has the link."""

from typing import Any

from tests.factories.cast import Cast
from tests.rights.matrix import Row

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.subscription import code_of, renew_calendar


def link(cast: Cast) -> dict[str, Any]:
    """The participant's link."""
    made = renew_calendar(cast.stage.participant, by=SYSTEM)
    return {"pk": made.pk, "code": code_of(made)}


def with_a_link(cast: Cast) -> dict[str, Any]:
    """The organiser's page, with a link on it."""
    renew_calendar(cast.stage.organiser, by=SYSTEM)
    return {}


ROWS = [
    Row("participation:calendar", "302 200 200 200 200 200 200 200"),
    Row("participation:calendar", "302 200 200 200 200 200 200 200", with_a_link),
    Row("participation:calendar-renew", "302 302 302 302 302 302 302 302", method="post"),
    Row("participation:calendar-stop", "302 302 302 302 302 302 302 302", method="post"),
    Row("participation:calendar-file", "200 200 200 200 200 200 200 200", link),
]
