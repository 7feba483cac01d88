"""The judge: what a tour breaks and what it costs, counted straight from the rules, knowing nothing of the search."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ortoo_solvers.route.problem import Hall, Problem, Solution, Stop, Talk, Visit


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that a tour breaks.

    ``kind``: "missing" (a stop not visited), "twice", "unknown", "hall_day" (hall not free), "window" (day outside the
    tour), "early" (before the stop's earliest), "too_soon" (no time for the way), "talk_missing", "blocked" (who gives it cannot come), "not_understudy",
    "not_needed" (an understudy although the speaker could come), "too_many_talks", "first", "last", "pin".
    """

    kind: str
    stop: str = ""
    day: int | None = None
    person: str = ""
    talk: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """``hard``: rules broken; ``length``: the whole way; ``cost``: with the price of the ``changes``."""

    hard: int
    length: int
    cost: int
    last_day: int
    nights: int
    changes: int
    reasons: tuple[Reason, ...]


def score(problem: Problem, solution: Solution | Sequence[Visit]) -> Score:
    """Judge a solution, or bare visits in any order: what counts is the order of their days."""
    given = solution.visits if isinstance(solution, Solution) else solution
    visits = sorted(given, key=lambda visit: visit.day)
    stops = {stop.key: stop for stop in problem.stops}
    halls = {(stop.key, hall.key): hall for stop in problem.stops for hall in stop.halls}
    known = [visit for visit in visits if (visit.stop, visit.hall) in halls]
    places = [halls[visit.stop, visit.hall].place for visit in known]
    ways = [problem.length(here, there) for here, there in pairwise(places)]
    reasons = [
        *_of_stops(stops, visits, halls),
        *_of_days(problem, known, halls, stops),
        *(Reason("too_soon", after.stop, after.day) for (before, after), way in zip(pairwise(known), ways, strict=True)
          if after.day - before.day < (2 if way > problem.rest_beyond else 1)),
        *(reason for visit in visits for reason in _of_talks(problem, visit)),
        *_of_ends(problem, visits),
    ]  # fmt: skip
    changes = _changes(problem, visits)
    days = [visit.day for visit in visits] or [problem.starts]
    cost = sum(ways) + changes * problem.change_price
    return Score(len(reasons), sum(ways), cost, days[-1], days[-1] - days[0], changes, tuple(reasons))


def _of_stops(stops: Mapping[str, Stop], visits: Sequence[Visit], halls: Mapping[tuple[str, str], Hall]) -> Iterator[Reason]:
    times = Counter(visit.stop for visit in visits)
    yield from (Reason("missing", key) for key in stops if not times[key])
    yield from (Reason("twice", key) for key, number in times.items() if number > 1)
    yield from (Reason("unknown", visit.stop, visit.day) for visit in visits if (visit.stop, visit.hall) not in halls)


def _of_days(
    problem: Problem, visits: Sequence[Visit], halls: Mapping[tuple[str, str], Hall], stops: Mapping[str, Stop]
) -> Iterator[Reason]:
    for visit in visits:
        if visit.day not in halls[visit.stop, visit.hall].days:
            yield Reason("hall_day", visit.stop, visit.day)
        if not problem.starts <= visit.day <= problem.ends:
            yield Reason("window", visit.stop, visit.day)
        earliest = stops[visit.stop].earliest
        if earliest is not None and visit.day < earliest:
            yield Reason("early", visit.stop, visit.day)


def _of_talks(problem: Problem, visit: Visit) -> Iterator[Reason]:
    blocked = {speaker.key: visit.day in speaker.blocked for speaker in problem.speakers}
    for talk in problem.talks:
        who = visit.given.get(talk.key)
        if who is None:
            yield Reason("talk_missing", visit.stop, visit.day, talk.speaker, talk.key)
        elif why := _wrong(talk, who, blocked):
            yield Reason(why, visit.stop, visit.day, who, talk.key)
    for who, number in Counter(visit.given.values()).items():
        if number > problem.most_talks:
            yield Reason("too_many_talks", visit.stop, visit.day, who)


def _wrong(talk: Talk, who: str, blocked: Mapping[str, bool]) -> str:
    if blocked.get(who, True):
        return "blocked"
    if who == talk.speaker:
        return ""
    if who not in talk.understudies:
        return "not_understudy"
    return "" if blocked[talk.speaker] else "not_needed"


def _of_ends(problem: Problem, visits: Sequence[Visit]) -> Iterator[Reason]:
    if visits and problem.first not in (None, visits[0].stop):
        yield Reason("first", str(problem.first))
    if visits and problem.last not in (None, visits[-1].stop):
        yield Reason("last", str(problem.last))
    at = {visit.stop: visit for visit in visits}
    for pin in problem.pins:
        visit = at.get(pin.stop)
        if visit and (pin.day not in (None, visit.day) or pin.hall not in (None, visit.hall)):
            yield Reason("pin", pin.stop, visit.day)


def _changes(problem: Problem, visits: Sequence[Visit]) -> int:
    at = {visit.stop: (visit.hall, visit.day) for visit in visits}
    return sum(at.get(told.stop) != (told.hall, told.day) for told in problem.published)
