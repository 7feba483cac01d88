"""What one sees, as a file: xlsx for WPS and Excel, csv for programs, tab-separated text for the clipboard."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

import xlsxwriter
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from ortoo.kernel import clock

if TYPE_CHECKING:
    from ortoo.ui.sheet_table import SheetTable

FORMS = ("xlsx", "csv", "tsv")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSX_MOST_ROWS = 1_048_575
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

#: (title, head, rows, file open for binary writing): writes a whole workbook.
Writer = Callable[[str, Sequence[str], Iterable[Sequence[object]], IO[bytes]], None]


def answer(table: "SheetTable", form: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """The rows that pass the table's filter, all of them, in this form; more rows than xlsx can hold come as csv."""
    name = f"{slugify(table.caption, allow_unicode=True) or 'table'}-{clock.today():%Y%m%d}"
    if form == "xlsx" and table.total <= XLSX_MOST_ROWS:
        return _xlsx(table, f"{name}.xlsx")
    delimiter, kind = ("\t", "text/tab-separated-values") if form == "tsv" else (",", "text/csv")
    lines = _lines(table, delimiter, mark="" if form == "tsv" else "\ufeff")
    response = StreamingHttpResponse(lines, content_type=f"{kind}; charset=utf-8")
    if form != "tsv":
        response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or "attachment"
    return response


def plain(value: object) -> object:
    """A value without anything that a spreadsheet would run, and times without a zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if value is None or isinstance(value, int | float | date):
        return value
    return str(value)


def harmless(value: object) -> str:
    """A value for a text file; one that a spreadsheet would take for a formula gets an apostrophe in front."""
    text = "" if value is None else str(plain(value))
    risky = text.startswith(FORMULA_STARTS) and not isinstance(value, int | float)
    return f"'{text}" if risky else text


def write_xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[object]], file: IO[bytes]) -> None:
    """One sheet with a frozen, filtered head; texts stay texts, days are days. Rows go to disk as they come."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bg_color": "#E8EFF6", "bottom": 1})
    formats: dict[type, Any] = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(head) - 1), 16)
    for column, label in enumerate(head):
        sheet.write_string(0, column, label, bold)
    last = 0
    for last, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            sheet.write(last, column, value, formats.get(type(value)))
    sheet.autofilter(0, 0, last, max(0, len(head) - 1))
    book.close()


def _xlsx(table: "SheetTable", name: str) -> FileResponse:
    file = TemporaryFile()
    head = [str(column.label) for column in table.columns]
    rows = ([plain(value) for value in row] for row in table.values())
    (table.writer or write_xlsx)(table.caption, head, rows, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


class _Echo:
    def write(self, line: str) -> str:
        return line


def _lines(table: "SheetTable", delimiter: str, mark: str) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=delimiter)
    yield mark
    yield writer.writerow([str(column.label) for column in table.columns])
    for row in table.values():
        # A tab or a line break inside a cell would tear the row apart on the clipboard.
        cells = [harmless(value) for value in row]
        yield writer.writerow([" ".join(cell.split()) if delimiter == "\t" else cell for cell in cells])
