"""Where the table is on a sheet, and which sheets are read."""

from tests.intake.reading.grids import HEADS, as_xlsx, merged, names, person, problems, read

FULL = [HEADS, person()]


def whys(read_return) -> dict[str, str]:
    return {one.sheet: one.why for one in read_return.ignored}


def test_layout_finds_a_head_far_down():
    grid = [["说明"], *[[""]] * 90, ["推荐表"], HEADS, person()]

    assert [row.row for row in read(grid).rows] == [94]


def test_layout_reads_a_head_of_two_rows():
    heads = [["基本情况", "", "", "工作单位", "", "职务", "联系方式"], ["姓名", "性别", "工号", "旗县区", "站点", "", ""]]
    merges = [(0, 0, 0, 2), (0, 3, 0, 4), (0, 5, 1, 5), (0, 6, 1, 6)]
    data = as_xlsx({"表": [*heads, person()[:7]]}, merges)
    person_read = read(data).nominees[0]

    assert (person_read.station, person_read.post, person_read.phone) == ("北街站", "教导员", "18496021107")


def test_layout_reads_ticks_below_a_common_head():
    heads = [
        ["姓名", "性别", "工号", "单位", "培训需求", "", "", "希望期次", ""],
        ["", "", "", "", "沟通协调", "调查研究", "应急处置", "第一期", "第二期"],
    ]
    data = as_xlsx(
        {"表": [*heads, ["张三", "男", "007743", "红山区北街站", "√", "", "✓", "", "√"]]}, [(0, 4, 0, 6), (0, 7, 0, 8)]
    )
    person_read = read(data).nominees[0]

    assert (person_read.needs, person_read.prefers) == (("沟通协调", "应急处置"), 2)


def test_layout_reads_several_tables_on_a_sheet():
    other = [["单位", "工号", "性别", "姓名"], ["红山区宝桥站", "007801", "男", "李四"]]

    assert names(read([*FULL, [""], ["第二批"], *other])) == ["张三", "李四"]


def test_layout_skips_a_head_that_is_repeated():
    assert names(read([*FULL, HEADS, person(姓名="李四", 工号="007744")])) == ["张三", "李四"]


def test_layout_reads_a_sheet_for_each_county():
    bare = [head for head in HEADS if head != "旗县区"]
    rows = {"红山区": ("张三", "007743", "北街站"), "松山区": ("李四", "007750", "平街站")}
    sheets = {
        county: [bare, [cell for head, cell in zip(HEADS, person(姓名=n, 工号=s, 站点=p), strict=True) if head != "旗县区"]]
        for county, (n, s, p) in rows.items()
    }
    result = read(as_xlsx(sheets))

    assert {row.sheet: row.nominee.county for row in result.rows if row.nominee}.items() <= {
        "红山区": "红山区",
        "松山区": "松山区",
    }.items()
    assert len(result.rows) == 2


def test_layout_leaves_other_sheets_and_says_why():
    sheets = {
        "推荐表": FULL,
        "2022年": FULL,
        "填表说明": [["姓名必填"]],
        "样表": FULL,
        "空": [[""]],
        "Sheet9": [["随便", "什么"]],
    }

    assert whys(read(as_xlsx(sheets))) == {
        "2022年": "last_year",
        "填表说明": "form",
        "样表": "sample",
        "空": "empty",
        "Sheet9": "no_table",
    }


def test_layout_leaves_a_sheet_whose_people_stand_on_the_others():
    both = [HEADS, person(), person(姓名="李四", 工号="007744")]
    result = read(as_xlsx({"汇总": both, "甲": both[:2], "乙": [HEADS, both[2]]}))

    assert whys(result) == {"汇总": "same_people"}
    assert names(result) == ["张三", "李四"]


def test_layout_keeps_a_sheet_that_differs_in_anything():
    result = read(as_xlsx({"甲": FULL, "乙": [HEADS, person(手机="13800000000")]}))

    assert len(result.rows) == 2


def test_layout_leaves_a_sheet_of_placeholders():
    result = read(as_xlsx({"推荐表": FULL, "Sheet2": [HEADS, ["旧"] * 10]}))

    assert whys(result) == {"Sheet2": "no_people"}


def test_layout_does_not_take_a_remark_about_last_year_for_a_title():
    assert names(read([HEADS, person(备注="2022年参加过轮训")])) == ["张三"]


def test_layout_tells_when_there_is_none():
    assert problems(read([["会议通知"], ["各单位:"]])) == [(0, "header_not_found")]


def test_layout_notes_columns_that_mean_nothing_to_it():
    grid = [[*HEADS, "身份证号"], [*person(), "1501"]]

    assert [(p.kind, p.column, p.header) for p in read(grid).problems] == [("column_unknown", "K", "身份证号")]


def test_layout_of_two_files_may_differ():
    other = [["工号", "单位", "姓名", "性别"], ["012629", "科尔沁区东街站", "邱堃东", "男"]]

    assert sorted(names(merged(("04-赤峰市.csv", FULL), ("05-通辽市.csv", other)))) == ["张三", "邱堃东"]
