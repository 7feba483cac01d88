"""Where the three tables are: on which sheets, from which row, with which columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ortoo.intake.reading.dates import DateProblem, Frame, read_spans
from ortoo.intake.reading.layout import why_not
from ortoo.intake.reading.tour.columns import NAMES, is_table, lacking, match_columns
from ortoo.kernel.sheets.workbook import Sheet
from ortoo.kernel.text.fold import as_text, fold, squeeze

LONGEST, SURE, LOOK = 24, 2, 200


@dataclass(frozen=True)
class Table:
    """A table: its head ends in row `header_row` (from 1), its last line is `last_row` (0: the sheet's).

    `columns`: field → column from 0; `more`: further columns of a field; `days`: columns whose head is a day, ticked where free.
    """

    kind: str
    sheet: Sheet
    header_row: int
    columns: dict[str, int]
    headers: list[str]
    more: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    days: Mapping[int, date] = field(default_factory=dict)
    top: int = 0
    last_row: int = 0

    def unused(self) -> list[tuple[int, str]]:
        """Columns with a head that nothing reads."""
        used = set(self.columns.values()) | set(self.days) | {column for places in self.more.values() for column in places}
        return [(column, head) for column, head in enumerate(self.headers) if head and column not in used]


def find_tables(sheets: Sequence[Sheet], frame: Frame) -> tuple[list[Table], list[tuple[str, str]]]:
    """The tables of the sheets that count, and (sheet, why) for those left alone; why is a key of messages.WHYS."""
    tables: list[Table] = []
    ignored: list[tuple[str, str]] = []
    for sheet in sheets:
        why = why_not(sheet, frame.starts.year)
        found = [] if why else list(_tables_of(sheet, frame))
        if not found:
            ignored.append((sheet.name, why or "no_tour"))
        tables += found
    return tables, ignored


@dataclass(frozen=True)
class Near:
    """A row that comes near to the head of a table that was not found: which columns are known, which are not, what is missing.

    `missing` are keys of messages.LACKING joined by "|"; none where only the sheet was left alone (`why`) or no line stands below.
    """

    sheet: str
    row: int
    known: list[str]
    unknown: list[str]
    missing: str
    why: str


def nearest(sheets: Sequence[Sheet], kind: str, frame: Frame, tables: Sequence[Table]) -> Near | None:
    """The row of any sheet, no head of `tables`, that names most columns of this table, at least two of them exactly."""
    best: tuple[int, Near] | None = None
    heads_of = {(table.sheet.name, table.top) for table in tables}
    for sheet in sheets:
        for top, cells in enumerate(sheet.rows[:LOOK]):
            heads = [text if len(text := as_text(cell).strip()) <= LONGEST else "" for cell in cells]
            columns, _more, exact = match_columns(kind, heads)
            if exact < SURE or (best and best[0] >= exact) or (sheet.name, top) in heads_of:
                continue
            used = set(columns.values())
            known = [heads[column] for column in sorted(used)]
            unknown = [head for column, head in enumerate(heads) if head and column not in used]
            best = (
                exact,
                Near(
                    sheet.name,
                    top + 1,
                    known,
                    unknown,
                    "|".join(lacking(kind, frozenset(columns))),
                    why_not(sheet, frame.starts.year),
                ),
            )
    return best[1] if best else None


def _tables_of(sheet: Sheet, frame: Frame) -> Iterator[Table]:
    """One below another; the head of the same table once more does not begin a new one."""
    heads = [found for top in range(len(sheet.rows)) if (found := _head(sheet, top, frame))]
    kept: list[Table] = []
    for head in heads:
        if kept and kept[-1].header_row >= head.header_row:
            continue
        if not kept or (kept[-1].kind, kept[-1].columns) != (head.kind, head.columns):
            kept.append(head)
    for number, table in enumerate(kept):
        last = _above(sheet, kept[number + 1]) if number + 1 < len(kept) else 0
        yield Table(table.kind, sheet, table.header_row, table.columns, table.headers, table.more, table.days, table.top, last)


def _above(sheet: Sheet, table: Table) -> int:
    """The last line before the table's head that is not its title."""
    last = table.top
    while last and sum(bool(squeeze(cell)) for cell in sheet.rows[last - 1]) < 2:
        last -= 1
    return last


def _head(sheet: Sheet, top: int, frame: Frame) -> Table | None:
    """The table whose head is this row, of several kinds the one that names most columns."""
    headers = sheet.rows[top]
    texts = [squeeze(cell) for cell in headers]
    if sum(bool(text) for text in texts) < 2:
        return None
    below = sheet.rows[top + 1] if top + 1 < len(sheet.rows) else []
    best: tuple[int, Table] | None = None
    for kind in NAMES:
        columns, more, exact = match_columns(
            kind, [cell if len(text) <= LONGEST else "" for cell, text in zip(headers, texts, strict=True)]
        )
        days, depth = _day_columns(headers, below, columns, frame) if kind == "stops" else ({}, 1)
        fields = frozenset(columns) | ({"day"} if days else frozenset())
        if not is_table(kind, fields) or exact < SURE:
            continue
        named = [as_text(cell).strip() for cell in headers]
        table = Table(kind, sheet, top + depth, columns, named, more, days, top)
        if best is None or len(fields) > best[0]:
            best = (len(fields), table)
    return best[1] if best else None


def _day_columns(
    headers: Sequence[object], below: Sequence[object], columns: Mapping[str, int], frame: Frame
) -> tuple[dict[int, date], int]:
    """Columns headed by a day, in this row or in a second row of heads under a common one; and how many rows the head has."""
    own = _days_in(headers, set(columns.values()), frame)
    if own:
        return own, 1
    named = {column for name, column in columns.items() if name in ("stop", "code", "county", "hall", "seats")}
    if any(column < len(below) and squeeze(below[column]) for column in named):
        return {}, 1
    under = _days_in(below, named, frame)
    return (under, 2) if len(under) > 1 else ({}, 1)


def _days_in(cells: Sequence[object], used: set[int], frame: Frame) -> dict[int, date]:
    found = {}
    for column, cell in enumerate(cells):
        if column in used or not any(sign.isdigit() for sign in fold(cell)):
            continue
        try:
            spans = read_spans(cell, frame)
        except DateProblem:
            continue
        if len(spans) == 1 and spans[0][0] == spans[0][1]:
            found[column] = spans[0][0]
    return found
