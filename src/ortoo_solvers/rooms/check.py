"""What a problem must be before anybody is put anywhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import astuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortoo_solvers.rooms.problem import Problem


class Misfit(ValueError):
    """The data contradict themselves; the message says where."""


def check_problem(problem: Problem) -> None:
    """Raises Misfit."""
    _once("people", (person.key for person in problem.people))
    _once("rooms", (room.key for room in problem.rooms))
    _once("pins", (pin.person for pin in problem.pins))
    for person in problem.people:
        _one_of(f"sex of {person.key}", person.sex, ("f", "m"))
        _one_of(f"rhythm of {person.key}", person.rhythm, ("", "early", "late"))
    for room in problem.rooms:
        _one_of(f"sex of room {room.key}", room.sex, ("", "f", "m"))
        if not 1 <= room.beds <= 4:
            raise Misfit(f"room {room.key} has {room.beds} beds; 1 to 4 can be")
    _one_of("colleagues", problem.colleagues, ("apart", "together", "free"))
    if min(astuple(problem.weights)) < 0:
        raise Misfit("a weight is below zero")
    _check_pins(problem)


def _check_pins(problem: Problem) -> None:
    people = {person.key: person for person in problem.people}
    rooms = {room.key: room for room in problem.rooms}
    within: dict[str, list[str]] = defaultdict(list)
    for pin in problem.pins:
        if pin.person not in people or pin.room not in rooms:
            raise Misfit(f"pin of {pin.person} to {pin.room}: no such person or room")
        within[pin.room].append(people[pin.person].sex)
    for key, sexes in within.items():
        if len({*sexes, rooms[key].sex} - {""}) > 1:
            raise Misfit(f"room {key}: the pins would mix the sexes")
        if len(sexes) > rooms[key].beds:
            raise Misfit(f"room {key}: {len(sexes)} pinned to {rooms[key].beds} beds")


def _once(what: str, keys: Iterable[str]) -> None:
    key, number = max(Counter(keys).items(), key=lambda item: item[1], default=("", 0))
    if number > 1:
        raise Misfit(f"{what}: {key} is there {number} times")


def _one_of(what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise Misfit(f"{what} is {value!r}; it can be {', '.join(repr(each) for each in known)}")
