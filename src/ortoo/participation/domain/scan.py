"""What happens to the log of the doors: lines come in batches, late, twice and in any order; lines are only ever added."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.checkin.queries import admitted_by_delegation, walk_in_count
from ortoo.participation.delegations.tickets import read_code
from ortoo.participation.models import Delegation, Door, Scan, Seat
from ortoo.participation.signals import doors_counted, scans_kept
from ortoo.programmes.models import Leg

#: A door writes at most so many lines: 20 times the largest hall that one door could fill in an evening.
MOST_LINES = 40_000
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
FAR = datetime(2100, 1, 1, tzinfo=UTC)


class LogFull(Refused):
    sentence = _("This door has written too many lines. Open another one.")
    status = 429


@dataclass(frozen=True)
class ScanDraft:
    """A line as a door sends it. `code` is what was scanned, or the ticket's number (1204-1) when `picked` from the list."""

    client_id: str
    kind: str
    at: datetime
    code: str = ""
    picked: bool = False
    name: str = ""
    note: str = ""
    undoes: str = ""
    said: str = ""


@dataclass(frozen=True)
class DoorFigure:
    """How many of a delegation came in with distinct tickets."""

    delegation: Delegation
    number: int


@transaction.atomic
def keep_scans(door: Door, sent: datetime, drafts: Sequence[ScanDraft], *, by: Actor) -> list[str]:
    """Write down what is new of these lines; returns the ids of all that are in the log now.

    `sent` is the door's clock when it sent them: what it differs from ours by is the door's error, and is put right in `happened`.
    """
    if door.scans.count() + len(drafts) > MOST_LINES:
        raise LogFull
    received = clock.now()
    found = _tickets(door.leg, drafts)
    offset = received - sent if EPOCH < sent < FAR else timedelta()
    rows = [_row(door, draft, found.get(draft.client_id), offset, received) for draft in drafts]
    Scan.objects.bulk_create(rows, ignore_conflicts=True, batch_size=200)
    kept = door.scans.filter(client_id__in=[draft.client_id for draft in drafts]).values_list("client_id", flat=True)
    scans_kept.send(Scan, leg=door.leg, by=by)
    return list(kept)


@transaction.atomic
def count_doors(leg: Leg, *, by: Actor) -> int:
    """Say that what the doors counted is the figure of this stop: apps above take it over.

    Returns how many came in, with a ticket or without one.
    """
    figures, walk_ins = figures_of(leg), walk_in_count(leg)
    number = sum(each.number for each in figures)
    after = {"leg": leg.name, "number": number, "walk_ins": walk_ins}
    audit.record("count_doors", leg, by=by, after=after, unit_path=leg.programme.unit.path)
    doors_counted.send(Leg, leg=leg, by=by, figures=figures, walk_ins=walk_ins)
    return number + walk_ins


def figures_of(leg: Leg) -> list[DoorFigure]:
    """Each delegation of the stop with how many came in; two queries."""
    numbers = admitted_by_delegation(leg)
    return [DoorFigure(each, numbers.get(each.pk, 0)) for each in leg.delegations.select_related("unit")]


@dataclass(frozen=True)
class _Ticket:
    verdict: str
    number: str
    seat: int | None = None


def _tickets(leg: Leg, drafts: Iterable[ScanDraft]) -> dict[str, _Ticket]:
    """What each ticket of the batch is, by the line's id; one query."""
    read = {draft.client_id: _read(draft) for draft in drafts if draft.kind == Scan.Kind.TICKET}
    keys = {pair[0] for pair in read.values() if pair}
    seats = {seat.pk: seat for seat in Seat.objects.filter(pk__in=keys)}
    return {client_id: _judge(leg, pair, seats) for client_id, pair in read.items()}


def _read(draft: ScanDraft) -> tuple[int, int] | None:
    if not draft.picked:
        pair = read_code(draft.code)
    else:
        key, _dash, serial = draft.code.partition("-")
        pair = (int(key), int(serial)) if key.isdecimal() and serial.isdecimal() else None
    # Longer numbers are no key of any database.
    return pair if pair and pair[0] < 1 << 60 and pair[1] < 1 << 15 else None


def _judge(leg: Leg, pair: tuple[int, int] | None, seats: dict[int, Seat]) -> _Ticket:
    if pair is None:
        return _Ticket(Scan.Verdict.UNKNOWN, "")
    seat, number = seats.get(pair[0]), f"{pair[0]}-{pair[1]}"
    if seat is None or seat.serial != pair[1]:
        return _Ticket(Scan.Verdict.REPLACED, number)
    return _Ticket(Scan.Verdict.VALID if seat.leg_id == leg.pk else Scan.Verdict.OTHER, number, seat.pk)


def _row(door: Door, draft: ScanDraft, ticket: _Ticket | None, offset: timedelta, received: datetime) -> Scan:
    at = draft.at if EPOCH < draft.at < FAR else received - offset
    scan = Scan(door=door, leg_id=door.leg_id, received=received, door_clock=at, happened=min(at + offset, received))
    scan.offset_ms = offset // timedelta(milliseconds=1)
    for name in ("client_id", "kind", "picked", "name", "note", "undoes", "said"):
        setattr(scan, name, getattr(draft, name))
    if ticket:
        scan.verdict, scan.ticket, scan.seat_id = ticket.verdict, ticket.number, ticket.seat
        scan.code = "" if ticket.number else draft.code
    return scan
