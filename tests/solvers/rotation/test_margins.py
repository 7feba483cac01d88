"""One more or one fewer of a unit costs, and changes, what trying all plans says."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings
from tests.solvers.rotation import real
from tests.solvers.rotation.brute import best_value, plans
from tests.solvers.rotation.strategies import problems

from ortoo_solvers.rotation import Cover, Person, Problem, RulesCollide, Solution, Term, Unit, score, solve
from ortoo_solvers.rotation.margins import Margin, Margins
from ortoo_solvers.rotation.sentences import Sentences
from ortoo_solvers.rotation.ways import There, Ways

Value = tuple[int, int]


def value(problem: Problem, solution: Solution) -> Value:
    return (solution.changes if problem.fewest_changes else 0, solution.cost)


def more_than(problem: Problem, now: Value, there: There) -> Value:
    return (now[0] + there.changes * problem.fewest_changes, now[1] + there.extra)


def numbers(problem: Problem, unit: str | None, term: str) -> list[tuple[int, Value]]:
    """How many of a unit each plan that keeps the rules has on a term, and what it changes and costs."""
    inside = {p.key for p in problem.people if unit is None or unit in _above(problem, p.unit)}
    judged = [(plan, score(problem, plan)) for plan in plans(problem)]
    return [
        (sum(plan[key] == term for key in inside), (found.changes if problem.fewest_changes else 0, found.soft))
        for plan, found in judged
        if not found.hard
    ]


def told(problem: Problem, solution: Solution) -> Iterator[tuple[Margin, There | None, Value | None]]:
    """Each margin of each unit, both ways, and the truth."""
    ways = Ways(problem, solution)
    if not ways.own.best:
        return
    for unit in (None, *(unit.key for unit in problem.units)):
        for margin in Margins(ways).of(unit):
            known = numbers(problem, unit, margin.term)
            yield margin, margin.more, min((cost for number, cost in known if number > margin.count), default=None)
            yield margin, margin.fewer, min((cost for number, cost in known if number < margin.count), default=None)


def compared(problem: Problem) -> Iterator[tuple[Value, There | None, Value | None]]:
    """The best plan's value, what a margin says and what is true of it; nothing where the rules collide."""
    try:
        solution = solve(problem)
    except RulesCollide:
        return
    now = value(problem, solution)
    yield from ((now, said, truth) for _margin, said, truth in told(problem, solution))


@settings(max_examples=100, deadline=None)
@given(problems(nested=True))
def test_margins_are_what_all_plans_say(problem: Problem) -> None:
    for now, said, truth in compared(problem):
        assert (None if said is None else more_than(problem, now, said)) == truth
        assert said is None or said.exact


@settings(max_examples=100, deadline=None)
@given(problems())
def test_with_crossing_rules_margins_are_exact_or_a_bound(problem: Problem) -> None:
    for now, said, truth in compared(problem):
        if said is None or (said.exact and truth is not None):
            assert (None if said is None else more_than(problem, now, said)) == truth
        else:
            assert not said.exact
            assert truth is None or more_than(problem, now, said) <= truth


@settings(max_examples=100, deadline=None)
@given(problems())
def test_a_limit_one_higher_gives_exactly_what_it_said(problem: Problem) -> None:
    try:
        solution = solve(problem)
    except RulesCollide:
        return
    ways, now = Ways(problem, solution), value(problem, solution)
    for unit in {cover.unit for cover in problem.covers if ways.own.best}:
        for margin in Margins(ways).of(unit):
            if margin.limit is None:
                continue
            truth = best_value(_raised(problem, unit, margin.term, margin.limit + 1))
            if margin.eased is not None:
                assert truth == more_than(problem, now, margin.eased) < now
            elif not ways.nest.crossing and not problem.together:
                assert truth == now


def test_nearly_all_margins_of_the_rosters_are_exact() -> None:
    """Their women's beds and people in sole charge cross the tree of units."""
    problem = real.problem()
    ways = Ways(problem, solve(problem))
    assert ways.nest.crossing
    margins = [each for unit in problem.units if "county" in unit.key for each in Margins(ways).of(unit.key)]
    figures = [there for margin in margins for there in (margin.more, margin.fewer) if there is not None]
    assert len(figures) > 100 and sum(there.exact for there in figures) > 0.9 * len(figures)


def test_changed_places_and_cost_are_told_apart_where_changes_come_first() -> None:
    people = (Person("a", "甲", "u", published="1"), Person("b", "乙", "u", published="1", prefers="2", preference_price=4))
    problem = Problem(
        people, (Term("1", "第一期"), Term("2", "第二期")), (Unit("u", "新城区"),), (Cover("u", 2),), fewest_changes=True
    )
    solution = solve(replace(problem, covers=(Cover("u", 1, ("2",)),)))
    first = Margins(Ways(replace(problem, covers=(Cover("u", 1, ("2",)),)), solution)).of("u")[0]
    assert Sentences(problem).margin(first) == "第一期 2人：不能再多；少1人，总代价减少4，另改动已公布席位1个"
    assert Sentences(problem, "en").margin(first).endswith("one fewer: the plan costs 4 less, 1 more published places change")


def test_a_margin_that_is_only_a_bound_is_said_to_be_one() -> None:
    problem = Problem((Person("a", unit="u"),), (Term("1", "第一期"),), (Unit("u"),))
    margin = Margin("1", 1, 1, There(5, 0, False), There(0, 0, False), None)
    assert Sentences(problem).margin(margin) == "第一期 1人（上限1人）：再多1人，总代价至少增加5；少1人，总代价不变或增加"
    told = Sentences(replace(problem, fewest_changes=True), "en").margin(replace(margin, more=There(-3, 2, False)))
    assert "one more: at least 2 more published places change; one fewer: with no more published places changed, " in told


def test_a_term_whose_name_ends_in_a_digit_does_not_run_into_the_number() -> None:
    problem = Problem((Person("a", unit="u"),), (Term("1", "T1"),), (Unit("u"),))
    assert Sentences(problem).margin(Margin("1", 2, None, None, None, None)) == "T1 2人：不能再多；不能再少"


def _above(problem: Problem, unit: str | None) -> set[str]:
    parents = {found.key: found.parent for found in problem.units}
    found: set[str] = set()
    while unit is not None:
        found.add(unit)
        unit = parents[unit]
    return found


def _raised(problem: Problem, unit: str, term: str, limit: int) -> Problem:
    covers: list[Cover] = []
    for cover in problem.covers:
        terms = cover.terms or tuple(found.key for found in problem.terms) if cover.terms is None else cover.terms
        if cover.unit == unit and term in terms and cover.at_most < limit:
            covers += [replace(cover, terms=tuple(t for t in terms if t != term)), replace(cover, terms=(term,), at_most=limit)]
        else:
            covers.append(cover)
    return replace(problem, covers=tuple(covers))
