"""Comparing adds up: costs by kind, who moves, and nothing that was broken before is told as new."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.solvers.rotation.strategies import problems

from ortoo_solvers.rotation import Person, Problem, Term, score
from ortoo_solvers.rotation.compare import Shift, compare


@settings(max_examples=60, deadline=None)
@given(problems(), st.data())
def test_costs_by_kind_add_up_and_shifts_are_the_difference(problem: Problem, data: st.DataObject) -> None:
    places = st.sampled_from((None, *(term.key for term in problem.terms)))
    before, after = ({person.key: data.draw(places) for person in problem.people} for _ in range(2))
    found = compare(problem, before, after)
    assert (found.before, found.after) == (score(problem, before).soft, score(problem, after).soft)
    assert sum(second - first for first, second in found.costs.values()) == found.after - found.before
    assert {shift.person for shift in found.shifts} == {key for key in before if before[key] != after[key]}
    assert not compare(problem, before, before).broken


def test_who_gains_and_who_loses() -> None:
    people = (Person("a", prefers="1", preference_price=10), Person("b"), Person("c", prefers="1", preference_price=10))
    problem = Problem(people, (Term("1", capacity=1), Term("2", capacity=2)))
    found = compare(problem, {"a": "1", "b": "2", "c": "2"}, {"a": "2", "b": "2", "c": "1"})
    assert found.gain == (Shift("c", "2", "1", -10),)
    assert found.lose == (Shift("a", "1", "2", 10),)
    assert found.costs == {"preference": (10, 10)}


def test_broken_rules_and_people_of_only_one_problem_are_told() -> None:
    problem = Problem((Person("a"), Person("b")), (Term("1", capacity=1),))
    other = replace(problem, people=(Person("b"), Person("c")))
    found = compare(problem, {"a": "1", "b": None}, {"b": "1", "c": "1"}, other)
    assert (found.gone, found.new) == (("a",), ("c",))
    assert [(reason.kind, reason.amount) for reason in found.broken] == [("capacity", 1)]
