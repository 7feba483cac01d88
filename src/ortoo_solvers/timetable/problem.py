"""A timetable: courses (modules) of lectures, curricula (groups) that attend them, teachers, rooms, periods.

The core is the curriculum-based course timetabling of ITC-2007 track 3 (formulation UD2; Di Gaspero, McCollum, Schaerf 2007).
What a residential term needs on top has a default that costs nothing, so that a published instance keeps its published cost.
Periods are numbered 0 … days × periods_per_day − 1, day by day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Course:
    """``lectures`` of one period each, in at least ``min_days`` different days or at a price.

    ``closed``: periods in which it cannot be given (its own, its instructor's days, a ceremony). ``equipment``: what its room
    must have, such as ``bus`` for a field visit. ``after``: courses that must be over before its first lecture, at a price.
    """

    key: str
    teacher: str
    lectures: int
    min_days: int = 1
    students: int = 0
    closed: frozenset[int] = frozenset()
    equipment: frozenset[str] = frozenset()
    after: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.lectures < 0:
            raise ValueError(f"course {self.key}: fewer than no lectures")


@dataclass(frozen=True, slots=True)
class Room:
    """``closed``: periods in which it is not to be had."""

    key: str
    capacity: int
    equipment: frozenset[str] = frozenset()
    closed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Curriculum:
    """A group and the courses that it attends, none two at once. ``most_a_day``: lectures beyond that cost; None: no limit."""

    key: str
    courses: tuple[str, ...]
    most_a_day: int | None = None


@dataclass(frozen=True, slots=True)
class Lecture:
    """One lecture in its place; ``period`` within the day, from 0."""

    course: str
    room: str
    day: int
    period: int


@dataclass(frozen=True, slots=True)
class Prices:
    """What one unit of each soft rule costs; those of UD2 first, the others only matter where a problem uses them."""

    room_capacity: int = 1
    min_working_days: int = 5
    compactness: int = 2
    room_stability: int = 1
    day_load: int = 2
    order: int = 3
    change: int = 10


@dataclass(frozen=True, slots=True)
class Problem:
    """``pinned``: lectures that stay where they are. ``published``: an older timetable; each lecture of a course at a time that
    it did not have costs ``prices.change``, one at an old time in another room half of that, rounded down."""

    courses: tuple[Course, ...]
    rooms: tuple[Room, ...]
    curricula: tuple[Curriculum, ...]
    days: int
    periods_per_day: int
    name: str = ""
    pinned: tuple[Lecture, ...] = ()
    published: tuple[Lecture, ...] = ()
    prices: Prices = field(default_factory=Prices)

    def __post_init__(self) -> None:
        from ortoo_solvers.timetable.check import check_problem

        check_problem(self)

    @property
    def periods(self) -> int:
        """Periods of the whole term."""
        return self.days * self.periods_per_day

    @property
    def lectures(self) -> int:
        """Lectures of all courses."""
        return sum(course.lectures for course in self.courses)


@dataclass(frozen=True, slots=True)
class Solution:
    """``cost`` and ``by_rule`` as the judge counts them, ``hard`` broken hard rules (0 in a timetable that can be held).

    ``bound``: no timetable costs less. ``iterations``: proposals made; the same answer comes again for the same seed and the same
    ``iterations`` given to ``solve``, not for as many as were made in some seconds.
    """

    lectures: tuple[Lecture, ...]
    cost: int
    hard: int
    by_rule: Mapping[str, int]
    bound: int
    optimal: bool
    seconds: float
    iterations: int
    proposals_per_second: float
