"""What happens to the ledger of reach: a figure is entered, fed from a site, taken back, restored; never changed in place."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.live.models import Audience, Provenance, ReachEntry, ViewingSite
from ortoo.live.queries import heads_of, standing_counts
from ortoo.people.models import Unit
from ortoo.programmes.models import Leg

MOST = 10_000_000
DRAFTED = ("provenance", "audience", "unit", "number", "source", "site")


class SourceMissing(Refused):
    sentence = _("Say where the figure comes from.")


class OutsideProgramme(Refused):
    sentence = _("%(unit)s does not belong to %(programme)s.")


class EntryTakenBack(Refused):
    sentence = _("This figure is taken back already.")


class EntryStands(Refused):
    sentence = _("This figure stands; there is nothing to restore.")


class NewerStands(Refused):
    sentence = _("A newer figure from the same source stands. Take that one back first.")


@dataclass(frozen=True)
class ReachDraft:
    """A figure as it is entered; `unit` None: it can't be told."""

    provenance: str
    number: int
    source: str
    audience: str = Audience.MIXED
    unit: Unit | None = None
    site: ViewingSite | None = None


@transaction.atomic
def enter(leg: Leg, draft: ReachDraft, *, by: Actor) -> ReachEntry:
    """Enter a figure that stands by itself."""
    return _enter(leg, draft, "", by)


@transaction.atomic
def feed(leg: Leg, reference: str, draft: ReachDraft | None, *, by: Actor) -> ReachEntry | None:
    """Let the figure of `reference` be this one from now on; None: no figure. The same again changes nothing."""
    # The stop's row is locked, so that two feeds of one reference come one after the other.
    Leg.objects.select_for_update().get(pk=leg.pk)
    standing = ReachEntry.objects.filter(leg=leg, reference=reference, taken_back=None).first()
    if standing and draft and all(getattr(standing, name) == getattr(draft, name) for name in DRAFTED):
        return standing
    if standing:
        _take_back(standing, str(_("replaced by a newer figure")) if draft else str(_("no figure any more")), by)
    if draft is None:
        return None
    entry = _enter(leg, draft, reference, by)
    if standing:
        ReachEntry.objects.filter(pk=standing.pk).update(replaced_by=entry)
    return entry


@transaction.atomic
def feed_site(site: ViewingSite, *, by: Actor) -> ReachEntry | None:
    """Bring a site's figure in step with its counts."""
    heads = heads_of(standing_counts([site.pk]).get(site.pk, {}))
    draft = None
    if heads is not None:
        draft = ReachDraft(Provenance.REPORTED, heads, site.name, site.audience, site.unit, site)
    return feed(site.leg, f"site:{site.key}", draft, by=by)


@transaction.atomic
def take_back(entry: ReachEntry, why: str, *, by: Actor) -> None:
    """Let a figure no longer count; it stays to be read."""
    Leg.objects.select_for_update().get(pk=entry.leg_id)
    entry.refresh_from_db(fields=["taken_back"])
    if entry.taken_back is not None:
        raise EntryTakenBack
    _take_back(entry, why, by)


@transaction.atomic
def restore(entry: ReachEntry, *, by: Actor) -> None:
    """Let a figure that was taken back count again."""
    Leg.objects.select_for_update().get(pk=entry.leg_id)
    entry.refresh_from_db(fields=["taken_back", "why"])
    if entry.taken_back is None:
        raise EntryStands
    same = ReachEntry.objects.filter(leg=entry.leg_id, reference=entry.reference, taken_back=None)
    if entry.reference and same.exists():
        raise NewerStands
    before = {"taken_back": entry.taken_back, "why": entry.why}
    entry.taken_back, entry.why, entry.replaced_by = None, "", None
    entry.save(update_fields=["taken_back", "why", "replaced_by"])
    audit.record("restore_reach", entry, by=by, before=before, unit_path=_path(entry))


def _enter(leg: Leg, draft: ReachDraft, reference: str, by: Actor) -> ReachEntry:
    source = draft.source.strip()
    if not source:
        raise SourceMissing
    if draft.unit and not leg.programme.unit.holds(draft.unit.path):
        raise OutsideProgramme(unit=draft.unit, programme=leg.programme)
    fields = {name: getattr(draft, name) for name in DRAFTED} | {"source": source}
    who = by.get_username()
    entry = ReachEntry.objects.create(leg=leg, reference=reference, entered=clock.now(), entered_by=who, **fields)
    after = fields | {
        "leg": leg.name,
        "unit": draft.unit.code if draft.unit else "",
        "site": draft.site.key if draft.site else "",
    }
    audit.record("enter_reach", entry, by=by, after=after, unit_path=_path(entry))
    return entry


def _take_back(entry: ReachEntry, why: str, by: Actor) -> None:
    entry.taken_back, entry.why = clock.now(), why
    entry.save(update_fields=["taken_back", "why"])
    after = {"number": entry.number, "source": entry.source, "why": why}
    audit.record("take_reach_back", entry, by=by, after=after, unit_path=_path(entry))


def _path(entry: ReachEntry) -> str:
    return entry.unit.path if entry.unit else entry.leg.programme.unit.path
