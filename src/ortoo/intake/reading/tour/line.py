"""A line of a table: its cells by field, where they stand, and what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ortoo.intake.reading.problem import Problem
from ortoo.intake.reading.rows import FOOTER, SAME, SAMPLE, TOTAL, carried_down
from ortoo.intake.reading.tour.columns import match_of
from ortoo.intake.reading.tour.tables import Table
from ortoo.kernel.sheets.cells import is_error, letter
from ortoo.kernel.text.fold import as_text, squeeze

TELLING = {
    "stops": ("hall", "stop", "code", "seats"),
    "speakers": ("name", "staff_no", "title"),
    "delegations": ("delegation", "asked"),
}


@dataclass
class Said:
    """What was found wrong; `stopping` are those without whose answer no tour can be planned."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    stopping: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem, stops: bool = False) -> None:
        """Keep it; `stops`: nothing can be planned before it is answered."""
        self.problems.append(problem)
        if stops:
            self.stopping.append(problem)


@dataclass(frozen=True)
class Line:
    """One line that is read: `row` counts from 1 as the sheet does."""

    table: Table
    row: int
    cells: list[Any]
    said: Said

    def value(self, name: str) -> Any:
        """The cell of a field; empty where there is no such column."""
        column = self.table.columns.get(name)
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    def text(self, name: str) -> str:
        """The same as text, folded and without any spaces."""
        return squeeze(self.value(name))

    def all_of(self, name: str) -> list[tuple[int, Any]]:
        """(column, cell) for all columns of a field that say something."""
        columns = [self.table.columns[name]] if name in self.table.columns else []
        found = [(c, self.cells[c]) for c in (*columns, *self.table.more.get(name, ())) if c < len(self.cells)]
        return [(column, cell) for column, cell in found if squeeze(cell)]

    def place(self, column: int) -> tuple[str, str]:
        """The column's letter and head."""
        return letter(column), self.table.headers[column] if column < len(self.table.headers) else ""

    def problem(
        self,
        kind: str,
        name: str = "",
        /,
        *,
        column: int | None = None,
        stops: bool = False,
        suggestions: tuple[str, ...] = (),
        **params: Any,
    ) -> None:
        """Say what is wrong at the field, or at a column."""
        at = self.table.columns.get(name) if column is None else column
        header = self.table.headers[at] if at is not None and at < len(self.table.headers) else ""
        read = as_text(self.cells[at])[:80] if at is not None and at < len(self.cells) else ""
        place = letter(at) if at is not None else ""
        sheet = self.table.sheet.name
        self.said.add(Problem(kind, self.said.file, sheet, self.row, place, header, read, params, suggestions), stops)


def lines_of(table: Table, said: Said) -> Iterator[Line]:
    """Every line below the head that is read; the others are noted with the reason."""
    carry = carried_down(table.sheet, table.header_row, set(table.columns.values()) | set(table.days))
    width = len(table.headers)
    above: list[Any] = []
    for number, row in enumerate(table.sheet.rows[table.header_row : table.last_row or None], table.header_row + 1):
        if not any(squeeze(cell) for cell in row):
            continue
        cells = list(row) + [""] * (width - len(row))
        why = _why_not(table, cells)
        for column, value in carry.get(number, {}).items():
            cells += [""] * (column + 1 - len(cells))
            if not squeeze(cells[column]):
                cells[column] = value
        cells = [above[c] if c < len(above) and squeeze(cell) in SAME else cell for c, cell in enumerate(cells)]
        line = Line(table, number, cells, said)
        if why:
            first = next(text for cell in row if (text := squeeze(cell)))[:80]
            said.add(Problem("row_skipped", said.file, table.sheet.name, number, read=first, params={"why": why}))
            continue
        above = cells
        _check_formulas(line)
        yield line


def _why_not(table: Table, cells: list[Any]) -> str:
    texts = [text for cell in cells if (text := squeeze(cell))]
    if any(TOTAL.match(text) for text in texts[:3]):
        return "total"
    if SAMPLE.match(texts[0]):
        return "sample"
    if sum(match_of(table.kind, text)[1] == 4 for text in texts) >= 3:
        return "header_again"
    of = {name: squeeze(cells[column]) for name, column in table.columns.items() if column < len(cells)}
    telling = any(of.get(name) for name in TELLING[table.kind]) or any(squeeze(cells[c]) for c in table.days if c < len(cells))
    if (len(texts) == 1 or not telling) and any(FOOTER.match(text) for text in texts[:2]):
        return "footer"
    if len(texts) == 1 and len(texts[0]) > 12:
        return "footer"
    return "" if telling or len(texts) > 1 else "empty_row"


def _check_formulas(line: Line) -> None:
    formulas = line.table.sheet.formulas
    for name, column in line.table.columns.items():
        cell = line.cells[column] if column < len(line.cells) else ""
        if is_error(cell) or ((line.row - 1, column) in formulas and not squeeze(cell)):
            line.problem("cell_formula", name, stops=line.table.kind != "delegations")
            line.cells[column] = ""
