"""The judge is tried on shares and seats with one fault each."""

from dataclasses import replace

import pytest

from ortoo_solvers.seats import Delegation, Problem, Share, Solution, score, solve

PROBLEM = Problem((Delegation("a", 12), Delegation("b", 4), Delegation("c", 6, 2, floor=2)), 14)
HALL = Problem((Delegation("a", 3, wheelchairs=1), Delegation("b", 2)), None, ("wooo|ooo",))


def giving(**seats: int) -> Solution:
    sound = solve(PROBLEM)
    return replace(sound, shares=tuple(Share(key, 0, 1, 0, 99, number, "") for key, number in seats.items()))


@pytest.mark.parametrize(
    ("seats", "broken"),
    [
        ({"a": 9, "b": 3, "c": 2}, set()),
        ({"a": 9, "b": 3}, {"missing", "capacity"}),
        ({"a": 9, "b": 4, "c": 1}, {"floor", "quotient"}),
        ({"a": 7, "b": 5, "c": 2}, {"ceiling", "quotient"}),
        ({"a": 8, "b": 3, "c": 2}, {"capacity"}),
        ({"a": 8, "b": 3, "c": 3}, {"class"}),
        ({"a": 11, "b": 1, "c": 2}, {"quotient"}),
    ],
)
def test_score_finds_the_wrong_share(seats: dict[str, int], broken: set[str]) -> None:
    assert {reason.kind for reason in score(PROBLEM, giving(**seats)).reasons} == broken


@pytest.mark.parametrize(
    ("places", "chairs", "broken"),
    [
        ({"a": ("1-2", "1-3"), "b": ("1-5", "1-6")}, {"a": ("1-1",)}, set()),
        ({"a": ("1-2", "1-3"), "b": ("1-3", "1-4")}, {"a": ("1-1",)}, {"taken"}),
        ({"a": ("1-1", "1-2"), "b": ("1-5", "1-6")}, {"a": ("1-3",)}, {"place"}),
        ({"a": ("1-2",), "b": ("1-5", "1-6")}, {"a": ("1-1",)}, {"count"}),
        ({"a": ("1-2", "9-9"), "b": ("1-5", "1-6")}, {"a": ("1-1",)}, {"place"}),
    ],
)
def test_score_finds_the_wrong_seat(
    places: dict[str, tuple[str, ...]], chairs: dict[str, tuple[str, ...]], broken: set[str]
) -> None:
    sound = solve(HALL)
    assert sound.blocks is not None
    wrong = replace(sound, blocks=replace(sound.blocks, places=places, wheelchairs=chairs))
    assert {reason.kind for reason in score(HALL, wrong).reasons} == broken


@pytest.mark.parametrize(
    ("places", "companions", "broken"),
    [
        ({"a": ("1-3", "1-4"), "b": ("1-5", "1-6")}, {"a": ("1-2",)}, set()),
        ({"a": ("1-2", "1-4"), "b": ("1-5", "1-6")}, {"a": ("1-3",)}, {"companion"}),
        ({"a": ("1-3",), "b": ("1-4", "1-5", "1-6")}, {"b": ("1-2",)}, {"companion", "count"}),
        ({"a": ("1-2", "1-3", "1-4"), "b": ("1-5", "1-6")}, {}, {"alone"}),
        ({"a": ("1-2", "1-3", "1-4"), "b": ("1-5", "1-6")}, {"a": ("1-2",)}, {"taken", "count"}),
    ],
)
def test_score_finds_the_companion_who_is_not_beside(
    places: dict[str, tuple[str, ...]], companions: dict[str, tuple[str, ...]], broken: set[str]
) -> None:
    hall = Problem((Delegation("a", 4, wheelchairs=1, companions=1), Delegation("b", 2)), None, ("wooo|ooo",))
    sound = solve(hall)
    assert sound.blocks is not None
    wrong = replace(sound, blocks=replace(sound.blocks, places=places, wheelchairs={"a": ("1-1",)}, companions=companions))
    assert {reason.kind for reason in score(hall, wrong).reasons} == broken


def test_score_counts_pieces() -> None:
    sound = solve(HALL)
    assert sound.blocks is not None
    apart = replace(sound, blocks=replace(sound.blocks, places={"a": ("1-2", "1-4"), "b": ("1-3", "1-5")}))
    judged = score(HALL, apart)
    assert (judged.pieces, judged.split) == (4, ("a", "b"))
