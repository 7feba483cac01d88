"""Columns that nothing reads although their cells matter: days of the tour, or names of other speakers, below a head nobody knows.

Passed over in silence they would make a wrong plan; so they are said, and stop the planning where nothing else in the table says the same.
"""

from collections.abc import Sequence

from ortoo.intake.reading.dates import Frame
from ortoo.intake.reading.problem import Problem
from ortoo.intake.reading.tour.days import every_day, read_days
from ortoo.intake.reading.tour.line import Line, Said
from ortoo.intake.reading.tour.speakers import NOBODY
from ortoo.intake.reading.tour.tables import Table
from ortoo.kernel.sheets.cells import letter
from ortoo.kernel.text.fold import clean_name, squeeze
from ortoo.kernel.text.splitting import split_list

ABOUT_DAYS = {"free", "free_from", "blocked", "blocked_from"}


def check_unread(table: Table, lines: Sequence[Line], frame: Frame, said: Said) -> None:
    """Note every column that is not read, and say of those that may matter."""
    names = {clean_name(line.value("name")) for line in lines} if table.kind == "speakers" else set()
    for column, head in table.unused():
        if not squeeze(head):
            continue
        cells = [cell for line in lines if column < len(line.cells) and squeeze(cell := line.cells[column]) not in NOBODY]
        if table.kind != "delegations" and _say_days(cells, frame):
            alone = table.kind == "speakers" and not ABOUT_DAYS & set(table.columns)
            _tell("column_days" if alone else "column_days_beside", table, column, said, stops=alone)
        elif cells and "understudy" not in table.columns and all(_names(cell, names) for cell in cells):
            _tell("column_names", table, column, said, stops=True)
        else:
            _tell("column_unknown", table, column, said)


def _tell(kind: str, table: Table, column: int, said: Said, stops: bool = False) -> None:
    head = table.headers[column]
    said.add(Problem(kind, said.file, table.sheet.name, table.header_row, letter(column), head, params={"head": head}), stops)


def _say_days(cells: Sequence[object], frame: Frame) -> bool:
    """Whether at least half of the cells say days of the tour, but not simply all of them."""
    read = [read_days(cell, frame) for cell in cells]
    every = every_day(frame)
    return bool(cells) and 2 * sum(bool(one.days) and not one.wrong and one.days != every for one in read) >= len(cells)


def _names(cell: object, names: set[str]) -> bool:
    said = [clean_name(part) for part in split_list(str(cell))]
    return bool(said) and all(name in names for name in said)
