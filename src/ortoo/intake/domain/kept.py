"""What undoing has to leave as it is."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kept:
    """Something that stays: of whom, what, why (`changed`, `place`, `used`), what it held after applying, what now."""

    staff_no: str
    name: str
    noun: str
    field: str
    why: str
    after: Any = None
    now: Any = None
