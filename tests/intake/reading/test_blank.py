"""Blank returns go out and come back without a question."""

import io

import openpyxl
import pytest
from tests.intake.reading.rosters import context, directory, files

from ortoo.intake.reading.blank import HEADS, BlankReturn, blank_return, stations_of
from ortoo.intake.reading.returns import merge_returns, read_returns

UNIT = directory().units["150500"]


def people():
    merged = merge_returns(read_returns(files(), context()))
    return [nominee for nominee in merged.nominees if nominee.prefecture == UNIT.name]


def asked(**more) -> BlankReturn:
    return BlankReturn("2023年度轮训推荐表", UNIT, directory(), context().terms, "p7", needs=["沟通协调", "调查研究"], **more)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_blank_return_with_known_people_reads_back_as_they_are(language):
    nominees = people()
    merged = merge_returns(read_returns([("回执.xlsx", blank_return(asked(people=nominees), language))], context()))

    assert merged.nominees == nominees
    assert merged.problems == ()


def test_blank_return_says_what_it_belongs_to():
    read = read_returns([("回执.xlsx", blank_return(asked()))], context())[0]

    assert dict(read.form) == {"form": "return", "version": "1", "programme": "p7", "unit": "150500", "columns": ",".join(HEADS)}
    assert (read.unit, read.rows, read.problems) == (UNIT, (), ())


def test_blank_return_is_known_again_after_a_clerk_worked_on_it():
    book = openpyxl.load_workbook(io.BytesIO(blank_return(asked())))
    sheet = book.active
    sheet.insert_cols(2)
    head = next(row for row in sheet.iter_rows(max_row=12) if row[0].value == "工作单位")
    for cell in head:
        cell.value = f"第{cell.column}栏"
    for column, value in {1: "科尔沁区 东街站", 2: "随便", 3: "张三", 4: "007801", 5: "女", 11: "第二期"}.items():
        sheet.cell(head[0].row + 1, column, value)
    sheet.title = "通辽"
    out = io.BytesIO()
    book.save(out)
    read = read_returns([("x.xlsx", out.getvalue())], context())[0]

    assert [(n.name, n.staff_no, n.sex, n.station, n.county) for n in read.nominees] == [
        ("张三", "007801", "女", "东街站", "科尔沁区")
    ]
    assert [problem for problem in read.problems if problem.severity != "note"] == []


def test_blank_return_offers_the_units_stations_and_the_terms():
    book = openpyxl.load_workbook(io.BytesIO(blank_return(asked())))
    lists = [[cell.value for cell in column if cell.value] for column in book["_lists"].iter_cols()]
    validations = book.active.data_validations.dataValidation

    assert len(lists[0]) == len(stations_of(directory(), UNIT))
    assert ["第一期", "第二期", "第三期", "第四期", "第五期"] in lists
    assert {rule.type for rule in validations} >= {"list", "custom"}
    assert book["_lists"].sheet_state == book["_ortoo"].sheet_state == "veryHidden"
