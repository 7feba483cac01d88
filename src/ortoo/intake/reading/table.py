"""One table: its lines one after another, and whether the whole of it is worth reading."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ortoo.intake.reading.directory import Directory, UnitRow
from ortoo.intake.reading.layout import Ignored, Layout
from ortoo.intake.reading.nominee import Nominee
from ortoo.intake.reading.person import Context, Line, PersonReader
from ortoo.intake.reading.problem import Decision, Problem
from ortoo.intake.reading.rows import table_rows
from ortoo.intake.reading.values import yes_of
from ortoo.kernel.sheets.cells import is_error, letter
from ortoo.kernel.text.fold import as_text, squeeze

Tell = Callable[[int, int], None]
HEADS = re.compile(r"\(.*\)|[((]?共?计?\d+[人名][))]?|[::]$")


@dataclass(frozen=True)
class ReadRow:
    """A line that is about a person: `nominee` is None while held back; `left_out` when somebody decided so."""

    file: str
    sheet: str
    row: int
    cells: Mapping[str, str]
    nominee: Nominee | None
    left_out: bool = False


@dataclass
class ReadTable:
    """A table as read."""

    layout: Layout
    rows: list[ReadRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_table(
    file: str, layout: Layout, context: Context, prefecture: UnitRow | None, decisions: Mapping[str, Decision], tell: Tell | None
) -> ReadTable:
    """Read every line; `tell(done, total)` hears every 500 lines and may raise to stop."""
    reader = PersonReader(context, prefecture, decisions)
    top = prefecture.code if prefecture else ""
    county = context.directory.county(layout.sheet.name, top) if "county" not in layout.columns else None
    reader.above.county = county.code if county else ""
    reader.above.grouped, reader.has_stations = _grouped(layout), bool({"station", "unit_code"} & set(layout.columns))
    table, cells_of = ReadTable(layout), _Cells(layout)
    total, zeros = len(layout.sheet.rows) - layout.header_row, 0
    for count, (number, cells, why) in enumerate(table_rows(layout)):
        if tell and count % 500 == 0:
            tell(count, total)
        if why or _is_heading(cells):
            if heading := _heading(cells, context.directory, top):
                reader.above.county, why = heading, "section"
            if why:
                table.problems.append(
                    Problem("row_skipped", file, layout.sheet.name, number, read=_first(cells), params={"why": why})
                )
                continue
        of = cells_of.of(cells)
        said = {name: as_text(value) for name, value in of.items() if not name.endswith("+")}
        line = Line(file, layout.sheet.name, number, of, cells_of.letters, cells_of.headers, cells_of.broken(number, of))
        reading = reader.read(line)
        table.problems += reading.problems
        zeros += reading.zeros
        table.rows.append(ReadRow(file, layout.sheet.name, number, said, reading.nominee, reading.left_out))
    if zeros:
        params = {"count": zeros, "width": context.staff_width}
        place = cells_of.letters.get("staff_no", "")
        table.problems.append(Problem("zeros_restored", file, layout.sheet.name, layout.header_row, place, params=params))
    return table


class _Cells:
    """A line's cells by field: further columns are joined, ticked heads written out."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.letters = {name: letter(column) for name, column in layout.columns.items()}
        self.headers = {
            name: layout.headers[column] if column < len(layout.headers) else "" for name, column in layout.columns.items()
        }
        for column, (name, _label) in reversed(list(layout.ticks.items())):
            self.letters.setdefault(name, letter(column))
            self.headers.setdefault(name, layout.headers[column])
        self.formulas = layout.sheet.formulas

    def of(self, cells: Sequence[Any]) -> dict[str, Any]:
        """Field → value."""
        width = len(cells)
        of = {name: cells[column] if column < width else "" for name, column in self.layout.columns.items()}
        for name, columns in self.layout.more.items():
            further = [cells[column] for column in columns if column < width and squeeze(cells[column])]
            if name == "blocked":
                of["blocked+"] = further
            elif further:
                of[name] = "、".join(as_text(value) for value in (of[name], *further) if squeeze(value))
        for column, (name, label) in self.layout.ticks.items():
            if column < width and squeeze(cells[column]) and yes_of(cells[column]) is not False:
                of[name] = "、".join(text for text in (as_text(of.get(name)), label) if text)
        return of

    def broken(self, number: int, of: dict[str, Any]) -> tuple[str, ...]:
        """Fields whose formula left no result or an error; emptied."""
        columns = self.layout.columns.items()
        found = [
            name for name, column in columns
            if is_error(of[name]) or (self.formulas and (number - 1, column) in self.formulas and not squeeze(of[name]))
        ]  # fmt: skip
        for name in found:
            of[name] = ""
        return tuple(name for name in found if name != "seq")


def _grouped(layout: Layout) -> bool:
    """Whether the county stands once above each group without a merge: never twice in a row, with empty cells below most."""
    column = layout.columns.get("county")
    merged = any(left == column and bottom > max(top, layout.header_row) for top, left, bottom, _right in layout.sheet.merges)
    if column is None or merged:
        return False
    said = [
        squeeze(cells[column]) if column < len(cells) else "" for cells in layout.sheet.rows[layout.header_row :] if any(cells)
    ]
    blanks = said.count("")
    twice = any(text and text == after for text, after in pairwise(said))
    return not twice and blanks >= max(2, len(said) // 4)


def _is_heading(cells: Sequence[Any]) -> bool:
    return sum(1 for cell in cells if cell not in ("", None)) == 1


def _heading(cells: Sequence[Any], directory: Directory, prefecture: str) -> str:
    """The code of the county that a line of a single text names: 红山区(12人)."""
    texts = [text for cell in cells if (text := squeeze(cell))]
    if len(texts) != 1 or len(texts[0]) > 30:
        return ""
    county = directory.county(HEADS.sub("", texts[0]), prefecture)
    return county.code if county else ""


def spare_tables(tables: Sequence[ReadTable]) -> tuple[list[ReadTable], list[Ignored]]:
    """The tables that count, and the sheets that do not: nobody on it has a number, or all stand alike on other sheets."""
    kept: list[ReadTable] = []
    left: list[Ignored] = []
    anybody = any(row.nominee for table in tables for row in table.rows)
    for table in tables:
        sheet = table.layout.sheet.name
        others = [other for other in tables if other.layout.sheet is not table.layout.sheet and other is not table]
        people = [row.nominee for row in table.rows]
        if anybody and table.rows and not any(people) and others and not any(_is_numbered(row) for row in table.rows):
            left.append(Ignored(sheet, "no_people"))
        elif people and all(people) and set(people) <= _people_of(others, left):
            left.append(Ignored(sheet, "same_people"))
        else:
            kept.append(table)
    return kept, left


def _is_numbered(row: ReadRow) -> bool:
    return any(sign.isdigit() for sign in row.cells.get("staff_no", ""))


def _people_of(tables: Sequence[ReadTable], left: Sequence[Ignored]) -> set[Nominee]:
    """Everybody on these tables, but for those on sheets already left out."""
    gone = {one.sheet for one in left}
    return {row.nominee for table in tables if table.layout.sheet.name not in gone for row in table.rows if row.nominee}


def _first(cells: Sequence[object]) -> str:
    return next((text[:80] for cell in cells if (text := squeeze(cell))), "")
