import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.solvers.rotation.strategies import problems

from ortoo_solvers.core import Malformed, read, write
from ortoo_solvers.rotation import ClassLimit, Cover, Misfit, Person, Problem, Shares, Solution, Term, Unit, solve

SOUND = Problem(people=(Person("a", unit="u"),), terms=(Term("1"),), units=(Unit("u"),))


@settings(max_examples=50, deadline=None)
@given(problems())
def test_json_brings_back_the_same_problem(problem: Problem) -> None:
    stream = io.StringIO()
    write(problem, stream)
    stream.seek(0)
    assert read(Problem, stream) == problem


def test_json_brings_back_the_same_solution() -> None:
    solution = solve(SOUND)
    stream = io.StringIO()
    write(solution, stream)
    stream.seek(0)
    assert read(Solution, stream) == solution


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"people": (Person("a"), Person("a"))}, "'a'"),
        ({"people": (Person(""),)}, "empty"),
        ({"people": (Person("a", unit="x"),)}, "'x'"),
        ({"people": (Person("a", prefers="9"),)}, "'9'"),
        ({"people": (Person("a", blocked=frozenset("9")),)}, "'9'"),
        ({"people": (Person("a", left_out=-1),)}, "left_out"),
        ({"people": (Person("a", prefers="1", preference_price=10**7),)}, "preference_price"),
        ({"terms": (Term("1"), Term("1"))}, "'1'"),
        ({"terms": (Term("1", capacity=-1),)}, "capacity"),
        ({"units": (Unit("u", parent="v"), Unit("v", parent="u"))}, "ancestor"),
        ({"units": (Unit("u", parent="w"),)}, "'w'"),
        ({"covers": (Cover("w", 1),)}, "covers[0]"),
        ({"covers": (Cover("u", -1),)}, "covers[0]"),
        ({"class_limits": (ClassLimit("woman", terms=("9",)),)}, "class_limits[0]"),
        ({"shares": (Shares("u", low=3, high=2),)}, "shares[0]"),
    ],
)
def test_problem_refuses_what_refers_to_nothing(change: dict[str, object], named: str) -> None:
    with pytest.raises(Misfit) as caught:
        replace(SOUND, **change)  # type: ignore[arg-type]
    assert named in str(caught.value)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('{"people": [], "terms": [{"key": 1}]}', "terms[0].key"),
        ('{"people": [{"name": "x"}], "terms": []}', "people[0].key"),
        ('{"people": [{"key": "a", "age": 3}], "terms": []}', "people[0].age"),
        ('{"people": {}, "terms": []}', "people"),
        ('{"people": [], "terms": [], "left_out": 1.5}', "left_out"),
        ('{"people": [], "terms": [], "left_out": true}', "left_out"),
        ('{"people": [], "terms": [], "left_out": -1}', ""),
        ('{"people": []', "line 1, column 14"),
        ("[]", ""),
    ],
)
def test_json_says_where_it_is_malformed(text: str, where: str) -> None:
    with pytest.raises(Malformed) as caught:
        read(Problem, io.StringIO(text))
    assert caught.value.where == where
