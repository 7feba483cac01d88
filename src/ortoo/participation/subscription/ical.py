"""Entries as iCalendar (RFC 5545); the same entries give the same bytes."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from ortoo.participation.models import CalendarEntry

#: What RFC 5545, 3.3.11 lets no text hold; a line feed is escaped.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
YEARS = (date(2020, 1, 1), date(2038, 1, 1))


def write_calendar(entries: Sequence[CalendarEntry]) -> bytes:
    """Days are whole days, DTEND the day after the last one; each zone of a leg is written out."""
    calendar = Calendar()
    calendar.add("prodid", "-//Ortoo//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Rotations and tours"))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    zones = sorted({entry.said["zone"] for entry in entries})
    if len(zones) == 1:
        calendar.add("x-wr-timezone", zones[0])
    for zone in zones:
        calendar.add_component(Timezone.from_tzid(zone, first_date=YEARS[0], last_date=YEARS[1]))
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry) -> Event:
    event, said = Event(), entry.said
    event.add("uid", f"{entry.uid}@ortoo")
    event.add("dtstamp", entry.changed.replace(microsecond=0))
    event.add("last-modified", entry.changed.replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("dtstart", date.fromisoformat(said["starts"]))
    event.add("dtend", date.fromisoformat(said["ends"]) + timedelta(days=1))
    event.add("summary", _text(said["summary"]))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    for name in ("location", "description"):
        if said[name]:
            event.add(name, _text(said[name]))
    return event


def _text(said: str) -> str:
    return CONTROL.sub("", said.replace("\r\n", "\n").replace("\r", "\n"))
