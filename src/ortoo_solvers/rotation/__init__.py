"""Who goes when: one term each, every unit covered, proved best and explained."""

from ortoo_solvers.rotation.check import Misfit
from ortoo_solvers.rotation.problem import (
    ClassLimit,
    Cover,
    Person,
    Problem,
    Shares,
    Solution,
    Term,
    Together,
    Unit,
)
from ortoo_solvers.rotation.rules import Nominee, RulesError, problem_from_rules
from ortoo_solvers.rotation.score import Reason, Score, score
from ortoo_solvers.rotation.search import NothingFound, RulesCollide
from ortoo_solvers.rotation.solve import solve

__all__ = [
    "ClassLimit",
    "Cover",
    "Misfit",
    "Nominee",
    "NothingFound",
    "Person",
    "Problem",
    "Reason",
    "RulesCollide",
    "RulesError",
    "Score",
    "Shares",
    "Solution",
    "Term",
    "Together",
    "Unit",
    "problem_from_rules",
    "score",
    "solve",
]
