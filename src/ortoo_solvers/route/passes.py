"""Passes of the search: narrow ones for a good tour, then a wide one that proves it."""

from collections.abc import Callable

from ortoo_solvers.core.stop import Stop, never
from ortoo_solvers.route.ahead import ahead_of
from ortoo_solvers.route.course import FAR, Course
from ortoo_solvers.route.labels import Outcome, Search

NARROW, WIDE = 500, 2_000_000
UNKNOWN = Outcome(None, (FAR, FAR), 0, False)
"""Where a search begins that knows no tour."""


def search(
    course: Course, started: Outcome = UNKNOWN, stop: Stop = never, tell: Callable[[int, int], None] | None = None
) -> tuple[Outcome, str]:
    """The best outcome and which pass gave it; complete when it is proved, or when it is proved that there is none."""
    ahead = ahead_of(course)
    best = started
    for by_day in (False, True):
        if best.tour is None or not by_day:
            best = _better(best, Search(course, ahead, NARROW, best.worth, by_day=by_day).run())
            if best.complete:
                return best, "labels"
    cost = best.worth[0]
    told = (lambda bound: tell(cost, min(bound, cost))) if tell else None
    last = _better(best, Search(course, ahead, WIDE, best.worth, stop, told).run())
    if tell:
        tell(last.worth[0], last.bound)
    return last, "labels" if last.complete else "beam"


def _better(known: Outcome, found: Outcome) -> Outcome:
    """``found`` was searched for what beats ``known``: its bound and completeness hold for both together."""
    if found.tour is not None:
        return found
    return Outcome(known.tour, known.worth, min(known.worth[0], found.bound), found.complete)
