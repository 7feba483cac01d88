"""Reflections: written by somebody of a unit or written down for them; the consent can always be changed by whoever gave it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.outcomes.domain.plain import plain
from ortoo.outcomes.models import Reflection
from ortoo.people.models import Account, Person
from ortoo.programmes.models import Leg, Programme


class NothingReflected(Refused):
    sentence = _("Write something first.")
    status = 400


class NotOfThisProgramme(Refused):
    sentence = _("%(person)s's unit does not belong to %(programme)s.")


class WrittenBySelf(Refused):
    sentence = _("%(person)s has written about this already; only they change it.")


class NotOnTerm(Refused):
    sentence = _("%(person)s has no place on %(leg)s.")


class NotBegun(Refused):
    sentence = _("%(leg)s has not begun yet.")


@transaction.atomic
def write_reflection(leg: Leg, person: Person, text: str, consent: str, *, by: Actor) -> Reflection:
    """Keep what a person wrote about a stop or term; a new text takes the old one's place and is read anew."""
    text = plain(text)
    known = Reflection.objects.filter(leg=leg, person=person).first()
    by_self = by.pk is not None and Account.objects.filter(pk=by.pk, person=person).exists()
    if known and known.by_self and not by_self:
        raise WrittenBySelf(person=person)
    if known and known.text == text:
        change_consent(known, consent, by=by)
        return known
    _demand_may(leg, person, text)
    fields = {
        "text": text,
        "consent": consent,
        "unit": person.unit,
        "written": clock.now(),
        "written_by": by.get_username(),
        "by_self": by_self,
        "state": Reflection.State.WAITING,
        "decided": None,
        "decided_by": "",
    }
    reflection, _made = Reflection.objects.update_or_create(leg=leg, person=person, defaults=fields)
    after = {"leg": leg.name, "consent": consent, "characters": len(text)}
    audit.record("write_reflection", reflection, by=by, after=after, unit_path=person.unit.path)
    return reflection


@transaction.atomic
def change_consent(reflection: Reflection, consent: str, *, by: Actor) -> bool:
    """Say anew whether it may be quoted; returns whether that differs. It need not be read again for that."""
    before = reflection.consent
    if before == consent:
        return False
    reflection.consent = consent
    reflection.save(update_fields=["consent"])
    path = reflection.unit.path
    audit.record("change_consent", reflection, by=by, before={"consent": before}, after={"consent": consent}, unit_path=path)
    return True


@transaction.atomic
def take_reflection_back(reflection: Reflection, *, by: Actor) -> None:
    """Remove it altogether, as its author may at any time; the record keeps that, not the words."""
    after = {"leg": reflection.leg.name}
    audit.record("take_reflection_back", reflection.person, by=by, after=after, unit_path=reflection.unit.path)
    reflection.delete()


def _demand_may(leg: Leg, person: Person, text: str) -> None:
    if not text:
        raise NothingReflected
    if not leg.programme.unit.holds(person.unit.path):
        raise NotOfThisProgramme(person=person, programme=leg.programme)
    if not leg.programme.is_tour and not leg.places.filter(person=person).exists():
        raise NotOnTerm(person=person, leg=leg.name)
    if leg.programme.state == Programme.State.DRAFT or clock.today() < leg.starts:
        raise NotBegun(leg=leg)
