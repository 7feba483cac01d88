"""Who sleeps where as a workbook: a sheet for each floor, and one for those without a bed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from django.utils.translation import gettext as _

from ortoo.kernel.sheets.write import Table, write_tables
from ortoo.participation.dorm.models import Bed
from ortoo.participation.dorm.queries import Floor
from ortoo.participation.models import Place
from ortoo.people.models import Person


def write_rooms(file: IO[bytes], floors: Iterable[Floor], without: Sequence[Place]) -> None:
    """Every bed stands there, also those that nobody has."""
    heads = [_("room"), _("bed"), _("name"), _("sex"), _("unit"), _("above it")]
    tables = []
    for number, floor in enumerate(floors, 1):
        name = _("%(building)s floor %(floor)s") % {"building": floor.building, "floor": floor.number}
        rows = [row for taken in floor.rooms for row in _rows(str(taken.room), taken.room.beds, taken.beds)]
        tables.append(Table(f"{number} {name.strip()}", heads, rows))
    tables.append(Table(_("Without a bed"), heads, [["", "", *_who(place.person)] for place in without]))
    write_tables(file, tables)


def _rows(room: str, beds: int, taken: Sequence[Bed]) -> Iterator[list[object]]:
    by_number = {bed.number: bed for bed in taken}
    for number in range(1, beds + 1):
        bed = by_number.get(number)
        yield [room, number, *(_who(bed.place.person) if bed else [])]


def _who(person: Person) -> list[object]:
    unit = person.unit
    return [person.name, person.get_sex_display(), unit.name, unit.parent.name if unit.parent else ""]
