"""What sentences say that a plan would cost and change is true of the best such plan, where changes come before the cost."""

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.solvers.rotation.brute import best_and_another
from tests.solvers.rotation.claims import holds
from tests.solvers.rotation.strategies import problems
from tests.solvers.rotation.test_margins import told, value
from tests.solvers.rotation.test_ways import truth_of

from ortoo_solvers.rotation import ClassLimit, Cover, Person, Problem, RulesCollide, Term, Unit, solve
from ortoo_solvers.rotation.explain import Explanation
from ortoo_solvers.rotation.figures import Figures
from ortoo_solvers.rotation.sentences import Sentences
from ortoo_solvers.rotation.ways import There, Ways
from ortoo_solvers.rotation.words import WORDS

WOMAN = frozenset({"woman"})
# 甲 may not take the place of 乙 on term 2; 乙 there saves 4 and changes a published place.
CROSSED = Problem(
    (
        Person("x", "甲", "u", WOMAN),
        Person("y", "乙", "u", published="1", prefers="2", preference_price=4),
        Person("z", "丙", "v", WOMAN, pin="1"),
        Person("m", "丁", "v", pin="1"),
    ),
    (Term("1", "第一期"), Term("2", "第二期")),
    (Unit("u", "新城区"), Unit("v", "赛罕区")),
    (Cover("u", 1, ("2",)), Cover("v", 1, ("2",))),
    (ClassLimit("woman", None, ("2",), at_most=0),),
    fewest_changes=True,
)


def said(there: There) -> str:
    return Figures(WORDS["en"], fewest=True).cost(there)


@settings(max_examples=100, deadline=None)
@given(problems())
@example(CROSSED)
def test_what_a_margin_says_is_true_of_the_best_plan_with_that_number(problem: Problem) -> None:
    problem = replace(problem, fewest_changes=True)
    try:
        solution = solve(problem)
    except RulesCollide:
        return
    changes, cost = value(problem, solution)
    for _, there, truth in told(problem, solution):
        if there is not None and truth is not None:
            assert holds(said(there), (truth[0] - changes, truth[1] - cost))


@settings(max_examples=100, deadline=None)
@given(problems(), st.integers(0))
def test_what_an_option_says_is_true_of_the_best_plan_with_the_person_there(problem: Problem, number: int) -> None:
    """Of the best plan, and of any other."""
    problem = replace(problem, fewest_changes=True)
    for solution in best_and_another(problem, number):
        for person in problem.people[:2]:
            for term in problem.terms:
                closed = term.key in person.blocked or person.pin not in (None, term.key) or (term.begun and person.pin is None)
                there = None if closed else Ways(problem, solution).to(person.key, term.key)
                truth = None if closed else truth_of(problem, solution, person.key, term.key)
                if there is not None and truth is not None:
                    assert holds(said(there), truth), (there, truth)


def test_a_bound_on_changes_is_not_told_as_one_on_the_cost() -> None:
    """One more of the county on term 2 is 乙, a published place: that plan costs 4 less."""
    solution = solve(CROSSED)
    second = Explanation(CROSSED, solution).margins("u")[1]
    pinned = tuple(replace(person, pin="2") if person.key == "y" else person for person in CROSSED.people)
    there = solve(replace(CROSSED, people=pinned))
    assert (there.changes - solution.changes, there.cost - solution.cost) == (1, -4)
    assert "再多1人，不另改动已公布席位时，总代价不变或增加" in Sentences(CROSSED).margin(second)
    assert "one more: with no more published places changed, the plan costs the same or more" in Sentences(CROSSED, "en").margin(
        second
    )
    option = Explanation(CROSSED, solution).options("x")[1]
    assert Sentences(CROSSED).option(option, "1").endswith("改到此期，不另改动已公布席位时，总代价不变或增加")


def test_the_price_of_all_other_terms_is_told_of_plans_that_change_no_more_places() -> None:
    """A place on term 2 costs 甲 5 more; on term 3 one more published place changes, at 4 less."""
    people = (
        Person("a", "甲", dearer=(("2", 5),)),
        Person("b", "乙", published="3", prefers="1", preference_price=4, blocked=frozenset("2")),
    )
    terms = tuple(Term(key, name, 1) for key, name in zip("123", ("第一期", "第二期", "第三期"), strict=True))
    problem = Problem(people, terms, fewest_changes=True)
    options = Explanation(problem, solve(problem)).options("a")
    assert [(option.changes, option.extra) for option in options] == [(0, 0), (0, 5), (1, -4)]
    assert Sentences(problem).here("a", options, "1") == "现安排在此期；换到别的期，不另改动已公布席位时，总代价至少增加5"
    assert (
        Sentences(problem, "en")
        .here("a", options, "1")
        .endswith("on any other term, with no more published places changed, the plan costs at least 5 more")
    )


def test_fewer_changes_at_most_say_nothing_of_the_cost() -> None:
    there = There(7, -2, False)
    assert said(there) == "at most 2 fewer published places change"
    assert Figures(WORDS["zh"], fewest=True).cost(there) == "已公布席位的改动至多少2个"
    assert Figures(WORDS["zh"], fewest=False).cost(replace(there, changes=0)) == "总代价至少增加7"
