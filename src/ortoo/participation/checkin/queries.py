"""Who came in at which door, counted from distinct tickets; of two lines with one ticket the first stands."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Cast, Concat, RowNumber

from ortoo.participation.models import Delegation, Door, Scan, Seat
from ortoo.programmes.models import Leg

#: A line may be committed a little after one that was received later; a door is told of these again.
OVERLAP = timedelta(seconds=60)


def standing(leg: Leg) -> QuerySet[Scan]:
    """The lines of a stop that nobody took back."""
    return leg.scans.exclude(kind=Scan.Kind.UNDO).filter(~Exists(_undoing()))


def admissions(leg: Leg) -> QuerySet[Any]:
    """Lines of valid tickets that stand, each with `turn`: 1 for the first of its ticket."""
    turn = Window(RowNumber(), partition_by=[F("ticket")], order_by=[F("happened").asc(), F("pk").asc()])
    return standing(leg).filter(kind=Scan.Kind.TICKET, verdict=Scan.Verdict.VALID).annotate(turn=turn)


def admitted_count(leg: Leg) -> int:
    """How many distinct tickets came in; one query."""
    rows = standing(leg).filter(kind=Scan.Kind.TICKET, verdict=Scan.Verdict.VALID)
    return rows.aggregate(n=Count("ticket", distinct=True))["n"] or 0


def admitted_by_delegation(leg: Leg) -> dict[int, int]:
    """How many distinct tickets of each delegation came in; one query."""
    rows = standing(leg).filter(kind=Scan.Kind.TICKET, verdict=Scan.Verdict.VALID, seat__isnull=False)
    counted = rows.order_by().values("seat__delegation").annotate(n=Count("ticket", distinct=True))
    return {row["seat__delegation"]: row["n"] for row in counted}


def admitted_by_door(leg: Leg) -> dict[int, int]:
    """How many came in at each door: a ticket belongs to the door where it stood first; one query."""
    firsts: dict[int, int] = {}
    for door in admissions(leg).filter(turn=1).values_list("door_id", flat=True).iterator():
        firsts[door] = firsts.get(door, 0) + 1
    return firsts


def doubles(leg: Leg, most: int) -> list[tuple[Scan, Scan]]:
    """Tickets that came again: (the line that stands, the later one), newest first; three queries."""
    again = admissions(leg).filter(turn__gt=1).order_by("-happened", "-pk").values_list("pk", flat=True)[:most]
    # Whole rows only of those that are shown: the window sorts every line of the stop.
    shown = Scan.objects.filter(pk__in=list(again)).select_related("door", "seat__delegation")
    later = list(shown.order_by("-happened", "-pk"))
    tickets = {scan.ticket for scan in later}
    firsts = admissions(leg).filter(ticket__in=tickets).select_related("door").order_by("ticket", "turn")
    first: dict[str, Scan] = {}
    for scan in firsts:
        first.setdefault(scan.ticket, scan)
    return [(first[scan.ticket], scan) for scan in later]


def strangers(leg: Leg) -> QuerySet[Scan]:
    """Lines whose code is no valid ticket of this stop, newest first."""
    rows = standing(leg).filter(kind=Scan.Kind.TICKET).exclude(verdict=Scan.Verdict.VALID)
    return rows.select_related("door", "seat__delegation__leg").order_by("-happened", "-pk")


def walk_ins_of(leg: Leg) -> QuerySet[Scan]:
    """People who came in without a ticket and were noted by name, newest first."""
    return standing(leg).filter(kind=Scan.Kind.WALK_IN).select_related("door").order_by("-happened", "-pk")


def walk_in_count(leg: Leg) -> int:
    """How many people came in without a ticket; one query.

    Somebody who was noted at two doors, or twice at one, is one: the same name with the same remark, however it is spaced and
    in capitals or not. Whoever shares a name is told apart by the remark.
    """
    noted = standing(leg).filter(kind=Scan.Kind.WALK_IN).values_list("name", "note")
    return len({tuple(" ".join(word.split()).casefold() for word in line) for line in noted})


def missing(leg: Leg, delegation: int | None = None, words: str = "") -> QuerySet[Seat]:
    """Seats whose present ticket has not come in: of one delegation, or whose name contains `words`."""
    present = Concat(Cast(OuterRef("pk"), CharField()), Value("-"), Cast(OuterRef("serial"), CharField()))
    came = Scan.objects.filter(~Exists(_undoing()), leg=leg, ticket=present, verdict=Scan.Verdict.VALID)
    # A scalar subquery, not Exists: PostgreSQL makes a join of that, and with old statistics it compares every seat with every line.
    first = Subquery(came.order_by("happened").values("pk")[:1])
    rows = Seat.objects.alias(came=first).filter(came=None, leg=leg).select_related("delegation")
    if delegation is not None:
        rows = rows.filter(delegation=delegation)
    if words:
        rows = rows.filter(Q(holder__icontains=words) | Q(note__icontains=words))
    return rows.order_by("delegation__priority", "delegation_id", "number")


def delegations_with_seats(leg: Leg) -> list[Delegation]:
    """Delegations that have seats, in the order in which they are served; one query."""
    return list(leg.delegations.filter(given__gt=0).order_by("priority", "pk"))


def doors_of(leg: Leg) -> list[Door]:
    """The doors of a stop with `lines`, how many lines each has written; one query."""
    return list(leg.doors.annotate(lines=Count("scans")).order_by("pk"))


def lines_since(leg: Leg, since: datetime, most: int) -> list[Scan]:
    """What all doors wrote since then, with some overlap, in the order in which it came; one query."""
    kinds = Q(kind=Scan.Kind.UNDO) | Q(kind=Scan.Kind.TICKET, verdict=Scan.Verdict.VALID)
    rows = leg.scans.filter(kinds, received__gte=since - OVERLAP).select_related("door")
    return list(rows.order_by("received", "pk")[:most])


def _undoing() -> QuerySet[Scan]:
    return Scan.objects.filter(kind=Scan.Kind.UNDO, door=OuterRef("door"), undoes=OuterRef("client_id"))
