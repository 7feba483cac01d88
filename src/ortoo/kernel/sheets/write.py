"""Write tables: formatted ones for people to read and print, long ones quickly. Texts stay texts; nothing becomes a formula."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import rustpy_xlsxwriter
import xlsxwriter

SAFE = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
WIDEST, NARROWEST = 60, 5
FIRST_ROWS = 500
BARRED = "[]:*?/\\"
Target = str | Path | IO[bytes]


@dataclass(frozen=True)
class Table:
    """One sheet: a title above (empty: none), the heads, the rows; `notes` are sentences below the title."""

    sheet: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    title: str = ""
    notes: Sequence[str] = ()
    hidden: bool = False
    widths: dict[int, float] = field(default_factory=dict)


def write_tables(target: Target, tables: Iterable[Table]) -> None:
    """Write a workbook with a sheet for each table: frozen and filtered heads, widths that suit Chinese, printed on A4 across."""
    options: dict[str, Any] = {**SAFE, "default_date_format": "yyyy-mm-dd"}
    book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options)
    names = Names()
    formats = Formats(book)
    for table in tables:
        _write(book.add_worksheet(names.of(table.sheet)), table, formats)
    book.close()


def tables_as_bytes(tables: Iterable[Table]) -> bytes:
    """The same workbook as bytes."""
    out = io.BytesIO()
    write_tables(out, tables)
    return out.getvalue()


def write_many(target: Target, sheet: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A long list without formats, about ten times as fast: a head, then the rows as they come."""
    lines = (dict(zip(heads, map(plain, row), strict=True)) for row in rows)
    out: Any = str(target) if isinstance(target, Path | str) else target
    rustpy_xlsxwriter.write_worksheet(_or_empty(lines, heads), out, sheet_name=Names().of(sheet))


def _or_empty(lines: Iterator[dict[str, object]], heads: Sequence[str]) -> Iterator[dict[str, object]]:
    first = next(lines, None)
    yield first if first is not None else dict.fromkeys(heads)
    yield from lines


class Formats:
    """The few looks of a sheet."""

    def __init__(self, book: Any) -> None:
        wrap = {"text_wrap": True, "valign": "top"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.note = book.add_format({"font_color": "#555555"})
        self.head = book.add_format({"bold": True, "bg_color": "#E8EFF6", "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        self.text = book.add_format({"num_format": "@", **wrap})
        self.number = book.add_format({"valign": "top"})
        self.marked = book.add_format({"bg_color": "#FFE08A", "num_format": "@", **wrap})


class Names:
    """Sheet names as workbooks want them: short, without barred signs, each once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.lower() for name in taken}

    def of(self, name: str) -> str:
        """The name to use for a sheet called `name`."""
        short = "".join("-" if sign in BARRED or sign < " " else sign for sign in name).strip("' ")[:28] or "-"
        unique, number = short, 2
        while unique.lower() in self._taken or unique.lower() == "history":
            unique, number = f"{short}{number}", number + 1
        self._taken.add(unique.lower())
        return unique


def width_of(text: str) -> float:
    """How wide a text is in columns' units: a Chinese character takes two."""
    return max((sum(2 if sign > "\u2e7f" else 1.1 for sign in line) for line in text.split("\n")), default=0)


def plain(value: object) -> object:
    """A value that a workbook can hold: numbers, days and truths as they are, everything else as text."""
    if value is None or isinstance(value, bool | int | float | date):
        return value.replace(tzinfo=None) if isinstance(value, datetime) else value
    return str(value)


def write_cell(sheet: Any, row: int, column: int, value: object, formats: Formats) -> None:
    """Write one value; a text is never taken for a formula, a number or an address."""
    value = plain(value)
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        whole = abs(value) < 1e15 and value == value
        sheet.write_number(row, column, value, formats.number) if whole else sheet.write_string(row, column, str(value))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value)
    else:
        sheet.write_string(row, column, str(value)[:32_767], formats.text)


def _write(sheet: Any, table: Table, formats: Formats) -> None:
    top = 0
    if table.title:
        sheet.write_string(top, 0, table.title, formats.title)
        top += 1
    for note in table.notes:
        sheet.write_string(top, 0, note, formats.note)
        top += 1
    for column, head in enumerate(table.heads):
        sheet.write_string(top, column, head, formats.head)
        sheet.set_column(column, column, table.widths.get(column) or _width(head, table.rows, column))
    for number, row in enumerate(table.rows, top + 1):
        for column, value in enumerate(row):
            write_cell(sheet, number, column, value, formats)
    sheet.freeze_panes(top + 1, 0)
    if table.rows:
        sheet.autofilter(top, 0, top + len(table.rows), max(len(table.heads) - 1, 0))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    if table.hidden:
        sheet.hide()


def _width(head: str, rows: Sequence[Sequence[object]], column: int) -> float:
    said = (str(row[column]) for row in rows[:FIRST_ROWS] if column < len(row) and row[column] is not None)
    widest = max((width_of(text) for text in said), default=0.0)
    return min(WIDEST, max(NARROWEST, widest, width_of(head)) + 2)
