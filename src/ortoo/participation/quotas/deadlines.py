"""Deadlines in words, in the programme's own zone."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ortoo.participation.domain.quota import is_over
from ortoo.participation.quotas.models import QuotaDeadline
from ortoo.ui import dates


@dataclass(frozen=True)
class Told:
    """Both deadlines as they are read; empty: none. `over` and `late` say which have passed."""

    fill: str
    substitute: str
    over: bool
    late: bool


def told(deadline: QuotaDeadline) -> Told:
    """What a page says of the deadlines."""
    fill, substitute, zone = deadline.fill_until, deadline.substitute_until, deadline.programme.zone
    return Told(_said(fill, zone), _said(substitute, zone), is_over(fill), is_over(substitute))


def day_of(moment: datetime | None, zone: str) -> date | None:
    """The day of a deadline where the programme is held."""
    return moment.astimezone(ZoneInfo(zone)).date() if moment else None


def _said(moment: datetime | None, zone: str) -> str:
    return dates.moment(moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)) if moment else ""
