"""Lines that are people and lines that are not; what is carried down."""

import pytest
from tests.intake.reading.grids import HEADS, as_xlsx, names, only, person, problems, read


def skipped(grid) -> list[str]:
    return [p.params["why"] for p in read(grid).problems if p.kind == "row_skipped"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (["合计:3人"], "total"), (["合 计", "", "3"], "total"), (["小计", "2人"], "total"), (["共3人"], "total"), (["全市合计", "95"], "total"),
        (["填报人:", "", "审核人:", "", "联系电话:"], "footer"), (["填报人：王某", "", "联系电话：0476-1234567"], "footer"),
        (["单位负责人(签字)：", "", "填报日期：2023年3月6日"], "footer"), (["注：1.工号为6位。2.请于3月10日前报送。"], "footer"), (["2023年3月6日"], "footer"),
        (["示例", "男", "000001", "红山区", "北街站"], "sample"), (["以下空白"], "footer"), (["请各单位认真填写，不得漏报。"], "footer"),
        (HEADS, "header_again"), (["松山区（12人）"], "section"), (["备注：本表一式两份"], "footer"),
    ],
)  # fmt: skip
def test_rows_that_are_no_people_are_left_out_and_said_so(line, why):
    grid = [HEADS, person(), line]

    assert skipped(grid) == [why]
    assert names(read(grid)) == ["张三"]
    assert problems(read(grid)) == []


def test_rows_without_anything_are_passed_over():
    grid = [HEADS, person(), *[[""] * 10] * 3000, person(姓名="李四", 工号="007744")]

    assert [row.row for row in read(grid).rows] == [2, 3003]


def test_rows_of_a_form_with_nothing_but_a_number_are_passed_over():
    grid = [["序号", *HEADS], ["1", *person()], ["2", *[""] * 10]]

    assert skipped(grid) == ["number_only"]


@pytest.mark.parametrize(
    "line",
    [person(姓名=""), person(姓名="待定", 工号=""), person(姓名="人选待定"), person(姓名="—"), ["", "", "", "红山区", "北街站"]],
)
def test_rows_without_a_name_are_held(line):
    assert problems(read([HEADS, person(), line])) == [(3, "name_missing")]


def test_rows_carry_a_merge_down_and_not_beyond_it():
    lines = [
        person(),
        person(姓名="李四", 工号="007744", 旗县区=""),
        person(姓名="王五", 工号="007745", 旗县区="", 站点="昆河站"),
    ]
    data = as_xlsx({"表": [HEADS, *lines]}, [(1, 3, 2, 3)])

    assert [row.nominee.county if row.nominee else None for row in read(data).rows] == ["红山区", "红山区", None]


def test_rows_carry_what_says_as_above():
    grid = [HEADS, person(), person(姓名="李四", 工号="007744", 旗县区="同上", 职务="〃")]

    assert (read(grid).nominees[1].county, read(grid).nominees[1].post) == ("红山区", "教导员")


def test_rows_take_the_county_that_stands_once_above_its_group():
    lines = [person(姓名="甲子丑寅卯"[n] + "某", 工号=f"00774{n}", 旗县区="红山区" if n == 0 else "") for n in range(4)]
    more = [
        person(姓名="乙辰巳午未"[n] + "某", 工号=f"00775{n}", 旗县区="松山区" if n == 0 else "", 站点="平街站") for n in range(4)
    ]

    assert [n.county for n in read([HEADS, *lines, *more]).nominees][:4] == ["红山区"] * 4


def test_rows_do_not_take_the_county_above_where_every_row_has_its_own():
    lines = [person(工号=f"00774{n}", 姓名="甲子丑寅卯"[n] + "某") for n in range(4)]
    grid = [HEADS, *lines, person(姓名="李四", 工号="007749", 旗县区="", 站点="昆河站")]

    assert only(read(grid)).kind == "unit_unknown"


def test_rows_take_the_county_of_a_heading():
    bare = [head for head in HEADS if head != "旗县区"]
    line = [cell for head, cell in zip(HEADS, person(站点="宝桥站"), strict=True) if head != "旗县区"]

    assert read([bare, ["红山区（1人）"], line]).nominees[0].county == "红山区"
