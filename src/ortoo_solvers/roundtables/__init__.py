"""Who sits with whom on which evening: everybody meets the most new people."""

from ortoo_solvers.roundtables.bound import fewest_repeats, least_cost, most_meetings
from ortoo_solvers.roundtables.people import read_people
from ortoo_solvers.roundtables.problem import Evening, Misfit, Person, Prices, Problem, Solution
from ortoo_solvers.roundtables.score import Score, score
from ortoo_solvers.roundtables.solve import solve

__all__ = [
    "Evening",
    "Misfit",
    "Person",
    "Prices",
    "Problem",
    "Score",
    "Solution",
    "fewest_repeats",
    "least_cost",
    "most_meetings",
    "read_people",
    "score",
    "solve",
]
