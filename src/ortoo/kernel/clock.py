"""The one place that asks what time it is, so that a test or a demo can say it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

_held: ContextVar[datetime | None] = ContextVar("held", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _held.get() or timezone.now()


def today(zone: str | None = None) -> date:
    """The present day in a time zone by name, else in the installation's."""
    return timezone.localdate(now(), ZoneInfo(zone) if zone else None)


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """Within the block the clock stands still at `moment` (aware)."""
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)
