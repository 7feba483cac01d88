"""Every format opens to the same cells, by what is in it and not by its name; what can't be read is refused in a sentence."""

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.limits import Limits
from ortoo.kernel.sheets.workbook import open_workbook, sniff

GRID = [["单位", "姓名", "工号"], ["红山区", "张三", "007"], ["", "李四", "008"]]


def xlsx(fill=None, **options) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet("表")
    for number, row in enumerate(GRID):
        sheet.write_row(number, 0, row)
    if fill:
        fill(book, sheet)
    book.close()
    return out.getvalue()


def xls() -> bytes:
    out, book = io.BytesIO(), xlwt.Workbook()
    sheet = book.add_sheet("表")
    for number, row in enumerate(GRID):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(out)
    return out.getvalue()


def ods(merged: bool = False) -> bytes:
    book, out, table = OpenDocumentSpreadsheet(), io.BytesIO(), Table(name="表")
    for number, row in enumerate(GRID):
        line = TableRow()
        for column, value in enumerate(row):
            covered = merged and (number, column) == (2, 0)
            more = {"numberrowsspanned": 2, "numbercolumnsspanned": 1} if merged and (number, column) == (1, 0) else {}
            cell = CoveredTableCell() if covered else TableCell(valuetype="string", **more)
            if not covered:
                cell.addElement(P(text=value))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.write(out)
    return out.getvalue()


def text(separator: str = ",") -> str:
    return "\r\n".join(separator.join(row) for row in GRID)


FORMATS = {
    "xlsx": xlsx(), "xls": xls(), "ods": ods(), "csv": text().encode(), "utf-8 with mark": text().encode("utf-8-sig"),
    "gb18030": text().encode("gb18030"), "utf-16": text().encode("utf-16"), "utf-16 without mark": text("\t").encode("utf-16-le"),
    "tsv": text("\t").encode(), "semicolons": text(";").encode(),
    "web page": f"<html><table>{''.join('<tr>' + ''.join(f'<td>{c}' for c in row) for row in GRID)}</table>".encode("gb18030"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORMATS)
def test_open_workbook_reads_the_same_cells_from_every_format(kind):
    book = open_workbook(FORMATS[kind], "无论叫什么.dat")

    assert [[str(cell or "") for cell in row] for row in book.sheets[0].rows] == GRID


def test_open_workbook_starts_at_the_first_cell_even_when_it_is_empty():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write(3, 2, "x")
    book.close()

    assert open_workbook(out.getvalue(), "a").sheets[0].rows == [["", "", ""]] * 3 + [["", "", "x"]]


def test_open_workbook_tells_hidden_sheets_merges_macros_and_formulas():
    def fill(book, sheet):
        sheet.merge_range(1, 0, 2, 0, "红山区")
        sheet.write_formula(1, 3, "=1+1", None, "")
        sheet.write_formula(2, 3, "=1+1", None, 2)
        book.add_worksheet("旧").hide()

    book = open_workbook(xlsx(fill), "a.xlsx")

    assert [(sheet.name, sheet.visible) for sheet in book.sheets] == [("表", True), ("旧", False)]
    assert book.sheets[0].merges == ((1, 0, 2, 0),)
    assert book.sheets[0].formulas == {(1, 3), (2, 3)}
    assert book.sheets[0].rows[2][3] == 2
    assert not book.macros


def test_open_workbook_finds_merges_of_ods():
    assert open_workbook(ods(merged=True), "a.ods").sheets[0].merges == ((1, 0, 2, 0),)


def test_open_workbook_reads_rowspans_of_a_web_page():
    page = b"<table><tr><td rowspan=2>A<td>1<tr><td>2</table>"
    sheet = open_workbook(page, "a.xls").sheets[0]

    assert sheet.rows == [["A", "1"], ["", "2"]]
    assert sheet.merges == ((0, 0, 1, 0),)


def test_open_workbook_keeps_days_as_days():
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.active["A1"] = datetime.fromisoformat("2023-05-17")
    book.save(out)

    assert str(open_workbook(out.getvalue(), "a").sheets[0].rows[0][0])[:10] == "2023-05-17"


def kind_of_refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(SheetError) as refused:
        open_workbook(data, "坏.xlsx", limits or Limits())
    assert str(refused.value)
    return refused.value.kind


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in members.items():
            pack.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"), (b"\0\0 \r\n", "empty"), (xlsx()[:900], "unreadable"), (b"%PDF-1.7 x", "not_a_sheet"), (b"\x89PNG\r\n", "not_a_sheet"),
        (zipped(word__document=b"x"), "not_a_sheet"), (zipped(a=b"x"), "not_a_sheet"), (zipped(EncryptedPackage=b"x"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unreadable"), (bytes(range(1, 256)) * 4, "unreadable"), (b"<html><p>x</html>", "not_a_sheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ],
)  # fmt: skip
def test_open_workbook_refuses_what_it_can_not_read(data, kind):
    assert kind_of_refusal(data) == kind


def test_open_workbook_refuses_what_is_too_large():
    assert kind_of_refusal(xlsx(), Limits(bytes=100)) == "too_large"
    assert kind_of_refusal(xlsx(), Limits(rows=2)) == "too_large"
    assert kind_of_refusal(xlsx(), Limits(cells=5)) == "too_large"
    assert kind_of_refusal(text().encode(), Limits(rows=2)) == "too_large"
    assert kind_of_refusal(FORMATS["web page"], Limits(cells=5)) == "too_large"


def test_open_workbook_refuses_a_bomb_by_what_it_says_and_by_what_comes_out():
    honest = zipped(xl__workbook=b"")
    bomb = io.BytesIO(xlsx())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("xl/worksheets/sheet9.xml", b"0" * (50 << 20))
    told = bomb.getvalue()
    lying = told.replace((50 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little"))

    assert kind_of_refusal(honest) == "not_a_sheet"
    assert kind_of_refusal(told, Limits(unpacked=40 << 20)) == "too_large"
    assert kind_of_refusal(told) == "too_large"
    assert kind_of_refusal(lying) in ("too_large", "unreadable")


def test_open_workbook_survives_a_cell_at_the_far_corner():
    def fill(book, sheet):
        sheet.write(1_048_575, 16_383, "x")

    assert kind_of_refusal(xlsx(fill, constant_memory=False)) in ("too_large", "unreadable")


def test_open_workbook_cuts_an_overlong_cell_and_columns_far_out():
    def fill(book, sheet):
        sheet.write(1, 5, "长" * 30_000)
        sheet.write(1, 900, "x")

    row = open_workbook(xlsx(fill), "a.xlsx").sheets[0].rows[1]

    assert len(row[5]) == Limits().cell
    assert len(row) == Limits().columns


def test_open_workbook_reads_a_line_break_inside_quotation_marks_as_one_row():
    rows = open_workbook(b'a,"b\nc",d\n1,2,3\n', "a.csv").sheets[0].rows

    assert rows == [["a", "b\nc", "d"], ["1", "2", "3"]]


def test_sniff_goes_by_the_content():
    assert [sniff(FORMATS[kind]) for kind in ("xlsx", "ods", "xls", "csv", "web page")] == ["zip", "zip", "xls", "csv", "html"]
