"""What happens to the names on seats: who stays keeps seat and ticket, who needs a wheelchair place gets one."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.domain.delegation import CompanionsBeyondWheelchairs, WheelchairsBeyondAsked
from ortoo.participation.domain.layout import COMPANION, WHEELCHAIR, mark_needs
from ortoo.participation.models import Delegation, Seat


class TooManyNames(Refused):
    sentence = _("%(names)s names are more than the %(given)s seats of %(delegation)s.")


class KeptForWheelchairs(Refused):
    sentence = _(
        "%(kept)s seats of %(delegation)s are kept for wheelchairs and those who come with them. Write wheelchair or companion behind "
        "their names."
    )


class NoSuchSeat(Refused):
    sentence = _("%(delegation)s has no seat %(number)s.")


class NumberTwice(Refused):
    sentence = _("Seat %(number)s has two names.")


@dataclass(frozen=True)
class Name:
    """A name with its remark; `number` where the seat is said, `need` where it is said that one is (see `Seat.Need`)."""

    holder: str
    note: str = ""
    number: int | None = None
    need: str = ""


@transaction.atomic
def name_seats(delegation: Delegation, names: Sequence[Name], *, by: Actor) -> int:
    """Put these names on the seats, the rest stay empty; returns how many differ. Another name is another ticket.

    More in wheelchairs than the delegation said so far: it says so from now on, and seats for them are looked for.
    """
    _say_needs(delegation, names)
    seats = list(delegation.seats.all())
    found = assign(delegation, seats, names)
    changed = [seat for seat in seats if (seat.holder, seat.note) != _said(found.get(seat.number))]
    for seat in changed:
        holder, seat.note = _said(found.get(seat.number))
        seat.serial += bool(seat.holder and seat.holder != holder)
        seat.holder = holder
    Seat.objects.bulk_update(changed, ["holder", "note", "serial"], batch_size=500)
    if changed:
        after = {"names": sum(bool(seat.holder) for seat in seats), "seats": len(seats)}
        audit.record("name_seats", delegation, by=by, after=after, unit_path=delegation.leg.programme.unit.path)
    return len(changed)


def assign(delegation: Delegation, seats: Sequence[Seat], names: Sequence[Name]) -> dict[int, Name]:
    """Number of the seat → name: at its number, else where the same name stands, else in order on what is free for its need."""
    if len(names) > len(seats):
        raise TooManyNames(names=len(names), given=len(seats), delegation=delegation)
    found: dict[int, Name] = {}
    numbered = {seat.number: seat for seat in seats}
    for name in names:
        if name.number is not None:
            _put_at_number(delegation, numbered, name, found)
    named: dict[str, list[Seat]] = defaultdict(list)
    for seat in seats:
        named[seat.holder].append(seat)
    for name in _left(names, found):
        own = _own(named[name.holder], name, found)
        if own:
            found[own.number] = name
    return _fill(delegation, [seat for seat in seats if seat.number not in found], _left(names, found), found)


def _fill(delegation: Delegation, free: Sequence[Seat], names: Sequence[Name], found: dict[int, Name]) -> dict[int, Name]:
    waiting: dict[str, list[Seat]] = defaultdict(list)
    for seat in reversed(free):
        waiting[seat.need].append(seat)
    for name in names:
        # A preview comes before the seats for more wheelchairs are there: any will do then.
        kind = name.need if waiting[name.need] or not name.need else next(kind for kind, left in waiting.items() if left)
        if not waiting[kind]:
            raise KeptForWheelchairs(kept=sum(map(len, waiting.values())), delegation=delegation)
        found[waiting[kind].pop().number] = name
    return found


def _put_at_number(delegation: Delegation, numbered: Mapping[int, Seat], name: Name, found: dict[int, Name]) -> None:
    seat = numbered.get(name.number or 0)
    if seat is None:
        raise NoSuchSeat(delegation=delegation, number=name.number)
    if seat.need == name.need:
        if seat.number in found:
            raise NumberTwice(number=seat.number)
        found[seat.number] = name


def _own(here: Sequence[Seat], name: Name, found: Mapping[int, Name]) -> Seat | None:
    """Of the seats where the same name stands, one for its need: without a number and a need it stays wherever that is."""
    anywhere = name.number is None and not name.need
    return next((seat for seat in here if seat.number not in found and (anywhere or seat.need == name.need)), None)


def _left(names: Sequence[Name], found: dict[int, Name]) -> list[Name]:
    """Names without a seat; the same line may stand there more than once."""
    seated = Counter(found.values())
    left = []
    for name in names:
        if seated[name]:
            seated[name] -= 1
        else:
            left.append(name)
    return left


def _say_needs(delegation: Delegation, names: Sequence[Name]) -> None:
    """Raise what the delegation says of wheelchairs and companions to what its names say."""
    seats = list(delegation.seats.all())
    plain = {name.holder for name in names if name.number is None and not name.need}
    stay = Counter(seat.need for seat in seats if seat.need and seat.holder in plain)
    said = Counter(name.need for name in names) + stay
    wheelchairs = max(delegation.wheelchairs, said[WHEELCHAIR])
    companions = max(delegation.companions, said[COMPANION])
    if (wheelchairs, companions) == (delegation.wheelchairs, delegation.companions):
        return
    if len(names) > len(seats):
        raise TooManyNames(names=len(names), given=len(seats), delegation=delegation)
    if companions > wheelchairs:
        raise CompanionsBeyondWheelchairs(companions=companions, wheelchairs=wheelchairs)
    if wheelchairs + companions > delegation.asked:
        raise WheelchairsBeyondAsked(wheelchairs=wheelchairs, companions=companions, asked=delegation.asked)
    delegation.wheelchairs, delegation.companions = wheelchairs, companions
    delegation.save(update_fields=["wheelchairs", "companions"])
    needing = [name for name in names if name.need]
    numbers, holders = {name.number for name in needing}, {name.holder for name in needing}
    mark_needs(delegation, [seat.number for seat in seats if seat.number in numbers or seat.holder in holders])


def _said(name: Name | None) -> tuple[str, str]:
    return (name.holder, name.note) if name else ("", "")
