"""The itinerary as a calendar: a day for each stop, with what is told there."""

from datetime import UTC, datetime, time, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from ortoo.programmes.itinerary.plan import Itinerary, Stop


def write_days(plan: Itinerary) -> bytes:
    """One speaker's document holds every stop with their own talks; one stop's only that stop. The same tour gives the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Ortoo//itinerary//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for stop in plan.stops or plan.every:
        calendar.add_component(_event(plan, stop))
    return bytes(calendar.to_ical())


def _event(plan: Itinerary, stop: Stop) -> Event:
    event, day = Event(), stop.leg.starts
    event.add("uid", f"stop-{stop.leg.pk}-{plan.tour.key}@ortoo")
    event.add("dtstamp", datetime.combine(plan.tour.starts or day, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{plan.tour.title} {stop.name}")
    event.add("location", stop.where)
    one = plan.speakers[0] if len(plan.speakers) == 1 and not plan.stops else None
    told = plan.part_of(one, stop) if one else stop.told
    lines = [f"{each.teller}  {each.talk.title}" for each in told]
    event.add("description", "\n".join(lines) or _("tells nothing here"))
    return event
