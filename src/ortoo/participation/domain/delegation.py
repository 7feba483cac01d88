"""What happens to delegations: written down, claimed by their contact, taken off."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.domain.layout import mark_needs
from ortoo.participation.domain.seat import give_back
from ortoo.participation.models import Delegation
from ortoo.programmes.models import Leg


class DelegationTwice(Refused):
    sentence = _("%(delegation)s is on the list of %(stop)s already.")


class FewerThanGiven(Refused):
    sentence = _("%(delegation)s has %(given)s seats already; give seats back first.")


class WheelchairsBeyondAsked(Refused):
    sentence = _("%(wheelchairs)s wheelchairs with %(companions)s companions are more than the %(asked)s seats asked for.")


class CompanionsBeyondWheelchairs(Refused):
    sentence = _("%(companions)s companions are more than the %(wheelchairs)s wheelchairs: one comes with each at most.")


class HasSeats(Refused):
    sentence = _("%(delegation)s has %(given)s seats. Take them back first.")


class NothingToClaim(Refused):
    sentence = _("%(delegation)s has been given no seats yet.")


class MoreThanGiven(Refused):
    sentence = _("%(delegation)s has %(given)s seats, not %(count)s.")


@dataclass(frozen=True)
class DelegationDraft:
    """A delegation as the organiser writes it; `unit_id` is whose clerks look after its seats."""

    name: str
    asked: int
    kind: str = ""
    priority: int = 3
    wheelchairs: int = 0
    contact: str = ""
    phone: str = ""
    unit_id: int | None = None
    companions: int = 0


@transaction.atomic
def add_delegation(leg: Leg, draft: DelegationDraft, *, by: Actor) -> Delegation:
    """Put a delegation on the list of a stop."""
    _demand_sound(leg, draft, None)
    delegation = Delegation.objects.create(leg=leg, **asdict(draft))
    audit.record("add_delegation", delegation, by=by, after=_said(delegation), unit_path=leg.programme.unit.path)
    return delegation


@transaction.atomic
def change_delegation(delegation: Delegation, draft: DelegationDraft, *, by: Actor) -> bool:
    """Change a delegation; it can't ask for fewer seats than it has. Returns whether anything differed."""
    _demand_sound(delegation.leg, draft, delegation)
    if draft.asked < delegation.given:
        raise FewerThanGiven(delegation=delegation, given=delegation.given)
    before, fields = _said(delegation), asdict(draft)
    differs = any(getattr(delegation, name) != value for name, value in fields.items())
    for name, value in fields.items():
        setattr(delegation, name, value)
    if differs:
        delegation.save(update_fields=list(fields))
        mark_needs(delegation)
        after, path = _said(delegation), delegation.leg.programme.unit.path
        audit.record("change_delegation", delegation, by=by, before=before, after=after, unit_path=path)
    return differs


@transaction.atomic
def remove_delegation(delegation: Delegation, *, by: Actor) -> None:
    """Take a delegation without seats off the list."""
    if delegation.given:
        raise HasSeats(delegation=delegation, given=delegation.given)
    path = delegation.leg.programme.unit.path
    audit.record("remove_delegation", delegation, by=by, before=_said(delegation), unit_path=path)
    delegation.delete()


@transaction.atomic
def claim(delegation: Delegation, count: int, *, by: Actor) -> None:
    """Say that the delegation comes with so many; the seats beyond that go back."""
    delegation.refresh_from_db(fields=["given", "asked"])
    if not delegation.given:
        raise NothingToClaim(delegation=delegation)
    if count > delegation.given:
        raise MoreThanGiven(delegation=delegation, given=delegation.given, count=count)
    if count < delegation.given:
        give_back(delegation, delegation.given - count, by=by)
    delegation.claimed_at, delegation.claimed_by_id = clock.now(), by.pk
    delegation.save(update_fields=["claimed_at", "claimed_by"])
    audit.record("claim_seats", delegation, by=by, after={"seats": count}, unit_path=delegation.leg.programme.unit.path)


def _demand_sound(leg: Leg, draft: DelegationDraft, delegation: Delegation | None) -> None:
    if leg.delegations.filter(name=draft.name).exclude(pk=delegation.pk if delegation else 0).exists():
        raise DelegationTwice(delegation=draft.name, stop=leg.name)
    if draft.companions > draft.wheelchairs:
        raise CompanionsBeyondWheelchairs(companions=draft.companions, wheelchairs=draft.wheelchairs)
    if draft.wheelchairs + draft.companions > draft.asked:
        raise WheelchairsBeyondAsked(wheelchairs=draft.wheelchairs, companions=draft.companions, asked=draft.asked)


def _said(delegation: Delegation) -> dict[str, object]:
    """What the record keeps: neither contact nor telephone."""
    names = ("name", "kind", "asked", "priority", "wheelchairs", "companions", "unit_id")
    return {name: getattr(delegation, name) for name in names}
