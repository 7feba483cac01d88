"""What happens to the link of an account's calendar, and to the entries that are read by it."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.models import CalendarEntry, CalendarLink
from ortoo.people.models import Account

LETTERS = 40
MOST_A_MINUTE = 30
#: How long something that was called off stays in the calendar, crossed out, after it would have ended.
CROSSED_OUT = timedelta(days=30)


class TooOften(Refused):
    sentence = _("This calendar is read too often. Once in some minutes is enough.")
    status = 429


@transaction.atomic
def renew_calendar(account: Account, *, by: Actor) -> CalendarLink:
    """Make a first link, or a new one that makes the old one worthless."""
    moment = clock.now()
    link, made = CalendarLink.objects.select_for_update().get_or_create(account=account, defaults={"made": moment})
    if not made:
        link.number, link.active, link.made = link.number + 1, True, moment
        link.save(update_fields=["number", "active", "made"])
    audit.record("renew_calendar", account, by=by, after={"link_number": link.number})
    return link


@transaction.atomic
def stop_calendar(account: Account, *, by: Actor) -> None:
    """Make the link worthless. Its entries are kept, so that a later link goes on counting their changes."""
    link = CalendarLink.objects.select_for_update().filter(account=account, active=True).first()
    if link is None:
        return
    link.active = False
    link.save(update_fields=["active"])
    audit.record("stop_calendar", account, by=by, before={"link_number": link.number})


def code_of(link: CalendarLink) -> str:
    """The secret part of the link: 160 bits that follow from its account, its number and our own secret."""
    return salted_hmac("ortoo.calendar", f"{link.account_id}:{link.number}", algorithm="sha256").hexdigest()[:LETTERS]


def find_link(pk: int, code: str) -> CalendarLink | None:
    """The link in force with this code; None for a wrong, renewed or stopped one, or if the account may not sign in."""
    link = CalendarLink.objects.filter(pk=pk, active=True, account__is_active=True).select_related("account__person").first()
    return link if link and constant_time_compare(code, code_of(link)) else None


@transaction.atomic
def count_read(link: CalendarLink) -> None:
    """Note that the calendar is asked for; TooOften beyond MOST_A_MINUTE."""
    kept, moment = CalendarLink.objects.select_for_update().get(pk=link.pk), clock.now()
    if kept.minute is None or moment - kept.minute >= timedelta(minutes=1):
        kept.minute, kept.reads = moment, 0
    if kept.reads >= MOST_A_MINUTE:
        raise TooOften
    kept.reads += 1
    kept.save(update_fields=["minute", "reads"])


@transaction.atomic
def keep_entries(link: CalendarLink, days: Mapping[str, Mapping[str, str]]) -> list[CalendarEntry]:
    """Write down what is to be read now, `days` by uid, and give all entries: `sequence` is one more for what changed;
    what is no longer there is called off, and after a while forgotten."""
    CalendarLink.objects.select_for_update().get(pk=link.pk)
    entries = {entry.uid: entry for entry in link.entries.all()}
    moment = clock.now()
    new = [CalendarEntry(link=link, uid=uid, said=dict(said), changed=moment) for uid, said in days.items() if uid not in entries]
    over = [entry.pk for uid, entry in entries.items() if uid not in days and _over(entry)]
    changed = [entry for uid, entry in entries.items() if entry.pk not in over and _turn(entry, days.get(uid))]
    for entry in changed:
        entry.sequence, entry.changed = entry.sequence + 1, moment
    CalendarEntry.objects.bulk_create(new, batch_size=200)
    CalendarEntry.objects.bulk_update(changed, ["said", "sequence", "changed", "cancelled"], batch_size=100)
    CalendarEntry.objects.filter(pk__in=over).delete()
    return sorted([*new, *(each for each in entries.values() if each.pk not in over)], key=lambda each: each.uid)


def _turn(entry: CalendarEntry, said: Mapping[str, str] | None) -> bool:
    """Make the entry say this, None for called off; whether anything differed."""
    if said is None:
        differs, entry.cancelled = not entry.cancelled, True
        return differs
    differs = entry.cancelled or entry.said != dict(said)
    entry.said, entry.cancelled = dict(said), False
    return differs


def _over(entry: CalendarEntry) -> bool:
    return date.fromisoformat(entry.said["ends"]) + CROSSED_OUT < clock.today()
