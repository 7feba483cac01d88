"""Forms to send out: drop-downs, checks while typing, and hidden keys by which the form is known again when it comes back.

The keys stand twice. A hidden row above the heads holds each column's key: it moves with its column, whatever the heads are called
by then. A hidden sheet holds what the form belongs to.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

from ortoo.kernel.sheets.workbook import Workbook
from ortoo.kernel.sheets.write import SAFE, Formats, write_cell

MARK = "ortoo:"
KEY_SHEET = "_ortoo"
LIST_SHEET = "_lists"
FORM_SHEETS = (KEY_SHEET, LIST_SHEET)


@dataclass(frozen=True)
class FormColumn:
    """A column: its key, its head, what to choose from (`strict`: nothing else may be written), a hint while typing.

    `check`: "" or "digits" (with `length`), or "date" (between `first` and `last`). `text` keeps zeros and long numbers.
    """

    key: str
    head: str
    width: float = 12
    choices: Sequence[str] = ()
    strict: bool = False
    hint: str = ""
    check: str = ""
    length: int = 0
    first: date | None = None
    last: date | None = None
    must: bool = False


@dataclass(frozen=True)
class Form:
    """A form: what stands above it, its columns, rows already filled, how many lines to offer, and what it belongs to."""

    sheet: str
    title: str
    columns: Sequence[FormColumn]
    notes: Sequence[str] = ()
    rows: Sequence[Sequence[object]] = ()
    lines: int = 100
    key: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""


def write_form(form: Form) -> bytes:
    """The form as xlsx."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, SAFE)
    sheet, lists, keys = book.add_worksheet(form.sheet), book.add_worksheet(LIST_SHEET), book.add_worksheet(KEY_SHEET)
    formats = Formats(book)
    top = _head(book, sheet, form, formats)
    for number, row in enumerate(form.rows, top):
        for column, value in enumerate(row):
            write_cell(sheet, number, column, value, formats)
    last = top + len(form.rows) + form.lines - 1
    for column, wanted in enumerate(form.columns):
        _offer(sheet, lists, column, wanted, (top, last), form.refusal)
    for number, (name, value) in enumerate({**form.key, "columns": ",".join(c.key for c in form.columns)}.items()):
        keys.write_row(number, 0, (f"{MARK}{name}", value))
    lists.very_hidden()
    keys.very_hidden()
    book.close()
    return out.getvalue()


def read_key(book: Workbook) -> dict[str, str] | None:
    """What a form that came back belongs to; None when the file is no form of ours."""
    sheet = book.sheet(KEY_SHEET)
    if sheet is None:
        return None
    said = {str(row[0]): str(row[1]) for row in sheet.rows if len(row) > 1 and str(row[0]).startswith(MARK)}
    return {name[len(MARK) :]: value for name, value in said.items()} or None


def _head(book: Any, sheet: Any, form: Form, formats: Formats) -> int:
    """Title, notes, the hidden row of keys, the heads; returns the first line's row (from 0)."""
    sheet.write_string(0, 0, form.title, formats.title)
    for number, note in enumerate(form.notes, 1):
        sheet.write_string(number, 0, note, formats.note)
    top = 1 + len(form.notes)
    must = book.add_format({"bold": True, "bg_color": "#FFE9D6", "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    sheet.set_row(top, None, None, {"hidden": True})
    for column, wanted in enumerate(form.columns):
        sheet.write_string(top, column, f"{MARK}{wanted.key}")
        sheet.write_string(top + 1, column, wanted.head, must if wanted.must else formats.head)
        sheet.set_column(column, column, wanted.width, formats.text)
    sheet.freeze_panes(top + 2, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top + 1)
    return top + 2


def _offer(sheet: Any, lists: Any, column: int, wanted: FormColumn, rows: tuple[int, int], refusal: str) -> None:
    rule: dict[str, Any] = {"error_type": "stop" if wanted.strict else "warning", "ignore_blank": True}
    if refusal:
        rule["error_message"] = refusal[:255]
    if wanted.hint:
        rule |= {"input_title": wanted.head[:32], "input_message": wanted.hint[:255]}
    if wanted.choices:
        lists.write_column(0, column, wanted.choices)
        letter = xlsxwriter.utility.xl_col_to_name(column)
        rule |= {"validate": "list", "source": f"={LIST_SHEET}!${letter}$1:${letter}${len(wanted.choices)}"}
    elif wanted.check == "digits":
        first = xlsxwriter.utility.xl_rowcol_to_cell(rows[0], column)
        rule |= {"validate": "custom", "value": f"=AND(LEN({first})={wanted.length},ISNUMBER(-{first}))"}
    elif wanted.check == "date" and wanted.first and wanted.last:
        rule |= {"validate": "date", "criteria": "between", "minimum": wanted.first, "maximum": wanted.last}
    else:
        rule |= {"validate": "any"}
    if rule["validate"] != "any" or wanted.hint:
        sheet.data_validation(rows[0], column, rows[1], column, rule)
