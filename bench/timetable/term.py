"""A synthetic residential term: four groups for ten days, their own drill, common lectures, field visits by bus, a fixed opening."""

from ortoo_solvers.timetable import Course, Curriculum, Lecture, Problem, Room

GROUPS = ("A", "B", "C", "D")
DAYS, PERIODS = 10, 8
SUBJECTS = (
    ("expression", 6, "teacher 1"),
    ("investigation", 6, "teacher 2"),
    ("coordination", 6, "teacher 3"),
    ("originals", 4, "teacher 4"),
    ("cases", 6, "teacher 5"),
)


def term() -> Problem:
    """Drill only at dawn, visits in the afternoon after the originals were read, no instructor on the last half day."""
    dawn = frozenset(p for p in range(DAYS * PERIODS) if p % PERIODS != 0)
    morning = frozenset(p for p in range(DAYS * PERIODS) if p % PERIODS < 4)
    no_dawn = frozenset(range(0, DAYS * PERIODS, PERIODS))
    last = frozenset(range(DAYS * PERIODS - 4, DAYS * PERIODS))
    courses = [Course("opening", "base", 1, 1, 220, frozenset(range(1, DAYS * PERIODS)))]
    for group in GROUPS:
        courses.append(Course(f"drill {group}", f"drill {group}", 8, 8, 55, dawn, frozenset({"yard"})))
        courses += [Course(f"{name} {group}", teacher, n, 4, 55, no_dawn | last) for name, n, teacher in SUBJECTS]
        courses.append(
            Course(
                f"visit {group}", f"guide {group}", 4, 2, 55, morning | last, frozenset({"bus"}), after=(f"originals {group}",)
            )
        )
    rooms = (
        Room("hall", 230), Room("room 1", 60), Room("room 2", 60), Room("room 3", 40),
        *(Room(f"yard {n}", 60, frozenset({"yard"})) for n in range(1, 5)), Room("bus 1", 60, frozenset({"bus"})),
        Room("bus 2", 60, frozenset({"bus"})),
    )  # fmt: skip
    curricula = tuple(
        Curriculum(group, ("opening", *(c.key for c in courses if c.key.endswith(f" {group}"))), 6) for group in GROUPS
    )
    return Problem(tuple(courses), rooms, curricula, DAYS, PERIODS, "term", pinned=(Lecture("opening", "hall", 0, 0),))
