"""Which construction gives how many evenings; the cheapest to build comes first."""

from collections.abc import Callable
from dataclasses import dataclass

from ortoo_solvers.roundtables.constructions.bunches import bunches
from ortoo_solvers.roundtables.constructions.circle import Schedule
from ortoo_solvers.roundtables.constructions.differences import differences, most_differences
from ortoo_solvers.roundtables.constructions.fours import fours, most_fours
from ortoo_solvers.roundtables.constructions.halves import halves, most_halves
from ortoo_solvers.roundtables.constructions.kirkman import kirkman, most_kirkman
from ortoo_solvers.roundtables.constructions.latin import latin, most_latin
from ortoo_solvers.roundtables.constructions.lines import lines, most_lines
from ortoo_solvers.roundtables.constructions.slopes import most_slopes, slopes
from ortoo_solvers.roundtables.constructions.starters import most_starters, starters

MOST_TABLES = 1_000  # Fields are kept as tables of order × order.


@dataclass(frozen=True, slots=True)
class Known:
    """``columns``: whether two places of one column (place // groups) never meet, however many evenings are taken."""

    method: str
    schedule: Schedule
    columns: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A construction: the most evenings that it has for groups and size, and how so many of them are built."""

    method: str
    most: Callable[[int, int], int]
    build: Callable[[int, int, int], Schedule]
    large: bool = False  # Needs no field, so that it is quick for any number of tables.

    def columns(self, groups: int, size: int, evenings: int) -> bool:
        """See Known."""
        if self.method in ("lines", "differences"):
            return evenings <= groups and size > 2
        return self.method == "slopes" or (self.method == "halves" and size > 2)


WAYS = (
    Way("slopes", most_slopes, slopes, large=True),
    Way("lines", most_lines, lines),
    Way("differences", most_differences, differences),
    Way("kirkman", most_kirkman, kirkman),
    Way("fours", most_fours, fours),
    Way("latin", most_latin, latin),
    Way("starters", most_starters, starters),
    Way("halves", most_halves, halves),
)


def known(groups: int, size: int, evenings: int) -> Known | None:
    """Exactly so many evenings for ``groups`` tables of ``size`` without a repeat; None if nothing here gives them. Columns that never
    meet are preferred: people who must not sit together can be put there."""
    found = longest(groups, size, evenings)
    return found if found is not None and len(found.schedule) == evenings else None


def longest(groups: int, size: int, evenings: int) -> Known | None:
    """As ``known``, but where nothing gives so many evenings, what gives the most of them; None where nothing gives any."""
    if size < 2 or groups < 1 or evenings < 1:
        return None
    best, most = None, 0
    for way in WAYS:
        if way.large or groups <= MOST_TABLES:
            has = min(evenings, way.most(groups, size))
            if has > most:
                best, most = way, has
            if has == evenings:
                break
    return None if best is None else Known(best.method, best.build(groups, size, most), best.columns(groups, size, most))


def bunched(groups: int, size: int, evenings: int) -> Known | None:
    """So many evenings with repeats that can't be avoided: for more seats than tables (see bunches.py). None if nothing gives them."""
    for width in range(min(groups, size - 1), 1, -1):
        found = known(groups, width, evenings)
        if found is not None and (found.columns or size % width == 0):
            return Known("bunches", bunches(groups, size, width, found.schedule), found.columns)
    return None
