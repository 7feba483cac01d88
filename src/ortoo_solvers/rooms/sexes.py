"""Which rooms are for women and which for men, so that the most people find a bed: exactly, by counting beds.

Whoever is of the room's sex can have any of its beds, so only the number of women's beds matters. All numbers that can be made of the
rooms that are free for either are gone through once (a knapsack over rooms; Bellman: Dynamic Programming, 1957), and of those that
house the most the one that lets the most people stay where they were the last time.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ortoo_solvers.rooms.problem import Problem, Room


@dataclass(frozen=True, slots=True)
class Sexes:
    """``housed``: how many people can have a bed at most; ``of``: each room's sex in a placing that gives them one."""

    housed: int
    of: dict[str, str]


def share_rooms(problem: Problem) -> Sexes:
    """For any rooms and pins."""
    people = {person.key: person.sex for person in problem.people}
    number = Counter(people.values())
    fixed = {room.key: room.sex for room in problem.rooms if room.sex}
    fixed |= {pin.room: people[pin.person] for pin in problem.pins}
    stay = Counter((room, people[key]) for key, room in problem.before.items() if key in people)
    free = [room for room in problem.rooms if room.key not in fixed]
    beds = Counter({sex: sum(room.beds for room in problem.rooms if fixed.get(room.key) == sex) for sex in "fm"})
    total = sum(room.beds for room in free)
    layers = [{0: 0}]
    for room in free:
        layers.append(_with_room(layers[-1], room, stay))
    best = layers[-1]
    housed = {n: min(number["f"], beds["f"] + n) + min(number["m"], beds["m"] + total - n) for n in best}
    chosen = max(best, key=lambda women: (housed[women], best[women], -women))
    return Sexes(housed[chosen], fixed | dict(_trace(layers, free, stay, chosen)))


def _with_room(best: dict[int, int], room: Room, stay: Counter[tuple[str, str]]) -> dict[int, int]:
    """Women's beds to how many can stay, with one room more."""
    found: dict[int, int] = {}
    for women, kept in best.items():
        for sex, more in (("f", room.beds), ("m", 0)):
            value = kept + min(room.beds, stay[room.key, sex])
            found[women + more] = max(found.get(women + more, 0), value)
    return found


def _trace(
    layers: list[dict[int, int]], free: list[Room], stay: Counter[tuple[str, str]], women: int
) -> Iterable[tuple[str, str]]:
    for before, after, room in zip(reversed(layers[:-1]), reversed(layers[1:]), reversed(free), strict=True):
        for sex, more in (("f", room.beds), ("m", 0)):
            kept = before.get(women - more)
            if kept is not None and kept + min(room.beds, stay[room.key, sex]) == after[women]:
                yield room.key, sex
                women -= more
                break
