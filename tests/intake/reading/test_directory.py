"""Units by what people call them."""

import pytest
from tests.intake.reading.grids import as_csv, as_xlsx
from tests.intake.reading.rosters import directory

from ortoo.intake.reading.directory import DirectoryError, read_directory

HEADS = ["单位代码", "单位名称", "上级代码", "类别", "经度", "纬度"]
REGION = ["15", "某区", "", "区", "", ""]


def county(text: str, prefecture: str = "") -> str:
    found = directory().county(text, prefecture)
    return found.name if found else ""


@pytest.mark.parametrize(
    ("said", "prefecture", "name"),
    [
        ("红山区", "150400", "红山区"), ("红山", "150400", "红山区"), ("赤峰市红山区", "", "红山区"), ("赤峰红山区", "150400", "红山区"), ("红山分局", "150400", "红山区"),
        ("红山区公安局", "150400", "红山区"), ("乌兰浩特", "152200", "乌兰浩特市"), ("科右前旗", "152200", "科尔沁右翼前旗"), ("科右中", "152200", "科尔沁右翼中旗"),
        ("达茂旗", "150200", "达尔罕茂明安联合旗"), ("土左旗", "150100", "土默特左旗"), ("东乌旗", "152500", "东乌珠穆沁旗"), ("巴林左", "150400", "巴林左旗"),
        ("科尔沁区", "150400", "科尔沁区"), ("红 山　区", "150400", "红山区"), ("红山－区", "150400", "红山区"),
    ],
)  # fmt: skip
def test_county_is_found_by_its_many_names(said, prefecture, name):
    assert county(said, prefecture) == name


@pytest.mark.parametrize(
    ("said", "prefecture"),
    [("巴林", "150400"), ("乌拉特", "150800"), ("达旗", "150200"), ("临时区", "150400"), ("", ""), ("旗", "150400")],
)
def test_county_is_never_guessed(said, prefecture):
    assert county(said, prefecture) == ""


def test_station_is_unique_only_within_its_county():
    assert directory().station("北街站", "150402").parent == "150402"
    assert directory().station("宝桥站", "150402").code.startswith("150402")
    assert directory().station("北街", "150402").name == "北街站"
    assert directory().station("红山区北街站", "150402").name == "北街站"
    assert directory().station("临时图站", "150402") is None


def test_station_without_a_county_must_be_the_only_one_of_its_prefecture():
    stations = [
        u for u in directory().units.values() if u.kind == "station" and directory().above(u.code, "prefecture").code == "150400"
    ]
    names = [u.name for u in stations]

    for unit in stations:
        found = directory().station(unit.name, "", "150400")
        assert (found == unit) if names.count(unit.name) == 1 else found is None


def test_alike_suggests_the_nearest_first():
    codes = directory().alike("北接站", "150402")

    assert directory().units[codes[0]].name == "北街站"


def test_prefecture_is_found_in_a_file_name_or_a_title():
    assert directory().prefecture("04-赤峰市.xlsx").code == "150400"
    assert directory().prefecture("兴安回执").code == "152200"
    assert directory().prefecture("赤峰市和通辽市") is None
    assert directory().prefecture("回执") is None


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ([["甲"]], 0), ([HEADS, REGION, ["15", "重复", "", "区"]], 3), ([HEADS, REGION, ["1501", "甲市", "99", "盟市"]], 0), ([HEADS, ["", "无代码", "", "区"]], 2),
        ([HEADS, ["15", "某区", "", "国"]], 2), ([HEADS, ["15", "某区", "", "区", "东", "北"]], 2),
    ],
)  # fmt: skip
def test_read_directory_tells_where_it_is_wrong(rows, row):
    with pytest.raises(DirectoryError) as refused:
        read_directory(as_csv(rows), "units.csv")

    assert refused.value.row == row
    assert refused.value.say("en") and refused.value.say("zh-hans")


def test_read_directory_refuses_a_file_that_is_no_table():
    with pytest.raises(DirectoryError):
        read_directory(b"\x89PNG", "units.xlsx")


def test_read_directory_reads_every_unit():
    read = read_directory(
        as_xlsx({"x": [["单位名录"], HEADS, REGION, [1501.0, "甲市", 15.0, "盟市", 111.5, 40.25]]}), "units.xlsx"
    )

    assert read.units["1501"].parent == "15"
    assert read.units["1501"].lon == 111.5
    assert len(directory().units) == 1217
