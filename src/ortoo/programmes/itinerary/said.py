"""The itinerary in words: the tables that the PDF and the workbook show."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ortoo.programmes.itinerary.plan import Itinerary, Stop
from ortoo.programmes.itinerary.sketch import sketch_of
from ortoo.programmes.models import Speaker
from ortoo.programmes.travel import said_of_way
from ortoo.ui import dates


def document(plan: Itinerary) -> dict[str, Any]:
    """What `typeset` takes."""
    placed = [stop for stop in plan.every if stop.placed]
    whole = asdict(sketch_of(placed))
    return {
        "language": (get_language() or "zh")[:2],
        "title": plan.tour.title,
        "map_note": _("A sketch: borders of the prefectures, the stops, and straight lines between them."),
        "overview": overview(plan),
        "stops": [of_stop(plan, stop) for stop in plan.stops],
        "speakers": [of_speaker(plan, speaker) for speaker in plan.speakers],
        "maps": [whole, *(asdict(sketch_of(placed, stop.order)) if stop.placed else whole for stop in plan.every)],
    }


def overview(plan: Itinerary) -> dict[str, Any]:
    """All stops in a table."""
    heads = [_("No."), _("day"), _("stop"), _("where"), _("hall"), _("seats"), _("way here (km)")]
    rows = [
        [str(stop.order), dates.day(stop.leg.day) if stop.leg.day else "", stop.name, *_place(stop), _km(stop.km)]
        for stop in plan.every
    ]
    summary = [
        _("%(count)s stops") % {"count": len(plan.every)},
        said_of_way(plan.km, plan.nights),
    ]
    return {"summary": summary, "heads": heads, "rows": rows, "note": plan.tour.contact}


def of_stop(plan: Itinerary, stop: Stop) -> dict[str, Any]:
    """A stop's own page: when and where, from where and where to, who tells what."""
    heads = [_("No."), _("talk"), _("speaker"), _("minutes"), _("told by"), _("remark")]
    rows = [
        [
            str(n),
            each.talk.title,
            str(each.talk.speaker),
            str(each.talk.minutes),
            str(each.teller),
            _("stands in") if each.stood_in else "",
        ]
        for n, each in enumerate(stop.told, 1)
    ]
    rows.append(["", _("in all"), "", str(sum(each.talk.minutes for each in stop.told)), "", ""])
    return {
        "order": stop.order,
        "title": f"{stop.order} {stop.name}",
        "lines": list(_lines(plan, stop)),
        "heads": heads,
        "rows": rows,
    }


def of_speaker(plan: Itinerary, speaker: Speaker) -> dict[str, Any]:
    """A speaker's own page: where they are on which day and what they tell."""
    heads = [_("No."), _("day"), _("stop"), _("where"), _("tells")]
    rows = [
        [str(stop.order), dates.day(stop.leg.day) if stop.leg.day else "", stop.name, stop.where, _tells(plan, speaker, stop)]
        for stop in plan.every
    ]
    blocked = "、".join(dates.span(first, last) for first, last in speaker.blocked_days)
    lines = [_("Cannot come: %(days)s") % {"days": blocked}] if blocked else []
    return {"title": str(speaker), "lines": lines, "heads": heads, "rows": rows}


def _lines(plan: Itinerary, stop: Stop) -> Iterator[str]:
    hall = stop.leg.hall
    seats = _("%(seats)s seats") % {"seats": hall.seats} if hall else ""
    yield " · ".join(filter(None, [dates.day(stop.leg.day) if stop.leg.day else "", stop.where, seats]))
    before = plan.every[stop.order - 2] if stop.order > 1 else None
    after = plan.every[stop.order] if stop.order < len(plan.every) else None
    if before:
        yield _("from %(stop)s, %(km)s km") % {"stop": before.name, "km": _km(stop.km)}
    if after and after.leg.day:
        yield _("on to %(stop)s, %(day)s, %(km)s km") % {"stop": after.name, "day": dates.day(after.leg.day), "km": _km(after.km)}


def _tells(plan: Itinerary, speaker: Speaker, stop: Stop) -> str:
    return "; ".join(
        f"{each.talk.title}({_('for %(who)s') % {'who': each.talk.speaker}})" if each.stood_in else each.talk.title
        for each in plan.part_of(speaker, stop)
    )


def _place(stop: Stop) -> list[str]:
    base, hall = stop.leg.base, stop.leg.hall
    return [base.name if base else "", hall.name if hall else "", str(hall.seats) if hall else ""]


def _km(km: float | None) -> str:
    return "" if km is None else f"{km:.0f}"
