"""itinerary.pdf: the overview, a page for each stop and each speaker, set as on the pages."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from ortoo.kernel.voice import Voice
from ortoo.programmes.itinerary.sketch import sketch_of
from ortoo.programmes.itinerary.typeset import typeset
from ortoo.touring.planned import Planned, PlannedStop
from ortoo.touring.speech import day_of, part_of, weekday_of, why_stand_in


def write_pdf(file: Path, planned: Planned, voice: Voice) -> None:
    """Write the document; its data go in as one JSON text."""
    said = {
        "language": voice.language,
        "title": voice("title", first=day_of(planned.stops[0].day, voice), last=day_of(planned.stops[-1].day, voice)),
        "map_note": voice("map_note"),
        "overview": _overview(planned, voice),
        "stops": [_stop(stop, planned, voice) for stop in planned.stops],
        "speakers": [_speaker(key, name, planned, voice) for key, name in planned.people],
        "maps": [asdict(sketch_of(planned.stops, here)) for here in range(len(planned.stops) + 1)],
    }
    file.write_bytes(typeset(said))


def _overview(planned: Planned, voice: Voice) -> dict[str, Any]:
    proof = voice("optimal" if planned.solution.optimal else "not_optimal")
    summary = [
        f"{voice('kilometres')} {planned.kilometres:.1f}",
        f"{voice('bound')} {planned.bound:.1f} ({proof})",
        f"{voice('nights')} {planned.solution.nights}",
    ]
    heads = [voice(key) for key in ("order", "date", "stop", "county", "hall", "seats", "way_here")]
    rows = [
        [str(stop.order), _when(stop, voice), stop.name, stop.county, stop.hall, str(stop.seats or ""), f"{stop.way:.1f}" if stop.order > 1 else ""]
        for stop in planned.stops
    ]  # fmt: skip
    return {"summary": summary, "heads": heads, "rows": rows, "note": voice("scoring")}


def _stop(stop: PlannedStop, planned: Planned, voice: Voice) -> dict[str, Any]:
    after = planned.stops[stop.order] if stop.order < len(planned.stops) else None
    before = planned.stops[stop.order - 2] if stop.order > 1 else None
    lines = [
        f"{_when(stop, voice)} · {stop.county} · {stop.hall}"
        + (f" · {voice('seats_unit', seats=stop.seats)}" if stop.seats else "")
    ]
    lines += [voice("from_here", stop=before.name, km=stop.way)] if before else []
    lines += [voice("to_next", stop=after.name, date=_when(after, voice), km=after.way)] if after else []
    heads = [voice(key) for key in ("order", "title_head", "speaker", "minutes", "given_by", "why")]
    rows = [
        [str(number), talk.talk.title, talk.speaker, str(talk.talk.minutes or ""), talk.given_by, why_stand_in(talk, stop, voice)]
        for number, talk in enumerate(stop.talks, 1)
    ]
    minutes = sum(talk.talk.minutes or 0 for talk in stop.talks)
    rows.append(["", voice("total"), "", str(minutes), "", ""])
    return {"order": stop.order, "title": f"{stop.order} {stop.name}", "lines": lines, "heads": heads, "rows": rows}


def _speaker(key: str, name: str, planned: Planned, voice: Voice) -> dict[str, Any]:
    blocked = sorted({day for one in planned.given.tour.speakers if one.key == key for day in one.blocked})
    days = ("、" if voice.language == "zh" else ", ").join(day_of(day, voice) for day in blocked)
    heads = [voice(head) for head in ("order", "date", "stop", "hall", "gives")]
    rows = [[str(s.order), _when(s, voice), s.name, f"{s.county} {s.hall}", part_of(key, s, voice)] for s in planned.stops]
    return {
        "title": voice("page_of", name=name),
        "lines": [voice("blocked_days", days=days)] if days else [],
        "heads": heads,
        "rows": rows,
    }


def _when(stop: PlannedStop, voice: Voice) -> str:
    return voice("day", date=day_of(stop.day, voice), weekday=weekday_of(stop.day, voice))
