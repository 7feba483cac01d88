"""Larger tours, drawn from a seed so that they can be planned: a hidden tour gives each stop its possible day."""

from random import Random

from ortoo_solvers.route import Hall, Problem, Speaker, Stop, Talk
from ortoo_solvers.route.distance import UNIT, road_length


def drawn(stops: int, seed: int, extra_days: int = 4, marked: bool = True) -> Problem:
    """Seats in a region 25° wide; each stop has two halls with some days besides that of the hidden tour."""
    chance = Random(f"{stops}:{seed}")
    seats = [(chance.uniform(98, 123), chance.uniform(38, 50)) for _stop in range(stops)]
    lengths = tuple(tuple(road_length(here, there) for there in seats) for here in seats)
    order = chance.sample(range(stops), stops)
    day, hidden = 0, {}
    for before, stop in zip([order[0], *order], order, strict=False):
        day += 0 if not hidden else (2 if lengths[before][stop] > 300 * UNIT else 1) + chance.choice([0, 0, 1])
        hidden[stop] = day
    ends = day + 2
    places = tuple(f"p{stop}" for stop in range(stops))
    made = tuple(Stop(f"s{stop}", tuple(_hall(chance, name, places[stop], hidden[stop], ends, extra_days) for name in ("big", "small")))
                 for stop in range(stops))  # fmt: skip
    people = tuple(Speaker(f"q{n}", frozenset()) for n in range(6))
    talks = tuple(Talk(f"t{n}", person.key, (people[(n + 1) % 6].key,)) for n, person in enumerate(people))
    ways = {"first": f"s{order[0]}", "last": f"s{order[-1]}"} if marked else {}
    return Problem(made, places, lengths, 0, ends, 300 * UNIT, speakers=people, talks=talks, **ways)


def _hall(chance: Random, name: str, place: str, day: int, ends: int, extra: int) -> Hall:
    days = {chance.randint(0, ends) for _each in range(extra)} | ({day} if name == "big" else set())
    return Hall(name, place, frozenset(days), 100)
