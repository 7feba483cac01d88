"""What waits for the host on the day: the doors."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ortoo.kernel import clock
from ortoo.participation.checkin.queries import admitted_count
from ortoo.people.models import Account
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import legs_signed_by
from ortoo.ui.waiting import Waiting

MOST_STOPS = 3


def doors_of_today(account: Account) -> list[Waiting]:
    """Stops of today that the account hosts and for which seats are given; one query, and one more for each stop."""
    today = clock.today()
    legs = legs_signed_by(account).filter(starts__lte=today, ends__gte=today, delegations__given__gt=0)
    legs = legs.exclude(programme__state__in=[Programme.State.DRAFT, Programme.State.CLOSED])
    return [_waiting(leg) for leg in legs.select_related("programme").prefetch_related("doors").distinct()[:MOST_STOPS]]


def _waiting(leg: Leg) -> Waiting:
    doors = [door for door in leg.doors.all() if door.shut_at is None]
    title = _("Doors of %(stop)s") % {"stop": leg.name}
    if doors:
        why = _("%(doors)s doors, %(count)s people in") % {"doors": len(doors), "count": admitted_count(leg)}
    else:
        why = _("No door has a link yet.")
    href = reverse("participation:doors", args=[leg.programme.key, leg.pk])
    return Waiting(title, why, leg.day, href, _("Doors"), programme=leg.programme.key)
