"""A tour: stops with halls and their free days, speakers with understudies, the way between; and a plan for it.

Days are whole numbers that follow one another (date ordinals, or days from the start); lengths are whole numbers of
any one unit, so that sums are exact and equal ways are equal. Keys are text, unique among their kind; names are only
for messages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ortoo_solvers.route.check import check_problem


@dataclass(frozen=True, slots=True)
class Hall:
    """A hall of a stop, free on ``days``; ``place``: where it stands, a key of the problem's places."""

    key: str
    place: str
    days: frozenset[int]
    seats: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A city that is visited once, in one of its halls; halls' keys are unique within the stop.

    ``earliest``: no day before it may be used, though a hall be free (of a tour under way, the days that are over).
    """

    key: str
    halls: tuple[Hall, ...]
    name: str = ""
    earliest: int | None = None

    def too_early(self, day: int) -> bool:
        """Whether the day lies before ``earliest``."""
        return self.earliest is not None and day < self.earliest


@dataclass(frozen=True, slots=True)
class Speaker:
    """``blocked``: days on which the speaker cannot come."""

    key: str
    blocked: frozenset[int] = frozenset()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """Given at every stop, by its speaker unless blocked that day, else by one of the ``understudies``, first ones first."""

    key: str
    speaker: str
    understudies: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """The stop on this day, or in this hall, or both; None leaves it open."""

    stop: str
    day: int | None = None
    hall: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """What has been told for a stop; another day or another hall is a change."""

    stop: str
    hall: str
    day: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Raises Misfit (a ValueError) where keys are double or unknown, or numbers are out of range.

    ``lengths[i][j]``: way from ``places[i]`` to ``places[j]``. The next stop is at the earliest on the next day, and
    where the way is longer than ``rest_beyond`` on the day after. ``starts`` and ``ends``: first and last day that may
    be used. ``first``, ``last``: the stop that must open or close the tour. ``most_talks``: of one person at one stop.
    ``change_price``: added to the cost for each published stop that is not kept, in the unit of the lengths;
    ``fewest_changes``: as few changes as possible first, whatever the way.
    """

    stops: tuple[Stop, ...]
    places: tuple[str, ...]
    lengths: tuple[tuple[int, ...], ...]
    starts: int
    ends: int
    rest_beyond: int
    first: str | None = None
    last: str | None = None
    speakers: tuple[Speaker, ...] = ()
    talks: tuple[Talk, ...] = ()
    most_talks: int = 2
    pins: tuple[Pin, ...] = ()
    published: tuple[Published, ...] = ()
    change_price: int = 0
    fewest_changes: bool = False

    def __post_init__(self) -> None:
        check_problem(self)

    def length(self, here: str, there: str) -> int:
        """The way between two places, by their keys."""
        return self.lengths[self.places.index(here)][self.places.index(there)]

    def days_between(self, length: int) -> int:
        """How many days the next stop is later at least: 1, or 2 with a day of travel between."""
        return 2 if length > self.rest_beyond else 1


@dataclass(frozen=True, slots=True)
class Visit:
    """A stop on its day in its hall; ``given``: talk's key to the key of who gives it."""

    stop: str
    hall: str
    day: int
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Solution:
    """A tour that keeps every rule, in the order of its days.

    ``cost``: the length of the whole way, and the price of the changes. ``bound``: no tour can cost less (with
    ``fewest_changes``: none with as few changes, and ``changes_bound`` speaks of those). ``optimal``: proved that none
    costs less, and none that costs the same ends earlier. ``nights``: between the first and the last day. ``engine``:
    "labels", or "beam" where time or memory ran out before the proof. ``seconds``: wall time of solve().
    """

    visits: tuple[Visit, ...]
    length: int
    cost: int
    bound: int
    optimal: bool
    nights: int
    engine: str
    seconds: float
    changes: int = 0
    changes_bound: int = 0

    @property
    def last_day(self) -> int:
        """The day of the last stop."""
        return self.visits[-1].day
