"""Open a workbook of any kind: xlsx, xlsm, xls, xlsb, ods, csv, tsv, a table saved as a web page. Sniffed, not believed by name."""

from dataclasses import dataclass, field
from typing import Any

from ortoo.kernel.sheets import archive, delimited, webtable
from ortoo.kernel.sheets.archive import Facts
from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.guard import Guard, Parsed
from ortoo.kernel.sheets.limits import LIMITS, Limits

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BARE_XLS = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00")
Range = tuple[int, int, int, int]


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cell values from A1 on; merges as (top, left, bottom, right), formulas as (row, column), all from 0."""

    name: str
    rows: list[list[Any]] = field(repr=False)
    visible: bool = True
    merges: tuple[Range, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Workbook:
    """The sheets in order; `kind` is xlsx, xlsm, xlsb, xls, ods, html or csv, `macros` whether it carries any."""

    name: str
    kind: str
    sheets: tuple[Sheet, ...]
    macros: bool = False

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of this name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def open_workbook(data: bytes, name: str, limits: Limits = LIMITS, guard: Guard | None = None) -> Workbook:
    """Read all sheets of `data`. Raises SheetError, and nothing else, when that cannot be done.

    What is not text is parsed in a second process with limits of memory and time; who reads many files gives one `guard` for all.
    """
    if not data[:4096].strip(b"\0 \r\n\t") and not data.strip(b"\0 \r\n\t"):
        raise SheetError("empty")
    if len(data) > limits.bytes:
        raise SheetError("too_large", what="MB", limit=limits.bytes // 2**20)
    kind = sniff(data)
    if kind == "csv":
        return Workbook(name, kind, (Sheet("csv", delimited.read(data, limits)),))
    if kind == "html":
        tables = enumerate(webtable.read(data, limits), 1)
        return Workbook(name, kind, tuple(Sheet(f"{n}", table.rows, merges=tuple(table.merges)) for n, table in tables))
    if kind == "xls" and "EncryptedPackage".encode("utf-16-le") in data:
        raise SheetError("encrypted")
    facts = Facts("xls", "_VBA_PROJECT".encode("utf-16-le") in data) if kind == "xls" else archive.inspect(data, limits)
    sheets = tuple(_sheet(parsed, facts) for parsed in _parse(data, limits, guard))
    return Workbook(name, facts.kind, sheets, facts.macros)


def sniff(data: bytes) -> str:
    """What the first bytes say: zip, xls, html or csv."""
    if data.startswith(ZIP):
        return "zip"
    if data.startswith((OLE, *BARE_XLS)):
        return "xls"
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return "html" if head.startswith(b"<") and (b"<html" in head or b"<table" in head) else "csv"


def _parse(data: bytes, limits: Limits, guard: Guard | None) -> list[Parsed]:
    if guard is not None:
        return guard.parse(data, limits)
    with Guard() as own:
        return own.parse(data, limits)


def _sheet(parsed: Parsed, facts: Facts) -> Sheet:
    merges = parsed.merges or facts.merges.get(parsed.name, ())
    return Sheet(parsed.name, parsed.rows, parsed.visible, merges, facts.formulas.get(parsed.name, frozenset()))
