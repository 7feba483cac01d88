"""What an option promises is what comes true: the cost of the best plan with the person there, and who moves."""

from dataclasses import replace

from hypothesis import given, settings
from tests.solvers.rotation import real
from tests.solvers.rotation.brute import best_value
from tests.solvers.rotation.strategies import problems

from ortoo_solvers.rotation import ClassLimit, Person, Problem, RulesCollide, Solution, Term, score, solve
from ortoo_solvers.rotation.ways import Ways


def pinned(problem: Problem, key: str, term: str) -> Problem:
    return replace(problem, people=tuple(replace(p, pin=term) if p.key == key else p for p in problem.people))


def truth_of(problem: Problem, solution: Solution, key: str, term: str) -> tuple[int, int] | None:
    """(changes, cost) that the best of all plans with the person there has more."""
    found = best_value(pinned(problem, key, term))
    changes = solution.changes if problem.fewest_changes else 0
    return None if found is None else (found[0] - changes, found[1] - solution.cost)


@settings(max_examples=150, deadline=None)
@given(problems())
def test_options_are_exact_or_a_bound(problem: Problem) -> None:
    try:
        solution = solve(problem)
    except RulesCollide:
        return
    ways = Ways(problem, solution)
    for person in problem.people[:3]:
        for term in problem.terms:
            closed = term.key in person.blocked or person.pin not in (None, term.key) or (term.begun and person.pin is None)
            if closed or solution.assignment[person.key] == term.key:
                continue
            found, truth = ways.to(person.key, term.key), truth_of(problem, solution, person.key, term.key)
            if found is None:
                assert truth is None
                continue
            said = (found.changes if problem.fewest_changes else 0, found.extra)
            if not found.exact:
                assert truth is None or said <= truth
                continue
            assert said == truth
            moved = {**solution.assignment, person.key: term.key, **{move.person: move.to for move in found.moves}}
            judged = score(problem, moved)
            assert (judged.hard, judged.soft) == (0, solution.cost + found.extra)
            assert judged.changes == solution.changes + found.changes
            assert all(solution.assignment[move.person] == move.from_ for move in found.moves)


@settings(max_examples=100, deadline=None)
@given(problems(nested=True))
def test_options_of_nesting_rules_are_always_exact(problem: Problem) -> None:
    try:
        solution = solve(problem)
    except RulesCollide:
        return
    ways = Ways(problem, solution)
    found = [ways.to(person.key, term.key) for person in problem.people if person.pin is None for term in problem.terms]
    assert all(there is None or there.exact for there in found)


@settings(max_examples=30, deadline=None)
@given(problems(changes=False))
def test_proved_is_the_truth(problem: Problem) -> None:
    try:
        solution = solve(problem)
    except RulesCollide:
        return
    for person in problem.people[:1]:
        for term in problem.terms:
            if term.key not in person.blocked and person.pin in (None, term.key):
                found = Ways(problem, solution).proved(person.key, term.key)
                truth = truth_of(problem, solution, person.key, term.key)
                assert (None if found is None else (0, found.extra)) == truth


def test_who_makes_room_is_named_in_order() -> None:
    """a wants 1, where b is, who may only go to 2, where c is, who goes to the free place on 3."""
    people = (
        Person("a", pin=None, blocked=frozenset({"2"})),
        Person("b", blocked=frozenset({"3"}), prefers="1", preference_price=5),
        Person("c", blocked=frozenset({"1"}), prefers="2", preference_price=3),
    )
    problem = Problem(people, tuple(Term(key, capacity=1) for key in "123"))
    solution = solve(problem)
    assert solution.assignment == {"a": "3", "b": "1", "c": "2"}
    found = Ways(problem, solution).to("a", "1")
    assert found is not None
    assert (found.extra, found.exact) == (8, True)
    assert [(move.person, move.from_, move.to) for move in found.moves] == [("b", "1", "2"), ("c", "2", "3")]


def test_rules_that_cross_make_a_bound_that_planning_again_settles() -> None:
    """A third woman on term 1 breaks the beds; whoever could change with her there is a man."""
    women = frozenset({"woman"})
    people = (Person("a", classes=women), Person("b", classes=women, pin="1"), Person("c", pin="1"), Person("d", pin="2"))
    limits = (ClassLimit("woman", at_most=1), ClassLimit("man", at_most=9))
    problem = Problem(people, (Term("1"), Term("2")), class_limits=limits)
    solution = solve(problem)
    assert solution.assignment["a"] == "2"
    ways = Ways(problem, solution)
    assert ways.proved("a", "1") is None
    found = ways.to("a", "1")
    assert found is None or not found.exact


def test_of_the_rosters_nearly_all_options_are_exact_and_true() -> None:
    problem = real.problem()
    solution = solve(problem)
    ways = Ways(problem, solution)
    options = [(p, t.key, ways.to(p.key, t.key)) for p in problem.people for t in problem.terms if t.key not in p.blocked]
    exact = [(p, t, found) for p, t, found in options if found and found.exact]
    assert len(exact) > 0.95 * len(options)
    for person, term, found in exact[::200]:
        judged = score(problem, {**solution.assignment, person.key: term, **{m.person: m.to for m in found.moves}})
        assert (judged.hard, judged.soft) == (0, solution.cost + found.extra)
        if solution.assignment[person.key] != term:
            assert solve(pinned(problem, person.key, term)).cost == solution.cost + found.extra


@settings(max_examples=80, deadline=None)
@given(problems())
def test_what_a_stored_plan_says_needs_no_number_of_changes(problem: Problem) -> None:
    """A plan that was kept as its places and its cost says the same as the one that was just found."""
    try:
        solution = solve(replace(problem, fewest_changes=True))
    except RulesCollide:
        return
    problem, kept = replace(problem, fewest_changes=True), replace(solution, changes=0)
    for person in problem.people[:2]:
        for term in problem.terms:
            if term.key not in person.blocked and person.pin in (None, term.key) and not term.begun:
                assert Ways(problem, kept).to(person.key, term.key) == Ways(problem, solution).to(person.key, term.key)
                assert Ways(problem, kept).proved(person.key, term.key) == Ways(problem, solution).proved(person.key, term.key)
