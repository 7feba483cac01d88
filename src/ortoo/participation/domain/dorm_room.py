"""What happens to the rooms of a base: written down many at once, removed while nobody has a bed in them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.dorm.models import DormRoom
from ortoo.people.models import Unit

MOST_ROOMS = 2000


class RoomThereAlready(Refused):
    sentence = _("Room %(room)s is there already.")


class TooManyRooms(Refused):
    sentence = _("A base has %(most)s rooms at most.")


class RoomInUse(Refused):
    sentence = _("Somebody has a bed in room %(room)s. Give them another one first.")


@dataclass(frozen=True)
class RoomDraft:
    """A room to be written down; `sex` 女, 男 or empty for either."""

    building: str
    floor: int
    number: str
    beds: int = 2
    sex: str = ""

    def __str__(self) -> str:
        return f"{self.building} {self.number}".strip()


@transaction.atomic
def add_rooms(base: Unit, drafts: Sequence[RoomDraft], *, by: Actor) -> list[DormRoom]:
    """Write rooms down; all of them or none."""
    Unit.objects.select_for_update().get(pk=base.pk)
    there = set(base.dorm_rooms.values_list("building", "number"))
    if len(there) + len(drafts) > MOST_ROOMS:
        raise TooManyRooms(most=MOST_ROOMS)
    for draft in drafts:
        if (draft.building, draft.number) in there:
            raise RoomThereAlready(room=str(draft))
        there.add((draft.building, draft.number))
    made = DormRoom.objects.bulk_create([DormRoom(base=base, **asdict(draft)) for draft in drafts], batch_size=200)
    audit.record("add_rooms", base, by=by, after={"rooms": [str(room) for room in made]}, unit_path=base.path)
    return made


@transaction.atomic
def remove_rooms(base: Unit, keys: Iterable[int], *, by: Actor) -> int:
    """Remove rooms in which nobody has a bed in any term; all of them or none. Returns how many."""
    Unit.objects.select_for_update().get(pk=base.pk)
    rooms = list(base.dorm_rooms.filter(pk__in=list(keys)).prefetch_related("taken"))
    if used := next((room for room in rooms if room.taken.all()), None):
        raise RoomInUse(room=str(used))
    said = [str(room) for room in rooms]
    base.dorm_rooms.filter(pk__in=[room.pk for room in rooms]).delete()
    if said:
        audit.record("remove_rooms", base, by=by, before={"rooms": said}, unit_path=base.path)
    return len(said)
