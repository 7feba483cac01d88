"""What no timetable can cost less than: the rooms' prices and the times' prices bounded apart, which may be added.

Rooms (capacity, stability): every lecture to some room, each room for as many lectures as it has periods, forgetting who clashes.
Times (working days, compactness, day load): curriculum by curriculum, forgetting all others; the working days of a course count
in one of its curricula only. Both are small programs that CP-SAT (Perron, Didier 2024) mostly solves to the end; where its
deterministic limit comes first, its own bound stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from ortoo_solvers.core.stop import Stop, never
from ortoo_solvers.timetable.problem import Course, Curriculum, Problem, Room

ROOM_EFFORT, GROUP_EFFORT = 3.0, 0.4  # CP-SAT's deterministic seconds; a real one is of the same size.
# Courses × rooms; the largest published instance has 5,000. Beyond, building the program takes longer than it is worth.
MOST_PAIRS = 20_000


@dataclass(frozen=True, slots=True)
class Bound:
    """``rooms`` and ``time``: parts of the cost that rest on different rules."""

    rooms: int = 0
    time: int = 0

    @property
    def value(self) -> int:
        return self.rooms + self.time


def bound_of(problem: Problem, stop: Stop = never) -> Bound:
    """Whatever the search finds cannot cost less; the same on any machine unless ``stop`` ends it early."""
    time, counted = 0, set[str]()
    rooms = 0 if stop(None) or len(problem.courses) * len(problem.rooms) > MOST_PAIRS else _rooms(problem)
    for group in sorted(problem.curricula, key=lambda group: -len(group.courses)):
        if stop(None):
            break
        mine = [course for course in problem.courses if course.key in group.courses and course.lectures]
        time += _group(problem, group, mine, counted)
        counted |= {course.key for course in mine}
    alone = [course for course in problem.courses if course.key not in counted and course.lectures]
    time += sum(problem.prices.min_working_days * max(0, course.min_days - _most_days(problem, course)) for course in alone)
    return Bound(rooms, time)


def _most_days(problem: Problem, course: Course) -> int:
    """Days on which the course could have a lecture."""
    return min(course.lectures, len({period // problem.periods_per_day for period in _open(problem, course)}))


def _open(problem: Problem, course: Course) -> list[int]:
    return [period for period in range(problem.periods) if period not in course.closed]


def _rooms(problem: Problem) -> int:
    """Cheapest rooms for all lectures, with as many lectures to a room as it has periods open."""
    model = cp_model.CpModel()
    prices: list[cp_model.LinearExpr] = []
    into: dict[int, list[cp_model.IntVar]] = {r: [] for r in range(len(problem.rooms))}
    for course in problem.courses:
        if course.lectures:
            numbers = list(_course_rooms(problem, model, course, into, prices))
            if not numbers:
                return 0
            model.add(sum(numbers) == course.lectures)
    for r, room in enumerate(problem.rooms):
        model.add(sum(into[r]) <= problem.periods - len(room.closed))
    stability = problem.prices.room_stability * sum(course.lectures > 0 for course in problem.courses)
    model.minimize(sum(prices))
    return max(0, _solve(model, ROOM_EFFORT) - stability)


def _course_rooms(
    problem: Problem,
    model: cp_model.CpModel,
    course: Course,
    into: dict[int, list[cp_model.IntVar]],
    prices: list[cp_model.LinearExpr],
) -> Iterator[cp_model.IntVar]:
    """How many lectures of the course each room takes; what that costs goes into ``prices``."""
    for r, room in enumerate(problem.rooms):
        if not course.equipment <= room.equipment:
            continue
        number, used = model.new_int_var(0, course.lectures, ""), model.new_bool_var("")
        model.add(number <= course.lectures * used)
        into[r].append(number)
        prices.append(problem.prices.room_stability * used + problem.prices.room_capacity * _missing(course, room) * number)
        yield number


def _missing(course: Course, room: Room) -> int:
    return max(0, course.students - room.capacity)


def _group(problem: Problem, group: Curriculum, courses: list[Course], counted: set[str]) -> int:
    """Cheapest times for one curriculum; working days of courses in ``counted`` are not priced again."""
    model = cp_model.CpModel()
    held = {(c, p): model.new_bool_var("") for c, course in enumerate(courses) for p in _open(problem, course)}
    for c, course in enumerate(courses):
        model.add(sum(held[c, p] for p in _open(problem, course)) == course.lectures)
    busy = [sum(held[c, p] for c in range(len(courses)) if (c, p) in held) for p in range(problem.periods)]
    for at_once in busy:
        if not isinstance(at_once, int):
            model.add(at_once <= 1)
    prices = [
        *_isolated(problem, model, busy),
        *_load(problem, group, model, busy),
        *(
            price
            for c, course in enumerate(courses)
            if course.key not in counted
            for price in _days(problem, model, c, course, held)
        ),
    ]
    model.minimize(sum(prices))
    return max(0, _solve(model, GROUP_EFFORT))


def _isolated(
    problem: Problem, model: cp_model.CpModel, busy: Sequence[cp_model.LinearExpr | int]
) -> Iterator[cp_model.LinearExpr]:
    last = problem.periods_per_day - 1
    for p, at_once in enumerate(busy):
        alone = model.new_bool_var("")
        before = busy[p - 1] if p % problem.periods_per_day else 0
        after = busy[p + 1] if p % problem.periods_per_day < last else 0
        model.add(alone >= at_once - before - after)
        yield problem.prices.compactness * alone


def _load(
    problem: Problem, group: Curriculum, model: cp_model.CpModel, busy: Sequence[cp_model.LinearExpr | int]
) -> Iterator[cp_model.LinearExpr]:
    if group.most_a_day is None:
        return
    number = problem.periods_per_day
    for day in range(problem.days):
        over = model.new_int_var(0, number, "")
        model.add(over >= sum(busy[day * number : (day + 1) * number]) - group.most_a_day)
        yield problem.prices.day_load * over


def _days(
    problem: Problem, model: cp_model.CpModel, c: int, course: Course, held: dict[tuple[int, int], cp_model.IntVar]
) -> Iterator[cp_model.LinearExpr]:
    number = problem.periods_per_day
    used = []
    for day in range(problem.days):
        mine = [held[c, p] for p in range(day * number, (day + 1) * number) if (c, p) in held]
        if mine:
            used.append(model.new_bool_var(""))
            model.add(used[-1] <= sum(mine))
    missing = model.new_int_var(0, max(0, course.min_days), "")
    model.add(missing >= course.min_days - sum(used))
    yield problem.prices.min_working_days * missing


def _solve(model: cp_model.CpModel, effort: float) -> int:
    """The bound that CP-SAT proves; 0 where there is no such timetable at all (the search will say so)."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False  # It would leave Ctrl-C ending the program for good.
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
        bound = solver.best_objective_bound
        return round(bound) if abs(bound) < 1e12 else 0
    return 0
