"""A unit's own file, marked."""

import io

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from tests.kernel.sheets.test_workbook import FORMATS, GRID, xls, xlsx

from ortoo.kernel.sheets.annotate import COLOUR, TITLE, Mark, annotate
from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.workbook import open_workbook


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def formatted() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    for row in GRID:
        sheet.append(row)
    sheet["B2"].font = Font(name="楷体", size=15, bold=True)
    sheet["B2"].comment = Comment("原有批注", "某人")
    sheet.column_dimensions["B"].width = 33
    sheet.merge_cells("A2:A3")
    sheet["C3"] = "=1+1"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_annotate_marks_and_keeps_the_formatting():
    name, data = annotate(
        formatted(), "我的.xlsx", [Mark("表", 2, "B", "姓名不清"), Mark("表", 3, "A", "单位不明"), Mark("表", 3, "A", "又一条")]
    )
    sheet = opened(data)["表"]

    assert name == "我的.xlsx"
    assert sheet["B2"].fill.start_color.rgb.endswith(COLOUR)
    assert (sheet["B2"].font.name, sheet["B2"].font.size, sheet.column_dimensions["B"].width) == ("楷体", 15, 33)
    assert sheet["B2"].comment.text == "原有批注\n姓名不清"
    assert sheet["A2"].comment.text == "单位不明\n又一条"
    assert sheet["C3"].value == "=1+1"
    assert [[cell.value for cell in row] for row in opened(data)[TITLE].iter_rows(min_row=2)] == [
        ["表", 2, "B", "姓名不清"], ["表", 3, "A", "单位不明"], ["表", 3, "A", "又一条"],
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["xls", "ods", "csv", "gb18030"])
def test_annotate_gives_other_formats_back_as_xlsx_with_the_same_cells(kind):
    sheet_name = open_workbook(FORMATS[kind], "a").sheets[0].name
    name, data = annotate(FORMATS[kind], f"我的.{kind}", [Mark(sheet_name, 2, "B", "看这里")])
    sheet = opened(data)[sheet_name]

    assert name == "我的.xlsx"
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == GRID
    assert sheet["B2"].comment.text == "看这里"
    assert sheet["B2"].fill.start_color.rgb.endswith(COLOUR)


def test_annotate_writes_nothing_that_a_spreadsheet_would_run():
    for source in (xlsx(), xls()):
        _name, data = annotate(source, "a.xlsx", [Mark("表", 2, "B", "=cmd|' /C calc'!A0"), Mark("没有此表", 3, "", "+1")])

        assert {
            cell.data_type for row in opened(data)[TITLE].iter_rows(min_row=2) for cell in row if isinstance(cell.value, str)
        } == {"s"}


def test_annotate_twice_says_it_once():
    marks = [Mark("表", 2, "B", "姓名不清")]
    _name, once = annotate(formatted(), "a.xlsx", marks)
    _name, twice = annotate(once, "a.xlsx", marks)

    assert opened(twice)["表"]["B2"].comment.text == "原有批注\n姓名不清"


def test_annotate_refuses_what_can_not_be_read():
    with pytest.raises(SheetError):
        annotate(b"\x89PNG", "a.xlsx", [])
