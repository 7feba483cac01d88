"""Small problems, and their least cost by trying every placing."""

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

from ortoo_solvers.rooms import Person, Problem, Room, Weights, score


def least(problem: Problem) -> int:
    """The cost of the best placing there is."""
    return min(score(problem, each).cost for each in placings(problem))


def most(problem: Problem) -> int:
    """How many people can have a bed at once."""
    return max(len(each) for each in placings(problem))


def placings(problem: Problem) -> Iterator[dict[str, str]]:
    """All that keep the hard rules."""
    keys = [person.key for person in problem.people]
    rooms = ["", *(room.key for room in problem.rooms)]
    every = ({k: r for k, r in zip(keys, chosen, strict=True) if r} for chosen in product(rooms, repeat=len(keys)))
    return (each for each in every if not score(problem, each).hard)


@st.composite
def problems(draw: st.DrawFn, beds: int = 2) -> Problem:
    """Up to five people and four rooms, some of them in a room already."""
    number = draw(st.integers(1, 5))
    keys = [f"p{n}" for n in range(number)]
    rooms = tuple(
        Room(f"r{n}", draw(st.integers(1, beds)), draw(st.sampled_from(("", "f", "m")))) for n in range(draw(st.integers(0, 4)))
    )
    people = tuple(
        Person(
            key,
            draw(st.sampled_from("fm")),
            draw(st.sampled_from(("", "u", "v"))),
            draw(st.booleans()),
            draw(st.sampled_from(("", "early", "late"))),
            draw(st.sampled_from((None, 25, 50))),
            tuple(draw(st.lists(st.sampled_from(keys), max_size=2, unique=True))),
        )
        for key in keys
    )
    before = {key: draw(st.sampled_from(["gone", *(room.key for room in rooms)])) for key in keys if draw(st.booleans())}
    weights = Weights(room=draw(st.sampled_from((0, 40))), age=draw(st.sampled_from((0, 3))))
    return Problem(people, rooms, (), draw(st.sampled_from(("apart", "together", "free"))), before, weights)
