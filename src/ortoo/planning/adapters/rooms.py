"""People and rooms of a term as the rooms solver's problem, and its answer and its judge's words as pages take them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from ortoo.participation.dorm.models import Bed, DormRoom, RoomWish
from ortoo.participation.dorm.queries import base_of, beds_of, places_of
from ortoo.participation.models import Place
from ortoo.programmes.models import Leg
from ortoo_solvers.core.stop import Stop
from ortoo_solvers.rooms import Person, Pin, Problem, Room, Solution, score, solve

SEXES = {"女": "f", "男": "m"}


@dataclass(frozen=True)
class Standing:
    """A term's rooms as they stand: who is where, and the problem by which that is judged (moving costs nothing)."""

    problem: Problem
    rooms: Mapping[str, str]
    people: Mapping[str, Place]

    @property
    def cost(self) -> int:
        """What it costs as it stands."""
        return score(self.problem, self.rooms).cost

    def said(self) -> dict[int, list[str]]:
        """By room (key), what is not as people wish it, in words."""
        found: dict[int, list[str]] = {}
        for reason in score(self.problem, self.rooms).reasons:
            words = _WORDS.get(reason.kind)
            if words is None:
                continue
            names = {"one": self._name(reason.person), "other": self._name(reason.other)}
            for room in {reason.room} if reason.room else {self.rooms.get(reason.person, ""), self.rooms.get(reason.other, "")}:
                if room:
                    found.setdefault(int(room), []).append(words() % names)
        return found

    def extra(self, person: str, room: str) -> int:
        """What it costs more with this person (key) in this room."""
        return score(self.problem, {**self.rooms, person: room}).cost - self.cost

    def _name(self, key: str) -> str:
        return self.people[key].person.name if key in self.people else ""


_WORDS = {
    "snoring": lambda: _("%(one)s and %(other)s: one of them snores"),
    "rhythm": lambda: _("%(one)s and %(other)s: one goes to bed early, one late"),
    "colleagues": lambda: _("%(one)s and %(other)s are of one station"),
    "alone": lambda: _("%(one)s shares with no colleague"),
    "wish": lambda: _("%(one)s and %(other)s would like to share"),
}


def standing(leg: Leg, colleagues: str) -> Standing:
    """How a term's rooms stand now; four queries."""
    places = {str(place.pk): place for place in places_of(leg).select_related("person__unit", "room_wish")}
    rooms = list(DormRoom.objects.filter(base=base_of(leg)))
    beds = list(beds_of(leg))
    return Standing(_problem(places, rooms, (), colleagues), {str(b.place_id): str(b.room_id) for b in beds}, places)


def problem_of(leg: Leg, colleagues: str) -> Problem:
    """The same to be solved: who is fixed stays, and whoever has a bed is moved only where it pays."""
    now = standing(leg, colleagues)
    fixed = Bed.objects.filter(leg=leg, fixed=True)
    pins = tuple(Pin(str(bed.place_id), str(bed.room_id)) for bed in fixed)
    return replace(now.problem, pins=pins, before=dict(now.rooms))


def find_rooms(problem: Problem, stop: Stop) -> Solution:
    """The rooms with the fewest wishes broken. ``stop`` saying yes gives what was found so far."""
    return solve(problem, stop)


def _problem(places: Mapping[str, Place], rooms: Sequence[DormRoom], pins: Iterable[Pin], colleagues: str) -> Problem:
    return Problem(
        people=tuple(_person(key, place) for key, place in places.items()),
        rooms=tuple(Room(str(room.pk), room.beds, SEXES.get(room.sex, "")) for room in rooms),
        pins=tuple(pins),
        colleagues=colleagues,
    )


def _person(key: str, place: Place) -> Person:
    wish: RoomWish | None = getattr(place, "room_wish", None)
    return Person(
        key,
        SEXES[place.person.sex],
        unit=str(place.person.unit_id),
        snores=bool(wish and wish.snores),
        rhythm=wish.rhythm if wish else "",
        wishes=(str(wish.wanted_id),) if wish and wish.wanted_id else (),
    )
