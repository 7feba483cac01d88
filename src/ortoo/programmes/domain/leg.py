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


class LegInPlan(Refused):
    sentence = _(
        "%(name)s can't be removed: plan %(number)s puts people there. Throw that plan away first, or close the term (0 people)."
    )


class LegsAskedFor(Refused):
    sentence = _(
        "%(count)s people are nominated and may have asked for a term by its number. Only the last term can be removed now."
    )


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
    Programme.objects.select_for_update().get(pk=programme.pk)
    old = {leg.ordinal: leg for leg in programme.legs.all()}
    legs = [_put(programme, ordinal, draft, old.pop(ordinal, None), by) for ordinal, draft in enumerate(drafts, 1)]
    for leg in old.values():
        _remove(leg, by)
    programme.__dict__.pop("_legs_read", None)
    return legs


@transaction.atomic
def edit_legs(programme: Programme, rows: Sequence[tuple[int | None, LegDraft]], *, by: Actor) -> list[Leg]:
    """Make the legs these: each row names the ordinal that it had (None: new), missing ordinals are removed.

    A leg that others come after is removed only while nobody is nominated and no place is given: wishes name legs by
    their number, and a place belongs to its leg.
    """
    kept = [ordinal for ordinal, _draft in rows if ordinal is not None]
    in_place = kept == list(range(1, len(kept) + 1))
    if not in_place:
        _demand_no_people(programme)
    return set_legs(programme, [draft for _ordinal, draft in rows], by=by)


def _demand_no_people(programme: Programme) -> None:
    if taken := programme.legs.filter(places__isnull=False).first():
        raise LegHasPlaces(name=taken.name)
    if count := programme.nominations.count():
        raise LegsAskedFor(count=count)


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
    if planned := leg.planned.select_related("plan").first():
        raise LegInPlan(name=leg.name, number=planned.plan.number)
    before = {"name": leg.name, "ordinal": leg.ordinal}
    audit.record("remove_leg", leg, by=by, before=before, unit_path=leg.programme.unit.path)
    leg.delete()
