"""A problem as flat arrays, for the compiled search."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.timetable.check import NEVER
from ortoo_solvers.timetable.problem import Lecture, Problem

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Arrays:
    """C courses, P periods, R rooms, Q curricula, L lectures, D days.

    ``course_of`` (L): course of each lecture. ``open`` (C × P): 1 where the course may be given. ``unary`` (C × P × R): price of
    one lecture there, NEVER where it may not be. ``clash`` (C × C): 1 for courses never at once, itself included; the same as
    lists in ``clash_at``/``clashes``. ``groups_at``/``groups``: curricula of each course. ``in_group`` (Q × C).
    ``tables`` (T × 2^periods a day): price of the set of busy periods of one day, ``table_of`` (Q) says which table.
    ``before_at``/``before`` and ``behind_at``/``behind``: courses that must be over before, or come after. ``pinned`` (L).
    ``most`` (C): what another period for one of its lectures can save at most in days and gaps.
    """

    course_of: Ints
    open: NDArray[np.int8]
    unary: Ints
    clash: NDArray[np.int8]
    clash_at: Ints
    clashes: Ints
    groups_at: Ints
    groups: Ints
    in_group: NDArray[np.int8]
    tables: Ints
    table_of: Ints
    before_at: Ints
    before: Ints
    behind_at: Ints
    behind: Ints
    min_days: Ints
    most: Ints
    first: Ints
    pinned: NDArray[np.int8]
    pin_period: Ints
    pin_room: Ints
    periods_per_day: int
    days_price: int
    stability_price: int
    order_price: int

    @property
    def shape(self) -> tuple[int, int, int]:
        """Courses, periods, rooms."""
        courses, periods, rooms = self.unary.shape
        return courses, periods, rooms


def arrays_of(problem: Problem) -> Arrays:
    """Lectures are numbered course by course, pinned ones of a course first."""
    place = {course.key: number for number, course in enumerate(problem.courses)}
    room_of = {room.key: number for number, room in enumerate(problem.rooms)}
    course_of = np.repeat(np.arange(len(problem.courses)), [c.lectures for c in problem.courses]).astype(np.int32)
    first = np.concatenate([[0], np.cumsum([c.lectures for c in problem.courses])]).astype(np.int32)
    clash = _clash(problem, place)
    tables, table_of = _tables(problem)
    groups: list[list[int]] = [[] for _ in problem.courses]
    for q, group in enumerate(problem.curricula):
        for key in group.courses:
            groups[place[key]].append(q)
    in_group = np.zeros((max(1, len(problem.curricula)), len(problem.courses)), np.int8)
    for course, mine in enumerate(groups):
        in_group[mine, course] = 1
    before = [[place[key] for key in course.after] for course in problem.courses]
    behind: list[list[int]] = [[] for _ in problem.courses]
    for later, earlier in enumerate(before):
        for course in earlier:
            behind[course].append(later)
    unary = _unary(problem)
    clash_at, clashes = _lists([list(np.flatnonzero(row)) for row in clash])
    groups_at, group_list = _lists(groups)
    before_at, before_list = _lists(before)
    behind_at, behind_list = _lists(behind)
    pinned, pin_period, pin_room = _pins(problem, place, room_of, first)
    return Arrays(
        course_of=course_of,
        open=np.asarray(unary.min(axis=2, initial=NEVER) < NEVER, np.int8),
        unary=unary,
        clash=clash,
        clash_at=clash_at,
        clashes=clashes,
        groups_at=groups_at,
        groups=group_list,
        in_group=in_group,
        tables=tables,
        table_of=table_of,
        before_at=before_at,
        before=before_list,
        behind_at=behind_at,
        behind=behind_list,
        min_days=np.array([c.min_days for c in problem.courses], np.int32),
        most=_most(problem, groups_at, group_list, tables, table_of),
        first=first,
        pinned=pinned,
        pin_period=pin_period,
        pin_room=pin_room,
        periods_per_day=problem.periods_per_day,
        days_price=problem.prices.min_working_days,
        stability_price=problem.prices.room_stability,
        order_price=problem.prices.order,
    )


def lectures_of(problem: Problem, arrays: Arrays, period: Ints, room: Ints) -> tuple[Lecture, ...]:
    """Back to names, course by course in the order of time."""
    rows = sorted(zip(arrays.course_of.tolist(), period.tolist(), room.tolist(), strict=True))
    number = problem.periods_per_day
    return tuple(Lecture(problem.courses[c].key, problem.rooms[r].key, p // number, p % number) for c, p, r in rows)


def _lists(rows: list[list[int]]) -> tuple[Ints, Ints]:
    """Lists one after the other, and where each begins."""
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int32)
    return starts, np.array([item for row in rows for item in row], np.int32)


def _clash(problem: Problem, place: dict[str, int]) -> NDArray[np.int8]:
    clash = np.eye(len(problem.courses), dtype=np.int8)
    together: dict[str, list[int]] = {}
    for number, course in enumerate(problem.courses):
        together.setdefault(course.teacher, []).append(number)
    for members in [*together.values(), *([place[key] for key in group.courses] for group in problem.curricula)]:
        clash[np.ix_(members, members)] = 1
    return clash


def _unary(problem: Problem) -> Ints:
    """Seats that are missing, closed times and rooms, equipment, what differs from the published timetable."""
    courses, rooms = problem.courses, problem.rooms
    missing = np.array([c.students for c in courses])[:, None] - np.array([r.capacity for r in rooms])[None, :]
    price = problem.prices.room_capacity * np.maximum(0, missing)
    fits = {needed: np.array([needed <= room.equipment for room in rooms], bool) for needed in {c.equipment for c in courses}}
    for c, course in enumerate(courses):
        price[c, ~fits[course.equipment]] = NEVER
    unary = np.empty((len(courses), problem.periods, len(rooms)), np.int32)
    unary[:] = price[:, None, :]
    for r, room in enumerate(rooms):
        unary[:, list(room.closed), r] = NEVER
    for c, course in enumerate(courses):
        unary[c, list(course.closed)] = NEVER
    if problem.published:
        _add_changes(problem, unary)
    return np.minimum(unary, NEVER, out=unary)


def _add_changes(problem: Problem, unary: Ints) -> None:
    """Course by course, nothing where it was held: at a time of its own, in another room half."""
    full, half = problem.prices.change, problem.prices.change // 2
    rooms = {room.key: number for number, room in enumerate(problem.rooms)}
    held: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for old in problem.published:
        held[old.course].append((old.day * problem.periods_per_day + old.period, rooms[old.room]))
    for c, course in enumerate(problem.courses):
        price = np.full(unary.shape[1:], full, np.int32)
        for at, _room in held[course.key]:
            price[at] = half
        for at, room in held[course.key]:
            price[at, room] = 0
        unary[c] += price


def _most(problem: Problem, groups_at: Ints, groups: Ints, tables: Ints, table_of: Ints) -> Ints:
    """The most that another period for one lecture of a course can save in days; beyond any price where modules have an order."""
    if any(course.after for course in problem.courses):
        return np.full(len(problem.courses), NEVER, np.int32)
    saved = np.array([_most_saved(table, problem.periods_per_day) for table in tables])
    mine = [table_of[groups[groups_at[c] : groups_at[c + 1]]] for c in range(len(problem.courses))]
    found = [problem.prices.min_working_days + int(saved[each].sum()) for each in mine]
    return np.array(found, np.int32)


def _most_saved(table: Ints, periods: int) -> int:
    """Of the prices of a group's days, by taking one period out, putting one in, or both."""
    masks = np.arange(len(table))
    out = [(table - table[masks & ~(1 << p)]).max() for p in range(periods)]
    into = [(table - table[masks | 1 << p]).max() for p in range(periods)]
    both = [(table - table[masks & ~(1 << p) | 1 << q]).max() for p in range(periods) for q in range(periods)]
    return int(max(max(out) + max(into), max(both)))


def _tables(problem: Problem) -> tuple[Ints, Ints]:
    kinds = list(dict.fromkeys(group.most_a_day for group in problem.curricula)) or [None]
    tables = np.stack([_table(problem, kind) for kind in kinds])
    return tables, np.array([kinds.index(group.most_a_day) for group in problem.curricula] or [0], np.int32)


def _table(problem: Problem, most: int | None) -> Ints:
    masks = np.arange(1 << problem.periods_per_day, dtype=np.int64)
    alone = _ones(masks & ~(masks << 1) & ~(masks >> 1))
    price = problem.prices.compactness * alone
    if most is not None:
        price = price + problem.prices.day_load * np.maximum(0, _ones(masks) - most)
    return price.astype(np.int32)


def _ones(masks: NDArray[np.int64]) -> NDArray[np.int64]:
    return sum(((masks >> bit) & 1 for bit in range(17)), np.zeros_like(masks))


def _pins(problem: Problem, place: dict[str, int], rooms: dict[str, int], first: Ints) -> tuple[NDArray[np.int8], Ints, Ints]:
    pinned = np.zeros(problem.lectures, np.int8)
    period, room = np.full(problem.lectures, -1, np.int32), np.full(problem.lectures, -1, np.int32)
    next_of = first.copy()
    for lecture in problem.pinned:
        number = next_of[place[lecture.course]]
        next_of[place[lecture.course]] += 1
        pinned[number] = 1
        period[number], room[number] = lecture.day * problem.periods_per_day + lecture.period, rooms[lecture.room]
    return pinned, period, room


def placed(problem: Problem, arrays: Arrays, lectures: Iterable[Lecture]) -> tuple[Ints, Ints]:
    """Period and room of each lecture number, -1 where the timetable given has none for it; too many, and those outside
    the term, are left out."""
    place = {course.key: number for number, course in enumerate(problem.courses)}
    rooms = {room.key: number for number, room in enumerate(problem.rooms)}
    period, room = arrays.pin_period.copy(), arrays.pin_room.copy()
    waiting = list(lectures)
    for pin in problem.pinned:
        if pin in waiting:
            waiting.remove(pin)
    free = {c: [n for n in range(arrays.first[c], arrays.first[c + 1]) if period[n] < 0] for c in place.values()}
    for lecture in waiting:
        course = place.get(lecture.course)
        inside = 0 <= lecture.day < problem.days and 0 <= lecture.period < problem.periods_per_day
        if course is not None and lecture.room in rooms and inside and free[course]:
            number = free[course].pop(0)
            period[number] = lecture.day * problem.periods_per_day + lecture.period
            room[number] = rooms[lecture.room]
    return period, room
