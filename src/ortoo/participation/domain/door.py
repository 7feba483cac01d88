"""What happens to the doors of a stop's hall: opened, given a new link, shut. The link is for a telephone without an account."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.models import Door
from ortoo.programmes.models import Leg

#: How long after the last day of the stop a telephone that was lost or flat may still hand in its lines.
LATE = timedelta(days=14)
#: A page that says "still here" more often than this is not written down again.
HEARD_EVERY = timedelta(seconds=10)
LETTERS = 32
MOST_DOORS = 40


class DoorTwice(Refused):
    sentence = _("This stop already has a door “%(name)s”.")


class TooManyDoors(Refused):
    sentence = _("A stop has at most %(most)s doors.")


class DoorShut(Refused):
    sentence = _("This door is shut. What this telephone has written down stays in it; ask the host for a new link.")
    status = 410


class AtTheDoor:
    """For the record of changes: whoever holds the door's link."""

    pk: int | None = None

    def __init__(self, door: Door) -> None:
        self.name = f"{_('door')} {door.name}"[:150]

    def get_username(self) -> str:
        """The name under which the act is recorded."""
        return self.name


@transaction.atomic
def open_door(leg: Leg, name: str, *, by: Actor) -> Door:
    """One more door."""
    Leg.objects.select_for_update().get(pk=leg.pk)
    if leg.doors.filter(name=name).exists():
        raise DoorTwice(name=name)
    if leg.doors.count() >= MOST_DOORS:
        raise TooManyDoors(most=MOST_DOORS)
    door = Door.objects.create(leg=leg, name=name)
    audit.record("open_door", door, by=by, after={"leg": leg.name, "name": name}, unit_path=leg.programme.unit.path)
    return door


@transaction.atomic
def renew_door(door: Door, *, by: Actor) -> None:
    """A new link, which also opens a door that was shut; the old link opens nothing any more."""
    Door.objects.select_for_update().get(pk=door.pk)
    door.refresh_from_db(fields=["link_number"])
    door.link_number, door.shut_at = door.link_number + 1, None
    door.save(update_fields=["link_number", "shut_at"])
    audit.record("renew_door", door, by=by, after={"link_number": door.link_number}, unit_path=door.leg.programme.unit.path)


@transaction.atomic
def shut_door(door: Door, *, by: Actor) -> None:
    """Take the link back: its page takes nothing until the door gets a new one."""
    if door.shut_at is None:
        door.shut_at = clock.now()
        door.save(update_fields=["shut_at"])
        audit.record("shut_door", door, by=by, unit_path=door.leg.programme.unit.path)


def hear(door: Door) -> None:
    """Write down that the door's page was just there."""
    now = clock.now()
    Door.objects.filter(Q(last_heard=None) | Q(last_heard__lt=now - HEARD_EVERY), pk=door.pk).update(last_heard=now)


def code_of(door: Door) -> str:
    """The secret part of the link: 128 bits that follow from the door's key, its link's number and our own secret."""
    return salted_hmac("ortoo.participation.door", f"{door.key}:{door.link_number}", algorithm="sha256").hexdigest()[:LETTERS]


def find(key: str, code: str) -> Door | None:
    """The door whose present link this is; None for a wrong or renewed one."""
    door = Door.objects.filter(key=key).select_related("leg__programme__unit").first()
    return door if door and constant_time_compare(code, code_of(door)) else None


def demand_open(door: Door) -> None:
    """DoorShut when its link was taken back, or when the stop has been over for longer than `LATE`."""
    if door.shut_at is not None or clock.today() > door.leg.ends + LATE:
        raise DoorShut
