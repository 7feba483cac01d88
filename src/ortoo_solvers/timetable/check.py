"""What a problem must be before anybody looks for a timetable."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortoo_solvers.timetable.problem import Lecture, Problem


class Misfit(ValueError):
    """The parts of a problem do not fit together; the text names the part."""


def check_problem(problem: "Problem") -> None:
    """Raises Misfit: keys given twice or unknown, periods outside the term, more pinned lectures than there are."""
    if problem.days < 1 or problem.periods_per_day < 1:
        raise Misfit("a term needs at least one day with one period")
    if problem.periods_per_day > 16:
        raise Misfit("more than 16 periods a day are not provided for")
    courses = _once("course", (course.key for course in problem.courses))
    rooms = _once("room", (room.key for room in problem.rooms))
    _once("curriculum", (curriculum.key for curriculum in problem.curricula))
    for curriculum in problem.curricula:
        _known(f"curriculum {curriculum.key}", curriculum.courses, courses)
    for course in problem.courses:
        _known(f"course {course.key}", course.after, courses - {course.key})
        _inside(f"course {course.key}", course.closed, problem.periods)
    for room in problem.rooms:
        _inside(f"room {room.key}", room.closed, problem.periods)
    for lecture in (*problem.pinned, *problem.published):
        _placed(lecture, problem, courses, rooms)
    _pins(problem)


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
