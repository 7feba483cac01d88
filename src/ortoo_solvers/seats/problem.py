"""Seats: delegations that ask for more than there are, the hall's plan, and what each of them is given.

Keys are text and unique; names are only for messages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ortoo_solvers.seats.check import check_problem


@dataclass(frozen=True, slots=True)
class Delegation:
    """Asks for ``asked`` seats. ``priority``: 1 is served before 2. ``floor``: seats it gets whatever its class; ``ceiling``
    None for what it asked. ``wheelchairs``: how many of its people need a wheelchair place; ``companions``: how many of those
    bring somebody who sits beside them. Both are among ``asked`` and count as its floor too."""

    key: str
    asked: int
    priority: int = 1
    floor: int = 0
    ceiling: int | None = None
    wheelchairs: int = 0
    name: str = ""
    companions: int = 0

    @property
    def least(self) -> int:
        """What it gets in any case."""
        return max(self.floor, self.wheelchairs + self.companions)

    @property
    def most(self) -> int:
        """More than this it never gets."""
        return self.asked if self.ceiling is None else min(self.asked, self.ceiling)


@dataclass(frozen=True, slots=True)
class Problem:
    """Raises Misfit (a ValueError). ``hall``: the plan line by line from the front, a sign for each place: ``o`` a seat,
    ``w`` a wheelchair place, ``x`` a seat kept free, ``|`` or a space an aisle or nothing; an empty line is an aisle across.
    ``capacity`` None: the plan's seats, and as many wheelchair places as are needed."""

    delegations: tuple[Delegation, ...]
    capacity: int | None = None
    hall: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_problem(self)

    @property
    def seats(self) -> int:
        """How many seats there are to give."""
        if self.capacity is not None:
            return self.capacity
        places = "".join(self.hall)
        wheelchairs = sum(delegation.wheelchairs for delegation in self.delegations)
        return places.count("o") + min(places.count("w"), wheelchairs)


@dataclass(frozen=True, slots=True)
class Round:
    """One seat given: to ``delegation``, for its quotient ``asked`` / ``divisor``, the highest then."""

    delegation: str
    asked: int
    divisor: int


@dataclass(frozen=True, slots=True)
class Share:
    """``rule``: "full" (all it may have), "divided" (by Sainte-Laguë within its class), "floor" (nothing was left for its class)."""

    delegation: str
    asked: int
    priority: int
    floor: int
    ceiling: int
    seats: int
    rule: str


@dataclass(frozen=True, slots=True)
class ClassShare:
    """The arithmetic of a class: ``available`` seats for delegations that asked ``asked`` (at most ``wanted``) and have ``floors``.

    Where they were divided, each has its floor, its ceiling, or asked / D rounded to the nearest, for every divisor D above
    ``above`` and up to ``up_to`` (numerator, denominator); where both are the same there were equal quotients, and of these
    the larger delegation, then the one listed first, came first. ``rounds``: seat by seat, beyond the floors.
    """

    priority: int
    asked: int
    wanted: int
    floors: int
    available: int
    given: int
    rule: str
    above: tuple[int, ...] = ()
    up_to: tuple[int, ...] = ()
    rounds: tuple[Round, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocks:
    """Who sits where. ``places``, ``wheelchairs``, ``companions``: delegation's key to its seats as "row-seat", rows from the front
    and seats from the left, counted from 1; each companion beside one of its own delegation's wheelchairs. Companions for whom
    no such seat is left sit with the others. ``pieces``: connected blocks of all delegations together, ``companions`` apart. ``front``: row numbers added up, for
    each class over all seats of it and of the classes before it; less is nearer to the front. Neither can be below its bound
    (``front_bound`` whatever the pieces). ``optimal``: the fewest pieces are proved."""

    places: Mapping[str, tuple[str, ...]]
    wheelchairs: Mapping[str, tuple[str, ...]]
    pieces: int
    pieces_bound: int
    front: int
    front_bound: int
    optimal: bool
    companions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Solution:
    """``shares`` in the order of the delegations; ``classes`` with the arithmetic; ``blocks`` where a plan was given."""

    capacity: int
    given: int
    shares: tuple[Share, ...]
    classes: tuple[ClassShare, ...]
    blocks: Blocks | None = None
    engine: str = "sainte-lague"
    seconds: float = 0.0
    left_over: int = 0
    without: tuple[str, ...] = ()
