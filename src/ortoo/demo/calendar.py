"""When the demo's two rotations are: today lies in the third term of the first, the second begins weeks after its end."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from ortoo.demo.moved import Move

FIRST_DAY = date(2023, 3, 20)
MIDDLE_OF_THIRD_TERM = date(2023, 5, 13)
WEEKS_BETWEEN = 18
SEASONS = ("冬季", "冬季", "春季", "春季", "春季", "夏季", "夏季", "夏季", "秋季", "秋季", "秋季", "冬季")


def moves(today: date) -> tuple[Move, Move]:
    """How the days of the files move for the rotation that runs and for the next one, in whole weeks."""
    weeks = round((today - MIDDLE_OF_THIRD_TERM).days / 7)
    first, second = timedelta(weeks=weeks), timedelta(weeks=weeks + WEEKS_BETWEEN)
    filled = FIRST_DAY + first - timedelta(days=14)
    return (
        Move(first, (FIRST_DAY + first).year, filled),
        Move(second, (FIRST_DAY + second).year, today - timedelta(days=3)),
    )


def season(day: date) -> str:
    """The season in which a day lies, as a programme's title says it."""
    return SEASONS[day.month - 1]


def morning(day: date) -> datetime:
    """Nine in the morning of a day, in the installation's time zone."""
    return timezone.make_aware(datetime.combine(day, time(9)))
