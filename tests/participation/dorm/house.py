"""A term to come with six people of two stations, and six rooms on two floors of its base."""

from dataclasses import dataclass

from tests.programmes.stage import Stage, build

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.dorm_room import RoomDraft, add_rooms
from ortoo.participation.domain.place import give_places
from ortoo.participation.models import Bed, DormRoom, Place
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.people.models import Person
from ortoo.programmes.domain.programme import change_state
from ortoo.programmes.models import Leg, Programme

PEOPLE = (
    ("000301", "宋一", "男", "150101001"),
    ("000302", "宋二", "男", "150101001"),
    ("000303", "孙三", "男", "150201001"),
    ("000304", "孙四", "男", "150201001"),
    ("000305", "周五", "女", "150101001"),
    ("000306", "周六", "女", "150201001"),
)


@dataclass
class Dorm:
    """`people` and `rooms` by staff number and room number."""

    stage: Stage
    leg: Leg
    people: dict[str, Person]
    rooms: dict[str, DormRoom]

    def place(self, staff_no: str) -> Place:
        """Somebody's place."""
        return Place.objects.get(leg=self.leg, person=self.people[staff_no])

    def where(self) -> dict[str, str]:
        """Who is in which room now, by staff number and room number."""
        return {bed.place.person.staff_no: bed.room.number for bed in Bed.objects.select_related("place__person", "room")}


def build_dorm(stage: Stage | None = None) -> Dorm:
    """The first participant of the stage is on the term too."""
    stage = stage or build()
    drafts = [PersonDraft(number, name, sex, stage.units[unit].pk, "站长") for number, name, sex, unit in PEOPLE]
    people = {person.staff_no: person for person in record_persons(drafts, by=SYSTEM).new}
    leg = Leg.objects.select_related("programme__unit", "programme__base", "base").get(programme=stage.programme, ordinal=3)
    if not stage.programme.places.exists():
        change_state(stage.programme, Programme.State.PUBLISHED, by=SYSTEM)
        give_places(stage.programme, [(person.pk, leg) for person in people.values()], source="plan:0", by=SYSTEM)
    rooms = [
        RoomDraft("1号楼", floor, f"{floor}0{room}", 2, "女" if floor == 2 else "") for floor in (1, 2) for room in (1, 2, 3)
    ]
    made = add_rooms(stage.programme.base, rooms, by=SYSTEM)  # type: ignore[arg-type]
    return Dorm(stage, leg, people, {room.number: room for room in made})
