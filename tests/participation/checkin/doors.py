"""Two doors of today's stop, 60 seats in its hall, names on those of one delegation."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.participation.delegations import House, build_house, lay
from tests.programmes.stage import Stage

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.participation.delegations.tickets import code_of as ticket_code
from ortoo.participation.domain.door import code_of, open_door
from ortoo.participation.domain.scan import ScanDraft
from ortoo.participation.domain.seat import hand_on
from ortoo.participation.domain.seat_names import Name, name_seats
from ortoo.participation.models import Door, Seat
from ortoo.programmes.models import Leg


@dataclass
class Hall:
    """`seats` are those with names, in order: 贵宾一, 贵宾二 …"""

    house: House
    north: Door
    south: Door
    seats: list[Seat]

    @property
    def leg(self) -> Leg:
        """The stop of today."""
        return self.house.leg

    def code(self, number: int) -> str:
        """The ticket of the `number`-th named seat, from 0."""
        return ticket_code(self.seats[number])


def build_hall(stage: Stage, house: House | None = None) -> Hall:
    """Seats given, laid out and named; two doors."""
    house = house or build_house(stage)
    if not house.leg.seats.exists():
        hand_on(house.leg, by=SYSTEM)
    leg = house.leg
    lay(leg)
    house.first.refresh_from_db()
    name_seats(house.first, [Name(f"贵宾{n}") for n in "一二三四五六"], by=SYSTEM)
    seats = list(house.first.seats.select_related("delegation").order_by("number")[:6])
    return Hall(house, open_door(leg, "北门", by=SYSTEM), open_door(leg, "南门", by=SYSTEM), seats)


def ago(seconds: float) -> datetime:
    """A time so many seconds ago."""
    return clock.now() - timedelta(seconds=seconds)


def line(client_id: str, code: str = "", seconds: float = 5, **more: Any) -> ScanDraft:
    """A line for a ticket that was scanned so many seconds ago."""
    return ScanDraft(client_id, **({"kind": "ticket", "at": ago(seconds), "code": code, "said": "admitted"} | more))


def ms(moment: datetime) -> int:
    """As a door's clock counts."""
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000)


def address(door: Door, name: str = "door") -> str:
    """The secret link, or one of the addresses below it."""
    return reverse(f"participation:{name}", args=[door.key, code_of(door)])


def post(door: Door, scans: list[dict[str, Any]], **more: Any) -> HttpResponse:
    """Send a batch as the page does, without any cookie."""
    body = json.dumps({"sent": ms(clock.now()), "since": 0, "scans": scans} | more)
    return Client(enforce_csrf_checks=True).post(address(door, "door-scans"), body, content_type="text/plain")  # type: ignore[return-value]
