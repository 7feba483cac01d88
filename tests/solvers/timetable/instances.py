"""Timetables of our own making: a small one by hand, and random ones by hypothesis."""

from dataclasses import replace

from hypothesis import strategies as st

from ortoo_solvers.timetable import Course, Curriculum, Problem, Room

SMALL = Problem(
    courses=(
        Course("drill", "A", 3, 3, 30),
        Course("law", "B", 3, 2, 45, closed=frozenset({0, 1})),
        Course("talk", "A", 2, 2, 20),
        Course("visit", "C", 2, 1, 40),
    ),
    rooms=(Room("hall", 50), Room("small", 25)),
    curricula=(Curriculum("one", ("drill", "law", "visit")), Curriculum("two", ("talk", "visit"))),
    days=3,
    periods_per_day=4,
    name="small",
)

CROWDED = replace(SMALL, rooms=SMALL.rooms[1:])  # The small room alone: 105 students without a seat, whatever the times.

CTT = """Name: small
Courses: 4
Rooms: 2
Days: 3
Periods_per_day: 4
Curricula: 2
Constraints: 2

COURSES:
drill A 3 3 30
law B 3 2 45
talk A 2 2 20
visit C 2 1 40

ROOMS:
hall 50
small 25

CURRICULA:
one 3 drill law visit
two 2 talk visit

UNAVAILABILITY_CONSTRAINTS:
law 0 0
law 0 1

END.
"""


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to seven courses in a short term, with the rules that a residential term adds now and then."""
    days, number = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    periods = st.frozensets(st.integers(0, days * number - 1), max_size=2)
    equipment = st.sampled_from([frozenset[str](), frozenset[str](), frozenset({"bus"})])
    keys = [f"c{n}" for n in range(draw(st.integers(1, 7)))]
    courses = tuple(
        Course(
            key,
            draw(st.sampled_from("ABCDE")),
            draw(st.integers(0, 3)),
            draw(st.integers(0, 4)),
            draw(st.integers(0, 60)),
            draw(periods),
            draw(equipment),
            after=tuple(draw(st.sets(st.sampled_from(keys[:n]), max_size=2))) if n else (),
        )
        for n, key in enumerate(keys)
    )
    rooms = (Room("bus", 40, frozenset({"bus"})), Room("hall", 50), Room("small", 20, closed=draw(periods)))
    groups = draw(st.lists(st.sets(st.sampled_from(keys), min_size=1, max_size=3), max_size=3))
    curricula = tuple(Curriculum(f"q{n}", tuple(sorted(g)), draw(st.sampled_from([None, 1, 2]))) for n, g in enumerate(groups))
    return Problem(courses, rooms, curricula, days, number)
