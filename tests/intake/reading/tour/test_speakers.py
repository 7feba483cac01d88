import pytest
from tests.intake.reading.tour.plans import SPEAKERS, Rows, days, kinds, plan

from ortoo.intake.reading.messages import say


def changed(row: int, column: int, value: object) -> Rows:
    rows = [list(each) for each in SPEAKERS]
    rows[row][column] = value
    return rows


@pytest.mark.parametrize("written", ["李青原", " 李 青原", "070049", 70049, "李青原(070049)", "李青原 070049", "70049.0"])
def test_understudy_is_found_by_name_or_number(written: object) -> None:
    tour = plan(speakers=changed(1, 4, written))
    assert (tour.speakers[0].understudies, kinds(tour)) == (("070049",), [])


@pytest.mark.parametrize(
    ("written", "kind"), [("王不在", "understudy_unknown"), ("乌恩", "understudy_self"), ("本人", "understudy_self")]
)
def test_understudy_who_cannot_count_is_said(written: str, kind: str) -> None:
    tour = plan(speakers=changed(1, 4, written))
    (problem,) = [problem for problem in tour.problems if problem.kind == kind]
    assert (tour.speakers[0].understudies, problem.row, problem.column, tour.stopping) == ((), 2, "E", [])


@pytest.mark.parametrize("written", ["无", "—", "暂无", None])
def test_no_understudy_is_no_problem(written: object) -> None:
    tour = plan(speakers=changed(1, 4, written))
    assert (tour.speakers[0].understudies, kinds(tour)) == ((), [])


def test_several_understudies_stand_in_their_order() -> None:
    rows = [*SPEAKERS, ["苏布德", "070062", "口岸", None, "乌恩、李青原"]]
    assert plan(speakers=rows).speakers[2].understudies == ("070010", "070049")


def test_namesakes_are_told_apart_by_number() -> None:
    rows = [*SPEAKERS, ["李青原", "070099", "灯", None, None]]
    tour = plan(speakers=rows)
    assert kinds(tour) == ["understudy_several"]
    numbered = [list(row) for row in rows]
    numbered[1][4] = "070099"
    assert plan(speakers=numbered).speakers[0].understudies == ("070099",)


def test_blocked_days_that_cannot_be_read_stop_the_planning() -> None:
    tour = plan(speakers=changed(1, 3, "月底"))
    (problem,) = tour.stopping
    assert (problem.kind, problem.sheet, problem.row, problem.column, problem.read) == (
        "blocked_unclear",
        "讲述人",
        2,
        "D",
        "月底",
    )
    assert "乌恩" in say(problem) and "乌恩" in say(problem, "en")


@pytest.mark.parametrize(
    ("written", "expected"), [("无", frozenset()), ("6月23日—6月24日", days("0623", "0624")), ("6月1日", frozenset())]
)
def test_blocked_days_are_read(written: str, expected: object) -> None:
    assert plan(speakers=changed(1, 3, written)).speakers[0].blocked == expected


def test_speakers_without_numbers_go_by_name() -> None:
    rows = [["宣讲人", "宣讲题目", "请假日期", "替补"], ["乌恩", "守望", "6.23", "李青原"], ["李青原", "马鞍", "", ""]]
    tour = plan(speakers=rows)
    assert [(one.key, one.understudies, one.blocked) for one in tour.speakers] == [
        ("乌恩", ("李青原",), days("0623")),
        ("李青原", (), frozenset()),
    ]


def test_a_speaker_may_tell_two_stories_and_a_line_may_stand_twice() -> None:
    two = plan(speakers=[*SPEAKERS, ["乌恩", "070010", "沙海", "6月23日", None]])
    assert [(one.key, one.title) for one in two.speakers] == [("070010", "守望"), ("070049", "马鞍"), ("070010", "沙海")]
    again = plan(speakers=[*SPEAKERS, ["乌恩", "070010", "守望", "6月24日", "李青原"]])
    assert (len(again.speakers), again.speakers[0].blocked, kinds(again)) == (2, days("0623", "0624"), ["speaker_differs"])


def test_one_number_with_two_names_stops_the_planning() -> None:
    tour = plan(speakers=[*SPEAKERS, ["周砚", "070010", "灯", None, None]])
    assert [problem.kind for problem in tour.stopping] == ["staff_no_taken"]
    assert "乌恩" in say(tour.stopping[0])


def test_lost_zeros_are_put_back() -> None:
    rows = [*SPEAKERS, ["周砚", 70075, "灯", None, 70010]]
    speaker = plan(speakers=rows).speakers[2]
    assert (speaker.staff_no, speaker.understudies) == ("070075", ("070010",))
