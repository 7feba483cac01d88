"""Which day, which hall, which way: a tour with the fewest kilometres, proved, explained and planned anew with least change."""

from ortoo_solvers.route.check import Misfit
from ortoo_solvers.route.problem import Hall, Pin, Problem, Published, Solution, Speaker, Stop, Talk, Visit
from ortoo_solvers.route.replan import keeping, pinned, published_of, without_hall
from ortoo_solvers.route.score import Reason, Score, score
from ortoo_solvers.route.solve import NothingFound, RulesCollide, solve

__all__ = [
    "Hall",
    "Misfit",
    "NothingFound",
    "Pin",
    "Problem",
    "Published",
    "Reason",
    "RulesCollide",
    "Score",
    "Solution",
    "Speaker",
    "Stop",
    "Talk",
    "Visit",
    "keeping",
    "pinned",
    "published_of",
    "score",
    "solve",
    "without_hall",
]
