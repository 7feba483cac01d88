"""Tickets: a short signed code for each seat, as QR on paper. The code says which seat and which ticket of it, and no name."""

import json
from collections.abc import Sequence
from pathlib import Path

import pylopdf_fonts_zh_cn
import segno
import typst
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from ortoo.kernel.ids import ALPHABET
from ortoo.participation.models import Seat
from ortoo.programmes.models import Leg
from ortoo.ui import dates

SALT = "ortoo.participation.ticket"
LETTERS = 9
TEMPLATE = Path(__file__).with_name("tickets.typ")
FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent


def code_of(seat: Seat) -> str:
    """The code of a seat's present ticket: key, serial, and a signature of 44 bits, such as 1204-1-k7pm3x9qa."""
    said = f"{seat.pk}-{seat.serial}"
    return f"{said}-{_signature(said)}"


def read_code(code: str) -> tuple[int, int] | None:
    """Key of the seat and serial that a code of ours says; None for a forged one. Whether the ticket still holds is not asked."""
    said, _dash, signature = code.strip().lower().rpartition("-")
    key, _dash, serial = said.partition("-")
    if not (key.isdecimal() and serial.isdecimal()) or not constant_time_compare(signature, _signature(said)):
        return None
    return int(key), int(serial)


def seat_of(code: str) -> Seat | None:
    """The seat of a valid ticket; None for a forged one, one of a seat that is gone, or one that was replaced."""
    read = read_code(code)
    if read is None:
        return None
    return Seat.objects.filter(pk=read[0], serial=read[1]).select_related("delegation__leg__programme").first()


def where(seat: Seat) -> str:
    """Row and seat in words, and whether it is a wheelchair place or beside one; no row and seat before the hall is laid out."""
    at = _("row %(row)s seat %(place)s") % {"row": seat.row, "place": seat.place} if seat.row else ""
    return " · ".join(part for part in (at, str(seat.get_need_display())) if part)


def write_tickets(leg: Leg, seats: Sequence[Seat]) -> bytes:
    """A PDF, A4, eight tickets a page: stop, day, hall, delegation, row and seat, name, code."""
    hall = next((hall for hall in leg.halls.all() if hall.chosen), None)
    said = {
        "programme": leg.programme.title,
        "stop": leg.name,
        "when": dates.day(leg.day) if leg.day else "",
        "hall": hall.name if hall else "",
        "tickets": [_ticket(seat) for seat in seats],
    }
    made = typst.compile(
        str(TEMPLATE), font_paths=[str(FONTS)], ignore_system_fonts=True, sys_inputs={"said": json.dumps(said, default=str)}
    )
    return bytes(made)


def _ticket(seat: Seat) -> dict[str, str]:
    code = code_of(seat)
    drawn = segno.make(code, error="m", micro=False).svg_inline(border=2)
    return {"code": code, "delegation": seat.delegation.name, "where": where(seat), "holder": seat.holder, "qr": drawn}


def _signature(said: str) -> str:
    number = int.from_bytes(salted_hmac(SALT, said, algorithm="sha256").digest())
    letters = ""
    for _letter in range(LETTERS):
        number, rest = divmod(number, len(ALPHABET))
        letters += ALPHABET[rest]
    return letters
