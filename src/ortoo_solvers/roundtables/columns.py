"""A seating from a construction for people who are not all alike: who goes to which place.

The places of one column never meet. So a county goes to one column; one column is made of note-takers, who then are at every table;
people away on some evenings, and places that nobody has, share one column too, so that no table lacks two. Where that does not come
out even, people change places until nothing is left to mend: whoever has which place, no pair meets twice.
"""

from collections import defaultdict
from collections.abc import Callable
from itertools import chain

from ortoo_solvers.core.random import stream
from ortoo_solvers.roundtables.constructions.catalogue import Known
from ortoo_solvers.roundtables.constructions.circle import Schedule
from ortoo_solvers.roundtables.places import Places
from ortoo_solvers.roundtables.problem import Evening, Person, Problem


def seated(problem: Problem, known: Known, seed: int) -> tuple[Evening, ...]:
    """Everybody in the construction's tables, those away left out."""
    return at_tables(known, placed(problem, known, seed))


def placed(problem: Problem, known: Known, seed: int, over: Callable[[], bool] = lambda: False) -> dict[int, Person]:
    """Who has which place of the construction; mended until ``over``."""
    places = len(known.schedule[0]) * len(known.schedule[0][0])
    vacant = places - len(problem.people)
    rare = sum(bool(person.away) for person in problem.people) + vacant
    columns = _columns(known, places, rare)
    at = _filled(problem, columns, vacant)
    if not over():
        Places(problem, known.schedule, at).mend(stream(seed, "places"), over)
    return at


def at_tables(known: Known, at: dict[int, Person]) -> tuple[Evening, ...]:
    """The construction's evenings with the people who have its places."""
    keys = {place: person.key for place, person in at.items()}
    away: list[set[int]] = [set() for _ in known.schedule]
    for place, person in at.items():
        for evening in person.away:
            if evening < len(away):
                away[evening].add(place)
    places, evenings = len(known.schedule[0]) * len(known.schedule[0][0]), []
    for gone, tables in zip(away, known.schedule, strict=True):
        if not gone and len(keys) == places:
            evenings.append(tuple(tuple(map(keys.__getitem__, table)) for table in tables))
        else:
            evenings.append(tuple(tuple(keys[p] for p in table if p in keys and p not in gone) for table in tables))
    return tuple(evenings)


def _columns(known: Known, places: int, rare: int) -> list[list[int]]:
    """Places in columns; the last one for those who are rarely there. Without columns: that one, and all others together."""
    groups = len(known.schedule[0])
    if known.columns:
        return [list(range(first, first + groups)) for first in range(0, places, groups)]
    apart = _never_meeting(known.schedule, places, rare)
    return [[place for place in range(places) if place not in apart], apart]


def _never_meeting(schedule: Schedule, places: int, wanted: int) -> list[int]:
    """Up to so many places of which no two meet, taken as they come."""
    if not wanted:
        return []
    met = [0] * places
    for table in chain.from_iterable(schedule):
        there = sum(1 << place for place in table)
        for place in table:
            met[place] |= there
    chosen, apart = list[int](), 0
    for place in range(places):
        if len(chosen) < wanted and not met[place] & apart:
            chosen.append(place)
            apart |= 1 << place
    return chosen


def _filled(problem: Problem, columns: list[list[int]], vacant: int) -> dict[int, Person]:
    """Who is at which place; ``vacant`` places stay free, in the last column as far as it reaches."""
    last = len(columns[-1]) - vacant
    free = [*columns[:-1], columns[-1][: max(0, last)]]
    if last < 0:
        free[0] = free[0][:last]
    at: dict[int, Person] = {}
    waiting = list(problem.people)
    _fill(at, waiting, free[-1], [[p] for p in waiting if p.away])
    if len(columns) > 1:
        takers = [[p] for p in waiting if p.note_taker]
        _fill(at, waiting, free[0], takers if len(takers) >= len(free[0]) else [])
    for members in sorted(_groups(waiting), key=len, reverse=True):
        rooms = [room for room in free if len(room) >= len(members)]
        if rooms:
            _fill(at, waiting, min(rooms, key=len), [members])
    rest = [place for room in free for place in room]
    at.update(zip(rest, waiting, strict=True))
    return at


def _groups(people: list[Person]) -> list[list[Person]]:
    found: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.group is not None:
            found[person.group].append(person)
    return list(found.values())


def _fill(at: dict[int, Person], waiting: list[Person], room: list[int], parties: list[list[Person]]) -> None:
    """Parties one after the other while there is room; who has a place waits no more."""
    taken: set[str] = set()
    for party in parties:
        if len(party) <= len(room):
            at.update(zip(room[: len(party)], party, strict=True))
            del room[: len(party)]
            taken |= {person.key for person in party}
    waiting[:] = [person for person in waiting if person.key not in taken]
