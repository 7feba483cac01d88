"""Has numba compile the moves, or load them from its cache, before a clock is started."""

from ortoo_solvers.timetable.problem import Course, Curriculum, Problem, Room
from ortoo_solvers.timetable.solve import solve


def warm_up() -> None:
    """Some seconds the first time on a machine, a fraction of one afterwards."""
    courses = tuple(Course(f"c{n}", f"t{n}", 2, 2, 10) for n in range(3))
    rooms = (Room("r0", 5), Room("r1", 20))
    solve(Problem(courses, rooms, (Curriculum("q", ("c0", "c1")),), days=3, periods_per_day=3), iterations=20_000)
