"""Two or three companies side by side, each with a plane of its own, where no plane has all the tables (22 = 11 + 11, 15 = 7 + 8)."""

from ortoo_solvers.roundtables.constructions.circle import Schedule
from ortoo_solvers.roundtables.constructions.lines import lines, plane


def most_halves(groups: int, size: int) -> int:
    """How many evenings: the smallest part of the best split of the tables; none where they cannot be split so."""
    if size < 2:
        return 0
    planes = [part for part in range(1, groups + 1) if plane(part, size)]
    there = set(planes)
    whole = groups if groups in there else 0
    two = max((part for part in planes if 2 * part <= groups and groups - part in there), default=0)
    three = next((least for least in reversed(planes) if 3 * least <= groups and _splits(groups - least, least, planes)), 0)
    return max(whole, two, three)


def _splits(groups: int, least: int, planes: list[int]) -> bool:
    """Whether two planes, none smaller than ``least``, have so many tables."""
    there = set(planes)
    return any(least <= part <= groups - part and groups - part in there for part in planes)


def halves(groups: int, size: int, evenings: int) -> Schedule:
    """So many evenings; none where the tables cannot be split so. People of different parts never meet, nor do those of a column."""
    parts = next(filter(None, (_parts(groups, max(size, evenings), size, count) for count in (1, 2, 3))), [])
    schedules = [(part, lines(part, size, evenings)) for part in parts]
    return [
        [
            [_person(place, part, first, groups) for place in table]
            for (part, schedule), first in zip(schedules, _starts(parts), strict=True)
            for table in schedule[evening]
        ]
        for evening in range(evenings if parts else 0)
    ]


def _parts(groups: int, least: int, size: int, count: int) -> list[int]:
    """So many numbers of tables, each with a plane, as even as can be; empty if there are none."""
    if count == 1:
        return [groups] if groups >= least and plane(groups, size) else []
    for part in range(groups // count, least - 1, -1):
        if _parts(part, least, size, 1):
            rest = _parts(groups - part, least, size, count - 1)
            if rest:
                return [part, *rest]
    return []


def _starts(parts: list[int]) -> list[int]:
    return [sum(parts[:number]) for number in range(len(parts))]


def _person(place: int, part: int, first: int, groups: int) -> int:
    """Column by column, the parts one after the other in each."""
    column, row = divmod(place, part)
    return column * groups + first + row
