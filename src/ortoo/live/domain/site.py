"""What happens to viewing sites: registered, changed, carried to the next stop, heard of."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.live.domain.reach import feed_site
from ortoo.live.domain.session import mark_sites_changed
from ortoo.live.models import Audience, ViewingSite
from ortoo.people.models import Unit
from ortoo.programmes.models import Leg

#: A page that says "still here" more often than this is not written down again.
HEARD_EVERY = timedelta(seconds=20)
PERSONAL = ("person_in_charge", "contact")


class SiteTwice(Refused):
    sentence = _("%(unit)s already has a viewing site “%(name)s” at this stop.")


class UnitOutside(Refused):
    sentence = _("%(unit)s does not belong to %(programme)s.")


class SiteHasFigures(Refused):
    sentence = _("“%(name)s” has already reported heads and stays in the list.")


class SameStop(Refused):
    sentence = _("Choose another stop to take the sites from.")


@dataclass(frozen=True)
class SiteDraft:
    """A site as somebody writes it."""

    name: str
    unit: Unit
    person_in_charge: str
    contact: str
    place: str = ""
    screens: int = 1
    expected: int = 0
    audience: str = Audience.MIXED


@transaction.atomic
def register_site(leg: Leg, draft: SiteDraft, *, by: Actor) -> ViewingSite:
    """Add a viewing site to a stop."""
    _demand_fits(leg, draft)
    site = ViewingSite.objects.create(leg=leg, **_fields(draft))
    mark_sites_changed(leg)
    after = _said(draft) | {"leg": leg.name}
    audit.record("register_site", site, by=by, after=after, unit_path=site.unit.path)
    return site


@transaction.atomic
def change_site(site: ViewingSite, draft: SiteDraft, *, by: Actor) -> bool:
    """Change what is written of it; returns whether anything differed."""
    fields = _fields(draft)
    before = {name: getattr(site, name) for name in fields if getattr(site, name) != fields[name]}
    if not before:
        return False
    _demand_fits(site.leg, draft, site)
    for name in before:
        setattr(site, name, fields[name])
    site.save(update_fields=list(before))
    after = {name: "…" if name in PERSONAL else fields[name] for name in before}
    before = {name: "…" if name in PERSONAL else value for name, value in before.items()}
    audit.record("change_site", site, by=by, before=before, after=after, unit_path=site.unit.path)
    feed_site(site, by=by)
    return True


@transaction.atomic
def remove_site(site: ViewingSite, *, by: Actor) -> None:
    """Take a site off the list; refused once it has reported heads."""
    if site.head_counts.exists():
        raise SiteHasFigures(name=site.name)
    audit.record("remove_site", site, by=by, before={"name": site.name}, unit_path=site.unit.path)
    mark_sites_changed(site.leg)
    site.delete()


@transaction.atomic
def carry_sites(source: Leg, target: Leg, sites: list[ViewingSite], *, by: Actor) -> list[ViewingSite]:
    """Write these sites of one stop down for another too, as far as they aren't there; each gets a link of its own."""
    if source == target:
        raise SameStop
    known = set(target.viewing_sites.values_list("unit_id", "name"))
    new = [site for site in sites if site.leg_id == source.pk and (site.unit_id, site.name) not in known]
    return [register_site(target, draft_of(site), by=by) for site in new]


@transaction.atomic
def renew_link(site: ViewingSite, *, by: Actor) -> None:
    """Make the old link worthless and a new one."""
    site.link_number += 1
    site.save(update_fields=["link_number"])
    audit.record("renew_site_link", site, by=by, after={"link_number": site.link_number}, unit_path=site.unit.path)


@transaction.atomic
def say_screen(site: ViewingSite, screen: str, note: str = "", *, by: Actor) -> bool:
    """Say how its screen is; returns whether that is new."""
    before = {"screen": site.screen, "screen_note": site.screen_note}
    after = {"screen": screen, "screen_note": note if screen == ViewingSite.Screen.TROUBLE else ""}
    hear(site)
    if before == after:
        return False
    site.screen, site.screen_note = after["screen"], after["screen_note"]
    site.save(update_fields=list(after))
    mark_sites_changed(site.leg)
    audit.record("say_screen", site, by=by, before=before, after=after, unit_path=site.unit.path)
    return True


def hear(site: ViewingSite) -> None:
    """Note that its page is there. Not a change that the record would keep: it happens twice a minute."""
    now = clock.now()
    if site.last_heard is None or now - site.last_heard >= HEARD_EVERY:
        site.last_heard = now
        ViewingSite.objects.filter(pk=site.pk).update(last_heard=now)


def draft_of(site: ViewingSite) -> SiteDraft:
    """What is written of a site, to be changed or carried on."""
    return SiteDraft(**{name: getattr(site, name) for name in SiteDraft.__dataclass_fields__})


def _demand_fits(leg: Leg, draft: SiteDraft, site: ViewingSite | None = None) -> None:
    if not leg.programme.unit.holds(draft.unit.path):
        raise UnitOutside(unit=draft.unit, programme=leg.programme)
    same = ViewingSite.objects.filter(leg=leg, unit=draft.unit, name=draft.name)
    if (same.exclude(pk=site.pk) if site else same).exists():
        raise SiteTwice(unit=draft.unit, name=draft.name)


def _fields(draft: SiteDraft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in SiteDraft.__dataclass_fields__}


def _said(draft: SiteDraft) -> dict[str, object]:
    # Who is in charge stands in the list and nowhere else: the record of changes outlives the need for a telephone number.
    said = {name: value for name, value in _fields(draft).items() if name not in PERSONAL}
    return said | {"unit": draft.unit.code}
