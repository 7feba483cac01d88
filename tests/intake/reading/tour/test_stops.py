import pytest
from tests.intake.reading.tour.plans import STOPS, Rows, days, directory, kinds, midnight, plan

from ortoo.intake.reading.messages import say


def changed(row: int, column: int, value: object) -> Rows:
    rows = [list(each) for each in STOPS]
    rows[row][column] = value
    return rows


def test_stops_are_read_with_halls_days_and_marks() -> None:
    tour = plan()
    assert kinds(tour) == []
    assert [(s.name, s.first, s.last) for s in tour.stops] == [
        ("警官学院", True, False),
        ("包头", False, False),
        ("呼和浩特", False, True),
    ]
    hall = tour.stops[0].halls[0]
    assert (hall.name, hall.county, hall.seats, hall.days) == ("学院礼堂", "150105", 900, days("0619", "0620"))


@pytest.mark.parametrize(
    "written", ["昆都仑区", "包头市昆都仑区", 150203, 150203.0, " １５０２０３ ", "昆都仑区(150203)", "150203 昆都仑区"]
)
def test_county_is_known_by_code_or_name(written: object) -> None:
    tour = plan(changed(2, 1, written))
    assert (tour.stops[1].halls[0].county, tour.stopping) == ("150203", [])


def test_a_code_may_stand_in_the_column_of_counties() -> None:
    rows = [["站点", "所在旗县", *STOPS[0][2:]], *STOPS[1:]]
    tour = plan(rows)
    assert ([stop.halls[0].county for stop in tour.stops], tour.stopping) == (["150105", "150203", "150104"], [])


@pytest.mark.parametrize("same", ["同上", "〃"])
def test_the_same_as_above_is_carried_down(same: str) -> None:
    tour = plan([*STOPS[:2], [same, same, "体育馆", 1600, "6月25日", None], *STOPS[2:]])
    assert [(hall.name, hall.county) for hall in tour.stops[0].halls] == [("学院礼堂", "150105"), ("体育馆", "150105")]


def test_days_all_outside_and_halls_on_two_sheets_are_said() -> None:
    (far,) = [p for p in plan(changed(2, 4, "2024年6月27日")).problems if p.severity == "warn"]
    assert (far.kind, far.row, far.column) == ("days_all_outside", 3, "E")
    copy = [STOPS[0], ["包头", "150203", "少年宫", 800, "6月30日", None]]
    tour = plan(more={"站点 (2)": copy})
    assert (kinds(tour), tour.stops[1].halls[0].days) == (["hall_on_two_sheets"], days("0627", "0630"))


@pytest.mark.parametrize(
    ("written", "kind"),
    [("150299", "county_unknown"), ("火星区", "county_unknown"), (None, "county_missing"), ("150200", "county_unknown")],
)
def test_county_that_cannot_be_found_stops_the_planning(written: object, kind: str) -> None:
    tour = plan(changed(2, 1, written))
    (problem,) = tour.stopping
    assert (problem.kind, problem.sheet, problem.row, problem.column) == (kind, "站点", 3, "B")
    assert "150203" in problem.suggestions
    assert "包头" in say(problem)


def test_county_without_coordinates_is_said() -> None:
    from dataclasses import replace

    from tests.intake.reading.tour.plans import DELEGATIONS, FRAME, SPEAKERS, workbook

    from ortoo.intake.reading.tour.read import read_tour

    units = dict(directory().units)
    units["150203"] = replace(units["150203"], lon=None)
    data = workbook({"站点": STOPS, "讲述人": SPEAKERS, "代表团": DELEGATIONS})
    tour = read_tour(data, "plan.xlsx", replace(directory(), units=units), FRAME)
    assert [problem.kind for problem in tour.stopping] == ["county_no_seat"]


def test_halls_below_one_another_belong_to_the_stop_above() -> None:
    rows = [STOPS[0], STOPS[1], [None, None, "体育馆", 1600, "6月25日", None], *STOPS[2:]]
    blank = plan(rows)
    assert [hall.name for hall in blank.stops[0].halls] == ["学院礼堂", "体育馆"]
    assert (kinds(blank), blank.stops[0].halls[1].county) == ([], "150105")
    merged = plan(rows, merges=["A2:A3", "B2:B3", "F2:F3"])
    assert "stop_from_above" not in kinds(merged, "note")
    assert [hall.name for hall in merged.stops[0].halls] == ["学院礼堂", "体育馆"]


@pytest.mark.parametrize(
    ("head", "cells", "expected"),
    [
        (["空闲时间"], ["6月27日"], days("0627")),
        (["可用日期1", "可用日期2"], [midnight(2023, 6, 27), midnight(2023, 6, 28)], days("0627", "0628")),
        (["可用开始日期", "可用结束日期"], ["6月27日", "6月29日"], days("0627", "0628", "0629")),
        (["6月27日", "6月28日", "6月29日"], ["√", "×", "可用"], days("0627", "0629")),
        ([midnight(2023, 6, 27), midnight(2023, 6, 28)], ["√", None], days("0627")),
        (["可用日期", "占用日期"], ["6月27日至6月30日", "6月28日"], days("0627", "0629", "0630")),
    ],
)
def test_days_are_read_however_the_columns_stand(head: list[object], cells: list[object], expected: object) -> None:
    rows = [["城市", "旗县区代码", "会场", *head], ["包头", "150203", "少年宫", *cells]]
    assert plan(rows).stops[0].halls[0].days == expected


def test_a_hall_with_taken_days_only_is_free_on_the_others() -> None:
    rows = [["站点", "县区代码", "场地", "占用日期"], ["包头", "150203", "少年宫", "6月19日至7月11日"]]
    assert plan(rows).stops[0].halls[0].days == days("0712", "0713")


def test_days_on_lines_of_their_own_are_put_together() -> None:
    rows = [
        STOPS[0],
        ["包头", "150203", "少年宫", 800, midnight(2023, 6, 27), None],
        ["包头", "150203", "少年宫", 800, midnight(2023, 6, 28), None],
    ]
    tour = plan(rows)
    assert [(hall.name, hall.days) for hall in tour.stops[0].halls] == [("少年宫", days("0627", "0628"))]


def test_a_repeated_line_counts_once_and_other_seats_are_said() -> None:
    again = plan([*STOPS, STOPS[2]])
    assert (len(again.stops[1].halls), kinds(again, "note")) == (1, ["row_repeated"])
    other = plan([*STOPS, ["包头", "150203", "少年宫", 600, "6月27日", None]])
    assert (kinds(other), other.stops[1].halls[0].seats) == (["hall_differs"], 600)


@pytest.mark.parametrize(
    ("mark", "first", "last"),
    [("首站", True, False), ("第一站", True, False), ("开幕", True, False), ("收官站", False, True), ("终点", False, True)],
)
def test_marks_have_many_names(mark: str, first: bool, last: bool) -> None:
    stop = plan(changed(2, 5, mark)).stops[1]
    assert (stop.first, stop.last) == (first, last)


def test_marks_may_stand_beside_the_name_or_in_remarks() -> None:
    rows = [
        ["站点", "代码", "场地", "可用日期", "备注"],
        ["警官学院(首站)", "150105", "礼堂", "6月19日", None],
        ["包头", "150203", "少年宫", "7月1日", "作为末站,请早定"],
    ]
    tour = plan(rows)
    assert [(stop.name, stop.first, stop.last) for stop in tour.stops] == [("警官学院", True, False), ("包头", False, True)]
    assert "requirement_unread" not in kinds(tour)


@pytest.mark.parametrize("tick", ["是", "√", "末站"])
def test_first_and_last_may_be_ticked_in_columns_of_their_own(tick: str) -> None:
    rows = [
        [*STOPS[0][:5], "是否首站", "是否末站"],
        [*STOPS[1][:5], "是", "否"],
        [*STOPS[2][:5], None, None],
        [*STOPS[3][:5], "否", tick],
    ]
    tour = plan(rows)
    assert [(stop.first, stop.last) for stop in tour.stops] == [(True, False), (False, False), (False, True)]


def test_what_a_mark_says_besides_is_not_passed_over() -> None:
    tour = plan(changed(1, 5, "首站,须在6月25日前"))
    assert (tour.stops[0].first, kinds(tour)) == (True, ["requirement_unread"])
    assert kinds(plan(changed(1, 5, "作为首站。"))) == []


def test_marks_that_are_missing_or_double_are_said() -> None:
    assert kinds(plan(changed(1, 5, None))) == ["not_marked"]
    twice = plan(changed(2, 5, "首站"))
    assert [(problem.kind, problem.row, problem.column) for problem in twice.stopping] == [("marked_twice", 3, "F")]
    both = plan(changed(1, 5, "首站、末站"))
    assert {problem.kind for problem in both.stopping} == {"marked_twice", "marked_both"}
    assert plan(changed(2, 5, "非首站")).stops[1].first is False


def test_what_is_asked_for_and_not_understood_is_said() -> None:
    tour = plan(changed(2, 5, "不早于7月1日"))
    (problem,) = [problem for problem in tour.problems if problem.kind == "requirement_unread"]
    assert (problem.row, problem.column) == (3, "F")


def test_days_that_cannot_be_read_are_left_out_and_said() -> None:
    tour = plan([*STOPS, ["包头", "150203", "会展中心", 700, "等通知", None]])
    assert (kinds(tour), tour.stopping) == (["date_unclear"], [])
    alone = plan(changed(2, 4, "6月31日"))
    assert [problem.kind for problem in alone.stopping] == ["no_days"]
    assert kinds(plan(changed(2, 4, None))) == ["days_missing"]


def test_taken_days_that_cannot_be_read_leave_no_day_free() -> None:
    rows = [["站点", "代码", "场地", "可用日期", "占用日期"], ["包头", "150203", "少年宫", "6月27日", "月底有会"]]
    tour = plan(rows)
    assert tour.stops[0].halls[0].days == frozenset()
    assert [problem.kind for problem in tour.stopping] == ["no_days"]


@pytest.mark.parametrize(("seats", "expected"), [("800座", 800), ("约800", None), (None, None), ("１２３０", 1230), (800.0, 800)])
def test_seats_are_numbers_or_not_known(seats: object, expected: int | None) -> None:
    tour = plan(changed(2, 3, seats))
    assert tour.stops[1].halls[0].seats == expected
    assert ("seats_odd" in kinds(tour)) == (expected is None)


def test_halls_of_one_stop_may_lie_in_two_counties() -> None:
    tour = plan([*STOPS, ["包头", "150202", "东河剧场", 500, "6月28日", None]])
    assert kinds(tour) == ["county_differs"]
    assert [hall.county for hall in tour.stops[1].halls] == ["150203", "150202"]


def test_code_and_name_that_contradict_are_said() -> None:
    rows = [["站点", "旗县区代码", "旗县区", "场地", "可用日期"], ["包头", "150203", "东河区", "少年宫", "6月27日"]]
    tour = plan(rows)
    assert (tour.stops[0].halls[0].county, "county_contradicts" in kinds(tour)) == ("150203", True)
