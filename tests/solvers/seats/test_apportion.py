from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.solvers.seats.strategies import problems

from ortoo_solvers.seats import ClassShare, Delegation, FloorsCollide, Problem, apportion, score, solve


def seats_of(problem: Problem) -> dict[str, int]:
    return {share.delegation: share.seats for share in apportion(problem)[0]}


@settings(max_examples=300, deadline=None)
@given(problems())
def test_apportion_keeps_every_definition(problem: Problem) -> None:
    judged = score(problem, solve(problem))
    assert judged.reasons == ()
    assert judged.given == min(problem.seats, sum(each.most for each in problem.delegations))


@settings(max_examples=300, deadline=None)
@given(problems())
def test_every_divisor_of_the_interval_gives_the_same_seats(problem: Problem) -> None:
    shares, classes = apportion(problem)
    for one in classes:
        if one.rule != "divided" or one.above == one.up_to:
            continue
        for divisor in (Fraction(*one.up_to), (Fraction(*one.above) + Fraction(*one.up_to)) / 2):
            for share in (share for share in shares if share.priority == one.priority):
                assert share.seats == min(max(rounded(share.asked / divisor), share.floor), share.ceiling)


def rounded(number: Fraction) -> int:
    """To the nearest; a half goes up, because the upper end belongs to the interval."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=4), st.integers(0, 12))
def test_apportion_is_nearest_to_the_fair_share(asked: list[int], seats: int) -> None:
    """Sainte-Laguë makes the sum of (seats - fair share)² / asked smallest (Sainte-Laguë 1910)."""
    seats = min(seats, sum(asked))
    problem = Problem(tuple(Delegation(f"d{n}", number) for n, number in enumerate(asked)), seats)
    mine = tuple(seats_of(problem).values())
    every = [one for one in product(*(range(number + 1) for number in asked)) if sum(one) == seats]
    assert worth(mine, asked) == min(worth(one, asked) for one in every)


def worth(given: tuple[int, ...], asked: list[int]) -> Fraction:
    fair = Fraction(sum(given), sum(asked))
    return sum((Fraction((seats - fair * number) ** 2) / number for seats, number in zip(given, asked, strict=True)), Fraction())


def test_rounds_can_be_followed_by_hand() -> None:
    problem = Problem((Delegation("a", 60), Delegation("b", 20), Delegation("c", 10)), 6)
    shares, (only,) = apportion(problem)
    assert [share.seats for share in shares] == [4, 1, 1]
    assert [(r.delegation, r.asked, r.divisor) for r in only.rounds] == [
        ("a", 60, 1), ("a", 60, 3), ("b", 20, 1), ("a", 60, 5), ("c", 10, 1), ("a", 60, 7),
    ]  # fmt: skip
    assert (only.above, only.up_to) == ((40, 3), (120, 7))


def test_an_earlier_class_is_served_before_a_later_one_but_for_floors() -> None:
    problem = Problem((Delegation("late", 50, 2, floor=3), Delegation("early", 8, 1), Delegation("later", 9, 3)), 12)
    shares, classes = apportion(problem)
    assert seats_of(problem) == {"late": 4, "early": 8, "later": 0}
    assert [(one.priority, one.rule, one.available) for one in classes] == [(1, "full", 9), (2, "divided", 4), (3, "floor", 0)]
    assert [share.rule for share in shares] == ["divided", "full", "floor"]


def test_equal_quotients_go_to_the_larger_then_the_first_listed() -> None:
    assert seats_of(Problem((Delegation("b", 10), Delegation("a", 10)), 1)) == {"b": 1, "a": 0}
    tied = Problem((Delegation("small", 10), Delegation("large", 30)), 2)
    assert seats_of(tied) == {"small": 0, "large": 2}
    classes: tuple[ClassShare, ...] = apportion(tied)[1]
    assert classes[0].above == classes[0].up_to == (20, 1)


def test_enough_seats_for_all_leave_some_over() -> None:
    solution = solve(Problem((Delegation("a", 10), Delegation("b", 4, ceiling=3)), 20))
    assert (solution.given, solution.left_over, [share.seats for share in solution.shares]) == (13, 7, [10, 3])


def test_floors_above_the_seats_collide() -> None:
    with pytest.raises(FloorsCollide, match="add up to 6 seats, there are 5"):
        solve(Problem((Delegation("a", 9, floor=3), Delegation("b", 9, floor=3)), 5))
