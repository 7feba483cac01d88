import pytest

from ortoo_solvers.rooms import Misfit, Person, Pin, Problem, Room, Weights

MAN, WOMAN = Person("a", "m"), Person("b", "f")


@pytest.mark.parametrize(
    ("people", "rooms", "pins", "said"),
    [
        ((MAN, MAN), (), (), "people: a is there 2 times"),
        ((Person("a", "x"),), (), (), "sex of a"),
        ((Person("a", "f", rhythm="noon"),), (), (), "rhythm of a"),
        ((), (Room("1", 5),), (), "5 beds"),
        ((), (Room("1", 2, "x"),), (), "sex of room 1"),
        ((MAN,), (Room("1"),), (Pin("a", "2"),), "no such person or room"),
        ((MAN, WOMAN), (Room("1"),), (Pin("a", "1"), Pin("b", "1")), "mix the sexes"),
        ((MAN, Person("c", "m")), (Room("1", 1),), (Pin("a", "1"), Pin("c", "1")), "2 pinned to 1 beds"),
    ],
)
def test_contradictions_are_refused(
    people: tuple[Person, ...], rooms: tuple[Room, ...], pins: tuple[Pin, ...], said: str
) -> None:
    with pytest.raises(Misfit, match=said):
        Problem(people, rooms, pins)


def test_weights_and_rule_are_looked_at() -> None:
    with pytest.raises(Misfit, match="below zero"):
        Problem((), (), weights=Weights(wish=-1))
    with pytest.raises(Misfit, match="colleagues"):
        Problem((), (), colleagues="maybe")
