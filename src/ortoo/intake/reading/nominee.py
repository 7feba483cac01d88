"""A person as a return gives them, cleaned."""

from dataclasses import dataclass
from datetime import date

COMPARED = ("name", "sex", "unit", "post", "phone", "language", "diet", "blocked", "prefers", "needs", "attended", "remark")


@dataclass(frozen=True)
class Nominee:
    """One nominated person. `unit` is the station's code; `blocked` are spans of days, both inclusive; `prefers` a term from 1."""

    staff_no: str
    name: str
    sex: str
    unit: str
    station: str
    county: str
    county_code: str
    prefecture: str
    post: str = ""
    phone: str = ""
    language: str = ""
    diet: str = ""
    blocked: tuple[tuple[date, date], ...] = ()
    prefers: int | None = None
    needs: tuple[str, ...] = ()
    attended: bool = False
    remark: str = ""

    def differs(self, other: "Nominee") -> tuple[str, ...]:
        """The fields in which two rows about one person differ."""
        return tuple(name for name in COMPARED if getattr(self, name) != getattr(other, name))


@dataclass(frozen=True)
class Term:
    """A term of the programme, days inclusive."""

    name: str
    starts: date
    ends: date
