"""What a problem must be before anybody looks for a timetable."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortoo_solvers.timetable.problem import Lecture, Problem


NEVER = 1 << 24  # A price that no proposal is accepted at; sums of a few of them still fit 32 bits.
MOST_A_DAY = 16
MOST_PERIODS = 32_767  # Of a term: the search numbers them in 16 bits.
MOST_CELLS = 50_000_000  # Courses × periods × rooms, of which the search keeps a price each: 200 MB.
MOST = 100_000  # Of anything that is counted or priced: beyond that a number is a slip.


class Misfit(ValueError):
    """The parts of a problem do not fit together; the text names the part."""


def check_problem(problem: "Problem") -> None:
    """Raises Misfit: keys given twice or unknown, periods outside the term, more pinned lectures than there are,
    numbers that the search cannot hold."""
    if problem.days < 1 or problem.periods_per_day < 1:
        raise Misfit("a term needs at least one day with one period")
    if problem.periods_per_day > MOST_A_DAY:
        raise Misfit(f"more than {MOST_A_DAY} periods a day are not provided for")
    if problem.periods > MOST_PERIODS:
        raise Misfit(f"{problem.periods:,} periods; more than {MOST_PERIODS:,} in a term are not provided for")
    if (cells := len(problem.courses) * problem.periods * len(problem.rooms)) > MOST_CELLS:
        raise Misfit(f"courses × periods × rooms are {cells:,}; more than {MOST_CELLS:,} are not provided for")
    _numbers(problem)
    courses = _once("course", (course.key for course in problem.courses))
    rooms = _once("room", (room.key for room in problem.rooms))
    _once("curriculum", (curriculum.key for curriculum in problem.curricula))
    for curriculum in problem.curricula:
        _known(f"curriculum {curriculum.key}", curriculum.courses, courses)
        _once(f"curriculum {curriculum.key}: course", curriculum.courses)
    for course in problem.courses:
        _known(f"course {course.key}", course.after, courses - {course.key})
        _once(f"course {course.key}: after course", course.after)
        _inside(f"course {course.key}", course.closed, problem.periods)
    for room in problem.rooms:
        _inside(f"room {room.key}", room.closed, problem.periods)
    for lecture in (*problem.pinned, *problem.published):
        _placed(lecture, problem, courses, rooms)
    _once("published lecture", (f"of {x.course} on day {x.day}, period {x.period}" for x in problem.published))
    _pins(problem)


def _numbers(problem: "Problem") -> None:
    for name, price in asdict(problem.prices).items():
        if not 0 <= price <= MOST:
            raise Misfit(f"price {name}: {price:,} is not one of 0 to {MOST:,}")
    for course in problem.courses:
        for what, number in (("lectures", course.lectures), ("days", course.min_days)):
            if not 0 <= number <= MOST:
                raise Misfit(f"course {course.key}: {number:,} {what}; it should be from 0 to {MOST:,}")
        if not 0 <= problem.prices.room_capacity * course.students < NEVER // 2:
            raise Misfit(
                f"course {course.key}: {course.students:,} students at {problem.prices.room_capacity:,} a seat are not provided for"
            )


def _once(what: str, keys: Iterable[str]) -> set[str]:
    counts = Counter(keys)
    for key, count in counts.items():
        if count > 1:
            raise Misfit(f"{what} {key} is given {count} times")
    return set(counts)


def _known(where: str, keys: Iterable[str], known: set[str]) -> None:
    for key in keys:
        if key not in known:
            raise Misfit(f"{where}: there is no course {key}")


def _inside(where: str, periods: Iterable[int], number: int) -> None:
    for period in periods:
        if not 0 <= period < number:
            raise Misfit(f"{where}: period {period} is not one of 0 to {number - 1}")


def _placed(lecture: "Lecture", problem: "Problem", courses: set[str], rooms: set[str]) -> None:
    where = f"lecture of {lecture.course} on day {lecture.day}, period {lecture.period}"
    _known(where, [lecture.course], courses)
    if lecture.room not in rooms:
        raise Misfit(f"{where}: there is no room {lecture.room}")
    if not (0 <= lecture.day < problem.days and 0 <= lecture.period < problem.periods_per_day):
        raise Misfit(f"{where}: outside the term")


def _pins(problem: "Problem") -> None:
    lectures = {course.key: course.lectures for course in problem.courses}
    for key, count in Counter(lecture.course for lecture in problem.pinned).items():
        if count > lectures[key]:
            raise Misfit(f"course {key}: {count} lectures are pinned, it has {lectures[key]}")
    cells = Counter((lecture.room, lecture.day, lecture.period) for lecture in problem.pinned)
    for (room, day, period), count in cells.items():
        if count > 1:
            raise Misfit(f"room {room}: {count} lectures are pinned to day {day}, period {period}")
