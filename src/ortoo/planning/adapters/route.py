"""A tour's stops, halls and speakers as the route solver's problem, and its answer as pages and verbs take it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import clock
from ortoo.kernel.refused import Refused
from ortoo.programmes.domain.running_order import MOST_TALKS
from ortoo.programmes.models import Hall, Leg, Programme, Speaker, Talk
from ortoo.programmes.queries import legs_of
from ortoo.programmes.travel import FAR_KM
from ortoo.ui import dates
from ortoo_solvers.core import after_seconds
from ortoo_solvers.route import Hall as SolverHall
from ortoo_solvers.route import (
    NothingFound,
    Pin,
    Problem,
    Published,
    RulesCollide,
    Solution,
    Visit,
    keeping,
    solve,
    without_hall,
)
from ortoo_solvers.route import Speaker as SolverSpeaker
from ortoo_solvers.route import Stop as SolverStop
from ortoo_solvers.route import Talk as SolverTalk
from ortoo_solvers.route.check import MOST_STOPS
from ortoo_solvers.route.distance import UNIT, kilometres, road_length
from ortoo_solvers.route.sentences import Sentences
from ortoo_solvers.route.talks import cast_of

SECONDS = 20.0
HELD = ("done", "running")


class NoRouteYet(Refused):
    sentence = _("There are no stops to plan.")


class TooManyStops(Refused):
    sentence = _("%(stops)s stops are more than can be planned at once; %(most)s at most.")


class StopWithoutHall(Refused):
    sentence = _("No hall is offered for %(stop)s. Add one with the days on which it is free.")


class StopWithoutPlace(Refused):
    sentence = _("%(stop)s lies nowhere on the map. Choose a city or county with coordinates.")


class RulesOfRouteCollide(Refused):
    sentence = _("%(why)s")


class RouteTakesLonger(Refused):
    sentence = _("No route was found within %(seconds)s seconds. Pin a day or a hall and plan again.")


@dataclass(frozen=True)
class Wishes:
    """What is asked for: days and halls of stops by their numbers in the database, halls that cannot be had, and whether
    what stands now changes as little as possible."""

    days: Mapping[int, date] = field(default_factory=dict)
    halls: Mapping[int, int] = field(default_factory=dict)
    without: frozenset[int] = frozenset()
    keep: bool = False


@dataclass(frozen=True)
class RouteStop:
    """A stop of the answer; `km` from the stop before, None for the first; `given`: who gives each talk."""

    leg: Leg
    day: date
    hall: Hall
    km: float | None
    nights: int | None
    given: Mapping[Talk, Speaker]

    @property
    def stand_ins(self) -> list[tuple[Talk, Speaker]]:
        """Talks that somebody else gives, and who."""
        return [(talk, speaker) for talk, speaker in self.given.items() if speaker.pk != talk.speaker_id]

    @property
    def changed(self) -> bool:
        """Whether it stands otherwise now."""
        chosen = next((hall.pk for hall in self.leg.halls.all() if hall.chosen), None)
        return (self.leg.day, chosen) != (self.day, self.hall.pk)


@dataclass(frozen=True)
class Route:
    """The answer: kilometres by road, how few are proved possible, and how many stops change."""

    stops: list[RouteStop]
    km: float
    bound: float
    optimal: bool
    nights: int
    engine: str
    seconds: float

    @property
    def changes(self) -> int:
        """Stops that stand otherwise now."""
        return sum(stop.changed for stop in self.stops)

    @property
    def key(self) -> str:
        """The days and halls in one text, by which it is known again."""
        return ",".join(f"{stop.leg.pk}:{stop.day.isoformat()}:{stop.hall.pk}" for stop in self.stops)


def plan_route(tour: Programme, wishes: Wishes) -> Route:
    """The shortest route that keeps the rules. Refuses what cannot be planned, with the reason and what would mend it."""
    legs = _stops(tour)
    problem = problem_of(tour, legs, wishes)
    try:
        solution = solve(problem, after_seconds(SECONDS))
    except RulesCollide as refused:
        words = Sentences(refused.problem, (get_language() or "zh")[:2], lambda day: dates.day(date.fromordinal(day)))
        raise RulesOfRouteCollide(why=words.collision(refused.collision)) from None
    except NothingFound:
        raise RouteTakesLonger(seconds=round(SECONDS)) from None
    return _route(tour, legs, problem, solution)


def problem_of(tour: Programme, legs: Sequence[Leg], wishes: Wishes) -> Problem:
    """Days are date ordinals, lengths millimetres by road. Stops that have been held, or are today, stay as they are."""
    places = {str(leg.base_id): _seat(leg) for leg in legs}
    speakers = list(tour.speakers.select_related("person", "understudy"))
    assert tour.starts is not None and tour.ends is not None
    problem = Problem(
        stops=tuple(_stop(leg) for leg in legs),
        places=tuple(places),
        lengths=tuple(tuple(road_length(here, there) for there in places.values()) for here in places.values()),
        starts=tour.starts.toordinal(),
        ends=tour.ends.toordinal(),
        rest_beyond=FAR_KM * UNIT,
        first=next((str(leg.pk) for leg in legs if leg.mark == Leg.Mark.FIRST), None),
        last=next((str(leg.pk) for leg in legs if leg.mark == Leg.Mark.LAST), None),
        speakers=tuple(SolverSpeaker(str(each.pk), _blocked(each, tour.starts, tour.ends), str(each)) for each in speakers),
        talks=tuple(_talk(talk) for talk in tour.talks.select_related("speaker")),
        most_talks=MOST_TALKS,
        pins=tuple(_pins(legs, wishes)),
    )
    problem = _as_held(problem, legs)
    for leg in legs:
        for hall in leg.halls.all():
            if hall.pk in wishes.without and leg.state not in HELD:
                problem = without_hall(problem, str(leg.pk), str(hall.pk))
    told = tuple(_told(legs))
    return keeping(problem, told) if wishes.keep and told else problem


def _as_held(problem: Problem, legs: Sequence[Leg]) -> Problem:
    """What was held was held: a day for which speakers are entered as away afterwards does not stand in the way of the rest."""
    held = {leg.day.toordinal() for leg in legs if leg.state in HELD and leg.day}
    odd = {day for day in held if cast_of(problem, day).uncovered}
    return (
        replace(problem, speakers=tuple(replace(each, blocked=each.blocked - odd) for each in problem.speakers))
        if odd
        else problem
    )


def _stops(tour: Programme) -> list[Leg]:
    legs = list(tour.legs.select_related("base").prefetch_related("halls"))
    if not legs:
        raise NoRouteYet
    if len(legs) > MOST_STOPS:
        raise TooManyStops(stops=len(legs), most=MOST_STOPS)
    for leg in legs:
        leg.programme = tour
        if not leg.halls.all():
            raise StopWithoutHall(stop=leg.name)
    return legs


def _seat(leg: Leg) -> tuple[float, float]:
    if leg.base is None or leg.base.lon is None or leg.base.lat is None:
        raise StopWithoutPlace(stop=leg.name)
    return leg.base.lon, leg.base.lat


def _stop(leg: Leg) -> SolverStop:
    """A stop that is still to come is held today at the earliest; one that was held, on the day on which it was."""
    held = {leg.day.toordinal()} if leg.state in HELD and leg.day else set()
    halls = tuple(
        SolverHall(
            str(hall.pk), str(leg.base_id), frozenset(held or {d.toordinal() for d in hall.free_days}), hall.seats, hall.name
        )
        for hall in leg.halls.all()
    )
    earliest = None if held else clock.today().toordinal()
    return SolverStop(str(leg.pk), halls, leg.name, earliest)


def _talk(talk: Talk) -> SolverTalk:
    understudy = talk.speaker.understudy_id
    return SolverTalk(str(talk.pk), str(talk.speaker_id), (str(understudy),) if understudy else (), talk.title)


def _blocked(speaker: Speaker, starts: date, ends: date) -> frozenset[int]:
    days = (starts + timedelta(days=number) for number in range((ends - starts).days + 1))
    return frozenset(day.toordinal() for day in days if speaker.blocked_on(day))


def _pins(legs: Sequence[Leg], wishes: Wishes) -> list[Pin]:
    found = []
    for leg in legs:
        day, hall = wishes.days.get(leg.pk), wishes.halls.get(leg.pk)
        if leg.state in HELD and leg.day:
            day, hall = leg.day, next((each.pk for each in leg.halls.all() if each.chosen), hall)
        if day or hall:
            found.append(Pin(str(leg.pk), day.toordinal() if day else None, str(hall) if hall else None))
    return found


def _told(legs: Sequence[Leg]) -> list[Published]:
    return [
        Published(str(leg.pk), str(hall.pk), leg.day.toordinal())
        for leg in legs
        for hall in leg.halls.all()
        if leg.day and hall.chosen
    ]


def _route(tour: Programme, legs: Sequence[Leg], problem: Problem, solution: Solution) -> Route:
    talks = {str(talk.pk): talk for talk in tour.talks.select_related("speaker__person")}
    speakers = {str(speaker.pk): speaker for speaker in tour.speakers.select_related("person")}
    by_key = {str(leg.pk): leg for leg in legs}
    stops: list[RouteStop] = []
    before: Visit | None = None
    for visit in solution.visits:
        leg = by_key[visit.stop]
        km = kilometres(problem.length(str(by_key[before.stop].base_id), str(leg.base_id))) if before else None
        hall = next(hall for hall in leg.halls.all() if str(hall.pk) == visit.hall)
        given = {talks[key]: speakers[who] for key, who in visit.given.items()}
        nights = visit.day - before.day if before else None
        stops.append(RouteStop(leg, date.fromordinal(visit.day), hall, km, nights, given))
        before = visit
    return Route(
        stops,
        kilometres(solution.length),
        kilometres(solution.bound),
        solution.optimal,
        solution.nights,
        solution.engine,
        solution.seconds,
    )


def standing_km(tour: Programme) -> float | None:
    """Kilometres of the route as it stands; None while a stop has no day or no place."""
    legs = [leg for leg in legs_of(tour) if leg.day]
    if len(legs) < len(legs_of(tour)) or len(legs) < 2:
        return None
    seats = [_seat(leg) for leg in sorted(legs, key=lambda leg: leg.starts)]
    return kilometres(sum(road_length(here, there) for here, there in pairwise(seats)))
