"""What waits on the home page: quotas to fill, candidates to decide on, requests to answer; the fill rate of a programme."""

from contextlib import suppress

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ortoo.participation.quotas.deadlines import day_of
from ortoo.participation.quotas.models import Quota
from ortoo.participation.quotas.queries import own_quotas_to_fill, waiting_by_programme
from ortoo.people.models import Account, Role
from ortoo.people.queries import has_role
from ortoo.programmes.models import Programme
from ortoo.ui.waiting import MOST, Waiting


def quotas_to_fill(account: Account) -> list[Waiting]:
    """Quotas of the account's own units that are not filled or passed on yet; one query."""
    if not has_role(account, Role.Kind.CLERK):
        return []
    return [each for quota in own_quotas_to_fill(account, MOST) if (each := _to_fill(quota))]


def decisions(account: Account) -> list[Waiting]:
    """Candidates and requests that wait for the account's word, a line for each kind and programme; two queries."""
    if not has_role(account, Role.Kind.CLERK, Role.Kind.ORGANISER):
        return []
    found = []
    for programme, counts in waiting_by_programme(account)[:MOST]:
        found += _decisions(programme, counts.get("approve", 0), counts.get("confirm", 0), counts.get("answer", 0))
    return found[:MOST]


def _to_fill(quota: Quota) -> Waiting | None:
    programme, due = quota.programme, None
    with suppress(ObjectDoesNotExist):  # No deadline may be set.
        due = day_of(programme.quota_deadline.fill_until, programme.zone)
    said = {"unit": quota.unit.name, "free": quota.free, "given": quota.given, "programme": programme.title}
    title = _("%(unit)s: %(free)s of %(given)s in %(programme)s still to fill") % said
    why = _("Put people forward, pass some on, or give them back.")
    href = reverse("participation:quota-people", args=[programme.key, quota.pk])
    return Waiting(title, why, due, href, _("Put forward"), programme=programme.key, count=quota.free)


def _decisions(programme: Programme, approve: int, confirm: int, answer: int) -> list[Waiting]:
    decide = reverse("participation:quota-decide", args=[programme.key])
    asked = reverse("participation:quota-requests", args=[programme.key])
    rows = [
        (approve, ngettext("%(count)s candidate to approve", "%(count)s candidates to approve", approve), decide, _("Decide")),
        (confirm, ngettext("%(count)s candidate to confirm", "%(count)s candidates to confirm", confirm), decide, _("Decide")),
        (answer, ngettext("%(count)s unit asks for more", "%(count)s units ask for more", answer), asked, _("Answer")),
    ]
    return [
        Waiting(said % {"count": count}, programme.title, None, href, button, programme=programme.key, count=count)
        for count, said, href, button in rows
        if count
    ]
