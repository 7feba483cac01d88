"""Days as officers write them: 6月19日(周一), in English Mon 19 June. Formats of a language, not words of a sentence."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language

from ortoo.kernel import clock

ZH_DAYS = "一二三四五六日"
EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EN_MONTHS = (
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
)  # fmt: skip


def day(value: date) -> str:
    """One day with its weekday; the year only when it is not this year's."""
    value = _local(value)
    return _day(value, year=value.year != clock.today().year)


def span(first: date, last: date) -> str:
    """From the first day to the last, both included; what they share is written once."""
    first, last = _local(first), _local(last)
    if first == last:
        return day(first)
    here, across = clock.today().year, first.year != last.year
    one_month = (first.year, first.month) == (last.year, last.month)
    if _chinese():
        end = f"{last.day}日{_weekday(last)}" if one_month else _day(last, year=across)
        return f"{_day(first, year=first.year != here)}—{end}"
    start = f"{_weekday(first)} {first.day}" if one_month else _day(first, year=across)
    return f"{start} – {_day(last, year=across or last.year != here)}"


def moment(value: datetime) -> str:
    """Day and time of day in the present time zone."""
    value = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(value)}{' ' if _chinese() else ', '}{value:%H:%M}"


def _local(value: date) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def _day(value: date, *, year: bool) -> str:
    if _chinese():
        return f"{f'{value.year}年' if year else ''}{value.month}月{value.day}日{_weekday(value)}"
    return f"{_weekday(value)} {value.day} {EN_MONTHS[value.month - 1]}{f' {value.year}' if year else ''}"


def _weekday(value: date) -> str:
    return f"(周{ZH_DAYS[value.weekday()]})" if _chinese() else EN_DAYS[value.weekday()]


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")
