"""The program alone, without the flow and the exchanges that mostly spare it."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from tests.solvers.rotation.brute import best_value
from tests.solvers.rotation.strategies import problems

from ortoo_solvers.core.stop import never
from ortoo_solvers.rotation import ClassLimit, Cover, Person, Problem, RulesCollide, Shares, Term, Unit
from ortoo_solvers.rotation.pools import pool_people
from ortoo_solvers.rotation.program import by_program
from ortoo_solvers.rotation.search import Search


def search_of(problem: Problem) -> Search:
    search = Search(problem, never, None, perf_counter())
    by_program(search, pool_people(problem), 0)
    return search


@settings(max_examples=100, deadline=None)
@given(problems())
def test_program_finds_what_trying_all_plans_finds(problem: Problem) -> None:
    truth = best_value(problem)
    if truth is None:
        with pytest.raises(RulesCollide):
            search_of(problem)
        return
    search = search_of(problem)
    assert search.judged is not None
    assert search.value(search.judged) == truth
    assert (search.changes_bound, search.bound) == truth
    assert search.done()


def test_program_proves_what_its_relaxation_cannot() -> None:
    """Of three people any two are in a class of which one may go: half of everybody could, one of them may."""
    pairs = {"1": {"a", "b"}, "2": {"b", "c"}, "3": {"c", "a"}}
    people = tuple(Person(key, classes=frozenset(classes)) for key, classes in pairs.items())
    limits = tuple(ClassLimit(class_, at_most=1) for class_ in "abc")
    search = search_of(Problem(people, (Term("t"),), class_limits=limits, left_out=10))
    assert (search.done(), search.bound) == (True, 20)


def test_program_counts_changes_first_however_dear_that_is() -> None:
    """One place changed would save more than the first run makes a change weigh."""
    units = (Unit("u"),)
    people = tuple(Person(key, unit="u", published="t", left_out=1) for key in "123")
    covers = (Cover("u", 2, ("t",)),)
    shares = (Shares("u", 1000, low=1, high=1),)
    problem = Problem(people, (Term("t"), Term("s")), units, covers, shares=shares, left_out=1, fewest_changes=True)
    search = search_of(problem)
    assert search.judged is not None
    assert (search.judged.changes, search.judged.soft) == best_value(problem) == (search.changes_bound, search.bound)
