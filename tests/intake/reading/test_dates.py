"""Days as people write them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.reading.messy import DAYS, SINGLE

from ortoo.intake.reading.dates import DateProblem, Frame, read_pair, read_spans

SPRING = Frame(date(2023, 3, 20), date(2023, 6, 30))
WINTER = Frame(date(2023, 11, 20), date(2024, 2, 29))


def said(value: object, frame: Frame = SPRING) -> str:
    return " ".join(f"{a:%m%d}" if a == b else f"{a:%m%d}-{b:%m%d}" for a, b in read_spans(value, frame))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5月17日至30日", "0517-0530"), ("5.17-5.30", "0517-0530"), ("2023年5月17日-30日", "0517-0530"), ("5/17~5/30", "0517-0530"),
        ("5月上旬", "0501-0510"), ("5月中旬", "0511-0520"), ("5月下旬", "0521-0531"), ("五月十七日", "0517"), ("五月十七日至三十日", "0517-0530"),
        ("5月17、18、19日", "0517 0518 0519"), ("5月17日、18日", "0517 0518"), ("6月1日—6月10日、6月15日", "0601-0610 0615"),
        ("20230517-20230530", "0517-0530"), ("0517-0530", "0517-0530"), ("5.17-30", "0517-0530"), ("2023/5/17-30", "0517-0530"),
        ("5月", "0501-0531"), ("4-5月", "0401-0531"), ("4月至5月", "0401-0531"), ("5月下旬-6月上旬", "0521-0610"), ("2023年5月", "0501-0531"),
        ("5月17日-30日(产假)", "0517-0530"), ("5月17日-30日休假", "0517-0530"), ("产假:5月17日至30日", "0517-0530"),
        ("2023-05-17 00:00:00", "0517"), ("5-17", "0517"), ("5-17至5-30", "0517-0530"), ("2023-05-17-2023-05-30", "0517-0530"),
        ("23.5.17-23.5.30", "0517-0530"), ("5/17/2023", "0517"), ("5 月 17 日 - 5 月 30 日", "0517-0530"), ("5月17日 5月20日", "0517 0520"),
        ("5月17日\n5月20日", "0517 0520"), ("5.17-5.30/6.1-6.3", "0517-0530 0601-0603"), ("２０２３．５．１７－５．３０", "0517-0530"),
        ("自5月17日至5月30日", "0517-0530"), ("6.1至6.10日", "0601-0610"), ("6月1日至10日和6月20日至25日", "0601-0610 0620-0625"),
        ("6月1日到6月10日以及6月20日", "0601-0610 0620"), ("6.1.-6.10.", "0601-0610"), ("45063", "0517"), (45063.0, "0517"), (5.17, "0517"),
        ("5月17日(周三)至5月19日(周五)", "0517-0519"), ("5月17日星期三、5月18日周四", "0517 0518"), ("5月17日-19日(周三至周五)", "0517-0519"),
        (20230517.0, "0517"), (date(2023, 5, 17), "0517"), (datetime.fromisoformat("2023-05-17T08:00"), "0517"),
    ],
)  # fmt: skip
def test_read_spans_reads_the_days(text, days):
    assert said(text) == days


@pytest.mark.parametrize("text", ["", None, "无", "没有", "—", "--", "/", "暂无安排", "都可以", "N/A", "无冲突", " 　"])
def test_read_spans_reads_nothing_as_nothing(text):
    assert read_spans(text, SPRING) == []


@pytest.mark.parametrize(
    ("text", "kind", "about"),
    [
        ("6月31日-7月2日", "date_impossible", "6月31日"), ("2月29日", "date_impossible", "2月29日"), ("13.5", "date_impossible", "13.5"),
        ("5月0日", "date_impossible", "5月0日"), ("5月17日至六月三十一日", "date_impossible", "5月17日至六月三十一日"),
        ("6月10日-6月1日", "date_reversed", "6月10日-6月1日"), ("2023-06-10至2023-06-01", "date_reversed", "2023-06-10至2023-06-01"),
        ("5月初", "date_unclear", "5月初"), ("5月17日以后", "date_unclear", "以后"), ("5月17日左右", "date_unclear", "左右"),
        ("端午节", "date_unclear", "端午节"), ("每周三", "date_unclear", "每周三"), ("第二期", "date_unclear", "第二期"),
        ("5月17日上午", "date_unclear", "上午"), ("待定", "date_unclear", "待定"), ("5.17-", "date_unclear", "5.17-"),
        ("5-6", "date_unclear", "5-6"), (5.1, "date_unclear", "5.1"), ("5月17日-6月", "date_unclear", "5月17日-6月"),
        ("2023-06-01/2023-06-10", "date_unclear", "/2023-06-10"), ("除6月1日外", "date_unclear", "除6月1日外"), ("出差", "date_unclear", "出差"),
        ("5月17日(周四)", "date_unclear", "5月17日(周四)"), ("5月1日至30日(周三、周五)", "date_unclear", "5月1日至30日(周三、周五)"),
        ("6月1日前不能参加", "date_unclear", "前"), ("十十日", "date_unclear", "十十日"),
    ],
)  # fmt: skip
def test_read_spans_never_guesses(text, kind, about):
    with pytest.raises(DateProblem) as problem:
        read_spans(text, SPRING)

    assert (problem.value.kind, problem.value.said) == (kind, about)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12月28日-1月5日", date(2023, 12, 28), date(2024, 1, 5)), ("1月3日", date(2024, 1, 3), date(2024, 1, 3)),
        ("2月29日", date(2024, 2, 29), date(2024, 2, 29)), ("2023年12月28日-1月5日", date(2023, 12, 28), date(2024, 1, 5)),
        ("12月28日-2024年1月5日", date(2023, 12, 28), date(2024, 1, 5)), ("11月30日", date(2023, 11, 30), date(2023, 11, 30)),
    ],
)  # fmt: skip
def test_read_spans_across_new_year_goes_by_the_programme(text, first, last):
    assert read_spans(text, WINTER) == [(first, last)]


def test_read_pair_joins_two_cells():
    assert read_pair("5月17日", "5月30日", SPRING) == [(date(2023, 5, 17), date(2023, 5, 30))]
    assert read_pair(45063.0, 45076.0, SPRING) == [(date(2023, 5, 17), date(2023, 5, 30))]
    assert read_pair("无", "", SPRING) == []
    with pytest.raises(DateProblem):
        read_pair("5月17日", "", SPRING)


@given(
    st.dates(date(2023, 3, 1), date(2023, 7, 31)),
    st.integers(1, 60),
    st.sampled_from(DAYS),
    st.sampled_from(["；", "、", "\n", ","]),
)
def test_read_spans_reads_back_what_was_written(first, length, write, separator):
    last = date.fromordinal(min(first.toordinal() + length, date(2023, 12, 31).toordinal()))
    single = SINGLE[length % len(SINGLE)]

    assert read_spans(f"{write(first, last)}{separator}{single(first)}", SPRING) == [(first, last), (first, first)]


@given(st.text(alphabet="0123456789.月日至-/年 、~三十上旬号(无)，第期", max_size=24))
def test_read_spans_ends_in_days_or_a_problem(text):
    try:
        spans = read_spans(text, SPRING)
    except DateProblem as problem:
        assert problem.said
    else:
        assert all(first <= last for first, last in spans)
