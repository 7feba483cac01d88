"""Which construction gives so many evenings without a repeat; the cheapest to build comes first."""

from dataclasses import dataclass

from ortoo_solvers.roundtables.constructions.circle import Schedule
from ortoo_solvers.roundtables.constructions.fours import fours
from ortoo_solvers.roundtables.constructions.halves import halves
from ortoo_solvers.roundtables.constructions.kirkman import kirkman
from ortoo_solvers.roundtables.constructions.latin import latin
from ortoo_solvers.roundtables.constructions.lines import lines
from ortoo_solvers.roundtables.constructions.slopes import slopes
from ortoo_solvers.roundtables.constructions.starters import starters

MOST_TABLES = 300  # Fields are kept as tables of order × order.


@dataclass(frozen=True, slots=True)
class Known:
    """``columns``: whether two places of one column (place // groups) never meet, however many evenings are taken."""

    method: str
    schedule: Schedule
    columns: bool


def known(groups: int, size: int, evenings: int) -> Known | None:
    """Exactly so many evenings for ``groups`` tables of ``size``; None if nothing here gives them. Columns that never meet are preferred:
    people who must not sit together can be put there."""
    if size < 2 or groups < 1 or evenings < 1:
        return None
    schedule = slopes(groups, size, evenings)
    if len(schedule) >= evenings:
        return Known("slopes", schedule, True)
    if groups > MOST_TABLES:
        return None
    schedule = lines(groups, size)
    if len(schedule) >= evenings:
        return Known("lines", schedule[:evenings], evenings <= groups and size > 2)
    for method, construct in (("kirkman", kirkman), ("fours", fours), ("latin", latin), ("starters", starters)):
        schedule = construct(groups, size)
        if len(schedule) >= evenings:
            return Known(method, schedule[:evenings], False)
    schedule = halves(groups, size, evenings)
    return Known("halves", schedule, True) if schedule else None
