"""The limits that keep somebody out are really too narrow, and loosening them gives exactly what was said."""

from hypothesis import given, settings
from tests.solvers.rotation.brute import best_value, plans
from tests.solvers.rotation.strategies import problems

from ortoo_solvers.rotation import ClassLimit, Cover, Person, Problem, RulesCollide, Term, Together, Unit, score, solve
from ortoo_solvers.rotation.collision import loosen
from ortoo_solvers.rotation.explain import Explanation
from ortoo_solvers.rotation.sentences import Sentences
from ortoo_solvers.rotation.ways import Ways


@settings(max_examples=150, deadline=None)
@given(problems())
def test_no_plan_places_more_of_them_than_there_are_seats(problem: Problem) -> None:
    try:
        solution = solve(problem)
    except RulesCollide:
        return
    ways = Ways(problem, solution)
    for key in solution.left_out:
        shortage = ways.shortage(key)
        if shortage is None:
            continue
        assert key in shortage.people and shortage.limits
        assert shortage.seats < len(shortage.people)
        most = max(
            sum(plan[person] is not None for person in shortage.people)
            for plan in plans(problem)
            if not score(problem, plan).hard
        )
        assert most == shortage.seats


@settings(max_examples=150, deadline=None)
@given(problems(minimums=False))
def test_the_loosening_changes_the_best_plan_by_exactly_what_it_said(problem: Problem) -> None:
    try:
        solution = solve(problem)
    except RulesCollide:
        return
    ways = Ways(problem, solution)
    for key in solution.left_out:
        mend = ways.mend(key)
        if mend is None:
            continue
        truth = best_value(loosen(problem, mend.steps))
        first = solution.changes + mend.changes if problem.fewest_changes else 0
        assert truth == (first, solution.cost + mend.extra)
        assert truth < (solution.changes if problem.fewest_changes else 0, solution.cost)


def test_the_loosening_takes_as_many_steps_as_are_needed() -> None:
    """The station and the county both stand in the way."""
    units = (Unit("county"), Unit("s", parent="county"))
    problem = Problem(
        tuple(Person(key, unit="s") for key in "ab"),
        (Term("1"),),
        units,
        (Cover("county", 1), Cover("s", 1)),
    )
    solution = solve(problem)
    mend = Ways(problem, solution).mend(solution.left_out[0])
    assert mend is not None
    assert {(step.kind, step.unit, step.limit, step.loosened) for step in mend.steps} == {
        ("cover", "s", 1, 2),
        ("cover", "county", 1, 2),
    }
    assert (mend.extra, mend.placed, mend.still_out) == (-1000, 1, 0)


def test_a_minimum_that_keeps_others_there_is_one_of_the_limits() -> None:
    """The woman could make room on another term, but one woman has to be on this one."""
    people = (Person("a", "甲", blocked=frozenset("2")), Person("b", "乙", classes=frozenset({"woman"}), left_out=5000))
    problem = Problem(
        people, (Term("1", "第一期", 1), Term("2", "第二期")), (), (), (ClassLimit("woman", None, ("1",), at_least=1),)
    )
    (why,) = Explanation(problem, solve(problem)).left_out()
    assert why.shortage is not None and why.mend is not None
    assert [(rule.kind, rule.limit) for rule in why.shortage.limits] == [("capacity", 1), ("class_at_least", 1)]
    assert "卡在：第一期至多1人；女学员第一期至少1人。" in Sentences(problem).left_out(why)
    assert [(step.kind, step.loosened) for step in why.mend.steps] == [("class_at_least", 0)]
    assert best_value(loosen(problem, why.mend.steps)) == (0, solve(problem).cost + why.mend.extra) == (0, 0)


def test_a_blocked_term_is_asked_for_where_nothing_else_helps() -> None:
    problem = Problem((Person("a", blocked=frozenset("1")),), (Term("1", capacity=1),))
    mend = Ways(problem, solve(problem)).mend("a")
    assert mend is not None
    assert [(step.kind, step.term, step.person) for step in mend.steps] == [("blocked", "1", "a")]


def test_who_is_out_for_the_price_is_not_short_of_seats() -> None:
    problem = Problem((Person("a", prefers="2", preference_price=9, left_out=1, blocked=frozenset("2")),), (Term("1"), Term("2")))
    ways = Ways(problem, solve(problem))
    assert ways.shortage("a") is None


def test_the_loosening_counts_what_travelling_together_then_saves() -> None:
    """With a second seat on term 2 both go there, and the price of going apart falls away too."""
    people = (
        Person("a", left_out=0),
        Person("c", left_out=5, blocked=frozenset("1")),
        Person("d", left_out=5, published="2", change_price=4),
    )
    problem = Problem(people, (Term("1", capacity=1), Term("2", capacity=1)), together=(Together(None, 1),))
    solution = solve(problem)
    assert solution.cost == 5 and solution.left_out == ("a",)
    mend = Ways(problem, solution).mend("a")
    assert mend is not None and mend.extra == -5
    assert best_value(loosen(problem, mend.steps)) == (0, 0)
