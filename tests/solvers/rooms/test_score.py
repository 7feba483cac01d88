import pytest

from ortoo_solvers.rooms import Person, Pin, Problem, Room, score

PEOPLE = (
    Person("a", "m", "u", snores=True, rhythm="early", age=24, wishes=("c",)),
    Person("b", "m", "u", rhythm="late", age=51),
    Person("c", "m", "v", wishes=("a",)),
    Person("d", "f"),
)
ROOMS = (Room("1"), Room("2"), Room("w", 1, "f"))


def kinds(problem: Problem, places: dict[str, str]) -> list[str]:
    return sorted(reason.kind for reason in score(problem, places).reasons)


def test_two_in_a_room_cost_what_sets_them_apart() -> None:
    judged = score(Problem(PEOPLE, ROOMS, colleagues="apart"), {"a": "1", "b": "1", "c": "2", "d": "w"})
    assert sorted((r.kind, r.price) for r in judged.reasons if r.kind != "room") == [
        ("colleagues", 8),
        ("rhythm", 6),
        ("snoring", 10),
        ("wish", 20),
    ]
    assert (judged.hard, judged.cost) == (0, 3 * 40 + 44)


def test_colleagues_who_are_to_be_together_cost_each_while_apart() -> None:
    problem = Problem(PEOPLE, ROOMS, colleagues="together")
    assert kinds(problem, {"a": "1", "b": "2", "c": "1", "d": "w"}).count("alone") == 2
    assert "alone" not in kinds(problem, {"a": "1", "b": "1", "c": "2", "d": "w"})


@pytest.mark.parametrize(
    ("places", "kind"),
    [
        ({"a": "1", "d": "1"}, "mixed"),
        ({"a": "1", "b": "1", "c": "1"}, "beds"),
        ({"a": "w"}, "sex"),
        ({"a": "9"}, "unknown"),
        ({"a": "1"}, "pin"),
    ],
)
def test_what_must_not_be_is_hard(places: dict[str, str], kind: str) -> None:
    judged = score(Problem(PEOPLE, ROOMS, (Pin("c", "2"),)), places)
    assert kind in {reason.kind for reason in judged.reasons if reason.price is None}


def test_moving_and_leaving_out_cost() -> None:
    problem = Problem(PEOPLE[3:], ROOMS, before={"d": "w"})
    assert score(problem, {}).cost == 1000 + 15
    assert score(problem, {"d": "w"}).cost == 40
