"""What a tour's problem must look like before anybody searches."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortoo_solvers.route.problem import Problem

LENGTH_LIMIT = 10**12
MOST_STOPS = 60


class Misfit(ValueError):
    """Keys that are double or unknown, or numbers out of range; the message says where."""


def check_problem(problem: "Problem") -> None:
    """Raises Misfit."""
    if not 1 <= len(problem.stops) <= MOST_STOPS:
        raise Misfit(f"stops: {len(problem.stops)} given, must be from 1 to {MOST_STOPS}")
    if problem.ends < problem.starts:
        raise Misfit(f"ends: {problem.ends} is before starts, {problem.starts}")
    _check_lengths(problem)
    _check_stops(problem)
    _check_talks(problem)
    _check_told(problem)


def _check_lengths(problem: "Problem") -> None:
    size = len(problem.places)
    _unique("places", problem.places)
    if len(problem.lengths) != size or any(len(row) != size for row in problem.lengths):
        raise Misfit(f"lengths: must be {size} rows of {size} numbers, one for each place")
    for row, ways in enumerate(problem.lengths):
        for column, way in enumerate(ways):
            _within(f"lengths[{row}][{column}]", way)
    _within("rest_beyond", problem.rest_beyond)
    _within("change_price", problem.change_price)


def _check_stops(problem: "Problem") -> None:
    stops = {stop.key for stop in problem.stops}
    _unique("stops", [stop.key for stop in problem.stops])
    for stop in problem.stops:
        _unique(f"halls of stop {stop.key!r}", [hall.key for hall in stop.halls])
        for hall in stop.halls:
            _known(f"hall {hall.key!r} of stop {stop.key!r}", "place", hall.place, problem.places)
    for name, key in (("first", problem.first), ("last", problem.last)):
        if key is not None:
            _known(name, "stop", key, stops)
    if problem.first is not None and problem.first == problem.last and len(stops) > 1:
        raise Misfit(f"first and last are the same stop {problem.first!r}")


def _check_talks(problem: "Problem") -> None:
    speakers = {speaker.key for speaker in problem.speakers}
    _unique("speakers", [speaker.key for speaker in problem.speakers])
    _unique("talks", [talk.key for talk in problem.talks])
    for talk in problem.talks:
        for key in (talk.speaker, *talk.understudies):
            _known(f"talk {talk.key!r}", "speaker", key, speakers)
        if talk.speaker in talk.understudies:
            raise Misfit(f"talk {talk.key!r}: {talk.speaker!r} is named as the own understudy")
    if problem.most_talks < 1:
        raise Misfit(f"most_talks: {problem.most_talks}, must be 1 or more")


def _check_told(problem: "Problem") -> None:
    halls = {stop.key: {hall.key for hall in stop.halls} for stop in problem.stops}
    _unique("published stops", [told.stop for told in problem.published])
    for told in problem.published:
        _known("published", "stop", told.stop, halls)
    for pin in problem.pins:
        _known("pin", "stop", pin.stop, halls)
        if pin.hall is not None:
            _known(f"pin of stop {pin.stop!r}", "hall", pin.hall, halls[pin.stop])


def _unique(where: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise Misfit(f"{where}: {key!r} stands twice")
        seen.add(key)


def _known(where: str, what: str, key: str, keys: Iterable[str]) -> None:
    if key not in keys:
        raise Misfit(f"{where}: unknown {what} {key!r}")


def _within(where: str, number: int) -> None:
    if not 0 <= number <= LENGTH_LIMIT:
        raise Misfit(f"{where}: {number}, must be from 0 to {LENGTH_LIMIT}")
