"""What waits because of returns, and the number of people returned."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ortoo.intake import queries
from ortoo.intake.models import Delivery
from ortoo.intake.permissions import may_return
from ortoo.people.models import Account
from ortoo.programmes.frame import Figure
from ortoo.programmes.models import Programme
from ortoo.ui.waiting import MOST, Waiting


def deliveries_waiting(account: Account) -> list[Waiting]:
    """Deliveries that have been read and wait: for a decision, or to be applied."""
    ready = queries.visible_to(account).filter(state=Delivery.State.READY, programme__state=Programme.State.OPEN)
    asked = Count("problems", filter=Q(problems__choice="") & ~Q(problems__severity="note"), distinct=True)
    found = ready.annotate(asked=asked)[:MOST]
    return [_item(delivery) for delivery in found if delivery.counts.get("applicable") or delivery.asked]


def figures(account: Account, programme: Programme) -> list[Figure]:
    """How many deliveries have come."""
    if not may_return(account, programme):
        return []
    count = queries.visible_to(account).filter(programme=programme).count()
    return [Figure(_("Deliveries"), count, reverse("intake:returns", args=[programme.key]), order=30)]


def _item(delivery: Delivery) -> Waiting:
    assert delivery.programme is not None
    asked: int = delivery.asked  # type: ignore[attr-defined]
    if asked and not delivery.counts.get("applicable"):
        why = ngettext("%(count)s question is open.", "%(count)s questions are open.", asked) % {"count": asked}
    elif asked:
        words = ngettext("%(count)s question is open; the rest can be applied.",
                         "%(count)s questions are open; the rest can be applied.", asked)  # fmt: skip
        why = words % {"count": asked}
    else:
        why = _("Everything is clear: it only has to be applied.")
    title = _("%(programme)s: delivery %(number)s") % {"programme": delivery.programme.title, "number": delivery.number}
    href = reverse("intake:delivery", args=[delivery.programme.key, delivery.number])
    return Waiting(title, why, None, href, _("Look and apply"), programme=delivery.programme.key, count=asked or None)
