"""Problems grown around a timetable that is not shown: it can be held, and little beside it may be.

What makes a problem hard to place is given by figures such as those that Bellio et al. 2016 list for published instances: how many courses,
lectures, rooms and periods, how many curricula of which size, and which share of the periods each course is closed in.
"""

from dataclasses import dataclass

import numpy as np

from ortoo_solvers.timetable import Course, Curriculum, Problem, Room


@dataclass(frozen=True, slots=True)
class Kind:
    """``curriculum``: courses of one on average; ``closed``: share of the periods that the hidden timetable does not use for a course."""

    name: str
    courses: int
    lectures: int
    rooms: int
    days: int
    periods_per_day: int
    curricula: int
    curriculum: float
    closed: float


def planted(kind: Kind, seed: int) -> Problem:
    """A problem of this kind whose hidden timetable breaks no hard rule."""
    random = np.random.default_rng(seed)
    periods = kind.days * kind.periods_per_day
    held = _hidden(kind, periods, random)
    masks = [sum(1 << period for period in mine) for mine in held]
    teachers = _teachers(masks, random)
    curricula = tuple(_curriculum(number, kind, masks, random) for number in range(kind.curricula))
    capacities = random.integers(20, 300, kind.rooms)
    return Problem(
        courses=tuple(
            Course(
                key=f"c{number}",
                teacher=f"t{teachers[number]}",
                lectures=len(mine),
                min_days=int(min(len(mine), kind.days, random.integers(1, 5))),
                students=int(random.integers(5, 250)),
                closed=_closed(mine, periods, kind.closed, random),
            )
            for number, mine in enumerate(held)
        ),
        rooms=tuple(Room(f"r{number}", int(capacity)) for number, capacity in enumerate(capacities)),
        curricula=curricula,
        days=kind.days,
        periods_per_day=kind.periods_per_day,
        name=f"{kind.name}-{seed}",
    )


def _hidden(kind: Kind, periods: int, random: np.random.Generator) -> list[list[int]]:
    """The periods of each course: none twice, in none more lectures than rooms."""
    sizes = 1 + random.multinomial(kind.lectures - kind.courses, random.dirichlet(np.full(kind.courses, 3.0)))
    sizes = np.minimum(sizes, periods)
    while (left := kind.lectures - int(sizes.sum())) > 0:
        sizes[random.choice(np.flatnonzero(sizes < periods), left)] += 1
        sizes = np.minimum(sizes, periods)
    free = np.full(periods, kind.rooms)
    held: list[list[int]] = [[] for _ in sizes]
    for number in np.argsort(-sizes, kind="stable"):
        # The emptiest periods first, ties at random: nothing is left over in the end.
        order = np.lexsort((random.random(periods), -free))[: sizes[number]]
        free[order] -= 1
        held[number] = sorted(int(period) for period in order)
    assert free.min() >= 0
    return held


def _teachers(masks: list[int], random: np.random.Generator) -> list[int]:
    """Some give two or three courses that are never at once."""
    busy: list[int] = []
    found = []
    for mask in masks:
        ready = [teacher for teacher in range(len(busy)) if not busy[teacher] & mask]
        if ready and random.random() < 0.35:
            teacher = int(random.choice(ready))
            busy[teacher] |= mask
        else:
            teacher = len(busy)
            busy.append(mask)
        found.append(teacher)
    return found


def _curriculum(number: int, kind: Kind, masks: list[int], random: np.random.Generator) -> Curriculum:
    wanted = 1 + int(random.poisson(max(0.0, kind.curriculum - 1)))
    taken: list[int] = []
    busy = 0
    for course in random.permutation(len(masks)):
        if len(taken) < wanted and not busy & masks[course]:
            taken.append(int(course))
            busy |= masks[course]
    return Curriculum(f"q{number}", tuple(f"c{course}" for course in taken))


def _closed(mine: list[int], periods: int, share: float, random: np.random.Generator) -> frozenset[int]:
    others = [period for period in range(periods) if period not in mine]
    return frozenset(int(period) for period in random.permutation(others)[: round(share * len(others))])
