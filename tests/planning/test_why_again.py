"""Why this term, in a plan that was made again with the fewest changes."""

from ortoo.planning.adapters.rotation import solution_of
from ortoo_solvers.rotation import ClassLimit, Person, Problem, Term, solve
from ortoo_solvers.rotation.explain import Explanation


def test_options_of_a_stored_plan_count_only_what_changes_besides() -> None:
    """Three have left a term that has room for one; with another of them elsewhere at most one more changes."""
    people = tuple(Person(key, published="1", classes=frozenset({"woman"} if key in "ad" else ())) for key in "abcd")
    terms = (Term("1", capacity=1), Term("2"), Term("3"))
    problem = Problem(people, terms, class_limits=(ClassLimit("woman", at_most=1),), fewest_changes=True)
    found = solve(problem)
    assert found.changes == 3
    places = {key: None if term is None else int(term) for key, term in found.assignment.items()}
    explanation = Explanation(problem, solution_of(places, found.cost, found.optimal))
    there = [explanation.ways.proved(key, term) for key in "abcd" for term in "123"]
    assert {found.changes for found in there if found is not None} <= {0, 1}
