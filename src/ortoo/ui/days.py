"""Days as a reader writes them: 3月20日(周一) · 20 Mar (Mon); the year only when it isn't this one."""

from datetime import date

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext

from ortoo.kernel import clock


def day(value: date | None) -> str:
    """One day; empty for None."""
    if value is None:
        return ""
    if value.year == clock.today().year:
        # Translators: a Django date format, as 20 Mar (Mon)
        return date_format(value, gettext("j M (D)"))
    # Translators: a Django date format, as 20 Mar 2026 (Mon)
    return date_format(value, gettext("j M Y (D)"))


def days(first: date, last: date) -> str:
    """A span of days, both included: 3月20日(周一)–4月7日(周五)."""
    return day(first) if first == last else f"{day(first)}–{day(last)}"
