"""Seats for delegations that ask for more than there are, with the arithmetic, and a block in the hall for each."""

from ortoo_solvers.seats.apportion import FloorsCollide, apportion
from ortoo_solvers.seats.check import Misfit
from ortoo_solvers.seats.problem import Blocks, ClassShare, Delegation, Problem, Round, Share, Solution
from ortoo_solvers.seats.score import Reason, Score, score
from ortoo_solvers.seats.solve import solve

__all__ = [
    "Blocks",
    "ClassShare",
    "Delegation",
    "FloorsCollide",
    "Misfit",
    "Problem",
    "Reason",
    "Round",
    "Score",
    "Share",
    "Solution",
    "apportion",
    "score",
    "solve",
]
