from hypothesis import given, settings
from tests.solvers.route.brute import casts
from tests.solvers.route.strategies import problems

from ortoo_solvers.route import Hall, Problem, Speaker, Stop, Talk
from ortoo_solvers.route.talks import cast_of, could_stand_in


def company(*rows: tuple[str, set[int], tuple[str, ...]]) -> Problem:
    """Rows of (speaker, blocked days, understudies), a talk each."""
    return Problem(
        (Stop("s", (Hall("h", "p", frozenset({0})),)),), ("p",), ((0,),), 0, 9, 0,
        speakers=tuple(Speaker(name, frozenset(days)) for name, days, _others in rows),
        talks=tuple(Talk(f"t{name}", name, others) for name, _days, others in rows),
    )  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(problems())
def test_cast_covers_all_talks_whenever_some_way_does(problem: Problem) -> None:
    for day in range(problem.starts, problem.ends + 1):
        cast = cast_of(problem, day)
        assert (not cast.uncovered) == (next(casts(problem, day), None) is not None)
        assert {**cast.given, **dict.fromkeys(cast.uncovered)}.keys() == {talk.key for talk in problem.talks}


def test_nobody_stands_in_for_two() -> None:
    crowded = company(("a", {1}, ("b",)), ("b", set(), ()), ("c", {1}, ("b",)))
    assert cast_of(crowded, 0).given == {"ta": "a", "tb": "b", "tc": "c"}
    assert cast_of(crowded, 1).uncovered == ("tc",)


def test_a_second_understudy_helps_out() -> None:
    two = company(("a", {1}, ("b", "d")), ("b", set(), ()), ("c", {1}, ("b",)), ("d", set(), ()))
    assert cast_of(two, 1).given == {"ta": "d", "tb": "b", "tc": "b", "td": "d"}


def test_understudies_of_understudies_are_not_asked() -> None:
    chain = company(("a", {1}, ("b",)), ("b", {1}, ("c",)), ("c", set(), ()))
    assert cast_of(chain, 1).uncovered == ("ta",)
    assert could_stand_in(chain, 1, ["ta"]) == ()
    assert could_stand_in(company(("a", {1}, ()), ("b", set(), ())), 1, ["ta"]) == ("b",)
