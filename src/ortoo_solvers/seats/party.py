"""What is packed into a hall's sections, and how."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """A delegation's people who sit in its block: ``size`` > 0. ``wheelchairs``: how many more sit in wheelchairs, ``companions``: beside how
    many of these somebody sits."""

    key: str
    size: int
    priority: int
    wheelchairs: int = 0
    companions: int = 0


@dataclass(frozen=True, slots=True)
class Bays:
    """Wheelchair places by a section: ``pairs`` with a seat kept for a companion, ``single`` ones for who comes without."""

    pairs: int
    single: int


@dataclass(frozen=True, slots=True)
class Packing:
    """``amounts``: (party, section) → people; ``bound``: no packing has fewer pieces, counted by sections."""

    amounts: Mapping[tuple[int, int], int]
    bound: int
