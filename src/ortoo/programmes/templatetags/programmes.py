"""Days and legs as the pages of a programme show them."""

from datetime import date

from django import template

from ortoo.programmes.models import Leg
from ortoo.ui import days

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """3月20日(周一)."""
    return days.day(value)


@register.filter
def leg_days(leg: Leg) -> str:
    """3月20日(周一)–4月7日(周五)."""
    return days.days(leg.starts, leg.ends)
