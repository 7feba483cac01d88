"""The loosening that is named takes the fewest steps, and none of as few is cheaper for the whole plan."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.solvers.rotation.brute import best_and_another, best_value, by_hand
from tests.solvers.rotation.strategies import problems

from ortoo_solvers.rotation import Cover, Person, Problem, RulesCollide, Solution, Term, Unit, score, solve
from ortoo_solvers.rotation.collision import HardRule, hard_rules, loosen
from ortoo_solvers.rotation.explain import Explanation
from ortoo_solvers.rotation.shortage import Mend
from ortoo_solvers.rotation.ways import Ways

# More than any cost of these problems, and more than all their changes at that price.
CHANGE, SURE = 10**4, 10**6


def one_step(problem: Problem, key: str) -> Iterator[HardRule]:
    """Every limit of the problem one higher, every minimum of a class one lower, every blocked term of the person's freed."""
    for rule in hard_rules(problem):
        if rule.kind == "blocked" and rule.person == key and rule.term not in problem.begun:
            yield rule
        elif rule.kind in ("cover", "capacity", "class_at_most") and (rule.kind, rule.limit) != ("capacity", 0):
            yield replace(rule, loosened=(rule.limit or 0) + 1)
        elif rule.kind == "class_at_least":
            yield replace(rule, loosened=(rule.limit or 0) - 1)


def value(problem: Problem, solution: Solution) -> tuple[int, int]:
    return (solution.changes if problem.fewest_changes else 0, solution.cost)


def with_them(problem: Problem, solution: Solution, key: str) -> tuple[int, int] | None:
    """The best plan in which the person has a place and everybody who had one has one still; None if there is none."""
    return with_places(problem, {person for person, term in solution.assignment.items() if term is not None} | {key})


def with_places(problem: Problem, sure: set[str]) -> tuple[int, int] | None:
    """The best plan in which all of these have a place; None if there is none."""
    each = CHANGE * problem.fewest_changes
    dear = (replace(person, change_price=person.change_price + each) for person in problem.people)
    people = tuple(replace(person, left_out=SURE) if person.key in sure else person for person in dear)
    try:
        found = solve(replace(problem, people=people, fewest_changes=False))
    except RulesCollide:
        return None
    judged = score(problem, found)
    return None if sure & set(found.left_out) else (judged.changes if problem.fewest_changes else 0, judged.soft)


def named(problem: Problem, solution: Solution, mend: Mend) -> tuple[int, int]:
    changes, cost = value(problem, solution)
    return (changes + mend.changes * problem.fewest_changes, cost + mend.extra)


@settings(max_examples=150, deadline=None)
@given(problems(nested=True))
def test_no_single_step_does_better_than_the_loosening_named(problem: Problem) -> None:
    try:
        solution = solve(problem)
    except RulesCollide:
        return
    ways, now = Ways(problem, solution), value(problem, solution)
    for key in solution.left_out[:3]:
        if with_them(problem, solution, key) is not None:
            continue  # It is the price that keeps them out.
        found = [with_them(loosen(problem, [step]), solution, key) for step in one_step(problem, key)]
        best = min((each for each in found if each is not None and each < now), default=None)
        mend = ways.mend(key)
        assert best is None or (mend is not None and len(mend.steps) == 1 and named(problem, solution, mend) <= best)
        if mend is not None:
            eased = loosen(problem, mend.steps)
            assert named(problem, solution, mend) == value(problem, solve(eased))
            assert mend.others or with_places(eased, {key}) == named(problem, solution, mend)


@settings(max_examples=150, deadline=None)
@given(problems(nested=True))
def test_where_only_the_price_keeps_somebody_out_a_place_costs_what_is_said(problem: Problem) -> None:
    try:
        solution = solve(problem)
    except RulesCollide:
        return
    ways, (changes, cost) = Ways(problem, solution), value(problem, solution)
    for key in solution.left_out[:3]:
        found, truth = ways.priced(key), with_them(problem, solution, key)
        if found is None:
            assert truth is None
            continue
        assert found[1].exact
        assert truth == (changes + found[1].changes * problem.fewest_changes, cost + found[1].extra)


def test_of_two_blocked_terms_the_one_that_the_person_wished_for_is_freed() -> None:
    person = Person("a", blocked=frozenset("12"), prefers="2", preference_price=10)
    problem = Problem((person,), (Term("1"), Term("2")))
    mend = Ways(problem, solve(problem)).mend("a")
    assert mend is not None and mend.cheapest
    assert ([step.term for step in mend.steps], mend.extra) == (["2"], -1000)


def test_the_plans_cost_decides_before_the_kind_of_the_limit() -> None:
    """A place more on term 1 would cost a wish; one more of the county on term 2 costs nothing."""
    people = (Person("a", unit="u", prefers="2", preference_price=10), Person("b", unit="u", pin="2"), Person("c", pin="1"))
    problem = Problem(people, (Term("1", capacity=1), Term("2")), (Unit("u"),), (Cover("u", 1, ("2",)),))
    mend = Ways(problem, solve(problem)).mend("a")
    assert mend is not None
    assert ([step.kind for step in mend.steps], mend.extra) == (["cover"], -1000)


def test_a_published_place_is_kept_by_the_loosening_where_changes_come_first() -> None:
    person = Person("a", blocked=frozenset("12"), prefers="1", preference_price=10, published="2")
    problem = Problem((person,), (Term("1"), Term("2")), fewest_changes=True)
    mend = Ways(problem, solve(problem)).mend("a")
    assert mend is not None
    assert ([step.term for step in mend.steps], mend.extra, mend.changes) == (["2"], -990, -1)


@settings(max_examples=150, deadline=None)
@given(problems(), st.integers(0))
def test_a_loosening_says_what_planning_again_gives_or_what_it_gives_at_least(problem: Problem, number: int) -> None:
    """Of the best plan, and of any other, as after moves by hand."""
    for solution in best_and_another(problem, number):
        explanation = Explanation(problem, solution)
        for key in solution.left_out[:2]:
            if (mend := explanation.why(key).mend) is not None:
                truth = best_value(loosen(problem, mend.steps))
                said = named(problem, solution, mend)
                assert truth is not None and (truth == said if mend.exact else truth <= said)
                assert said < value(problem, solution)


def test_of_a_plan_by_hand_the_loosening_that_gives_a_published_place_back_comes_first() -> None:
    """A place on term 1 would save 9; on the one published for them it saves nothing, but one published place fewer changes."""
    elsewhere = frozenset("34")
    people = (
        Person("a", published="2", left_out=9, dearer=(("2", 9),), blocked=elsewhere),
        Person("b", pin="1"),
        Person("c", pin="2"),
        Person("d", blocked=frozenset("12"), dearer=(("3", 3),)),
    )
    problem = Problem(people, (Term("1", capacity=1), Term("2", capacity=1), Term("3"), Term("4")), fewest_changes=True)
    mend = Explanation(problem, by_hand(problem, solve(problem), {"a": None, "b": "1", "c": "2", "d": "3"})).why("a").mend
    assert mend is not None and not mend.exact
    assert ([step.term for step in mend.steps], mend.changes, mend.extra) == (["2"], -1, 0)
