from dataclasses import replace
from datetime import date
from random import Random

import pytest
from bench.rotation.naive import whole_model
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.solvers.rotation import real
from tests.solvers.rotation.brute import best_value, plans
from tests.solvers.rotation.strategies import problems

from ortoo_solvers.core import Curve, after_checks, after_seconds
from ortoo_solvers.rotation import (
    ClassLimit,
    Cover,
    NothingFound,
    Person,
    Problem,
    RulesCollide,
    Shares,
    Term,
    Together,
    Unit,
    problem_from_rules,
    score,
    solve,
)

thorough = settings(max_examples=120, deadline=None)


@thorough
@given(problems())
def test_solve_finds_what_trying_all_plans_finds(problem: Problem) -> None:
    truth = best_value(problem)
    try:
        solution = solve(problem)
    except RulesCollide:
        assert truth is None
        return
    judged = score(problem, solution)
    assert judged.hard == 0
    assert solution.optimal
    assert (solution.changes if problem.fewest_changes else 0, solution.cost) == truth
    assert (judged.changes, judged.soft) == (solution.changes, solution.cost)
    assert solution.bound == solution.cost


@thorough
@given(problems(nested=True))
def test_solve_needs_only_flow_where_rules_nest(problem: Problem) -> None:
    truth = best_value(problem)
    try:
        solution = solve(problem)
    except RulesCollide:
        assert truth is None
        return
    assert solution.engine == "flow"
    assert (solution.changes if problem.fewest_changes else 0, solution.cost) == truth


@settings(max_examples=60, deadline=None)
@given(problems(), st.randoms(use_true_random=False), st.integers(0, 3))
def test_solve_does_not_depend_on_the_order_of_people(problem: Problem, chance: Random, seed: int) -> None:
    shuffled = replace(problem, people=tuple(chance.sample(problem.people, len(problem.people))))
    try:
        first = solve(problem, seed=seed)
    except RulesCollide:
        with pytest.raises(RulesCollide):
            solve(shuffled, seed=seed)
        return
    assert solve(shuffled, seed=seed).assignment == first.assignment
    assert (solve(problem, seed=seed + 1).cost, first.optimal) == (first.cost, True)


@settings(max_examples=60, deadline=None)
@given(problems(changes=False), st.integers(0, 4))
def test_solve_stopped_early_keeps_the_rules_and_a_true_bound(problem: Problem, checks: int) -> None:
    truth = best_value(problem)
    try:
        solution = solve(problem, stop=after_checks(checks))
    except RulesCollide:
        assert truth is None
        return
    except NothingFound as nothing:
        assert truth is None or nothing.bound <= truth[1]
        return
    assert score(problem, solution).hard == 0
    assert truth is not None
    assert solution.bound <= truth[1] <= solution.cost
    assert not solution.optimal or solution.cost == truth[1]


@settings(max_examples=60, deadline=None)
@given(problems(nested=True, minimums=False, changes=False))
def test_flow_and_the_whole_model_agree(problem: Problem) -> None:
    if problem.terms:
        assert solve(problem).cost == whole_model(problem).cost


def test_shares_may_ask_for_more_than_their_own_ceiling() -> None:
    people = (Person("a", pin="1"), Person("b", pin="2"))
    terms = (Term("1"), Term("2"), Term("3"))
    problem = Problem(people, terms, shares=(Shares(price=1, low=2),), together=(Together(price=5),))
    solution = solve(problem)
    assert (solution.engine, solution.cost, solution.optimal) == ("mip", 9, True)


def test_solve_keeps_the_start_when_stopped_at_once() -> None:
    problem = real.problem()
    best = solve(problem)
    solution = solve(problem, stop=after_seconds(0), start=best.assignment)
    assert solution.assignment == best.assignment
    assert solution.bound <= solution.cost == best.cost


def test_solve_gives_the_same_plan_again() -> None:
    problem = real.problem()
    assert solve(problem, seed=7).assignment == solve(problem, seed=7).assignment


def test_solve_tells_its_progress() -> None:
    curve = Curve()
    solution = solve(real.problem(), watch=curve)
    assert curve.points[-1].cost == solution.cost
    assert curve.points[-1].bound == solution.bound
    assert all(point.bound is not None and point.bound <= solution.cost for point in curve.points)


def test_solve_passes_on_what_the_watch_raises() -> None:
    def watch(seconds: float, cost: float | None, bound: float | None) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        solve(real.problem(), watch=watch)


def test_solve_after_one_change_moves_the_fewest_places() -> None:
    published = solve(real.problem()).assignment
    nominees = [
        replace(nominee, published=None if (term := published[nominee.staff_no]) is None else int(term))
        for nominee in real.nominees()
    ]
    gone = next(nominee for nominee in nominees if nominee.published == 1)
    blocked = ((date(2023, 3, 20), date(2023, 3, 20)),)
    nominees[nominees.index(gone)] = replace(gone, blocked=blocked)
    again = solve(problem_from_rules(real.rules(), nominees, fewest_changes=True))
    assert again.optimal
    assert (again.changes, again.changes_bound) == (1, 1)


@pytest.mark.parametrize(
    ("problem", "cost"),
    [
        (Problem((), ()), 0),
        (Problem((), (Term("1", capacity=3),)), 0),
        (Problem((Person("a"),), ()), 1000),
        (Problem((Person("a"),), (Term("1"),)), 0),
        (Problem((Person("a"), Person("b")), (Term("1", capacity=0),)), 2000),
    ],
)
def test_solve_of_next_to_nothing(problem: Problem, cost: int) -> None:
    solution = solve(problem)
    assert (solution.cost, solution.bound, solution.optimal) == (cost, cost, True)


@settings(max_examples=100, deadline=None)
@given(problems(nested=True))
def test_kept_places_are_as_many_as_the_lowest_cost_allows(problem: Problem) -> None:
    kept = replace(problem, keep_published=True, fewest_changes=False)
    try:
        solution = solve(kept)
    except RulesCollide:
        return
    judged = [score(problem, plan) for plan in plans(problem)]
    assert (solution.cost, solution.changes) == min((found.soft, found.changes) for found in judged if not found.hard)
    assert solution.optimal


def test_what_stands_on_a_term_that_has_begun_stands_whatever_other_rules_say() -> None:
    """Three of a county where one is allowed and two fit, none of them a woman; nobody else comes in, nobody leaves."""
    people = tuple(Person(key, unit="n", pin="1" if key in "abc" else None, prefers="1", preference_price=5) for key in "abcd")
    terms = (Term("1", capacity=2, minimum=4, begun=True), Term("2"))
    problem = Problem(people, terms, (Unit("n"),), (Cover("n", 1),), (ClassLimit("woman", terms=("1",), at_least=1),))
    solution = solve(problem)
    assert solution.assignment == {"a": "1", "b": "1", "c": "1", "d": "2"} and solution.optimal
    judged = score(problem, {"a": "2", "b": "1", "c": "1", "d": "1"})
    assert [(reason.kind, reason.person, reason.term) for reason in judged.reasons if reason.hard] == [
        ("stays", "a", "1"),
        ("begun", "d", "1"),
    ]
