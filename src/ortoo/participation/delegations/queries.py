"""Who sees which delegations and seats."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet

from ortoo.participation.models import Delegation, Seat
from ortoo.people.models import Account, Role
from ortoo.people.queries import below, subtrees
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.permissions import may_organise


def delegations_visible_to(account: Account, programme: Programme) -> QuerySet[Delegation]:
    """Organisers of the tour all, clerks those of their own units, each with `named`, the number of its seats with a name."""
    rows = Delegation.objects.filter(leg__programme=programme)
    if not may_organise(account, programme):
        rows = rows.filter(below(subtrees(account, Role.Kind.CLERK), "unit__path"))
        rows = rows.exclude(leg__programme__state=Programme.State.DRAFT)
    named = Count("seats", filter=~Q(seats__holder=""))
    return rows.select_related("leg__programme__unit", "leg__base", "unit").annotate(named=named).order_by(
        "leg__ordinal", "priority", "pk"
    )  # fmt: skip


def delegations_of(leg: Leg) -> Sequence[Delegation]:
    """All delegations of a stop in the order in which they are served; one query."""
    rows = leg.delegations.select_related("unit").annotate(named=Count("seats", filter=~Q(seats__holder="")))
    return list(rows.order_by("priority", "pk"))


def to_claim(account: Account, most: int) -> Sequence[Delegation]:
    """Delegations of the account's own units whose seats wait to be claimed or to get names, soonest stop first; one query."""
    own = below(subtrees(account, Role.Kind.CLERK), "unit__path")
    idle = [Programme.State.CLOSED, Programme.State.DRAFT]
    rows = Delegation.objects.filter(own, given__gt=0).exclude(leg__programme__state__in=idle)
    rows = rows.select_related("leg__programme").annotate(named=Count("seats", filter=~Q(seats__holder="")))
    waiting = [each for each in rows.order_by("leg__starts", "pk")[: most * 5] if _waits(each)]
    return waiting[:most]


def seats_of(leg: Leg) -> list[Seat]:
    """Every seat of a stop that lies in the hall, row by row; one query."""
    return list(leg.seats.filter(row__isnull=False).select_related("delegation").order_by("row", "place"))


def unplaced_count(leg: Leg) -> int:
    """How many seats of a stop have no place in the hall; one query."""
    return leg.seats.filter(row=None).count()


def _waits(delegation: Delegation) -> bool:
    named: int = delegation.named  # type: ignore[attr-defined]
    return delegation.leg.state != "done" and (delegation.claimed_at is None or named < delegation.given)
