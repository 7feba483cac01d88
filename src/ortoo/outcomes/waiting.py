"""What waits because of messages and reflections: texts to be read before others do; words that came for a speaker."""

from datetime import timedelta

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ortoo.kernel import clock
from ortoo.outcomes.models import Moderated, Reflection, SpeakerMessage
from ortoo.outcomes.queries import legs_spoken_at, messages_to, reflections_on
from ortoo.people.models import Account
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import organised_by
from ortoo.ui.waiting import MOST, Waiting

#: For how long words that were accepted count as new.
LATELY = timedelta(days=7)


def texts_waiting(account: Account) -> list[Waiting]:
    """One item for each programme and kind; two queries."""
    own = organised_by(account)
    found = [
        _item(key, title, count, _("Messages to speakers"), "outcomes:messages")
        for key, title, count in _counted(SpeakerMessage, own)
    ]
    found += [
        _item(key, title, count, _("Reflections"), "outcomes:reflections") for key, title, count in _counted(Reflection, own)
    ]
    return found[:MOST]


def words_received(account: Account) -> list[Waiting]:
    """For those who speak: what was accepted for them in the last days; no query for who is nobody of our people."""
    person = account.person if account.person_id else None
    if person is None:
        return []
    since = clock.now() - LATELY
    new = messages_to(person).filter(decided__gte=since).count()
    new += reflections_on(legs_spoken_at(person)).filter(decided__gte=since).count()
    if not new:
        return []
    why = ngettext("%(count)s new message or reflection", "%(count)s new messages and reflections", new) % {"count": new}
    return [Waiting(_("What people wrote to you"), why, None, reverse("outcomes:mine"), _("Look"), count=new)]


def _counted(model: type[SpeakerMessage | Reflection], own: QuerySet[Programme]) -> list[tuple[str, str, int]]:
    """Key and title of each programme with how many texts are to be read."""
    waiting = model._default_manager.filter(state=Moderated.State.WAITING, leg__programme__in=own).order_by()
    rows = waiting.values_list("leg__programme__key", "leg__programme__title").annotate(count=Count("id"))
    return list(rows.order_by("-leg__programme")[:MOST])


def _item(key: str, title: str, count: int, kind: str, url: str) -> Waiting:
    why = _("%(kind)s: %(count)s to be read before others see them.") % {"kind": kind, "count": count}
    return Waiting(title, why, None, reverse(url, args=[key]), _("Read"), programme=key, count=count)
