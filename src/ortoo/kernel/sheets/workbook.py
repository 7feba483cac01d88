"""Open a workbook of any kind: xlsx, xls, ods by what is in it; csv in UTF-8, UTF-16 or GB18030. Sniffed, not believed by name."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ortoo.kernel.sheets.csvtext import read_csv
from ortoo.kernel.sheets.errors import SheetError

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Limits:
    """How much may be read: file and unpacked bytes, a zip member's ratio, rows, columns, characters of a cell."""

    bytes: int = 64 * 1024 * 1024
    unpacked: int = 768 * 1024 * 1024
    ratio: int = 400
    rows: int = 300_000
    columns: int = 400
    cell: int = 4_000


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cell values from the sheet's first cell on; merges as (top, left, bottom, right), from 0, inclusive."""

    name: str
    rows: list[list[Any]] = field(repr=False)
    visible: bool = True
    merges: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True)
class Workbook:
    """The sheets in order; `kind` is xlsx, xls, ods or csv, `macros` whether it carries any."""

    name: str
    kind: str
    sheets: tuple[Sheet, ...]
    macros: bool = False

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of this name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def open_workbook(data: bytes, name: str, limits: Limits = Limits()) -> Workbook:
    """Read all sheets of `data`. Raises SheetError, and nothing else, when that cannot be done."""
    if not data.strip(b"\0 \r\n\t"):
        raise SheetError("empty")
    if len(data) > limits.bytes:
        raise SheetError("too_large", what="MB", limit=limits.bytes // 2**20)
    if data.startswith(ZIP):
        macros, kind = _look_into_zip(data, limits)
        return Workbook(name, kind, tuple(_sheets(data, limits)), macros)
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise SheetError("encrypted")
        return Workbook(name, "xls", tuple(_sheets(data, limits)), b"_VBA_PROJECT".replace(b"", b"\0")[1:-1] in data)
    return Workbook(name, "csv", (_csv_sheet(data, limits),))


def _csv_sheet(data: bytes, limits: Limits) -> Sheet:
    rows: list[list[Any]] = []
    for row in read_csv(data):
        rows.append([cell[: limits.cell] for cell in row[: limits.columns]])
        if len(rows) > limits.rows:
            raise SheetError("too_large", what="rows", limit=limits.rows)
    return Sheet("csv", rows)


def _look_into_zip(data: bytes, limits: Limits) -> tuple[bool, str]:
    """Whether it has macros, and its kind; refuses zip bombs by what really comes out, member by member."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = archive.namelist()
        if len(names) > 5_000:
            raise SheetError("too_large", what="members", limit=5_000)
        _measure(archive, len(data), limits)
    except SheetError:
        raise
    except Exception as error:
        raise SheetError("unreadable", why=type(error).__name__) from None
    kind = "ods" if "content.xml" in names else "xlsx"
    return any(name.lower().endswith("vbaproject.bin") for name in names), kind


def _measure(archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    left = min(limits.unpacked, max(packed, 100_000) * limits.ratio)
    for info in archive.infolist():
        if info.flag_bits & 1:
            raise SheetError("encrypted")
        if info.file_size > left:
            raise SheetError("too_large", what="MB", limit=limits.unpacked // 2**20)
        with archive.open(info) as member:
            while chunk := member.read(1 << 20):
                left -= len(chunk)
                if left < 0:
                    raise SheetError("too_large", what="MB", limit=limits.unpacked // 2**20)


def _sheets(data: bytes, limits: Limits) -> Iterator[Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.end and (sheet.end[0] >= limits.rows or sheet.end[1] >= 16_384):
                raise SheetError("too_large", what="rows", limit=limits.rows)
            rows = [_row(row, limits) for row in sheet.iter_rows()] if sheet.end else []
            top, left = sheet.start or (0, 0)
            rows = [[] for _ in range(top)] + [[""] * min(left, limits.columns) + row for row in rows]
            merges = tuple((*start, *end) for start, end in sheet.merged_cell_ranges or ())
            yield Sheet(meta.name, rows, meta.visible == SheetVisibleEnum.Visible, merges)
    except SheetError:
        raise
    except BaseException as error:
        # The parser's own panics derive from BaseException; what a person or the system sends must pass.
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        if "assword" in str(error) or "encrypt" in str(error).lower():
            raise SheetError("encrypted") from None
        raise SheetError("unreadable", why=str(error)[:120] or type(error).__name__) from None


def _row(row: list[Any], limits: Limits) -> list[Any]:
    return [cell[: limits.cell] if isinstance(cell, str) else cell for cell in row[: limits.columns]]
