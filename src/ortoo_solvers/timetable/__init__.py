"""Module × group × instructor × room × slot: a timetable that can be held, at the lowest price met, with a bound."""

from ortoo_solvers.timetable.bound import Bound
from ortoo_solvers.timetable.check import Misfit
from ortoo_solvers.timetable.ctt import BadFile, read_ctt, read_timetable, write_timetable
from ortoo_solvers.timetable.problem import Course, Curriculum, Lecture, Prices, Problem, Room, Solution
from ortoo_solvers.timetable.schedule import Schedule
from ortoo_solvers.timetable.score import Score, score
from ortoo_solvers.timetable.solve import NothingFound, solve

__all__ = [
    "BadFile",
    "Bound",
    "Course",
    "Curriculum",
    "Lecture",
    "Misfit",
    "NothingFound",
    "Prices",
    "Problem",
    "Room",
    "Schedule",
    "Score",
    "Solution",
    "read_ctt",
    "read_timetable",
    "score",
    "solve",
    "write_timetable",
]
