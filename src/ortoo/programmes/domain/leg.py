"""What happens to legs."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.programmes.models import Leg, Programme


class LegEndsBeforeStart(Refused):
    sentence = _("%(name)s ends on %(ends)s, before its first day %(starts)s.")


class LegHasPlaces(Refused):
    sentence = _("%(name)s has published places and can't be removed. Withdraw the plan first.")


@dataclass(frozen=True)
class LegDraft:
    """A leg as the organiser writes it; days inclusive, capacity and beds in persons, None = no limit."""

    name: str
    starts: date
    ends: date
    base_id: int | None = None
    capacity: int | None = None
    women_beds: int | None = None
    men_beds: int | None = None


@transaction.atomic
def set_legs(programme: Programme, drafts: Sequence[LegDraft], *, by: Actor) -> list[Leg]:
    """Make the programme's legs these, in this order: kept by ordinal, added or removed at the end."""
    for draft in drafts:
        if draft.ends < draft.starts:
            raise LegEndsBeforeStart(name=draft.name, starts=draft.starts, ends=draft.ends)
    old = {leg.ordinal: leg for leg in programme.legs.all()}
    legs = [_put(programme, ordinal, draft, old.pop(ordinal, None), by) for ordinal, draft in enumerate(drafts, 1)]
    for leg in old.values():
        _remove(leg, by)
    return legs


def _put(programme: Programme, ordinal: int, draft: LegDraft, leg: Leg | None, by: Actor) -> Leg:
    fields = asdict(draft)
    before = {name: getattr(leg, name) for name in fields if getattr(leg, name) != fields[name]} if leg else {}
    if leg and not before:
        return leg
    leg = leg or Leg(programme=programme, ordinal=ordinal)
    for name, value in fields.items():
        setattr(leg, name, value)
    leg.save()
    after = {name: fields[name] for name in before} if before else fields
    audit.record("set_leg", leg, by=by, before=before, after=after, unit_path=programme.unit.path)
    return leg


def _remove(leg: Leg, by: Actor) -> None:
    if leg.places.exists():
        raise LegHasPlaces(name=leg.name)
    audit.record("remove_leg", leg, by=by, before={"name": leg.name, "ordinal": leg.ordinal})
    leg.delete()
