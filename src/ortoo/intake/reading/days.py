"""A day said in part, without its year or even its month, and the span of days that it means within a programme."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

Span = tuple[date, date]
THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}
ACROSS_NEW_YEAR = 92
NEAR = 400


class DateProblem(Exception):
    """A date that cannot be meant or understood; `kind` is date_impossible, date_reversed or date_unclear."""

    def __init__(self, kind: str, said: str) -> None:
        super().__init__(kind, said)
        self.kind = kind
        self.said = said


@dataclass(frozen=True)
class Frame:
    """The days of the programme, by which a date without a year is understood."""

    starts: date
    ends: date

    @property
    def years(self) -> range:
        """The programme's years."""
        return range(self.starts.year, self.ends.year + 1)

    def distance(self, first: date, last: date) -> int:
        """Days between the span and the programme; 0 when they meet."""
        return max((self.starts - last).days, (first - self.ends).days, 0)

    def near(self, day: date) -> bool:
        """Whether the day is within about a year of the programme."""
        return self.distance(day, day) <= NEAR


@dataclass(frozen=True)
class Partial:
    """A day, a third of a month or a whole one: days `low` to `high` of `month`; `year` None when it was not said."""

    year: int | None
    month: int
    low: int
    high: int
    said: str

    @classmethod
    def of(cls, said: Mapping[str, str | None], since: "Partial | None", frame: Frame, whole: str) -> Self:
        """From the named parts of a match. Raises DateProblem."""
        month = int(said.get("m") or (since.month if since else 0))
        if not 1 <= month <= 12:
            raise DateProblem("date_impossible", whole)
        low, high = 1, 31
        if third := said.get("third"):
            low, high = THIRDS[third]
        elif said.get("d") is not None:
            low = high = int(said["d"] or 0)
            if not 1 <= low <= 31:
                raise DateProblem("date_impossible", whole)
        year = _year(said.get("y"), frame, whole)
        if "m" not in said and since is not None:
            year = since.year
        return cls(year, month, low, high, whole)

    @property
    def is_month(self) -> bool:
        """A whole month was said."""
        return (self.low, self.high) == (1, 31)

    def first(self, year: int) -> date:
        """Its first day. Raises DateProblem when the month has no such day."""
        if self.low > calendar.monthrange(year, self.month)[1]:
            raise DateProblem("date_impossible", self.said)
        return date(year, self.month, self.low)

    def in_next(self, year: int) -> date | None:
        """Its last day in the year after; None when that year has no such day."""
        try:
            return self.last(year + 1)
        except DateProblem:
            return None

    def last(self, year: int) -> date:
        """Its last day; that of the month when a whole third or month was said."""
        length = calendar.monthrange(year, self.month)[1]
        if self.low > length:
            raise DateProblem("date_impossible", self.said)
        return date(year, self.month, min(self.high, length))


def span_of(first: Partial, last: Partial | None, frame: Frame, whole: str) -> tuple[Span, Partial]:
    """The days from `first` to `last` (one date when None), and the date that later ones in the cell lean on."""
    end = last or first
    if first.year is None and end.year is not None:
        ordered = (first.month, first.low) <= (end.month, end.high)
        first = replace(first, year=end.year if ordered else end.year - 1)
    years = [first.year] if first.year is not None else [frame.starts.year - 1, *frame.years]
    tried = [year for year in years if year in frame.years or first.year is not None or last]
    meant = [(year, span) for year in tried if (span := _in_year(first, end, year)) is not None]
    if not meant:
        for year in tried:
            first.first(year), end.last(end.year or year)
        raise DateProblem("date_reversed", whole)
    within = [one for one in meant if one[0] in frame.years or frame.distance(*one[1]) == 0] or meant
    year, span = min(within, key=lambda one: frame.distance(*one[1]))
    return span, replace(end, year=span[1].year if first.year is not None else None)


def _in_year(first: Partial, end: Partial, year: int) -> Span | None:
    """The span when it starts in `year`; a winter's span may end in the next year. None when it would run backwards."""
    try:
        begins, ends = first.first(year), end.last(end.year or year)
    except DateProblem:
        return None
    if ends < begins and end.year is None and (later := end.in_next(year)) and (later - begins).days <= ACROSS_NEW_YEAR:
        ends = later
    return (begins, ends) if ends >= begins else None


def _year(said: str | None, frame: Frame, whole: str) -> int | None:
    if not said:
        return None
    if len(said) == 2:
        years = [year for year in range(frame.starts.year - 1, frame.ends.year + 2) if year % 100 == int(said)]
        if not years:
            raise DateProblem("date_unclear", whole)
        return years[0]
    if not 1990 <= int(said) <= 2100:
        raise DateProblem("date_impossible", whole)
    return int(said)
