"""Columns told by what stands in them."""

from tests.intake.reading.grids import HEADS, names, person, problems, read

LINES = [
    person(姓名=name, 工号=f"0077{40 + n}", 性别="男女"[n % 2], 站点=station, 手机=f"1380000000{n}")
    for n, (name, station) in enumerate([("张三", "北街站"), ("李四", "宝桥站"), ("王小五", "巴塔拉站"), ("阿拉坦", "巴河站")])
]


def with_head(**heads: str) -> list[list[str]]:
    return [[heads.get(head, head) for head in HEADS], *LINES]


def test_content_tells_columns_whose_heads_nobody_knows():
    grid = with_head(工号="识别符", 性别="称谓", 站点="驻地", 手机="联系", 旗县区="辖地")
    result = read(grid)

    assert names(result) == ["张三", "李四", "王小五", "阿拉坦"]
    assert problems(result) == []
    assert {p.header for p in result.problems if p.kind == "column_by_content"} == {"识别符", "称谓", "驻地", "联系", "辖地"}
    assert result.nominees[1].phone == "13800000001"


def test_content_tells_a_name():
    assert names(read(with_head(姓名="何人"))) == ["张三", "李四", "王小五", "阿拉坦"]


def test_content_does_not_choose_between_two():
    grid = [[*row, f"00123{n}"] for n, row in enumerate(with_head(工号="识别符"))]
    grid[0][-1] = "某某号"

    assert names(read(grid)) == []


def test_content_never_takes_what_is_not_ours():
    grid = with_head(工号="身份证后六位")

    assert {kind for _row, kind in problems(read(grid))} == {"staff_no_missing"}
