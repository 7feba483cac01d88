from datetime import date

import pytest
from tests.intake.reading.tour.plans import FRAME, days, midnight

from ortoo.intake.reading.tour.days import every_day, read_days

ALL = every_day(FRAME)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("6月19日、6月20日、7月4日", days("0619", "0620", "0704")),
        ("6月19日—6月22日", days("0619", "0620", "0621", "0622")),
        ("6月29日至7月2日", days("0629", "0630", "0701", "0702")),
        ("6月19-21日、7月4日", days("0619", "0620", "0621", "0704")),
        ("6月19日、20日、22日", days("0619", "0620", "0622")),
        ("６月１９日，７月４日", days("0619", "0704")),
        ("6.19-6.21;7.4", days("0619", "0620", "0621", "0704")),
        ("6/19 6/20", days("0619", "0620")),
        ("2023-06-19, 2023-07-04", days("0619", "0704")),
        ("2023年6月19日\n2023年7月4日", days("0619", "0704")),
        ("六月十九日", days("0619")),
        (midnight(2023, 6, 19), days("0619")),
        (date(2023, 6, 19), days("0619")),
        (45096, days("0619")),
        ("全程可用", ALL),
        ("均可", ALL),
        ("除6月19日、7月13日外均可", ALL - days("0619", "0713")),
        ("除了6月20日至7月13日以外,其余时间都可以", days("0619")),
        ("无", frozenset()),
        ("—", frozenset()),
        (None, frozenset()),
        ("已占用", frozenset()),
    ],
)
def test_read_days_reads(said: object, expected: frozenset[date]) -> None:
    read = read_days(said, FRAME)
    assert (read.days, read.wrong) == (expected, ())


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("6月31日", "date_impossible"),
        ("7月初", "date_unclear"),
        ("等通知", "date_unclear"),
        ("7月5日至7月1日", "date_reversed"),
        (5.1, "date_unclear"),
    ],
)
def test_read_days_never_guesses(said: object, kind: str) -> None:
    read = read_days(said, FRAME)
    assert (read.days, [wrong[0] for wrong in read.wrong]) == (frozenset(), [kind])


def test_one_bad_day_leaves_the_good_ones() -> None:
    read = read_days("6月19日、6月31日、7月4日", FRAME)
    assert (read.days, read.wrong) == (days("0619", "0704"), (("date_impossible", "6月31日"),))


def test_days_outside_are_counted_and_halves_said() -> None:
    assert (read_days("6月18日至6月20日", FRAME).days, read_days("6月18日至6月20日", FRAME).outside) == (days("0619", "0620"), 1)
    half = read_days("6月19日上午、7月4日(晚上)", FRAME)
    assert (half.days, half.half) == (days("0619", "0704"), True)
