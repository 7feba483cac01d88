"""What people type in one line."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import override

from ortoo.programmes.fields import DaysField, Rows, RowsField, SpansField, TimeTakenField, days_text, rows_text, spans_text

BETWEEN = (date(2026, 6, 19), date(2026, 7, 13))


def spans() -> SpansField:
    field = SpansField(required=False)
    field.between = BETWEEN
    return field


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", []),
        ("6月19日、6月25日", [("06-19", "06-19"), ("06-25", "06-25")]),
        ("6月25日—27日", [("06-25", "06-27")]),
        ("6月25日至7月2日; 2026-07-05", [("06-25", "07-02"), ("07-05", "07-05")]),
        ("2026-07-01 to 2026-07-03", [("07-01", "07-03")]),
        ("6-20,6.21,6/22", [("06-20", "06-20"), ("06-21", "06-21"), ("06-22", "06-22")]),
        ("2026年6月25日—6月26日", [("06-25", "06-26")]),
    ],
)
def test_days_are_read_as_they_are_written(typed: str, read: list[tuple[str, str]]) -> None:
    assert [(f"{a:%m-%d}", f"{b:%m-%d}") for a, b in spans().clean(typed)] == read


@pytest.mark.parametrize("typed", ["明天", "2月30日", "6月25日—20日", "6月1日—2日—3日", "2020-01-01—2026-01-01", "13-45"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        spans().clean(typed)


def test_without_a_frame_a_year_is_needed() -> None:
    with pytest.raises(ValidationError):
        SpansField().clean("6月19日")


def test_year_turns_within_a_tour_over_new_year() -> None:
    field = SpansField()
    field.between = (date(2026, 12, 20), date(2027, 1, 10))
    assert field.clean("12月31日、1月2日") == [(date(2026, 12, 31),) * 2, (date(2027, 1, 2),) * 2]


def test_single_days_stand_once_in_order() -> None:
    field = DaysField()
    field.between = BETWEEN
    assert field.clean("6月25日、6月24日—25日") == [date(2026, 6, 24), date(2026, 6, 25)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_days_written_back_read_the_same(language: str) -> None:
    read = [(date(2026, 6, 19), date(2026, 6, 19)), (date(2026, 6, 25), date(2026, 7, 2))]
    with translation.override(language):
        assert SpansField().clean(spans_text(read)) == read
        assert DaysField().clean(days_text([date(2026, 6, 19)])) == [date(2026, 6, 19)]


@pytest.mark.parametrize(("typed", "seconds"), [("10:45", 645), ("10:45", 645), ("10分45秒", 645), ("9分", 540), ("9", 540)])
def test_times_are_read(typed: str, seconds: int) -> None:
    assert TimeTakenField().clean(typed) == seconds


@pytest.mark.parametrize("typed", ["", "0:00", "9:99", "很久", "999"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        TimeTakenField().clean(typed)


def test_rows_are_read_and_written_back() -> None:
    rows = RowsField(required=False).clean("8 14 8 × 2\n10+10\n")
    assert rows == Rows(((8, 14, 8), (8, 14, 8), (10, 10)))
    assert rows_text(rows.rows) == "8 14 8 × 2\n10 10"
    assert RowsField(required=False).clean(rows_text(rows.rows)) == rows
    assert RowsField(required=False).clean("") == Rows()


@pytest.mark.parametrize("typed", ["10 10 w 1-2 19—20\n10 10 × 2 W: 20", "10 10 轮椅1至2、19,20\n10 10 × 2 轮椅席 20"])
def test_wheelchair_places_are_read_and_written_back(typed: str) -> None:
    plan = RowsField().clean(typed)
    assert plan.rows == ((10, 10),) * 3
    assert plan.wheelchairs == ((1, 1), (1, 2), (1, 19), (1, 20), (2, 20), (3, 20))
    for language, word in (("zh-hans", "轮椅"), ("en", "w")):
        with override(language):
            text = rows_text(plan.rows, plan.wheelchairs)
        assert text == f"10 10 {word} 1—2 19—20\n10 10 × 2 {word} 20"
        assert RowsField().clean(text) == plan


@pytest.mark.parametrize(
    "typed", ["八", "8 0 8", "8 14 8 × 201", "8 14 8 × 0 9", "8 8 w 0", "8 8 w 17", "8 8 w 3-1", "8 8 w", "w 1"]
)
def test_what_is_no_row_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        RowsField().clean(typed)
