"""Rooms: people of one term, the rooms of the base, and what sharing costs. Keys are text and unique."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ortoo_solvers.rooms.check import check_problem


@dataclass(frozen=True, slots=True)
class Person:
    """``sex``: "f" or "m". ``rhythm``: "early", "late" or nothing. ``age`` in years. ``wishes``: keys of people to share with."""

    key: str
    sex: str
    unit: str = ""
    snores: bool = False
    rhythm: str = ""
    age: int | None = None
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """``beds``: 1 to 4. ``sex``: "f", "m" or nothing for either, then whichever whoever is put there needs."""

    key: str
    beds: int = 2
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """This person in this room, whatever it costs."""

    person: str
    room: str


@dataclass(frozen=True, slots=True)
class Weights:
    """Whole prices. ``unplaced`` and ``moved`` (from ``Problem.before``) are for each person, ``room`` for each
    room used. For each two in one room: ``snoring`` (one of them snores), ``rhythm`` (one early, one late), ``age`` for each
    full ten years between them. ``colleagues``: for each two of a unit in one room if they are to be apart; if together, for
    each person who has a colleague of the same sex and shares with none. ``wish``: for each two who name each other and do
    not share."""

    unplaced: int = 1000
    room: int = 40
    snoring: int = 10
    rhythm: int = 6
    colleagues: int = 8
    wish: int = 20
    age: int = 0
    moved: int = 15


@dataclass(frozen=True, slots=True)
class Problem:
    """Raises Misfit (a ValueError). ``colleagues``: "apart", "together" or "free". ``before``: person → room of the last time."""

    people: tuple[Person, ...]
    rooms: tuple[Room, ...]
    pins: tuple[Pin, ...] = ()
    colleagues: str = "free"
    before: Mapping[str, str] = field(default_factory=dict)
    weights: Weights = Weights()

    def __post_init__(self) -> None:
        check_problem(self)


@dataclass(frozen=True, slots=True)
class Solution:
    """``places``: person → room, without those who got no bed (``unplaced``). No placing costs less than ``bound``."""

    places: Mapping[str, str]
    unplaced: tuple[str, ...]
    cost: int
    bound: int
    optimal: bool
    engine: str
    seconds: float
