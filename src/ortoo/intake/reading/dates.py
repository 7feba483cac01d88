"""Days that somebody cannot come, as they are written: 6月1日—6月10日, 6.1-6.10, 2023/6/1-2023/6/10, 5月上旬, several in a cell."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ortoo.kernel.text.fold import fold
from ortoo.kernel.text.numerals import with_digits

Span = tuple[date, date]
NONE_SAID = {
    "",
    "无",
    "没有",
    "暂无",
    "否",
    "-",
    "--",
    "—",
    "/",
    "\\",
    "无冲突",
    "都可以",
    "均可",
    "无特殊情况",
    "none",
    "no",
    "n/a",
}
FIRST = [
    r"(?:(?P<y>\d{4})\s*年\s*)?(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]?",
    r"(?:(?P<y>\d{4})\s*年\s*)?(?P<m>\d{1,2})\s*月\s*(?:份\s*)?(?P<third>[上中下])旬",
    r"(?P<y>\d{4})\s*([./-])\s*(?P<m>\d{1,2})\s*\2\s*(?P<d>\d{1,2})(?!\d)(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?",
    r"(?P<y>(?:19|20)\d\d)(?P<m>\d{2})(?P<d>\d{2})(?!\d)",
    r"(?P<m>\d{1,2})\s*[./]\s*(?P<d>\d{1,2})(?!\d)",
    r"(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)(?=\s*(?:至|到|~|—|–|$))",
]
DAY_ONLY = r"(?P<d>\d{1,2})\s*[日号]?(?!\d|\s*[月./年])"
STARTS = [re.compile(pattern) for pattern in FIRST]
ENDS = [*STARTS[:-1], re.compile(r"(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"), re.compile(DAY_ONLY)]
CONNECTOR = re.compile(r"\s*(?:至|到|~|〜|∼|—+|–|--?|−|─)\s*")
SEPARATOR = re.compile(r"[\s;,、，；。和及与]*")
ASIDE = re.compile(r"\([^()]*\)")
THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}


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

    def year_of(self, month: int, day: int) -> int:
        """The year in which this month and day lie in the programme, or nearest to its middle."""
        middle = self.starts + (self.ends - self.starts) / 2
        years = sorted({self.starts.year, self.ends.year, self.starts.year - 1, self.ends.year + 1})
        return min(years, key=lambda year: (abs((_day(year, month, day) - middle).days), year))


def read_spans(value: object, frame: Frame) -> list[Span]:
    """The spans (first day, last day) that a cell says, in the order said. Raises DateProblem; never guesses."""
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return [(day, day)]
    if isinstance(value, int | float) and not isinstance(value, bool) and 36_000 < value < 65_000:
        day = date(1899, 12, 30) + timedelta(days=int(value))
        return [(day, day)]
    text = ASIDE.sub("", with_digits(fold(value).replace("〇", "0"))).strip(" 。.;,、")
    if text.lower() in NONE_SAID:
        return []
    return _spans(text, frame)


def _spans(text: str, frame: Frame) -> list[Span]:
    spans: list[Span] = []
    place = SEPARATOR.match(text).end()  # type: ignore[union-attr]
    while place < len(text):
        span, place = _span(text, place, frame)
        spans.append(span)
        after = SEPARATOR.match(text, place)
        place = after.end() if after else place
    return spans


def _span(text: str, place: int, frame: Frame) -> tuple[Span, int]:
    first = _match(STARTS, text, place)
    if first is None:
        raise DateProblem("date_unclear", text[place:])
    said = first.groupdict()
    begins, ends = _days(said, frame, first[0], None)
    link = CONNECTOR.match(text, first.end())
    last = _match(ENDS, text, link.end()) if link else None
    if last is None:
        if link and text[link.end() :].strip():
            raise DateProblem("date_unclear", text[place:])
        return (begins, ends), link.end() if link else first.end()
    whole = text[place : last.end()]
    _also, ends = _days(last.groupdict(), frame, whole, begins)
    if ends < begins:
        ends = _next_year(begins, ends, "y" in last.groupdict() and bool(last["y"]), whole)
    return (begins, ends), last.end()


def _match(patterns: list[re.Pattern[str]], text: str, place: int) -> re.Match[str] | None:
    return next((found for pattern in patterns if (found := pattern.match(text, place))), None)


def _days(said: dict[str, str | None], frame: Frame, whole: str, since: date | None) -> Span:
    month = int(said.get("m") or (since.month if since else 0))
    if not 1 <= month <= 12:
        raise DateProblem("date_impossible", whole)
    if third := said.get("third"):
        year = int(said.get("y") or (since.year if since else frame.year_of(month, 1)))
        low, high = THIRDS[third]
        return date(year, month, low), date(year, month, min(high, calendar.monthrange(year, month)[1]))
    day = int(said.get("d") or 0)
    if not 1 <= day <= 31:
        raise DateProblem("date_impossible", whole)
    year = int(said.get("y") or (since.year if since else frame.year_of(month, day)))
    if not 1990 <= year <= 2100 or day > calendar.monthrange(year, month)[1]:
        raise DateProblem("date_impossible", whole)
    return date(year, month, day), date(year, month, day)


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _next_year(begins: date, ends: date, said_year: bool, whole: str) -> date:
    """12月28日-1月3日 runs into the next year; 6月10日-6月1日 was written the wrong way round."""
    later = _day(ends.year + 1, ends.month, ends.day)
    if said_year or (later - begins).days > 92:
        raise DateProblem("date_reversed", whole)
    return later
