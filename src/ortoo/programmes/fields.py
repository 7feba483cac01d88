"""What people type in one line: days, times, rows of seats. Read into values, written back as they would type it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NoReturn

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

SEPARATORS = re.compile(r"[、,，;；\s]+")
WHEELCHAIR = re.compile(r"(?:轮椅席?|[wW])[::]?")
TO = re.compile(r"\s*(?:—+|–|~|～|至|到|\bto\b)\s*")
DAY = re.compile(r"(?:(?P<year>\d{4})[年/.-])?(?P<month>\d{1,2})[月/.-](?P<day>\d{1,2})[日号]?")
MOST_DAYS = 400
MOST_ROWS = 200
Span = tuple[date, date]


class SpansField(forms.CharField):
    """Days and spans of days: 6月19日、6月25日—6月27日, 2026-06-19 to 2026-06-20. Cleans to [(first, last), …].

    Days without a year lie between the first and the last day of `between`; without it, a year is needed.
    """

    default_error_messages = {
        "day": _("“%(text)s” is not a day. Write 6月19日 or 2026-06-19, several with a comma between."),
        "order": _("“%(text)s” ends before it begins."),
        "many": _("That is too many days."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 1000)
        super().__init__(**kwargs)
        self.between: Span | None = None

    def clean(self, value: Any) -> Any:
        """Every span, in the order typed."""
        return [self._span(piece) for piece in SEPARATORS.split(TO.sub("—", super().clean(value) or "")) if piece]

    def _span(self, piece: str) -> Span:
        ends = piece.split("—")
        first = self._day(ends[0], None, piece)
        if len(ends) > 2:
            self._wrong("day", piece)
        last = self._day(ends[1], first, piece) if len(ends) == 2 else first
        if last < first:
            self._wrong("order", piece)
        if (last - first).days > MOST_DAYS:
            self._wrong("many", piece)
        return first, last

    def _day(self, text: str, first: date | None, piece: str) -> date:
        said = DAY.fullmatch(text)
        short = re.fullmatch(r"(\d{1,2})[日号]?", text) if first else None
        if said is None and short is None:
            self._wrong("day", piece)
        try:
            if short and first:
                return first.replace(day=int(short[1]))
            assert said is not None
            year = int(said["year"]) if said["year"] else self._year(int(said["month"]), piece)
            return date(year, int(said["month"]), int(said["day"]))
        except ValueError:
            self._wrong("day", piece)

    def _year(self, month: int, piece: str) -> int:
        if self.between is None:
            self._wrong("day", piece)
        first, last = self.between
        return last.year if first.year != last.year and month < first.month else first.year

    def _wrong(self, code: str, text: str) -> NoReturn:
        raise forms.ValidationError(self.error_messages[code], code, {"text": text})


class DaysField(SpansField):
    """Single days, spans allowed as a short way to write them. Cleans to [day, …] without repetition, in order."""

    def clean(self, value: Any) -> Any:
        """Every day once."""
        days = {day for first, last in super().clean(value) for day in _each(first, last)}
        if len(days) > MOST_DAYS:
            self._wrong("many", "")
        return sorted(days)


class TimeTakenField(forms.CharField):
    """Minutes and seconds, 10:45 or 10分45秒 or 10. Cleans to seconds."""

    default_error_messages = {"time": _("Write minutes and seconds as 10:45.")}

    def clean(self, value: Any) -> Any:
        """Seconds, one at least and three hours at most."""
        said = re.fullmatch(r"(\d{1,3})(?:[::分](?:([0-5]?\d)秒?)?)?", super().clean(value).strip())
        seconds = int(said[1]) * 60 + int(said[2] or 0) if said else 0
        if not 0 < seconds <= 3 * 3600:
            raise forms.ValidationError(self.error_messages["time"], "time")
        return seconds


@dataclass(frozen=True)
class Rows:
    """A plan as it was typed: parts of each row, and (row, place) of the wheelchair places in it, from 1."""

    rows: tuple[tuple[int, ...], ...] = ()
    wheelchairs: tuple[tuple[int, int], ...] = ()


class RowsField(forms.CharField):
    """Rows of seats from the stage, a line each: `8 14 8` (parts between aisles), `8 14 8 × 20` for twenty like it.

    `8 14 8 w 1—2 29—30` or `8 14 8 轮椅 1—2 29—30`: these places of the row, counted from the left, are for wheelchairs.
    """

    widget = forms.Textarea(attrs={"rows": 4})
    default_error_messages = {
        "row": _("“%(text)s” is not a row. Write the seats of each part, such as 8 14 8, or 8 14 8 × 20 for twenty rows."),
        "many": _("A plan has 200 rows at most."),
        "place": _("“%(text)s”: the places for wheelchairs are numbers of this row, such as w 1—2 29—30."),
    }

    def clean(self, value: Any) -> Any:
        """The plan as Rows."""
        lines = [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]
        rows: list[tuple[int, ...]] = []
        wheelchairs: list[tuple[int, int]] = []
        for line in lines:
            parts, *places = re.split(WHEELCHAIR, line, maxsplit=1)
            first = len(rows) + 1
            rows += self._rows(parts.strip())
            if len(rows) > MOST_ROWS:
                raise forms.ValidationError(self.error_messages["many"], "many")
            found = self._places(places[0], sum(rows[-1]), line) if places else []
            wheelchairs += [(row, place) for row in range(first, len(rows) + 1) for place in found]
        return Rows(tuple(rows), tuple(wheelchairs))

    def _places(self, text: str, seats: int, line: str) -> list[int]:
        """Single numbers and spans of them, within the row."""
        found: list[int] = []
        for piece in SEPARATORS.split(re.sub(r"\s*[-—–~至到]+\s*", "-", text.strip())):
            span = re.fullmatch(r"(\d{1,4})(?:-(\d{1,4}))?", piece)
            first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
            if not 0 < first <= last <= seats:
                raise forms.ValidationError(self.error_messages["place"], "place", {"text": line})
            found += range(first, last + 1)
        return sorted(set(found))

    def _rows(self, line: str) -> list[tuple[int, ...]]:
        said = re.fullmatch(r"(\d{1,3}(?:[\s+]+\d{1,3}){0,9})(?:\s*[x×*]\s*(\d{1,3}))?", line)
        parts = tuple(int(part) for part in re.split(r"[\s+]+", said[1])) if said else ()
        if not parts or 0 in parts:
            raise forms.ValidationError(self.error_messages["row"], "row", {"text": line})
        return [parts] * int((said and said[2]) or 1)


def spans_text(spans: Sequence[Span]) -> str:
    """Spans as somebody would type them."""
    return "、".join(_day_text(first) if first == last else f"{_day_text(first)}—{_day_text(last)}" for first, last in spans)


def days_text(days: Sequence[date]) -> str:
    """Days as somebody would type them."""
    return spans_text([(day, day) for day in days])


def rows_text(rows: Sequence[Sequence[int]], wheelchairs: Sequence[tuple[int, int]] = ()) -> str:
    """A plan as somebody would type it, equal rows together; `wheelchairs` as (row, place)."""
    lines: list[tuple[str, str, int]] = []
    for number, row in enumerate(rows, 1):
        text, places = " ".join(map(str, row)), places_text([place for at, place in wheelchairs if at == number])
        count = lines.pop()[2] if lines and lines[-1][:2] == (text, places) else 0
        lines.append((text, places, count + 1))
    word = "轮椅" if _in_chinese() else "w"
    return "\n".join(
        text + (f" × {count}" if count > 1 else "") + (f" {word} {places}" if places else "") for text, places, count in lines
    )


def places_text(numbers: Sequence[int]) -> str:
    """Numbers as spans: 1—2 29—30."""
    runs = [[n for _i, n in run] for _key, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])]
    return " ".join(str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs)


def _in_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def _day_text(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if _in_chinese() else day.isoformat()


def _each(first: date, last: date) -> Iterator[date]:
    for days in range((last - first).days + 1):
        yield first + timedelta(days=days)
