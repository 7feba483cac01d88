"""What waits for a participant, and the numbers of people on a programme's page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ortoo.kernel import clock
from ortoo.participation.models import Place
from ortoo.participation.permissions import may_see_nominations
from ortoo.participation.queries import counts_in
from ortoo.people.models import Account
from ortoo.programmes.frame import Figure
from ortoo.programmes.models import Programme
from ortoo.ui import dates
from ortoo.ui.waiting import MOST, Waiting


def my_term_waiting(account: Account) -> list[Waiting]:
    """The terms of the account's own person that are running or still to come; one query."""
    if not account.person_id:
        return []
    places = Place.objects.filter(person_id=account.person_id, leg__ends__gte=clock.today())
    places = places.exclude(programme__state=Programme.State.CLOSED).select_related("leg__base", "programme__base")
    return [_waiting(place) for place in places.order_by("leg__starts")[:MOST]]


def figures(account: Account, programme: Programme) -> list[Figure]:
    """How many are nominated and how many have a place, as far as the account sees them."""
    if not may_see_nominations(account, programme):
        return []
    nominated, placed = counts_in(account, programme)
    href = reverse("participation:nominations", args=[programme.key])
    return [
        Figure(_("nominated"), nominated, href, order=20),
        Figure(_("with a published place"), placed, f"{href}?show=placed", order=40),
    ]


def _waiting(place: Place) -> Waiting:
    leg, base = place.leg, place.leg.base or place.programme.base
    where = _("%(days)s in %(base)s") % {"days": dates.span(leg.starts, leg.ends), "base": base.name if base else ""}
    why = where if base else dates.span(leg.starts, leg.ends)
    title = _("You are on %(leg)s of %(programme)s") % {"leg": leg.name, "programme": place.programme.title}
    due = leg.starts if leg.state == "next" else None
    href = reverse("participation:mine")
    return Waiting(title, why, due, href, _("My term"), programme=place.programme.key)
