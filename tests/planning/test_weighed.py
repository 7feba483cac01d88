"""Of several moves at once: whose move breaks which rule."""

from dataclasses import replace

from ortoo.planning.adapters.by_hand import weigh
from ortoo_solvers.rotation import Cover, Person, Problem, Term, Unit
from ortoo_solvers.rotation.explain import Explanation
from ortoo_solvers.rotation.problem import Solution

# Nobody of the county may be on term 2.
PROBLEM = Problem(
    (Person("a", unit="n"), Person("b", unit="n"), Person("c")),
    (Term("1"), Term("2")),
    (Unit("n"),),
    (Cover("n", 0, ("2",)),),
)


def whose(problem: Problem, *people: str) -> dict[str, int]:
    """How many rules each of these people breaks, when they all move to term 2."""
    before = Solution({"a": "1", "b": "1", "c": "1"}, 0, 0, False, "", 0.0)
    weighed = weigh(Explanation(problem, before), dict.fromkeys(people, 2))
    assert weighed.broken["zh"]
    return {key: len(rules["zh"]) for key, rules in weighed.whose.items()}


def test_a_rule_that_is_broken_whoever_of_them_stays_is_everybodys() -> None:
    assert whose(PROBLEM, "a", "b") == {"a": 1, "b": 1}


def test_a_rule_that_holds_as_soon_as_one_of_them_stays_is_theirs_too() -> None:
    assert whose(replace(PROBLEM, covers=(Cover("n", 1, ("2",)),)), "a", "b") == {"a": 1, "b": 1}


def test_a_rule_that_one_move_breaks_is_not_the_others() -> None:
    assert whose(PROBLEM, "a", "c") == {"a": 1, "c": 0}
    blocked = replace(PROBLEM, people=(PROBLEM.people[0], replace(PROBLEM.people[1], blocked=frozenset("2")), PROBLEM.people[2]))
    assert whose(blocked, "a", "b") == {"a": 1, "b": 2}
