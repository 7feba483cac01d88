"""The desk of a stop, where anybody may write to its speakers: opened, closed, its link made anew; who can be written to."""

from datetime import timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.ids import new_key
from ortoo.kernel.refused import Refused
from ortoo.outcomes.models import Addressee, MessageDesk
from ortoo.people.models import Person
from ortoo.programmes.models import Leg

#: How long after its last day one may still write to the speakers of a stop.
LATE = timedelta(days=30)
LETTERS = 32


class DeskClosed(Refused):
    sentence = _("No messages are taken for %(leg)s now.")
    status = 410


class NoDesk(Refused):
    sentence = _("Messages for %(leg)s have not been opened yet.")


class AddresseeTwice(Refused):
    sentence = _("“%(name)s” is already in the list.")


class AddresseeHasMessages(Refused):
    sentence = _("“%(name)s” has messages and stays in the list.")


@transaction.atomic
def open_desk(leg: Leg, *, by: Actor) -> MessageDesk:
    """Let messages come, by the link that there was before or a first one; then all who speak there can be written to."""
    desk, made = MessageDesk.objects.get_or_create(leg=leg)
    if made:
        name_speakers(leg, by=by)
    return _turn(desk, True, by)


@transaction.atomic
def close_desk(leg: Leg, *, by: Actor) -> MessageDesk:
    """Let no more come; what has come stays."""
    return _turn(_desk(leg), False, by)


@transaction.atomic
def renew_desk(leg: Leg, *, by: Actor) -> MessageDesk:
    """Make the old link worthless and a new one."""
    desk = _desk(leg)
    desk.key = new_key()
    desk.save(update_fields=["key"])
    audit.record("renew_desk_link", desk, by=by, unit_path=leg.programme.unit.path)
    return desk


def demand_open(desk: MessageDesk) -> None:
    """DeskClosed when nothing is taken: closed, the stop long over, or its programme in preparation."""
    draft = desk.leg.programme.state == desk.leg.programme.State.DRAFT
    if draft or not desk.is_open or clock.today() > desk.leg.ends + LATE:
        raise DeskClosed(leg=desk.leg)


@transaction.atomic
def name_addressee(leg: Leg, name: str, person: Person | None, *, by: Actor) -> Addressee:
    """Add somebody to whom one may write."""
    if leg.addressees.filter(name=name).exists():
        raise AddresseeTwice(name=name)
    addressee = Addressee.objects.create(leg=leg, name=name, person=person)
    after = {"leg": leg.name, "name": name, "person": person.staff_no if person else ""}
    audit.record("name_addressee", addressee, by=by, after=after, unit_path=leg.programme.unit.path)
    return addressee


@transaction.atomic
def name_speakers(leg: Leg, *, by: Actor) -> list[Addressee]:
    """Add all who speak at the stop, in its running order, as far as they aren't in the list; returns those who are new."""
    known = set(leg.addressees.values_list("person_id", flat=True)) - {None}
    names = set(leg.addressees.values_list("name", flat=True))
    new = []
    for appearance in leg.appearances.select_related("teller__person"):
        person, name = appearance.teller.person, str(appearance.teller)
        if name in names or (person and person.pk in known):
            continue
        names.add(name)
        new.append(name_addressee(leg, name, person, by=by))
    return new


@transaction.atomic
def remove_addressee(addressee: Addressee, *, by: Actor) -> None:
    """Take somebody off the list; refused once there is a message to them."""
    if addressee.messages.exists():
        raise AddresseeHasMessages(name=addressee.name)
    path = addressee.leg.programme.unit.path
    audit.record("remove_addressee", addressee, by=by, before={"name": addressee.name}, unit_path=path)
    addressee.delete()


def code_of(addressee: Addressee) -> str:
    """The secret part of a speaker's own link, for those without an account: 128 bits from the key and our own secret."""
    return salted_hmac("ortoo.outcomes.addressee", addressee.key, algorithm="sha256").hexdigest()[:LETTERS]


def find_addressee(key: str, code: str) -> Addressee | None:
    """The speaker whose link this is."""
    addressee = Addressee.objects.filter(key=key).select_related("leg__programme").first()
    return addressee if addressee and constant_time_compare(code, code_of(addressee)) else None


def _desk(leg: Leg) -> MessageDesk:
    desk = MessageDesk.objects.filter(leg=leg).first()
    if desk is None:
        raise NoDesk(leg=leg)
    return desk


def _turn(desk: MessageDesk, is_open: bool, by: Actor) -> MessageDesk:
    desk.is_open = is_open
    desk.save(update_fields=["is_open"])
    path = desk.leg.programme.unit.path
    audit.record("turn_desk", desk, by=by, after={"is_open": is_open}, unit_path=path)
    return desk
