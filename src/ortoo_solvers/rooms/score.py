"""The judge: every room looked at as it stands, straight from the problem, knowing nothing of how it was filled."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from ortoo_solvers.rooms.problem import Person, Problem


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that costs, or must not be (``price`` None).

    ``kind``: "unknown", "mixed", "beds", "sex", "pin" must not be; "unplaced", "room", "snoring", "rhythm", "age",
    "colleagues", "alone" (without a colleague), "wish", "moved" cost what the weights say.
    """

    kind: str
    price: int | None
    person: str = ""
    other: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """``hard``: rules broken; ``cost``: all prices added up."""

    hard: int
    cost: int
    reasons: tuple[Reason, ...]


def score(problem: Problem, places: Mapping[str, str]) -> Score:
    """Judge ``places``, person → room."""
    reasons = (*_broken(problem, places), *_of_rooms(problem, places), *_of_people(problem, places))
    hard = sum(reason.price is None for reason in reasons)
    return Score(hard, sum(reason.price or 0 for reason in reasons), reasons)


def _within(problem: Problem, places: Mapping[str, str]) -> dict[str, list[Person]]:
    within: dict[str, list[Person]] = defaultdict(list)
    for person in problem.people:
        if person.key in places:
            within[places[person.key]].append(person)
    return within


def _broken(problem: Problem, places: Mapping[str, str]) -> Iterator[Reason]:
    rooms = {room.key: room for room in problem.rooms}
    people = {person.key for person in problem.people}
    yield from (Reason("unknown", None, key, room=room) for key, room in places.items() if key not in people or room not in rooms)
    for key, members in _within(problem, places).items():
        room, sexes = rooms.get(key), {member.sex for member in members}
        if len(sexes) > 1:
            yield Reason("mixed", None, room=key)
        if room is not None and len(members) > room.beds:
            yield Reason("beds", None, room=key)
        if room is not None and room.sex and sexes - {room.sex}:
            yield Reason("sex", None, room=key)
    for pin in problem.pins:
        if places.get(pin.person) != pin.room:
            yield Reason("pin", None, pin.person, room=pin.room)


def _of_rooms(problem: Problem, places: Mapping[str, str]) -> Iterator[Reason]:
    weights = problem.weights
    for key, members in _within(problem, places).items():
        yield Reason("room", weights.room, room=key)
        for one, other in combinations(members, 2):
            if one.snores != other.snores:
                yield Reason("snoring", weights.snoring, one.key, other.key, key)
            if {one.rhythm, other.rhythm} == {"early", "late"}:
                yield Reason("rhythm", weights.rhythm, one.key, other.key, key)
            if problem.colleagues == "apart" and one.unit and one.unit == other.unit:
                yield Reason("colleagues", weights.colleagues, one.key, other.key, key)
            if one.age is not None and other.age is not None and (steps := abs(one.age - other.age) // 10) and weights.age:
                yield Reason("age", weights.age * steps, one.key, other.key, key)


def _of_people(problem: Problem, places: Mapping[str, str]) -> Iterator[Reason]:
    weights, people = problem.weights, {person.key: person for person in problem.people}
    for person in problem.people:
        room = places.get(person.key)
        if room is None:
            yield Reason("unplaced", weights.unplaced, person.key)
        if person.key in problem.before and problem.before[person.key] != room:
            yield Reason("moved", weights.moved, person.key, room=room or "")
        for key in sorted(set(person.wishes)):
            mutual = key > person.key and key in people and person.key in people[key].wishes
            if mutual and people[key].sex == person.sex and (room is None or places.get(key) != room):
                yield Reason("wish", weights.wish, person.key, key)
        if problem.colleagues == "together" and _lonely(problem, places, person):
            yield Reason("alone", weights.colleagues, person.key, room=room or "")


def _lonely(problem: Problem, places: Mapping[str, str], person: Person) -> bool:
    """Has a colleague of the same sex and shares with none of them."""
    same = [
        other
        for other in problem.people
        if other.key != person.key and person.unit and (other.unit, other.sex) == (person.unit, person.sex)
    ]
    room = places.get(person.key)
    return bool(same) and (room is None or all(places.get(other.key) != room for other in same))
