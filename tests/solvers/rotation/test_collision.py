from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from tests.solvers.rotation.brute import best_value
from tests.solvers.rotation.strategies import problems

from ortoo_solvers.rotation import Cover, Person, Problem, RulesCollide, Term, Unit, solve
from ortoo_solvers.rotation.collision import HardRule, find_collision, hard_rules, loosen

thorough = settings(max_examples=60, deadline=None)


@thorough
@given(problems(changes=False))
def test_loosening_mends_and_every_step_of_it_is_needed(problem: Problem) -> None:
    collision = find_collision(problem)
    assert (collision is None) == (best_value(problem) is not None)
    if collision is None:
        return
    assert best_value(loosen(problem, collision.loosening)) is not None
    for spared in collision.loosening:
        rest = tuple(rule for rule in collision.loosening if rule != spared)
        assert best_value(loosen(problem, rest)) is None


@thorough
@given(problems(changes=False))
def test_collision_names_rules_of_which_none_can_be_spared(problem: Problem) -> None:
    collision = find_collision(problem)
    assume(collision is not None)
    assert collision is not None
    assert best_value(_only(problem, collision.rules)) is None
    for spared in collision.rules:
        assert best_value(_only(problem, tuple(rule for rule in collision.rules if rule != spared))) is not None


def _only(problem: Problem, rules: tuple[HardRule, ...]) -> Problem:
    """The problem with all hard rules undone but these."""
    kept = set(rules)
    return loosen(problem, [_undone(rule) for rule in hard_rules(problem) if rule not in kept])


def _undone(rule: HardRule) -> HardRule:
    if rule.limit is None:
        return rule
    return replace(rule, loosened=0 if rule.kind in ("minimum", "class_at_least") else 99)


def test_two_of_one_station_pinned_to_one_term_collide_with_its_cover() -> None:
    problem = Problem(
        people=(Person("a", unit="station", pin="1"), Person("b", unit="station", pin="1"), Person("c")),
        terms=(Term("1"), Term("2")),
        units=(Unit("station"),),
        covers=(Cover("station", 1),),
    )
    with pytest.raises(RulesCollide) as caught:
        solve(problem)
    collision = caught.value.collision
    assert {(rule.kind, rule.person, rule.unit) for rule in collision.rules} == {
        ("pin", "a", None),
        ("pin", "b", None),
        ("cover", None, "station"),
    }
    assert [(rule.kind, rule.term) for rule in collision.loosening] == [("pin", "1")]


def test_minimum_above_the_people_there_are_collides_alone() -> None:
    problem = Problem(people=(Person("a"), Person("b", blocked=frozenset("1"))), terms=(Term("1", minimum=3),))
    collision = find_collision(problem)
    assert collision is not None
    assert [(rule.kind, rule.limit, rule.count) for rule in collision.rules] == [("minimum", 3, 1)]
    assert [(rule.kind, rule.loosened) for rule in collision.loosening] == [("minimum", 1)]


def test_pin_on_a_blocked_term_collides_with_the_blocked_day() -> None:
    problem = Problem(people=(Person("a", pin="1", blocked=frozenset("1")),), terms=(Term("1"),))
    collision = find_collision(problem)
    assert collision is not None
    assert {rule.kind for rule in collision.rules} == {"pin", "blocked"}
    assert [rule.kind for rule in collision.loosening] == ["pin"]


def test_no_loosening_takes_anybody_off_a_term_that_has_begun_or_puts_them_on_it() -> None:
    people = (Person("a", pin="1"), Person("b", blocked=frozenset("2")))
    problem = Problem(people, (Term("1", begun=True), Term("2", minimum=1)))
    collision = RulesCollide(problem).collision
    assert [(rule.kind, rule.term) for rule in collision.loosening] == [("minimum", "2")]
    assert "pin" not in {rule.kind for rule in hard_rules(problem)}
