"""From one line to one person: what is cleaned, what is held back, what may be decided."""

from datetime import date
from typing import Any

import pytest
from tests.intake.reading.grids import HEADS, as_xlsx, names, only, person, problems, read

from ortoo.intake.reading.messages import say
from ortoo.intake.reading.problem import Decision


def value(field: str, **said: Any) -> Any:
    """The field of the one person whose line says this."""
    return getattr(read(as_xlsx({"表": [HEADS, person(**said)]})).nominees[0], field)


@pytest.mark.parametrize(
    "said", [7743, 7743.0, "7743", "007743", "００７７４３", " 007743 ", "00 7743", "'007743", "7743.0", "工号:007743"]
)
def test_person_has_the_staff_number_with_its_zeros(said):
    assert value("staff_no", 工号=said) == "007743"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (18496021107, "18496021107"), (18496021107.0, "18496021107"), ("１８４９６０２１１０７", "18496021107"), ("184 9602 1107", "18496021107"),
        ("184-9602-1107", "18496021107"), ("+86 18496021107", "18496021107"), ("8618496021107", "18496021107"), ("18496021107.0", "18496021107"),
        ("18496021107、13800000000", "18496021107、13800000000"), ("0476-1234567", "04761234567"), ("", ""),
    ],
)  # fmt: skip
def test_person_has_the_phone_as_digits(said, meant):
    assert value("phone", 手机=said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [(3, 3), (3.0, 3), ("第三期", 3), ("三", 3), ("三期", 3), ("第3批", 3), ("Ⅲ", 3), ("III", 3), ("希望参加第三期", 3), ("第三期(优先)", 3),
     ("", None), ("无", None), ("都行", None), ("服从安排", None), ("均可", None), ("无所谓", None), ("—", None)],
)  # fmt: skip
def test_person_has_the_wished_term(said, meant):
    assert value("prefers", 希望期次=said) == meant


@pytest.mark.parametrize("said", ["第六期", "9", "第二期或第三期", "2、3", "春天"])
def test_person_with_an_unclear_wish_stands_with_a_warning(said):
    result = read([HEADS, person(希望期次=said)])

    assert problems(result) == [(2, "preference_unknown")]
    assert result.nominees[0].prefers is None


@pytest.mark.parametrize(
    ("said", "meant"), [("男", "男"), (" 女　", "女"), ("M", "男"), ("female", "女"), ("1", "男"), (2, "女"), ("男性", "男")]
)
def test_person_has_a_sex(said, meant):
    assert value("sex", 性别=said) == meant


@pytest.mark.parametrize(
    ("remark", "meant"),
    [
        ("2022年已参加过", True),
        ("去年已参训", True),
        ("2022年参加轮训", True),
        ("未参加过", False),
        ("没有参加过", False),
        ("电话已更新", False),
        ("2023年拟参加", False),
    ],
)
def test_person_has_attended_by_the_remark(remark, meant):
    assert value("attended", 备注=remark) is meant


def test_person_with_a_day_cell_and_text_days():
    assert value("blocked", 不能参训时间=date(2023, 5, 17)) == ((date(2023, 5, 17), date(2023, 5, 17)),)
    assert value("blocked", 不能参训时间="5.17-5.30；6月1日") == (
        (date(2023, 5, 17), date(2023, 5, 30)),
        (date(2023, 6, 1), date(2023, 6, 1)),
    )


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"姓名": ""}, "name_missing"), ({"工号": ""}, "staff_no_missing"), ({"工号": "待补"}, "staff_no_missing"), ({"站点": "临时街站"}, "unit_unknown"),
        ({"站点": ""}, "unit_unknown"), ({"旗县区": "临时区"}, "unit_unknown"), ({"不能参训时间": "6月31日-7月2日"}, "date_impossible"),
        ({"不能参训时间": "6月10日-6月1日"}, "date_reversed"), ({"不能参训时间": "看情况"}, "date_unclear"), ({"性别": ""}, "sex_unknown"),
        ({"工号": "12345678"}, "staff_no_odd"), ({"工号": "张三丰"}, "staff_no_odd"),
    ],
)  # fmt: skip
def test_person_is_held_back_with_the_place_and_what_can_be_done(said, kind):
    result = read([HEADS, person(**said)])
    problem = only(result)

    assert (problem.file, problem.sheet, problem.row, problem.kind, problem.severity) == (
        "04-赤峰市.xlsx",
        "csv",
        2,
        kind,
        "hold",
    )
    assert problem.column and problem.header in HEADS and problem.choices
    assert names(result) == []
    assert say(problem, "en") != say(problem, "zh-hans")


@pytest.mark.parametrize(
    ("said", "kind"),
    [({"手机": "12345"}, "phone_odd"), ({"姓名": "张3"}, "name_odd"), ({"不能参训时间": "2020-05-17"}, "date_far")],
)
def test_person_stands_with_a_warning(said, kind):
    result = read([HEADS, person(**said)])

    assert (only(result).kind, only(result).severity, len(result.nominees)) == (kind, "warn", 1)


@pytest.mark.parametrize(
    ("said", "choice", "value", "field", "meant"),
    [
        ({"姓名": ""}, "set_value", "李四", "name", "李四"), ({"工号": ""}, "set_value", "7800", "staff_no", "007800"),
        ({"站点": "临时街站"}, "set_unit", "150402001", "unit", "150402001"), ({"不能参训时间": "看情况"}, "ignore_value", "", "blocked", ()),
        ({"不能参训时间": "6月31日"}, "set_value", "6月30日", "blocked", ((date(2023, 6, 30), date(2023, 6, 30)),)),
        ({"性别": "?"}, "set_value", "女", "sex", "女"), ({"手机": "12345"}, "accept", "", "phone", "12345"), ({"手机": "12345"}, "ignore_value", "", "phone", ""),
        ({"希望期次": "9"}, "set_value", "第五期", "prefers", 5), ({"姓名": "张3"}, "set_value", "张三", "name", "张三"),
        ({"工号": "12345678"}, "accept", "", "staff_no", "12345678"), ({"不能参训时间": "2020-05-17"}, "ignore_value", "", "blocked", ()),
    ],
)  # fmt: skip
def test_person_follows_what_was_decided(said, choice, value, field, meant):
    grid = [HEADS, person(**said)]
    decided = {only(read(grid)).place: Decision(choice, value)}
    result = read(grid, decisions=decided)

    assert problems(result) == []
    assert getattr(result.nominees[0], field) == meant


def test_person_is_left_out_when_so_decided():
    grid = [HEADS, person(工号="")]
    result = read(grid, decisions={only(read(grid)).place: Decision("skip_row")})

    assert (problems(result), result.nominees, result.rows[0].left_out) == ([], [], True)


def test_person_keeps_the_problem_when_the_decision_does_not_help():
    grid = [HEADS, person(不能参训时间="6月31日")]
    result = read(grid, decisions={only(read(grid)).place: Decision("set_value", "2月30日")})

    assert only(result).kind == "date_impossible"
    assert result.nominees == []


def test_person_with_a_formula_without_its_result_is_held():
    import io

    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(HEADS)
    book.active.append(person(不能参训时间='="5月1日"&"-5月3日"'))
    book.save(out)

    assert (only(read(out.getvalue())).kind, only(read(out.getvalue())).header) == ("cell_formula", "不能参训时间")


def test_person_by_the_code_of_the_unit():
    heads = ["姓名", "性别", "工号", "站代码", "站点"]

    assert read([heads, ["张三", "男", "007743", "150402001", ""]]).nominees[0].unit == "150402001"
    assert only(read([heads, ["张三", "男", "007743", "150402001", "宝桥站"]])).kind == "unit_unknown"


def test_person_with_further_columns():
    heads = [
        "姓名",
        "性别",
        "工号",
        "单位",
        "是否主持工作",
        "需求1",
        "需求2",
        "不能参训开始日期",
        "不能参训结束日期",
        "是否参加过",
    ]
    line = ["张三", "男", "007743", "红山区北街站", "是", "沟通协调", "调查研究", "5月17日", "5月30日", "是"]
    found = read([heads, line]).nominees[0]

    assert (found.post, found.needs, found.attended) == ("(主持工作)", ("沟通协调", "调查研究"), True)
    assert found.blocked == ((date(2023, 5, 17), date(2023, 5, 30)),)
