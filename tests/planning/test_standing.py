"""What stands when a plan is made again: begun terms hold who is on them, rules give way by as much as they did and no further."""

from dataclasses import replace

from ortoo.planning.adapters import standing
from ortoo_solvers.rotation import Cover, Person, Problem, Term, Unit, solve
from ortoo_solvers.rotation.explain import Explanation
from ortoo_solvers.rotation.problem import Solution

PLACES = {"a": "1", "b": "1", "c": "1", "d": "1"}
TOLD: dict[str, int | None] = {key: int(term) for key, term in PLACES.items()}
# Of the county three are on term 1, where two may be: c by name.
PROBLEM = Problem(
    (Person("a", unit="n"), Person("b", unit="n"), Person("c", unit="n"), Person("d")),
    (Term("1", capacity=4), Term("2")),
    (Unit("n"),),
    (Cover("n", 2),),
)
BEFORE = Explanation(PROBLEM, Solution(PLACES, 0, 0, False, "", 0.0))


def allowed(problem: Problem, **changes: object) -> Problem:
    """The problem, c being allowed on term 1."""
    return standing.allow(problem, TOLD, {"c": 1}, changes.get("changed", ()), BEFORE)  # type: ignore[arg-type]


def limits(problem: Problem) -> dict[str, int]:
    """Of the county by term, the narrowest."""
    keys = [(key, cover.at_most) for cover in problem.covers for key in cover.terms or ("1", "2")]
    return {key: min(most for where, most in keys if where == key) for key, _ in keys}


def test_a_rule_gives_way_by_as_much_as_it_did_and_whoever_was_allowed_stays() -> None:
    found = allowed(PROBLEM)
    assert limits(found) == {"1": 3, "2": 2} and found.people[2].pin == "1"
    assert solve(found).assignment == PLACES


def test_a_rule_that_was_not_broken_does_not_give_way() -> None:
    """The capacity of the term was lowered since."""
    found = allowed(replace(PROBLEM, terms=(Term("1", capacity=3), Term("2"))))
    assert found.terms[0].capacity == 3 and limits(found)["1"] == 3
    assert solve(found).assignment["c"] == "1"


def test_a_stricter_rule_is_not_set_back() -> None:
    found = allowed(replace(PROBLEM, covers=(Cover("n", 1),)))
    assert limits(found) == {"1": 2, "2": 1}


def test_of_two_rules_for_the_same_the_narrower_gives_way_by_its_own_amount() -> None:
    found = allowed(replace(PROBLEM, covers=(Cover("n", 1), Cover("n", 2, ("1",)))))
    assert limits(found)["1"] == 2


def test_nobody_is_kept_on_a_term_that_is_changed_cancelled_or_closed_to_them() -> None:
    assert allowed(PROBLEM, changed=(1,)) is PROBLEM
    for now in (
        replace(PROBLEM, terms=(Term("1", capacity=0), Term("2"))),
        replace(PROBLEM, people=tuple(replace(p, blocked=frozenset("1") if p.key == "c" else p.blocked) for p in PROBLEM.people)),
        replace(
            PROBLEM, people=tuple(replace(p, pin=None if p.key == "c" else "1") for p in PROBLEM.people), covers=(Cover("n", 0),)
        ),
    ):
        assert allowed(now) is now


def test_whoever_is_fixed_elsewhere_leaves_no_place_on_a_begun_term() -> None:
    people = (replace(PROBLEM.people[0], pin="2"), *PROBLEM.people[1:3], replace(PROBLEM.people[3], left_out=9))
    held = standing.hold(replace(PROBLEM, people=people, terms=(Term("1"), Term("2", capacity=1))), {**TOLD, "d": None}, (1,))
    assert solve(held).assignment == {"a": "2", "b": "1", "c": "1", "d": None}


def test_a_begun_term_holds_more_than_a_rule_that_was_made_stricter_allows() -> None:
    held = standing.hold(replace(PROBLEM, covers=(Cover("n", 1),)), TOLD, (1,))
    assert solve(held).assignment == PLACES
    assert allowed(held).covers == held.covers
