"""The sheets on the doors: a PDF, A4, four rooms on a page or one; large enough to be read from the corridor."""

import json
from collections.abc import Iterable
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from django.utils.translation import gettext as _

from ortoo.participation.dorm.queries import Floor, Taken
from ortoo.programmes.models import Leg
from ortoo.ui import dates

TEMPLATE = Path(__file__).with_name("doorsheets.typ")
FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
FOUR, ONE = 4, 1


def write_door_sheets(leg: Leg, floors: Iterable[Floor], a_page: int = FOUR) -> bytes:
    """A sheet for every room in which somebody sleeps: room, floor, term and days, and by bed the name and the unit."""
    said = {
        "title": leg.programme.title,
        "term": leg.name,
        "days": dates.span(leg.starts, leg.ends),
        "each": a_page,
        "rooms": [_room(floor, taken) for floor in floors for taken in floor.rooms if taken.beds],
    }
    made = typst.compile(str(TEMPLATE), font_paths=[str(FONTS)], ignore_system_fonts=True, sys_inputs={"said": json.dumps(said)})
    return bytes(made)


def _room(floor: Floor, taken: Taken) -> dict[str, object]:
    where = _("%(building)s floor %(floor)s") % {"building": floor.building, "floor": floor.number}
    beds = [
        {
            "number": _("bed %(number)s") % {"number": bed.number},
            "name": bed.place.person.name,
            "unit": bed.place.person.unit.name,
        }
        for bed in taken.beds
    ]
    return {"number": taken.room.number, "where": where.strip(), "beds": beds}
