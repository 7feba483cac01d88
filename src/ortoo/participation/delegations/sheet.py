"""Names of a delegation as a spreadsheet: sent out with its seats, read back whatever it is called by then."""

from django.utils.translation import gettext as _

from ortoo.kernel.refused import Refused
from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.form import Form, FormColumn, write_form
from ortoo.kernel.sheets.workbook import Sheet, Workbook, open_workbook
from ortoo.kernel.text.fold import as_text
from ortoo.participation.models import Delegation, Seat

HEADS = {"姓名": "holder", "名字": "holder", "name": "holder", "备注": "note", "remark": "note"}
MOST_LINES = 5000


class NoNames(Refused):
    sentence = _("The file has no column of names (姓名).")


def write_names(delegation: Delegation, seats: list[Seat]) -> bytes:
    """An xlsx with a line for each seat: number, row and seat, name, remark."""
    columns = [
        FormColumn("number", _("No."), 6),
        FormColumn("where", _("seat"), 14),
        FormColumn("holder", "姓名", 16, must=True),
        FormColumn("note", "备注", 24),
    ]
    rows = [(seat.number, f"{seat.row}-{seat.place}" if seat.row else "", seat.holder, seat.note) for seat in seats]
    title = f"{delegation.leg.name} {delegation.name}"
    return write_form(Form(_("names"), title, columns, rows=rows, lines=0, key={"delegation": str(delegation.pk)}))


def read_names(data: bytes, name: str) -> list[tuple[str, str]]:
    """(name, remark) of every line with a name, in the order of the sheet; refuses what has no such column."""
    try:
        book = open_workbook(data, name)
    except SheetError as error:
        raise NoNames from error
    sheet, head, columns = _head(book)
    names = []
    for row in sheet.rows[head + 1 : head + 1 + MOST_LINES]:
        said = {key: as_text(row[column]).strip() for key, column in columns.items() if column < len(row)}
        if said.get("holder"):
            names.append((said["holder"][:60], said.get("note", "")[:200]))
    return names


def _head(book: Workbook) -> tuple[Sheet, int, dict[str, int]]:
    """The sheet with a row that names a column of names, that row, and where its columns are."""
    for sheet in book.sheets:
        for number, row in enumerate(sheet.rows[:20] if sheet.visible else []):
            heads = {HEADS.get(as_text(cell).strip().casefold(), ""): column for column, cell in enumerate(row)}
            if "holder" in heads:
                return sheet, number, {key: column for key, column in heads.items() if key}
    raise NoNames
