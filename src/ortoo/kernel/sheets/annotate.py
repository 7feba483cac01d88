"""Give a unit its own file back: the same cells and formats, what is in question marked and commented, a sheet that lists it."""

import io
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

import openpyxl
import xlsxwriter
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from ortoo.kernel.sheets.guard import Guard
from ortoo.kernel.sheets.limits import LIMITS, Limits
from ortoo.kernel.sheets.workbook import Sheet, Workbook, open_workbook
from ortoo.kernel.sheets.write import SAFE, Formats, Names, width_of, write_cell

COLOUR = "FFE08A"
AUTHOR = "Ortoo"
MOST_CELLS = 300_000
HEADS = ("工作表", "行", "列", "需要更正的内容")
TITLE = "需更正"


class Mark(NamedTuple):
    """What to say at one cell: the sheet's name, the row from 1, the column's letter (empty: the row's first), the words."""

    sheet: str
    row: int
    column: str
    words: str


def annotate(
    data: bytes, name: str, marks: Sequence[Mark], *, title: str = TITLE, heads: Sequence[str] = HEADS, limits: Limits = LIMITS,
    guard: Guard | None = None,
) -> tuple[str, bytes]:  # fmt: skip
    """The file's name and bytes with the marks. Raises SheetError when the file can't be read.

    xlsx and xlsm keep their formats, formulas and macros; what comes in another format, or is very large, goes back as a new xlsx
    with the same cells, merges and hidden sheets.
    """
    book = open_workbook(data, name, limits, guard)
    cells = sum(len(row) for sheet in book.sheets for row in sheet.rows)
    if book.kind in ("xlsx", "xlsm") and cells <= MOST_CELLS:
        try:
            return name, _in_place(data, book, marks, title, heads)
        except Exception:
            # A workbook that our parser reads and openpyxl does not is still given back, without its formats.
            return _renamed(name), _anew(book, marks, title, heads)
    return _renamed(name), _anew(book, marks, title, heads)


def _renamed(name: str) -> str:
    return str(PurePath(name).with_suffix(".xlsx"))


def _in_place(data: bytes, book: Workbook, marks: Sequence[Mark], title: str, heads: Sequence[str]) -> bytes:
    opened = openpyxl.load_workbook(io.BytesIO(data), keep_vba=book.kind == "xlsm", rich_text=True)
    fill = PatternFill("solid", start_color=COLOUR)
    for (sheet, row, column), words in _gathered(book, marks).items():
        if sheet not in opened.sheetnames:
            continue
        cell = opened[sheet][f"{column}{row}"]
        cell.fill = fill
        _comment(_first_of_merge(opened[sheet], cell), words)
    _list_in(opened, marks, title, heads)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def _first_of_merge(sheet: Any, cell: Any) -> Any:
    if not isinstance(cell, MergedCell):
        return cell
    merged = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
    return sheet.cell(merged.min_row, merged.min_col)


def _comment(cell: Any, words: str) -> None:
    before = cell.comment.text if cell.comment else ""
    text = before if words in before else f"{before}\n{words}".strip()
    comment = Comment(text, AUTHOR)
    comment.width = min(420, 40 + int(width_of(words) * 8))
    comment.height = 30 + 22 * (comment.text.count("\n") + 1 + len(words) // 28)
    cell.comment = comment


def _list_in(opened: Any, marks: Sequence[Mark], title: str, heads: Sequence[str]) -> None:
    sheet = opened.create_sheet(Names(opened.sheetnames).of(title))
    sheet.append(list(heads))
    for mark in marks:
        sheet.append([None, mark.row, mark.column, None])
        for column, text in ((1, mark.sheet), (4, mark.words)):
            cell = sheet.cell(sheet.max_row, column)
            cell.value, cell.data_type = text, "s"
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCD", (18, 8, 8, 90), strict=True):
        sheet.column_dimensions[letter].width = width


def _gathered(book: Workbook, marks: Sequence[Mark]) -> Mapping[tuple[str, int, str], str]:
    """The words by place, several at one cell together; a mark without a column stands at the row's first cell."""
    found: dict[tuple[str, int, str], str] = {}
    for mark in marks:
        if mark.row < 1:
            continue
        place = (mark.sheet, mark.row, mark.column or "A")
        found[place] = f"{found[place]}\n{mark.words}" if place in found else mark.words
    return found


def _anew(book: Workbook, marks: Sequence[Mark], title: str, heads: Sequence[str]) -> bytes:
    out = io.BytesIO()
    written = xlsxwriter.Workbook(out, {**SAFE, "default_date_format": "yyyy-mm-dd"})
    formats, names = Formats(written), Names()
    gathered = _gathered(book, marks)
    shown = False
    for sheet in book.sheets:
        target = written.add_worksheet(names.of(sheet.name))
        of = {(row - 1, column): words for (name, row, column), words in gathered.items() if name == sheet.name}
        _copy(target, sheet, {(row, _number(column)): words for (row, column), words in of.items()}, formats)
        if not sheet.visible:
            target.hide()
        elif not shown:
            target.set_first_sheet()
            target.activate()
            shown = True
    _list_anew(written.add_worksheet(names.of(title)), marks, heads, formats)
    written.close()
    return out.getvalue()


def _copy(target: Any, sheet: Sheet, words: Mapping[tuple[int, int], str], formats: Formats) -> None:
    for top, left, bottom, right in sheet.merges:
        target.merge_range(top, left, bottom, right, "")
    widths: dict[int, float] = {}
    for number, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            write_cell(target, number, column, value, formats)
            if value not in ("", None) and number < 300:
                widths[column] = max(widths.get(column, 0), min(30, width_of(str(value))))
    for column, width in widths.items():
        target.set_column(column, column, max(6, width + 2))
    for (line, place), text in words.items():
        said = sheet.rows[line][place] if line < len(sheet.rows) and place < len(sheet.rows[line]) else ""
        target.write_string(line, place, str(said) if said is not None else "", formats.marked)
        target.write_comment(line, place, text, {"author": AUTHOR, "x_scale": 2.2, "y_scale": 1 + text.count("\n") / 3})


def _list_anew(target: Any, marks: Sequence[Mark], heads: Sequence[str], formats: Formats) -> None:
    target.write_row(0, 0, heads, formats.head)
    for number, mark in enumerate(marks, 1):
        for column, value in enumerate(mark):
            write_cell(target, number, (0, 1, 2, 3)[column], value, formats)
    target.set_column(0, 2, 12)
    target.set_column(3, 3, 90)
    target.freeze_panes(1, 0)


def _number(column: str) -> int:
    number = 0
    for sign in column.upper():
        number = number * 26 + ord(sign) - 64
    return number - 1
