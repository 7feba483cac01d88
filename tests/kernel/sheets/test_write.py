"""Tables written for people and for programs."""

import io
from datetime import date

import openpyxl

from ortoo.kernel.sheets.workbook import open_workbook
from ortoo.kernel.sheets.write import Names, Table, tables_as_bytes, width_of, write_many

RISKY = ["=1+1", "+86 138", "-5", "@SUM(A1)", "007", "http://example.org", "", None, 3, 2.5, date(2023, 5, 17), True]


def test_write_tables_keeps_texts_as_texts():
    data = tables_as_bytes([Table("名单", [str(n) for n in range(len(RISKY))], [RISKY], "标题", ["说明一"])])
    row = open_workbook(data, "a").sheets[0].rows[3]
    cells = openpyxl.load_workbook(io.BytesIO(data))["名单"][4]

    assert row[:7] == ["=1+1", "+86 138", "-5", "@SUM(A1)", "007", "http://example.org", ""]
    assert row[8:] == [3.0, 2.5, date(2023, 5, 17), True]
    assert "f" not in {cell.data_type for cell in cells}


def test_write_tables_freezes_and_filters_the_head():
    sheet = openpyxl.load_workbook(io.BytesIO(tables_as_bytes([Table("名单", ["姓名", "工号"], [["张三", "007"]], "标题")])))[
        "名单"
    ]

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A3", "A2:B3")


def test_write_tables_gives_every_sheet_a_name_of_its_own():
    names = [sheet.name for sheet in open_workbook(tables_as_bytes([Table("甲/乙:丙", ["x"], [])] * 3), "a").sheets]

    assert names == ["甲-乙-丙", "甲-乙-丙2", "甲-乙-丙3"]
    assert len(Names().of("长" * 99)) <= 31
    assert Names().of("") == "-"


def test_write_many_writes_every_row():
    out = io.BytesIO()
    write_many(out, "很多", ["姓名", "工号"], ([f"甲{n}", f"{n:06d}"] for n in range(2000)))
    rows = open_workbook(out.getvalue(), "a").sheets[0].rows

    assert (rows[0], rows[2000], len(rows)) == (["姓名", "工号"], ["甲1999", "001999"], 2001)


def test_write_many_of_nothing_has_a_head():
    out = io.BytesIO()
    write_many(out, "空", ["姓名"], [])

    assert open_workbook(out.getvalue(), "a").sheets[0].rows[0] == ["姓名"]


def test_width_of_counts_chinese_twice():
    assert width_of("中文") == 4 and width_of("ab\n中文字") == 6
