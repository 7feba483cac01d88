"""Heads counted at sites: each once, the newest of a moment counts, none is lost or rubbed out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.live.domain.reach import feed_site
from ortoo.live.domain.session import mark_sites_changed
from ortoo.live.models import HeadCount, ViewingSite

MOST_HEADS = 200_000
MOST_COUNTS = 500
#: A count that waited longer than this for the line is taken as of when it came.
OLDEST = timedelta(days=3)


class CountedOtherwise(Refused):
    sentence = _("This count has come already, with %(heads)s heads. Send a new one to correct it.")


class TooManyCounts(Refused):
    sentence = _("This site has sent %(count)s counts; ring the organiser.")
    status = 429


class CountStruck(Refused):
    sentence = _("This count is struck out already.")


class CountStands(Refused):
    sentence = _("This count is not struck out.")


@dataclass(frozen=True)
class CountDraft:
    """A count as it was sent; `counted` is when, as the sender says, None: now."""

    client_id: str
    moment: str
    heads: int
    note: str = ""
    counted: datetime | None = None


@transaction.atomic
def count_heads(site: ViewingSite, draft: CountDraft, *, by: Actor) -> HeadCount:
    """Keep a count and bring the ledger in step; the same `client_id` again gives the count that is kept already."""
    # The row of the site is locked, so that two deliveries of one count come one after the other.
    ViewingSite.objects.select_for_update().get(pk=site.pk)
    if known := site.head_counts.filter(client_id=draft.client_id).first():
        return _same(known, draft)
    if site.head_counts.count() >= MOST_COUNTS:
        raise TooManyCounts(count=MOST_COUNTS)
    count = HeadCount.objects.create(
        site=site,
        client_id=draft.client_id,
        moment=draft.moment,
        heads=draft.heads,
        note=draft.note,
        counted=_believable(draft.counted),
        received=clock.now(),
        by_name=by.get_username(),
    )
    after = {"moment": count.moment, "heads": count.heads, "note": count.note}
    audit.record("count_heads", site, by=by, after=after, unit_path=site.unit.path)
    mark_sites_changed(site.leg)
    feed_site(site, by=by)
    return count


@transaction.atomic
def strike_count(count: HeadCount, why: str, *, by: Actor) -> None:
    """Let a count no longer count; it stays to be read."""
    if not HeadCount.objects.filter(pk=count.pk, struck=None).update(struck=clock.now(), struck_why=why):
        raise CountStruck
    before = {"moment": count.moment, "heads": count.heads}
    audit.record("strike_count", count.site, by=by, before=before, after={"why": why}, unit_path=count.site.unit.path)
    mark_sites_changed(count.site.leg)
    feed_site(count.site, by=by)


@transaction.atomic
def let_count_stand(count: HeadCount, *, by: Actor) -> None:
    """Let a struck count count again."""
    if not HeadCount.objects.filter(pk=count.pk, struck__isnull=False).update(struck=None, struck_why=""):
        raise CountStands
    after = {"moment": count.moment, "heads": count.heads}
    audit.record("let_count_stand", count.site, by=by, after=after, unit_path=count.site.unit.path)
    mark_sites_changed(count.site.leg)
    feed_site(count.site, by=by)


def _same(known: HeadCount, draft: CountDraft) -> HeadCount:
    if (known.moment, known.heads) != (draft.moment, draft.heads):
        raise CountedOtherwise(heads=known.heads)
    return known


def _believable(said: datetime | None) -> datetime:
    """When it was counted, as far as the sender's clock can be right."""
    now = clock.now()
    return said if said and now - OLDEST <= said <= now else now
