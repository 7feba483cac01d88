"""Why there is no tour: which stops cannot be joined, what stands in the way of each day, and the cheapest loosening."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ortoo_solvers.route.course import FAR, course_of
from ortoo_solvers.route.options import Choices, Option
from ortoo_solvers.route.passes import UNKNOWN, search
from ortoo_solvers.route.problem import Problem, Stop
from ortoo_solvers.route.talks import cast_of, could_stand_in

HEAVY = 2
"""A longer tour, or a speaker who has to come after all, counts as two steps; all other steps count as one."""


@dataclass(frozen=True, slots=True)
class HallDay:
    """A day that a hall is free. ``why``: "" usable, "window" outside the tour, "early" before the stop's earliest, "pin" pinned elsewhere, "talks" ``talks`` are
    covered by nobody."""

    hall: str
    day: int
    why: str = ""
    talks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StopDays:
    """A stop of the collision and the days of its halls."""

    stop: str
    days: tuple[HallDay, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One loosening. ``kind``: "hall_day" (the hall on one day more), "understudy" (for ``talk`` on ``day``; ``people`` could),
    "speaker_day" (nobody could: the speaker of ``talk`` comes), "pin" (of the stop is dropped), "longer" (the tour ends on
    ``day``), "hall" (the stop needs a hall at all)."""

    kind: str
    day: int = 0
    stop: str = ""
    hall: str = ""
    talk: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collision:
    """``kind``: "no_day" (each of ``stops`` has no possible day), "no_order" (each has, but they do not fit one after another;
    without any one of them they would). ``far``: pairs of these between which a day of travel lies, with the way."""

    kind: str
    stops: tuple[StopDays, ...]
    far: tuple[tuple[str, str, int], ...]
    loosening: tuple[Step, ...]


def find_collision(problem: Problem) -> Collision:
    """For a problem that has no tour."""
    choices = Choices(problem)
    having = {option.stop for option in choices.options}
    without = [stop for number, stop in enumerate(problem.stops) if number not in having]
    kind, stops = ("no_day", without) if without else ("no_order", list(_smallest(problem)))
    days = tuple(StopDays(stop.key, tuple(_days(problem, stop))) for stop in stops)
    far = tuple(_far(problem, stops)) if kind == "no_order" else ()
    return Collision(kind, days, far, cheapest_loosening(problem))


def cheapest_loosening(problem: Problem) -> tuple[Step, ...]:
    """The fewest steps after which there is a tour, of those with the fewest late days and the shortest way.

    An understudy is counted for each day on which one is needed; one who then helps on several days makes steps needless,
    and those are left out.
    """
    bare = [stop for stop in problem.stops if not stop.halls]
    if bare:
        rest = [stop for stop in problem.stops if stop.halls]
        more = cheapest_loosening(_only(problem, rest)) if rest else ()
        return (*(Step("hall", stop=stop.key) for stop in bare), *more)
    within = _loosening(problem, problem.ends)
    longest = max(problem.ends, *(stop.earliest or problem.ends for stop in problem.stops)) + 2 * len(problem.stops) + 2
    longer = _loosening(problem, longest)
    tried = [_needed(problem, steps) for steps in (within, longer) if steps is not None]
    return min(tried, key=lambda steps: sum(HEAVY if step.kind in ("longer", "speaker_day") else 1 for step in steps))


def _needed(problem: Problem, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Without the steps that the others make needless."""
    left = list(steps)
    for step in steps:
        fewer = [other for other in left if other is not step]
        if _possible(loosen(problem, fewer)):
            left = fewer
    return tuple(left)


def _loosening(problem: Problem, ends: int) -> tuple[Step, ...] | None:
    """The cheapest with a tour that ends by then; None when even every hall on every day does not suffice."""
    farthest = 1 + len(problem.stops) * max(max(row) for row in problem.lengths)
    late = 1 + len(problem.stops) * (ends - problem.ends)
    options = [
        replace(option, price=(option.price * late + max(0, option.day - problem.ends)) * farthest)
        for option in _relaxed(problem, ends)
    ]
    course = course_of(problem, options)
    outcome = search(course)[0] if course else UNKNOWN
    return _steps(problem, outcome.tour) if outcome.tour else None


def loosen(problem: Problem, steps: Sequence[Step]) -> Problem:
    """The problem after the steps; understudies are the first of those who could; a hall that is needed stays unknown."""
    for step in steps:
        problem = _loosened(problem, step)
    return problem


def _smallest(problem: Problem) -> Iterator[Stop]:
    """Stops that have no tour together, and would without any one of them."""
    left = list(problem.stops)
    for stop in problem.stops:
        fewer = [each for each in left if each is not stop]
        if fewer and not _possible(_only(problem, fewer)):
            left = fewer
    yield from left


def _only(problem: Problem, stops: Sequence[Stop]) -> Problem:
    keys = {stop.key for stop in stops}
    return replace(
        problem, stops=tuple(stops), pins=tuple(pin for pin in problem.pins if pin.stop in keys), published=(),
        first=problem.first if problem.first in keys else None, last=problem.last if problem.last in keys else None,
    )  # fmt: skip


def _possible(problem: Problem) -> bool:
    course = course_of(problem, Choices(problem).options)
    if course is None:
        return False
    course = replace(course, ways=course.ways * 0)
    outcome, _engine = search(course)
    return outcome.worth[0] < FAR


def _days(problem: Problem, stop: Stop) -> Iterator[HallDay]:
    choices = Choices(problem)
    for day, hall in sorted((day, each.key) for each in stop.halls for day in each.days):
        if not choices.within(day):
            yield HallDay(hall, day, "window")
        elif stop.too_early(day):
            yield HallDay(hall, day, "early")
        elif not choices.pinned(stop.key, hall, day):
            yield HallDay(hall, day, "pin")
        elif uncovered := choices.casts[day].uncovered:
            yield HallDay(hall, day, "talks", uncovered)
        else:
            yield HallDay(hall, day)


def _far(problem: Problem, stops: Sequence[Stop]) -> Iterator[tuple[str, str, int]]:
    for number, here in enumerate(stops):
        for there in stops[number + 1 :]:
            way = min(problem.length(h.place, t.place) for h in here.halls for t in there.halls)
            if way > problem.rest_beyond:
                yield here.key, there.key, way


def _relaxed(problem: Problem, last: int) -> list[Option]:
    """Every stop on every day in one of its halls, at the price of the steps that this takes."""
    choices = Choices(problem)
    found: dict[tuple[int, int, int], Option] = {}
    talks = {day: _talk_price(problem, day) for day in range(problem.starts, last + 1)}
    for number, stop in enumerate(problem.stops):
        for hall in stop.halls:
            place = problem.places.index(hall.place)
            for day in range(max(problem.starts, problem.starts if stop.earliest is None else stop.earliest), last + 1):
                price = talks[day] + (day not in hall.days) + (not choices.pinned(stop.key, hall.key, day))
                key = (number, place, day)
                if key not in found or price < found[key].price:
                    found[key] = Option(number, place, day, hall.key, price)
    return list(found.values())


def _talk_price(problem: Problem, day: int) -> int:
    price = 0
    while uncovered := cast_of(problem, day).uncovered:
        step = _talk_step(problem, day, uncovered[0])
        price += 1 if step.people else HEAVY
        problem = _loosened(problem, step)
    return price


def _talk_step(problem: Problem, day: int, talk: str) -> Step:
    people = could_stand_in(problem, day, [talk])
    return Step("understudy" if people else "speaker_day", day, talk=talk, people=people)


def _steps(problem: Problem, tour: Sequence[Option]) -> tuple[Step, ...]:
    steps: list[Step] = []
    choices = Choices(problem)
    for option in tour:
        stop = problem.stops[option.stop]
        hall = next(hall for hall in stop.halls if hall.key == option.hall)
        if not choices.pinned(stop.key, hall.key, option.day):
            steps.append(Step("pin", option.day, stop.key, hall.key))
        if option.day not in hall.days:
            steps.append(Step("hall_day", option.day, stop.key, hall.key))
        while uncovered := cast_of(loosen(problem, steps), option.day).uncovered:
            steps.append(_talk_step(loosen(problem, steps), option.day, uncovered[0]))
    if tour[-1].day > problem.ends:
        steps.append(Step("longer", tour[-1].day))
    return tuple(steps)


def _loosened(problem: Problem, step: Step) -> Problem:
    if step.kind == "hall":
        return problem
    if step.kind == "longer":
        return replace(problem, ends=step.day)
    if step.kind == "pin":
        return replace(problem, pins=tuple(pin for pin in problem.pins if pin.stop != step.stop))
    if step.kind == "hall_day":
        stops = tuple(_freed(stop, step) if stop.key == step.stop else stop for stop in problem.stops)
        return replace(problem, stops=stops)
    talk = next(talk for talk in problem.talks if talk.key == step.talk)
    if step.kind == "understudy":
        named = replace(talk, understudies=(*talk.understudies, step.people[0]))
        return replace(problem, talks=tuple(named if each is talk else each for each in problem.talks))
    come = tuple(replace(s, blocked=s.blocked - {step.day}) if s.key == talk.speaker else s for s in problem.speakers)
    return replace(problem, speakers=come)


def _freed(stop: Stop, step: Step) -> Stop:
    halls = (replace(h, days=h.days | {step.day}) if h.key == step.hall else h for h in stop.halls)
    return replace(stop, halls=tuple(halls))
