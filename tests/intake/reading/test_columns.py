"""Heads of columns and what they mean."""

import pytest

from ortoo.intake.reading.columns import NAMES, field_of, match_columns, more_columns


@pytest.mark.parametrize(("name", "field"), [(name, field) for field, names in NAMES.items() for name in names.split()])
def test_field_of_knows_its_names_however_they_are_dressed(name, field):
    for head in (
        name,
        f" {name}\n",
        f"{name}*",
        f"{name}（必填）",
        "　".join(name) if len(name) == 2 and not name.isascii() else name,
    ):
        assert field_of(head) == field


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("参训学员姓名(必填)", "name"), ("学员手机号码", "phone"), ("2023年意向期次", "wish"), ("不能参加培训的时间段", "blocked"),
        ("最需要的培训内容（可多选）", "needs"), ("不能参训起始日期", "blocked_from"), ("是否主持工作", "in_charge"), ("Staff No.", "staff_no"),
        ("2022年是否参加过轮训", "attended"), ("人员编号(工号)", "staff_no"), ("想参加哪一期", "wish"), ("站点名称", "station"),
    ],
)  # fmt: skip
def test_field_of_understands_longer_heads(head, field):
    assert field_of(head) == field


@pytest.mark.parametrize(
    "head",
    [
        "身份证号",
        "出生年月",
        "民族",
        "学历",
        "到达车次",
        "紧急联系人",
        "警衔",
        "填报日期",
        "是否住宿",
        "领导签字",
        "",
        "姓名拼音",
    ],
)
def test_field_of_leaves_other_columns_alone(head):
    assert field_of(head) is None


def test_match_columns_prefers_the_surer_head():
    assert match_columns(["单位联系人电话", "联系电话"])["phone"] == 1
    assert match_columns(["姓名", "学员姓名"])["name"] == 0


def test_match_columns_takes_a_code_for_a_running_number_unless_there_is_one():
    assert match_columns(["编号", "姓名", "工号"]) == {"seq": 0, "name": 1, "staff_no": 2}
    assert match_columns(["序号", "姓名", "编号"]) == {"seq": 0, "name": 1, "staff_no": 2}


def test_match_columns_takes_a_unit_for_the_county_beside_a_station():
    assert match_columns(["姓名", "单位", "站点"]) == {"name": 0, "county": 1, "station": 2}
    assert match_columns(["姓名", "旗县区", "单位"]) == {"name": 0, "county": 1, "station": 2}


def test_more_columns_finds_further_needs():
    heads = ["姓名", "需求1", "需求2", "需求3"]

    assert more_columns(heads, match_columns(heads)) == {"needs": (2, 3)}
