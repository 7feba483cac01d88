"""Who sleeps where as a workbook: a sheet for each floor, and one for those without a bed."""

from collections.abc import Iterable, Sequence
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _

from ortoo.participation.dorm.models import Bed
from ortoo.participation.dorm.queries import Floor
from ortoo.participation.models import Place
from ortoo.people.models import Person

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FORBIDDEN = str.maketrans("[]:*?/\\", "_______")


def write_rooms(file: IO[bytes], floors: Iterable[Floor], without: Sequence[Place]) -> None:
    """Every bed stands there, also those that nobody has."""
    book = xlsxwriter.Workbook(file, PLAIN)
    bold = book.add_format({"bold": True, "bg_color": "#E8EFF6", "bottom": 1})
    head = [_("room"), _("bed"), _("name"), _("sex"), _("unit"), _("above it")]
    for number, floor in enumerate(floors, 1):
        name = _("%(building)s floor %(floor)s") % {"building": floor.building, "floor": floor.number}
        rows = [row for taken in floor.rooms for row in _rows(str(taken.room), taken.room.beds, taken.beds)]
        _sheet(book, f"{number} {name.strip()}", head, rows, bold)
    _sheet(book, _("Without a bed"), head, [["", "", *_who(place.person)] for place in without], bold)
    book.close()


def _rows(room: str, beds: int, taken: Sequence[Bed]) -> Iterable[list[object]]:
    by_number = {bed.number: bed for bed in taken}
    for number in range(1, beds + 1):
        bed = by_number.get(number)
        yield [room, number, *(_who(bed.place.person) if bed else [])]


def _who(person: Person) -> list[object]:
    unit = person.unit
    return [person.name, person.get_sex_display(), unit.name, unit.parent.name if unit.parent else ""]


def _sheet(book: xlsxwriter.Workbook, name: str, head: Sequence[str], rows: Iterable[Sequence[object]], bold: object) -> None:
    sheet = book.add_worksheet(name.translate(FORBIDDEN)[:31])
    sheet.set_column(0, 1, 10)
    sheet.set_column(2, len(head), 18)
    sheet.write_row(0, 0, head, bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, row)
