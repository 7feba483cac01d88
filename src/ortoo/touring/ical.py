"""tour.ics: a day for each stop, for calendars."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from icalendar import Calendar, Event

from ortoo.kernel.voice import Voice
from ortoo.touring.planned import Planned, PlannedStop
from ortoo.touring.speech import stand_ins


def write_calendar(file: Path, planned: Planned, voice: Voice) -> None:
    """The same tour gives the same bytes: stamps are the first day's, not the moment's."""
    calendar = Calendar()
    calendar.add("prodid", "-//Ortoo//tour//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    stamp = datetime.combine(planned.given.frame.starts, time(), UTC)
    for stop in planned.stops:
        calendar.add_component(_event(stop, stamp, voice))
    file.write_bytes(calendar.to_ical())


def _event(stop: PlannedStop, stamp: datetime, voice: Voice) -> Event:
    event = Event()
    event.add("uid", f"{stop.day:%Y%m%d}-{stop.county_code}-{stop.order}@tour.ortoo")
    event.add("dtstamp", stamp)
    event.add("dtstart", stop.day)
    event.add("dtend", stop.day + timedelta(days=1))
    event.add("summary", voice("tour_event", stop=stop.name))
    event.add("location", f"{stop.county} {stop.hall}")
    event.add("geo", (stop.seat[1], stop.seat[0]))
    talks = [f"{number}. {talk.given_by}  {talk.talk.title}" for number, talk in enumerate(stop.talks, 1)]
    event.add("description", "\n".join([*talks, *stand_ins(stop, voice)]))
    return event
