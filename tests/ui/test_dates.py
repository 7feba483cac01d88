"""Days as officers write them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from ortoo.kernel import clock
from ortoo.ui import dates


@pytest.fixture(autouse=True)
def _in_2023() -> Iterator[None]:
    with clock.held_at(datetime(2023, 6, 1, tzinfo=UTC)):
        yield


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh-hans", "6月19日(周一)"), ("en", "Mon 19 June")],
)
def test_day_shows_weekday_and_no_year_of_this_year(language: str, expected: str) -> None:
    with translation.override(language):
        assert dates.day(date(2023, 6, 19)) == expected


@pytest.mark.parametrize(("language", "expected"), [("zh-hans", "2024年1月1日(周一)"), ("en", "Mon 1 January 2024")])
def test_day_shows_another_year(language: str, expected: str) -> None:
    with translation.override(language):
        assert dates.day(date(2024, 1, 1)) == expected


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        ((2023, 6, 19), (2023, 6, 30), "6月19日(周一)—30日(周五)", "Mon 19 – Fri 30 June"),
        ((2023, 6, 19), (2023, 7, 13), "6月19日(周一)—7月13日(周四)", "Mon 19 June – Thu 13 July"),
        ((2023, 12, 30), (2024, 1, 2), "12月30日(周六)—2024年1月2日(周二)", "Sat 30 December 2023 – Tue 2 January 2024"),
        ((2024, 3, 1), (2024, 3, 2), "2024年3月1日(周五)—2日(周六)", "Fri 1 – Sat 2 March 2024"),
        ((2022, 12, 30), (2023, 1, 2), "2022年12月30日(周五)—2023年1月2日(周一)", "Fri 30 December 2022 – Mon 2 January 2023"),
        ((2023, 6, 19), (2023, 6, 19), "6月19日(周一)", "Mon 19 June"),
    ],
)  # fmt: skip
def test_span_writes_what_is_shared_once(first: tuple[int, int, int], last: tuple[int, int, int], zh: str, en: str) -> None:
    for language, expected in (("zh-hans", zh), ("en", en)):
        with translation.override(language):
            assert dates.span(date(*first), date(*last)) == expected


def test_moment_is_told_in_the_present_zone() -> None:
    with translation.override("zh-hans"):
        assert dates.moment(datetime(2023, 6, 18, 16, 5, tzinfo=UTC)) == "6月19日(周一) 00:05"
