"""What is packed into a hall's sections, and how."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """A delegation's people without wheelchairs: ``size`` > 0."""

    key: str
    size: int
    priority: int


@dataclass(frozen=True, slots=True)
class Packing:
    """``amounts``: (party, section) → people; ``bound``: no packing has fewer pieces, counted by sections."""

    amounts: Mapping[tuple[int, int], int]
    bound: int
