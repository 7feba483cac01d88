"""Names of a delegation as a spreadsheet: sent out with its seats, read back whatever it is called by then."""

import re

from django.utils.translation import gettext as _

from ortoo.kernel.refused import Refused
from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.form import Form, FormColumn, read_key, write_form
from ortoo.kernel.sheets.workbook import Sheet, Workbook, open_workbook
from ortoo.kernel.text.fold import as_text
from ortoo.participation.domain.seat_names import Name
from ortoo.participation.models import Delegation, Seat

HEADS = {
    "序号": "number", "no.": "number", "姓名": "holder", "名字": "holder", "name": "holder", "轮椅": "need", "轮椅或陪同": "need",
    "备注": "note", "remark": "note",
}  # fmt: skip
MOST_LINES = 5000
NEED_WORDS: dict[str, str] = {Seat.Need.WHEELCHAIR: "轮椅", Seat.Need.COMPANION: "陪同"}
NEEDS = {
    Seat.Need.WHEELCHAIR: {"轮椅", "轮椅席", "坐轮椅", "wheelchair"},
    Seat.Need.COMPANION: {"陪同", "陪护", "轮椅陪同", "陪同人员", "companion"},
}
BETWEEN = re.compile(r"[,,\t]")


class NoNames(Refused):
    sentence = _("The file has no column of names (姓名).")


class OtherDelegation(Refused):
    sentence = _("This file was sent out for another delegation.")


def write_names(delegation: Delegation, seats: list[Seat]) -> bytes:
    """An xlsx with a line for each seat: number, row and seat, name, wheelchair or companion, remark."""
    columns = [
        FormColumn("number", "序号", 6),
        FormColumn("where", _("seat"), 14),
        FormColumn("holder", "姓名", 16, must=True),
        FormColumn("need", "轮椅或陪同", 12, choices=list(NEED_WORDS.values())),
        FormColumn("note", "备注", 24),
    ]
    rows = [
        (seat.number, f"{seat.row}-{seat.place}" if seat.row else "", seat.holder, NEED_WORDS.get(seat.need, ""), seat.note)
        for seat in seats
    ]
    title = f"{delegation.leg.name} {delegation.name}"
    return write_form(Form(_("names"), title, columns, rows=rows, lines=0, key={"delegation": str(delegation.pk)}))


def read_names(data: bytes, name: str, delegation: Delegation) -> list[Name]:
    """Every line with a name, in the order of the sheet; refuses what has no such column, or is another delegation's.

    Numbers are seats only in a file of ours: anybody's list begins with 1.
    """
    try:
        book = open_workbook(data, name)
    except SheetError as error:
        raise NoNames from error
    whose = (read_key(book) or {}).get("delegation")
    if whose not in (None, str(delegation.pk)):
        raise OtherDelegation
    sheet, head, columns = _head(book)
    names = []
    for row in sheet.rows[head + 1 : head + 1 + MOST_LINES]:
        said = {key: as_text(row[column]).strip() for key, column in columns.items() if column < len(row)}
        if said.get("holder"):
            names.append(_name(said, numbered=whose is not None))
    return names


def read_need(text: str) -> tuple[str, str]:
    """(need, remark) of a remark that may begin with, or be, the word for a wheelchair or who comes with one."""
    first, *rest = BETWEEN.split(text.strip(), maxsplit=1)
    need = next((str(need) for need, words in NEEDS.items() if first.strip().casefold() in words), "")
    return (need, "".join(rest).strip()) if need else ("", text.strip())


def _name(said: dict[str, str], *, numbered: bool) -> Name:
    number = said.get("number", "")
    need, note = read_need(said.get("note", ""))
    need = read_need(said.get("need", ""))[0] or need
    return Name(said["holder"][:60], note[:200], int(number) if numbered and number.isdecimal() else None, need)


def _head(book: Workbook) -> tuple[Sheet, int, dict[str, int]]:
    """The sheet with a row that names a column of names, that row, and where its columns are."""
    for sheet in book.sheets:
        for number, row in enumerate(sheet.rows[:20] if sheet.visible else []):
            heads = {HEADS.get(as_text(cell).strip().casefold(), ""): column for column, cell in enumerate(row)}
            if "holder" in heads:
                return sheet, number, {key: column for key, column in heads.items() if key}
    raise NoNames
