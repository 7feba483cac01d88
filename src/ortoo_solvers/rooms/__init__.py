"""People of a term to the rooms of the base: nobody with the other sex, snorers together, as few broken wishes as can be."""

from ortoo_solvers.rooms.check import Misfit
from ortoo_solvers.rooms.problem import Person, Pin, Problem, Room, Solution, Weights
from ortoo_solvers.rooms.score import Reason, Score, score
from ortoo_solvers.rooms.solve import solve

__all__ = ["Misfit", "Person", "Pin", "Problem", "Reason", "Room", "Score", "Solution", "Weights", "score", "solve"]
