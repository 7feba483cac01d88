"""Blocks in the hall: seats beside wheelchairs kept for companions, sections packed and filled row by row to and fro."""

from collections import Counter
from collections.abc import Mapping, Sequence

from ortoo_solvers.seats.party import Bays, Packing, Party
from ortoo_solvers.seats.plan import Place, Plan, pieces, snake
from ortoo_solvers.seats.problem import Blocks, Problem, Share
from ortoo_solvers.seats.wheelchairs import Rider, Seated, assign, bays, pair, riders


def place(problem: Problem, shares: Sequence[Share], seed: int = 0, hurry: bool = False) -> Blocks:
    """Seats for every share; the plan has enough of them. ``hurry``: the first packing that comes."""
    # CP-SAT brings pandas along, seconds of every start: only who packs a hall waits for it.
    from ortoo_solvers.seats.packing import pack

    whole = Plan(problem.hall)
    pairs = pair(whole, sum(each.companions for each in problem.delegations))
    people = riders(problem.delegations, len(pairs))
    plan = whole.without(pairs.values())
    near = bays(plan)
    parties = _parties(shares, people)
    sections = [Counter(plan.rows[line] for line, _column in section) for section in plan.sections]
    packing = pack(parties, sections, [_bays(spots, pairs) for spots in near], seed, hurry) if parties else Packing({}, 0)
    seated = _seated(plan, parties, packing, near)
    spots = assign(plan, people, pairs, seated)
    count = sum(len(pieces(places)) for places in seated.values())
    # Sections that touch without an aisle between can hold one piece together: there the packing's bound says nothing.
    apart = len(plan.sections) == len(pieces(plan.seats))
    bound = packing.bound if apart else len(parties)
    return Blocks(
        {key: _named(whole, places) for key, places in seated.items()},
        _by_delegation(whole, [(rider.key, spot) for rider, spot in zip(people, spots, strict=True)]),
        count, bound, front(plan, parties, seated), front_bound(plan, parties), count == bound,
        _by_delegation(whole, [(one.key, pairs[spot]) for one, spot in zip(people, spots, strict=True) if one.together]),
    )  # fmt: skip


def _bays(spots: Sequence[Place], pairs: Mapping[Place, Place]) -> Bays:
    paired = sum(spot in pairs for spot in spots)
    return Bays(paired, len(spots) - paired)


def _parties(shares: Sequence[Share], people: Sequence[Rider]) -> list[Party]:
    """Who sits in blocks, earlier classes first."""
    chairs, companions = Counter(one.key for one in people), Counter(one.key for one in people if one.together)
    ordered = sorted(shares, key=lambda share: share.priority)
    parties = [
        Party(
            s.delegation,
            s.seats - chairs[s.delegation] - companions[s.delegation],
            s.priority,
            chairs[s.delegation],
            companions[s.delegation],
        )
        for s in ordered
    ]
    return [party for party in parties if party.size]


def front(plan: Plan, parties: Sequence[Party], seated: Seated) -> int:
    """Row numbers added up: for each class over all seats of it and of the classes before it."""
    rows = {party.key: sum(plan.rows[line] for line, _column in seated[party.key]) for party in parties}
    return sum(rows[p.key] for priority in _priorities(parties) for p in parties if p.priority <= priority)


def front_bound(plan: Plan, parties: Sequence[Party]) -> int:
    """The same if each class and those before it had the hall's very first rows."""
    rows = sorted(plan.rows[line] for line, _column in plan.seats)
    sizes = [sum(party.size for party in parties if party.priority <= priority) for priority in _priorities(parties)]
    return sum(sum(rows[:size]) for size in sizes)


def _priorities(parties: Sequence[Party]) -> list[int]:
    return sorted({party.priority for party in parties})


def _seated(plan: Plan, parties: Sequence[Party], packing: Packing, near: Sequence[Sequence[Place]]) -> Seated:
    """In each section one party after another; of both ways to wind through it the one with fewer pieces."""
    seated: dict[str, list[Place]] = {party.key: [] for party in parties}
    for number, section in enumerate(plan.sections):
        order = _order(parties, section, near[number])
        here = [(parties[p].key, packing.amounts.get((p, number), 0)) for p in order]
        wound = [_wind(snake(section, mirrored), here) for mirrored in (False, True)]
        best = min(wound, key=lambda given: sum(len(pieces(places)) for places in given.values()))
        for key, places in best.items():
            seated[key] += places
    return {key: tuple(sorted(places)) for key, places in seated.items()}


def _order(parties: Sequence[Party], section: Sequence[Place], spots: Sequence[Place]) -> list[int]:
    """By class; within a class those with wheelchairs at the end of the section where their places are."""
    middle = (section[0][0] + section[-1][0]) / 2
    front_first = sum(spot[0] - middle for spot in spots) <= 0
    chairs = [bool(spots) and bool(party.wheelchairs) for party in parties]
    return sorted(range(len(parties)), key=lambda p: (parties[p].priority, chairs[p] != front_first if spots else 0))


def _wind(path: Sequence[Place], here: Sequence[tuple[str, int]]) -> dict[str, Sequence[Place]]:
    given, start = {}, 0
    for key, people in here:
        given[key] = path[start : start + people]
        start += people
    return {key: places for key, places in given.items() if places}


def _by_delegation(plan: Plan, found: Sequence[tuple[str, Place]]) -> dict[str, tuple[str, ...]]:
    keys = dict.fromkeys(key for key, _spot in found)
    return {key: _named(plan, [spot for whose, spot in found if whose == key]) for key in keys}


def _named(plan: Plan, places: Sequence[Place]) -> tuple[str, ...]:
    return tuple(plan.names[spot] for spot in places)
