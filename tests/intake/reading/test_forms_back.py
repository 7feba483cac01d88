"""Forms that were sent out come back without a question, whatever a clerk did to their columns."""

import io

import openpyxl
from tests.intake.reading.rosters import context, directory, files

from ortoo.intake.reading.returns import merge_returns, read_returns
from ortoo.kernel.sheets.form import Form, FormColumn, write_form

KEYS = ("station", "name", "staff_no", "sex", "county", "post", "phone", "language", "diet", "blocked", "wish", "needs", "remark")
UNIT = directory().units["150500"]


def people():
    merged = merge_returns(read_returns(files(), context()))
    return [nominee for nominee in merged.nominees if nominee.prefecture == UNIT.name]


def form(nominees=()) -> bytes:
    columns = [FormColumn(key, f"这是{key}", choices=("男", "女") if key == "sex" else ()) for key in KEYS]
    rows = [[said(nominee, key) for key in KEYS] for nominee in nominees]
    return write_form(Form("表", "推荐表", columns, ["说明"], rows, key={"programme": "p7", "unit": UNIT.code}))


def said(nominee, key: str) -> str:
    if key == "blocked":
        return ";".join(f"{first}至{last}" for first, last in nominee.blocked)
    if key == "wish":
        return f"第{nominee.prefers}期" if nominee.prefers else ""
    return "、".join(nominee.needs) if key == "needs" else getattr(nominee, key)


def test_form_with_known_people_reads_back_as_they_are():
    nominees = people()
    merged = merge_returns(read_returns([("回执.xlsx", form(nominees))], context()))

    assert merged.nominees == nominees
    assert merged.problems == ()


def test_form_says_what_it_belongs_to():
    read = read_returns([("回执.xlsx", form())], context())[0]

    assert dict(read.form) == {"programme": "p7", "unit": "150500", "columns": ",".join(KEYS)}
    assert (read.unit, read.rows, read.problems) == (UNIT, (), ())


def test_form_is_known_again_after_a_clerk_worked_on_it():
    book = openpyxl.load_workbook(io.BytesIO(form()))
    sheet = book.active
    sheet.insert_cols(2)
    for cell in sheet[4]:
        cell.value = f"第{cell.column}栏"
    for column, value in {1: "东街站", 2: "随便", 3: "张三", 4: "007801", 5: "女", 6: "科尔沁", 12: "第二期"}.items():
        sheet.cell(5, column, value)
    sheet.title = "通辽"
    out = io.BytesIO()
    book.save(out)
    read = read_returns([("x.xlsx", out.getvalue())], context())[0]

    assert [(n.name, n.staff_no, n.sex, n.station, n.county) for n in read.nominees] == [
        ("张三", "007801", "女", "东街站", "科尔沁区")
    ]
    assert [problem for problem in read.problems if problem.severity != "note"] == []
