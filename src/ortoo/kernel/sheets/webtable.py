"""Tables saved as web pages under the name .xls, as many office systems export them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from ortoo.kernel.sheets.delimited import decode
from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.limits import Limits


@dataclass
class Table:
    """Rows of texts, padded to one width, and the merged ranges that rowspan and colspan make."""

    rows: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


def read(data: bytes, limits: Limits) -> list[Table]:
    """Every table that has a row, in order."""
    reader = _Reader(limits)
    reader.feed(decode(data))
    reader.close()
    tables = [table for table in reader.tables if table.rows]
    if not tables:
        raise SheetError("not_a_sheet", found="HTML")
    return tables


class _Reader(HTMLParser):
    """Builds the grid while the page goes by; nested tables are read as tables of their own."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self._taken: set[tuple[int, int]] = set()
        self._at: tuple[int, int] | None = None
        self._limits, self._cells = limits, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append(Table())
            self._taken, self._at = set(), None
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
            self._at = None
        elif tag in ("td", "th") and self.tables:
            self._open_cell({key: value or "" for key, value in attrs})
        elif tag == "br" and self._at:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._at = None

    def handle_data(self, data: str) -> None:
        if self._at and self.tables:
            row, column = self._at
            old = self.tables[-1].rows[row][column]
            self.tables[-1].rows[row][column] = (str(old or "") + data)[: self._limits.cell]

    def _open_cell(self, attributes: dict[str, str]) -> None:
        table = self.tables[-1]
        if not table.rows:
            table.rows.append([])
        row, cells = len(table.rows) - 1, table.rows[-1]
        while (row, len(cells)) in self._taken:
            cells.append("")
        column, high, wide = len(cells), _span(attributes, "rowspan"), _span(attributes, "colspan")
        self._cells += high * wide
        if column + wide > self._limits.columns or row > self._limits.rows or self._cells > self._limits.cells:
            raise SheetError("too_large", what="cells", limit=self._limits.cells)
        cells.extend([""] * wide)
        self._at = (row, column)
        if high > 1 or wide > 1:
            table.merges.append((row, column, row + high - 1, column + wide - 1))
            self._taken |= {(r, c) for r in range(row + 1, row + high) for c in range(column, column + wide)}


def _span(attributes: dict[str, str], key: str) -> int:
    text = attributes.get(key, "1").strip()
    return max(1, min(int(text), 1000)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
