"""The judge is tried on tours with one fault each."""

from dataclasses import replace

import pytest

from ortoo_solvers.route import Hall, Pin, Problem, Published, Speaker, Stop, Talk, Visit, score

SPEAKERS = (Speaker("a", frozenset({3})), Speaker("b"), Speaker("c", frozenset({3})))
TALKS = (Talk("ta", "a", ("b",)), Talk("tb", "b"), Talk("tc", "c", ("b",)))
PROBLEM = Problem(
    stops=(Stop("x", (Hall("h", "p", frozenset({0, 1, 3, 9})),)), Stop("y", (Hall("h", "q", frozenset({1, 2, 3})),))),
    places=("p", "q"), lengths=((0, 400), (400, 0)), starts=0, ends=5, rest_beyond=300, first="x", last="y",
    speakers=SPEAKERS, talks=TALKS, published=(Published("x", "h", 1),), change_price=7,
)  # fmt: skip
OWN = {"ta": "a", "tb": "b", "tc": "c"}
SOUND = [Visit("x", "h", 0, OWN), Visit("y", "h", 2, OWN)]


def kinds(visits: list[Visit], problem: Problem = PROBLEM) -> set[str]:
    return {reason.kind for reason in score(problem, visits).reasons}


def test_score_counts_way_nights_and_changes() -> None:
    judged = score(PROBLEM, SOUND[::-1])
    assert (judged.hard, judged.length, judged.cost, judged.last_day, judged.nights, judged.changes) == (0, 400, 407, 2, 2, 1)


@pytest.mark.parametrize(
    ("visits", "broken"),
    [
        (SOUND[:1], {"missing", "last"}),
        ([*SOUND, Visit("y", "h", 3, OWN)], {"twice", "blocked"}),
        ([replace(SOUND[0], hall="other"), SOUND[1]], {"unknown"}),
        ([SOUND[0], replace(SOUND[1], day=4)], {"hall_day"}),
        ([replace(SOUND[0], day=9), SOUND[1]], {"window", "first", "last"}),
        ([replace(SOUND[0], day=1), SOUND[1]], {"too_soon"}),
        ([replace(SOUND[0], given={"ta": "a", "tb": "b"}), SOUND[1]], {"talk_missing"}),
        ([replace(SOUND[0], given=OWN | {"ta": "b"}), SOUND[1]], {"not_needed"}),
        ([replace(SOUND[0], given=OWN | {"tb": "a"}), SOUND[1]], {"not_understudy"}),
        ([SOUND[0], Visit("y", "h", 3, OWN)], {"blocked"}),
        ([SOUND[0], Visit("y", "h", 3, {"ta": "b", "tb": "b", "tc": "b"})], {"too_many_talks"}),
    ],
)  # fmt: skip
def test_score_finds_the_fault(visits: list[Visit], broken: set[str]) -> None:
    assert kinds(visits) == broken


def test_score_minds_pins() -> None:
    assert kinds(SOUND, replace(PROBLEM, pins=(Pin("x", day=0, hall="h"),))) == set()
    assert kinds(SOUND, replace(PROBLEM, pins=(Pin("x", day=1),))) == {"pin"}
