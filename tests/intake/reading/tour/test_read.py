import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.reading.tour.plans import DELEGATIONS, FRAME, SAMPLE, SPEAKERS, STOPS, directory, kinds, plan, workbook

from ortoo.intake.reading.messages import CHOICE_SENTENCES, can_do, say
from ortoo.intake.reading.tour import messages
from ortoo.intake.reading.tour.read import read_tour


def test_the_sample_is_read_without_a_doubt() -> None:
    tour = read_tour(SAMPLE.read_bytes(), "tour.xlsx", directory(), FRAME)
    assert tour.problems == []
    assert ([len(stop.halls) for stop in tour.stops], len(tour.speakers), len(tour.delegations)) == ([2, 2, 3, 2, 2, 1], 8, 56)
    assert sum(one.asked for one in tour.delegations) == 1664


def test_titles_notes_and_other_sheets_do_not_disturb() -> None:
    titled = [
        ["2023年巡回宣讲站点及场地情况表"],
        [None],
        ["单位:宣讲办", None, "2023年6月"],
        *STOPS,
        [None],
        ["注:各站点请于每站前三天报场地情况。"],
    ]
    more = {"填写说明": [["请按实际填写。"]], "工作备忘": [["联系会场"], ["订票"]], "去年": STOPS, "旧": [["站点", "场地"]]}
    tour = plan(titled, more=more, hidden=["旧"])
    assert ([stop.name for stop in tour.stops], kinds(tour)) == (["警官学院", "包头", "呼和浩特"], [])
    ignored = {problem.sheet: problem.params["why"] for problem in tour.problems if problem.kind == "sheet_ignored"}
    assert ignored == {"填写说明": "form", "工作备忘": "no_tour", "去年": "last_year", "旧": "hidden"}


def test_tables_are_known_by_their_heads_not_by_their_sheets() -> None:
    data = workbook(
        {"Sheet1": DELEGATIONS, "Sheet2": [["姓名 ", "工 号", "讲题", "无法参加日期", "B角"], *SPEAKERS[1:]], "Sheet3": STOPS}
    )
    tour = read_tour(data, "plan.xlsx", directory(), FRAME)
    assert (len(tour.stops), len(tour.speakers), len(tour.delegations), kinds(tour)) == (3, 2, 2, [])
    assert tour.speakers[0].understudies == ("070049",)


def test_all_tables_may_stand_on_one_sheet() -> None:
    data = workbook({"巡讲": [*STOPS, [None], ["讲述人名单"], *SPEAKERS, [None], ["末站代表团"], *DELEGATIONS]})
    tour = read_tour(data, "plan.xlsx", directory(), FRAME)
    assert (len(tour.stops), len(tour.speakers), len(tour.delegations), kinds(tour)) == (3, 2, 2, [])


def test_a_stop_written_above_its_halls_counts_for_them() -> None:
    rows = [
        STOPS[0],
        ["警官学院(首站)"],
        [None, "150105", "礼堂", 900, "6月19日"],
        [None, None, "体育馆", 900, "6月20日"],
        ["呼和浩特", "150104", "人民会堂", 9, "7月12日", "末站"],
    ]
    tour = plan(rows)
    assert ([(stop.name, len(stop.halls), stop.first) for stop in tour.stops], tour.stopping) == (
        [("警官学院", 2, True), ("呼和浩特", 1, False)],
        [],
    )


def test_a_stop_without_any_hall_is_never_dropped() -> None:
    tour = plan([*STOPS[:2], ["包头"], *STOPS[3:]])
    (problem,) = tour.stopping
    assert (problem.kind, problem.row, problem.read) == ("stop_bare", 3, "包头")


def test_extra_columns_are_noted() -> None:
    tour = plan([[*row, "电话" if row is STOPS[0] else "1"] + (["灯光"] if row is STOPS[0] else ["好"]) for row in STOPS])
    assert [p.header for p in tour.problems if p.kind == "column_unknown"] == ["灯光"]
    assert len(tour.stops) == 3


@pytest.mark.parametrize(("missing", "kind"), [("stops", "table_not_found"), ("speakers", "table_not_found")])
def test_a_missing_table_stops_the_planning(missing: str, kind: str) -> None:
    tour = plan(**{missing: []})
    assert [problem.kind for problem in tour.stopping] == [kind]
    assert "表头至少要有" in say(tour.stopping[0])


@pytest.mark.parametrize(
    ("column", "head", "lacks"), [(2, "甲", "场地"), (4, "情况", "可用日期"), (0, "序", "")], ids=["hall", "days", "stop"]
)
def test_a_head_that_lacks_a_column_is_pointed_at(column: int, head: str, lacks: str) -> None:
    rows = [list(row) for row in STOPS]
    rows[0][column] = head
    tour = plan([["2023年巡讲安排"], *rows])
    if not lacks:  # A stop without a name of its own goes by its county.
        assert not tour.stopping
        return
    (problem,) = tour.stopping
    assert (problem.kind, problem.sheet, problem.row) == ("table_incomplete", "站点", 2)
    assert f"没有一栏写明{lacks}" in say(problem) and f"没有认出的栏:{head}" in say(problem)
    assert "not understood" in say(problem, "en") and can_do(problem)


def test_a_table_on_a_hidden_sheet_or_without_lines_is_said() -> None:
    (hidden,) = plan(hidden=["站点"]).stopping
    assert (hidden.kind, hidden.sheet, "已隐藏" in say(hidden)) == ("table_left_alone", "站点", True)
    (empty,) = plan(speakers=SPEAKERS[:1]).stopping
    assert (empty.kind, empty.sheet, empty.row) == ("table_empty", "讲述人", 1)


@pytest.mark.parametrize(("column", "head", "kind"), [(3, "情况", "column_days"), (4, "搭档", "column_names")])
def test_a_column_that_matters_is_never_passed_over(column: int, head: str, kind: str) -> None:
    speakers = [list(row) for row in SPEAKERS]
    speakers[0][column] = head
    (problem,) = plan(speakers=speakers).stopping
    assert (problem.kind, problem.sheet, problem.row, problem.column) == (kind, "讲述人", 1, "DE"[column - 3])
    assert head in say(problem) and head in say(problem, "en")


def test_a_column_of_days_beside_the_known_ones_is_only_said() -> None:
    tour = plan([[*row, "踏勘" if row is STOPS[0] else "6月20日"] for row in STOPS])
    assert (tour.stopping, kinds(tour)) == ([], ["column_days_beside"])


def test_without_delegations_only_a_note_is_made() -> None:
    tour = plan(delegations=[])
    assert (tour.stopping, kinds(tour), kinds(tour, "note")) == ([], [], ["no_delegations"])


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 broken", "站点,场地\n".encode()])
def test_files_that_are_no_plan_are_said(data: bytes) -> None:
    tour = read_tour(data, "plan.xlsx", directory(), FRAME)
    assert tour.stopping and all(say(problem) for problem in tour.problems)


def test_formulas_without_results_stop_the_planning() -> None:
    rows = [list(row) for row in STOPS]
    rows[2][4] = "=B1"
    tour = plan(rows)
    assert "cell_formula" in [problem.kind for problem in tour.stopping]


@settings(max_examples=80, deadline=None)
@given(
    st.integers(1, 3),
    st.integers(0, 5),
    st.one_of(
        st.none(),
        st.text(st.characters(exclude_categories=["C"]), max_size=12),
        st.integers(-5, 10**7),
        st.floats(allow_nan=False),
        st.dates(),
    ),
)
def test_reading_never_fails_whatever_a_cell_holds(row: int, column: int, value: object) -> None:
    rows = [list(each) for each in STOPS]
    rows[row][column] = value
    tour = plan(rows)
    for problem in tour.problems:
        assert say(problem, "zh") and say(problem, "en")


def test_every_kind_has_its_sentence_and_its_choices_have_words() -> None:
    assert messages.SEVERITY.keys() == messages.SENTENCES.keys()
    assert messages.CHOICES.keys() <= messages.SEVERITY.keys()
    assert {choice for choices in messages.CHOICES.values() for choice in choices} <= CHOICE_SENTENCES.keys()
    assert {kind for kind, severity in messages.SEVERITY.items() if severity != "note"} - {
        "table_not_found"
    } == messages.CHOICES.keys()
