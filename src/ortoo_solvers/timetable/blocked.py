"""Why there can be no timetable: the reasons that can be proved without a search, each with its course or group and figures; and, where
a search ended with hard rules broken, which lectures stand in whose way."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from ortoo_solvers.timetable.problem import Course, Lecture, Problem


def reasons(problem: Problem) -> list[str]:
    """Empty where none was found, which does not yet say that there is a timetable."""
    return [*_pins(problem), *_rooms(problem), *_courses(problem), *_equipment(problem), *_groups(problem)]


def in_the_way(problem: Problem, lectures: Iterable[Lecture]) -> list[str]:
    """What a timetable breaks, lecture by lecture: a sentence each, with the course, the time and what blocks it."""
    timetable = sorted(lectures, key=lambda x: (x.day, x.period, x.course, x.room))
    at_once: dict[tuple[int, int], list[Lecture]] = defaultdict(list)
    for lecture in timetable:
        at_once[lecture.day, lecture.period].append(lecture)
    groups = _shared(problem)
    pairs = [pair for held in at_once.values() for pair in combinations(held, 2)]
    return [
        *(said for x in timetable for said in _unfit(problem, x)),
        *(said for x, y in pairs for said in _clashing(groups, x, y)),
    ]


def _unfit(problem: Problem, lecture: Lecture) -> Iterator[str]:
    course = next(course for course in problem.courses if course.key == lecture.course)
    room = next(room for room in problem.rooms if room.key == lecture.room)
    at = lecture.day * problem.periods_per_day + lecture.period
    if at in course.closed:
        yield f"course {course.key}: day {lecture.day}, period {lecture.period} is closed to it"
    if at in room.closed:
        yield f"course {course.key}: room {room.key} is closed on day {lecture.day}, period {lecture.period}"
    if lacking := course.equipment - room.equipment:
        yield f"course {course.key}: room {room.key} has no {', '.join(sorted(lacking))}"


def _shared(problem: Problem) -> dict[str, list[str]]:
    """Whom each course takes up: its teacher and its curricula."""
    groups = {course.key: [f"teacher {course.teacher}"] for course in problem.courses}
    for curriculum in problem.curricula:
        for key in curriculum.courses:
            groups[key].append(f"curriculum {curriculum.key}")
    return groups


def _clashing(groups: dict[str, list[str]], one: Lecture, other: Lecture) -> Iterator[str]:
    when = f"on day {one.day}, period {one.period}"
    if one.course == other.course:
        yield f"course {one.course}: two lectures at once {when}"
    elif both := [each for each in groups[one.course] if each in groups[other.course]]:
        yield f"course {one.course} and course {other.course} are at once {when}: {both[0]} has both"
    if one.room == other.room:
        yield f"room {one.room}: {one.course} and {other.course} are both there {when}"


def _pins(problem: Problem) -> Iterator[str]:
    """What pinned lectures break by themselves: they stay where they are."""
    yield from (f"{said} (pinned)" for said in in_the_way(problem, problem.pinned))


def _rooms(problem: Problem) -> Iterator[str]:
    cells = sum(problem.periods - len(room.closed) for room in problem.rooms)
    if problem.lectures > cells:
        yield f"{problem.lectures} lectures, but all rooms together are open for only {cells}"


def _courses(problem: Problem) -> Iterator[str]:
    for course in problem.courses:
        fit = [room for room in problem.rooms if course.equipment <= room.equipment]
        if course.lectures and not fit:
            wanted = f"has {', '.join(sorted(course.equipment))}" if course.equipment else "is there"
            yield f"course {course.key}: no room {wanted}"
            continue
        periods = [p for p in range(problem.periods) if p not in course.closed and any(p not in room.closed for room in fit)]
        if len(periods) < course.lectures:
            yield f"course {course.key}: {course.lectures} lectures, but only {len(periods)} periods are open to it"


def _equipment(problem: Problem) -> Iterator[str]:
    """Rooms that alone have what some courses need, open for fewer lectures than those have."""
    for needed in sorted({course.equipment for course in problem.courses if course.equipment}, key=sorted):
        mine = [course for course in problem.courses if needed <= course.equipment]
        fit = [room for room in problem.rooms if needed <= room.equipment]
        shut = frozenset.intersection(*(course.closed for course in mine))
        cells = sum(problem.periods - len(room.closed | shut) for room in fit)
        lectures = sum(course.lectures for course in mine)
        if fit and lectures > cells:
            yield f"{', '.join(sorted(needed))}: {lectures} lectures need it, but rooms that have it are open for only {cells}"


def _groups(problem: Problem) -> Iterator[str]:
    """Courses that are never at once, by curriculum and by teacher, need a period of their own for each lecture."""
    courses = {course.key: course for course in problem.courses}
    for curriculum in problem.curricula:
        yield from _matched(problem, f"curriculum {curriculum.key}", [courses[key] for key in curriculum.courses])
    teachers: dict[str, list[Course]] = defaultdict(list)
    for course in problem.courses:
        teachers[course.teacher].append(course)
    for teacher, mine in teachers.items():
        if len(mine) > 1:
            yield from _matched(problem, f"teacher {teacher}", mine)


def _matched(problem: Problem, who: str, courses: list[Course]) -> Iterator[str]:
    """By augmenting paths; where one lecture finds none, the courses that it met on the way compete for too few periods (Hall)."""
    holder: dict[int, str] = {}
    closed = {course.key: course.closed for course in courses}
    for course in courses:
        for _lecture in range(course.lectures):
            seen: set[int] = set()
            if not _augment(course.key, closed, problem.periods, holder, seen):
                rivals = sorted({course.key, *(holder[p] for p in seen)})
                need = sum(each.lectures for each in courses if each.key in rivals)
                if len(rivals) > 1:
                    yield f"{who}: {', '.join(rivals)} together have {need} lectures, but only {len(seen)} periods are open to them"
                return


def _augment(key: str, closed: dict[str, frozenset[int]], periods: int, holder: dict[int, str], seen: set[int]) -> bool:
    for period in range(periods):
        if period in closed[key] or period in seen:
            continue
        seen.add(period)
        if period not in holder or _augment(holder[period], closed, periods, holder, seen):
            holder[period] = key
            return True
    return False
