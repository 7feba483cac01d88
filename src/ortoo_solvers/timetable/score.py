"""The judge: counts what a timetable breaks and costs, from the rules' own words and nothing of the search."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from ortoo_solvers.timetable.problem import Lecture, Problem

HARD = ("Lectures", "Conflicts", "Availability", "RoomOccupancy", "Equipment", "Pins")
UD2 = ("RoomCapacity", "MinimumWorkingDays", "CurriculumCompactness", "RoomStability")
SOFT = (*UD2, "DayLoad", "Order", "Change")


@dataclass(frozen=True, slots=True)
class Score:
    """``hard``: number of broken hard rules; ``soft``: the cost; ``by_rule``: both, by name."""

    hard: int
    soft: int
    by_rule: Mapping[str, int]


def score(problem: Problem, lectures: Iterable[Lecture]) -> Score:
    """Counts as the validator of ITC-2007 does: conflicts by pair of lectures at once, RoomOccupancy by lecture too many in a
    room, RoomCapacity by student without a seat, MinimumWorkingDays by day missing, CurriculumCompactness by lecture of a
    curriculum with none beside it on that day, RoomStability by room of a course beyond its first. A lecture outside the term, in a
    room or of a course that there is not, is not held: it breaks Lectures once, and once more where its course then has one too few."""
    given = list(lectures)
    timetable = _held(problem, given)
    prices = problem.prices
    by_rule = {
        "Lectures": _lectures(problem, timetable) + len(given) - len(timetable),
        "Conflicts": _conflicts(problem, timetable),
        "Availability": _availability(problem, timetable),
        "RoomOccupancy": sum(n - 1 for n in Counter((x.room, x.day, x.period) for x in timetable).values()),
        "Equipment": _equipment(problem, timetable),
        "Pins": len(problem.pinned) - sum(min(n, Counter(timetable)[x]) for x, n in Counter(problem.pinned).items()),
        "RoomCapacity": prices.room_capacity * _without_seat(problem, timetable),
        "MinimumWorkingDays": prices.min_working_days * _days_missing(problem, timetable),
        "CurriculumCompactness": prices.compactness * _isolated(problem, timetable),
        "RoomStability": prices.room_stability * _rooms_more(timetable),
        "DayLoad": prices.day_load * _overload(problem, timetable),
        "Order": prices.order * _out_of_order(problem, timetable),
        "Change": _changes(problem, timetable),
    }
    return Score(sum(by_rule[name] for name in HARD), sum(by_rule[name] for name in SOFT), by_rule)


def _held(problem: Problem, lectures: list[Lecture]) -> list[Lecture]:
    courses, rooms = {course.key for course in problem.courses}, {room.key for room in problem.rooms}
    return [
        x
        for x in lectures
        if x.course in courses and x.room in rooms and 0 <= x.day < problem.days and 0 <= x.period < problem.periods_per_day
    ]


def _lectures(problem: Problem, timetable: list[Lecture]) -> int:
    held = Counter(lecture.course for lecture in timetable)
    return sum(abs(held[course.key] - course.lectures) for course in problem.courses)


def _conflicts(problem: Problem, timetable: list[Lecture]) -> int:
    groups: dict[str, set[str]] = defaultdict(set)
    for curriculum in problem.curricula:
        for key in curriculum.courses:
            groups[key].add(f"curriculum {curriculum.key}")
    for course in problem.courses:
        groups[course.key] |= {f"teacher {course.teacher}", f"course {course.key}"}
    at_once: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for number, lecture in enumerate(timetable):
        for group in groups[lecture.course]:
            at_once[lecture.day, lecture.period, group].append(number)
    return len({pair for numbers in at_once.values() for pair in combinations(numbers, 2)})


def _availability(problem: Problem, timetable: list[Lecture]) -> int:
    courses = {course.key: course.closed for course in problem.courses}
    rooms = {room.key: room.closed for room in problem.rooms}
    number = problem.periods_per_day
    return sum((x.day * number + x.period in courses[x.course]) + (x.day * number + x.period in rooms[x.room]) for x in timetable)


def _equipment(problem: Problem, timetable: list[Lecture]) -> int:
    has = {room.key: room.equipment for room in problem.rooms}
    needs = {course.key: course.equipment for course in problem.courses}
    return sum(not needs[x.course] <= has[x.room] for x in timetable)


def _without_seat(problem: Problem, timetable: list[Lecture]) -> int:
    seats = {room.key: room.capacity for room in problem.rooms}
    students = {course.key: course.students for course in problem.courses}
    return sum(max(0, students[x.course] - seats[x.room]) for x in timetable)


def _days_missing(problem: Problem, timetable: list[Lecture]) -> int:
    days: dict[str, set[int]] = defaultdict(set)
    for lecture in timetable:
        days[lecture.course].add(lecture.day)
    return sum(max(0, course.min_days - len(days[course.key])) for course in problem.courses if course.lectures)


def _isolated(problem: Problem, timetable: list[Lecture]) -> int:
    times = _times(timetable)
    found = 0
    for curriculum in problem.curricula:
        held = [time for key in curriculum.courses for time in times[key]]
        taken = set(held)
        found += sum((day, period - 1) not in taken and (day, period + 1) not in taken for day, period in held)
    return found


def _rooms_more(timetable: list[Lecture]) -> int:
    rooms: dict[str, set[str]] = defaultdict(set)
    for lecture in timetable:
        rooms[lecture.course].add(lecture.room)
    return sum(len(used) - 1 for used in rooms.values())


def _overload(problem: Problem, timetable: list[Lecture]) -> int:
    times = _times(timetable)
    found = 0
    for curriculum in problem.curricula:
        if curriculum.most_a_day is not None:
            loads = Counter(day for key in curriculum.courses for day, _ in times[key])
            found += sum(max(0, load - curriculum.most_a_day) for load in loads.values())
    return found


def _out_of_order(problem: Problem, timetable: list[Lecture]) -> int:
    """Pairs of lectures of which the one that should come later does not."""
    times = _times(timetable)
    return sum(
        first >= second
        for course in problem.courses
        for key in course.after
        for second in times[course.key]
        for first in times[key]
    )


def _changes(problem: Problem, timetable: list[Lecture]) -> int:
    if not problem.published:
        return 0
    old = {(x.course, x.day, x.period): x.room for x in problem.published}
    full, half = problem.prices.change, problem.prices.change // 2
    return sum(full if (room := old.get((x.course, x.day, x.period))) is None else half * (room != x.room) for x in timetable)


def _times(timetable: list[Lecture]) -> dict[str, list[tuple[int, int]]]:
    times: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for lecture in timetable:
        times[lecture.course].append((lecture.day, lecture.period))
    return times
