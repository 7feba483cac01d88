"""tour.json: the plan for other programs, with the arithmetic of the seats."""

import json
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from ortoo.kernel.voice import Voice
from ortoo.touring.gather import REST_BEYOND_KM
from ortoo.touring.planned import GivenTalk, Planned, PlannedStop
from ortoo.touring.speech import why_stand_in
from ortoo_solvers.route.distance import EARTH_RADIUS_KM, ROAD_FACTOR
from ortoo_solvers.seats import ClassShare, Share

SCORING = {"road_factor": ROAD_FACTOR, "earth_radius_km": EARTH_RADIUS_KM, "rest_beyond_km": REST_BEYOND_KM}


def write_json(file: Path, planned: Planned, seed: int, voice: Voice) -> None:
    """One object; kilometres with three decimals, days as 2023-06-19."""
    solution, given = planned.solution, planned.given
    said: dict[str, Any] = {
        "kilometres": round(planned.kilometres, 3),
        "bound": round(planned.bound, 3),
        "optimal": solution.optimal,
        "first_date": planned.stops[0].day.isoformat(),
        "last_date": planned.stops[-1].day.isoformat(),
        "nights": solution.nights,
        "engine": solution.engine,
        "seconds": round(solution.seconds, 3),
        "seed": seed,
        "window": {"from": given.frame.starts.isoformat(), "to": given.frame.ends.isoformat()},
        "scoring": SCORING,
        "changes": {"stops": solution.changes, "bound": solution.changes_bound} if given.problem.published else None,
        "stops": [_stop(stop, voice) for stop in planned.stops],
        "legs": [_leg(here, there) for here, there in pairwise(planned.stops)],
        **_seats(planned),
        "problems": len(given.doubts),
    }
    file.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _stop(stop: PlannedStop, voice: Voice) -> dict[str, Any]:
    return {
        "order": stop.order, "stop": stop.name, "county_code": stop.county_code, "county": stop.county, "hall": stop.hall,
        "seats": stop.seats, "date": stop.day.isoformat(), "speakers": [_talk(talk, stop, voice) for talk in stop.talks],
    }  # fmt: skip


def _talk(talk: GivenTalk, stop: PlannedStop, voice: Voice) -> dict[str, Any]:
    return {
        "speaker": talk.speaker, "staff_no": talk.talk.staff_no, "title": talk.talk.title, "given_by": talk.given_by,
        "given_by_staff_no": talk.given_by_no, "understudy": talk.stands_in, "why": why_stand_in(talk, stop, voice),
    }  # fmt: skip


def _leg(here: PlannedStop, there: PlannedStop) -> dict[str, Any]:
    return {
        "from": here.name, "to": there.name, "kilometres": round(there.way, 3), "days": there.days_since,
        "travel_day": there.way > REST_BEYOND_KM,
    }  # fmt: skip


def _seats(planned: Planned) -> dict[str, Any]:
    if planned.seats is None:
        return {"delegations": [], "total_seats": None, "apportionment": None}
    last, seats = planned.stops[-1], planned.seats
    return {
        "delegations": [_share(share) for share in seats.shares],
        "total_seats": seats.given,
        "apportionment": {
            "stop": last.name, "hall": last.hall, "capacity": seats.capacity, "asked": sum(share.asked for share in seats.shares),
            "given": seats.given, "left_over": seats.left_over, "without": list(seats.without), "method": "Sainte-Laguë",
            "classes": [_class(one) for one in seats.classes],
        },
    }  # fmt: skip


def _share(share: Share) -> dict[str, Any]:
    return {
        "delegation": share.delegation, "asked": share.asked, "priority": share.priority, "floor": share.floor, "ceiling": share.ceiling,
        "seats": share.seats, "rule": share.rule,
        "last_quotient": f"{share.asked}/{2 * share.seats - 1}" if share.seats > share.floor else None,
        "next_quotient": f"{share.asked}/{2 * share.seats + 1}" if share.seats < share.ceiling else None,
    }  # fmt: skip


def _class(one: ClassShare) -> dict[str, Any]:
    divisor = {"above": _number(one.above), "up_to": _number(one.up_to)} if one.up_to else None
    return {
        "priority": one.priority, "available": one.available, "asked": one.asked, "wanted": one.wanted, "floors": one.floors, "given": one.given,
        "rule": one.rule, "divisor": divisor,
        "rounds": [f"{each.delegation}: {each.asked}/{each.divisor}" for each in one.rounds] if one.rule == "divided" else [],
    }  # fmt: skip


def _number(parts: tuple[int, ...]) -> dict[str, Any]:
    return {"exactly": str(Fraction(*parts)), "about": round(parts[0] / parts[1], 6)}
