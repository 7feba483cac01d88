from datetime import date

import pytest
from tests.intake.reading.tour.plans import FRAME, days, midnight

from ortoo.intake.reading.days import Frame
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
        ("6月19日(周一)、6月20日（星期二）", days("0619", "0620")),
        ("6月19日周一至22日周四", days("0619", "0620", "0621", "0622")),
        ("6月19日-22日(周一至周四)", days("0619", "0620", "0621", "0622")),
        ("6月19日全天,7月4日全天", days("0619", "0704")),
        ("可用:6月19日、6月20日", days("0619", "0620")),
        ("6月19日至22日均可", days("0619", "0620", "0621", "0622")),
        ("6月19日或20日", days("0619", "0620")),
        ("①6月19日②7月4日", days("0619", "0704")),
        ("7月11日起", days("0711", "0712", "0713")),
        ("6月19日起至20日", days("0619", "0620")),
        ("6月19日至22日(21日除外)", days("0619", "0620", "0622")),
        ("6月19日至22日,除6月21日", days("0619", "0620", "0622")),
        ("除6月19日外", ALL - days("0619")),
        ("06-19 07-04", days("0619", "0704")),
        ("6-19、7-10、7-7", days("0619", "0710", "0707")),
        ("19.06.2023", days("0619")),
        ("2023-06-19T00:00:00", days("0619")),
        ("2023-06-19 to 2023-06-20", days("0619", "0620")),
        ("19 June 2023, Jul 4", days("0619", "0704")),
        ("Jun 19 Jun 20", days("0619", "0620")),
        ("Mon 19-21 June and July 4th", days("0619", "0620", "0621", "0704")),
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
        ("6月19日(周二)", "date_unclear"),
        ("6月19日至25日每周一", "date_unclear"),
        ("6月19日至25日,6月21日除外", "date_unclear"),
        ("6月19日(已订)", "date_unclear"),
        ("6月19日不可用", "date_unclear"),
        ("6-7", "date_unclear"),
        ("7月1日以后", "date_unclear"),
        (5.1, "date_unclear"),
    ],
)
def test_read_days_never_guesses(said: object, kind: str) -> None:
    read = read_days(said, FRAME)
    assert (read.days, [wrong[0] for wrong in read.wrong]) == (frozenset(), [kind])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("6月19日(开会)", days("0619")),
        ("均可", frozenset()),
        ("随时可参加", frozenset()),
        ("全程", ALL),
        ("全部占用", ALL),
        ("除6月19日外均可", days("0619")),
        ("除6月19日外都不能参加", ALL - days("0619")),
        ("无冲突", frozenset()),
    ],
)
def test_what_a_cell_says_depends_on_whether_it_is_about_free_or_taken_days(said: str, expected: frozenset[date]) -> None:
    read = read_days(said, FRAME, free=False)
    assert (read.days, read.wrong) == (expected, ())


def test_two_months_of_a_longer_programme_are_not_taken_for_a_day() -> None:
    assert read_days("3-4", Frame(date(2023, 3, 1), date(2023, 6, 30))).wrong[0][0] == "date_unclear"


def test_a_free_day_that_an_aside_takes_back_leaves_the_others() -> None:
    read = read_days("6月19日、6月20日(有会)、7月4日", FRAME)
    assert (read.days, read.wrong) == (days("0619", "0704"), (("date_unclear", "6月20日(有会)"),))


def test_a_clock_is_a_part_of_a_day() -> None:
    read = read_days("6月19日9:00-12:00、7月4日14时", FRAME)
    assert (read.days, read.half) == (days("0619", "0704"), True)


def test_one_bad_day_leaves_the_good_ones() -> None:
    read = read_days("6月19日、6月31日、7月4日", FRAME)
    assert (read.days, read.wrong) == (days("0619", "0704"), (("date_impossible", "6月31日"),))


def test_days_outside_are_counted_and_halves_said() -> None:
    assert (read_days("6月18日至6月20日", FRAME).days, read_days("6月18日至6月20日", FRAME).outside) == (days("0619", "0620"), 1)
    half = read_days("6月19日上午、7月4日(晚上)", FRAME)
    assert (half.days, half.half) == (days("0619", "0704"), True)
