"""The rooms of a base, and how those of a term are given."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Count, QuerySet

from ortoo.participation.dorm.models import Bed, DormRoom, Rooming
from ortoo.participation.models import Place
from ortoo.people.models import Unit
from ortoo.programmes.models import Leg


@dataclass
class Taken:
    """A room with who is in it, by bed; `wrong`: what about them is not as they wish, `amiss`: what must not be, both in words;
    `elsewhere`: another term has it on these days."""

    room: DormRoom
    beds: Sequence[Bed]
    wrong: list[str] = field(default_factory=list)
    amiss: list[str] = field(default_factory=list)
    elsewhere: bool = False

    @property
    def free(self) -> int:
        """Beds nobody has."""
        return 0 if self.elsewhere else self.room.beds - len(self.beds)

    @property
    def sex(self) -> str:
        """For whom it is now: by who is in it, else by its own rule; empty for either."""
        return self.beds[0].place.person.sex if self.beds else self.room.sex


@dataclass(frozen=True)
class Floor:
    """A floor of a building, with its rooms in order."""

    building: str
    number: int
    rooms: Sequence[Taken]


def base_of(leg: Leg) -> Unit | None:
    """Where a term is held."""
    return leg.base or leg.programme.base


def rooms_of(base: Unit | None) -> QuerySet[DormRoom]:
    """All rooms of a base, each with `used`: how many beds of any term are given in it."""
    return DormRoom.objects.filter(base=base).annotate(used=Count("taken"))


def rooming_of(leg: Leg) -> Rooming:
    """How the rooms of a term are given; not saved while nobody has begun."""
    return Rooming.objects.filter(leg=leg).select_related("job").first() or Rooming(leg=leg)


def taken_elsewhere(leg: Leg) -> set[int]:
    """Rooms (keys) of the base that another term, of whichever programme, has on one of the same days."""
    beds = Bed.objects.filter(room__base=base_of(leg), leg__starts__lte=leg.ends, leg__ends__gte=leg.starts)
    return set(beds.exclude(leg=leg).values_list("room_id", flat=True))


def beds_of(leg: Leg) -> QuerySet[Bed]:
    """The beds given in a term, by room and number, with their people."""
    return Bed.objects.filter(leg=leg).select_related("place__person__unit__parent", "room").order_by("room", "number")


def places_of(leg: Leg) -> QuerySet[Place]:
    """Everybody on a term, by unit."""
    return Place.objects.filter(leg=leg).select_related("person__unit__parent").order_by("person__unit__path", "person__staff_no")


def without_bed(leg: Leg) -> QuerySet[Place]:
    """Those on a term who have no bed."""
    return places_of(leg).filter(bed=None)


def floors_of(leg: Leg) -> list[Floor]:
    """Every floor of the base with its rooms and who is in them; three queries."""
    within = {room: list(beds) for room, beds in groupby(beds_of(leg), key=lambda bed: bed.room_id)}
    elsewhere = taken_elsewhere(leg)
    rooms = DormRoom.objects.filter(base=base_of(leg))
    taken = [Taken(room, within.get(room.pk, []), elsewhere=room.pk in elsewhere) for room in rooms]
    return [Floor(*key, list(rooms)) for key, rooms in groupby(taken, key=lambda one: (one.room.building, one.room.floor))]
