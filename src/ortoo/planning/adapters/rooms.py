"""People and rooms of a term as the rooms solver's problem, and its answer and its judge's words as pages take them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from ortoo.participation.dorm.models import Bed, DormRoom, RoomWish
from ortoo.participation.dorm.queries import base_of, beds_of, places_of, taken_elsewhere
from ortoo.participation.models import Place
from ortoo.programmes.models import Leg
from ortoo_solvers.core import after_seconds
from ortoo_solvers.core.stop import Stop, never
from ortoo_solvers.rooms import Person, Pin, Problem, Room, Solution, Weights, score, solve

SEXES = {"女": "f", "男": "m"}
#: So dear that nobody moves but for a bed: all that one move changes of the plain prices is a few hundred at most.
FEWEST_MOVES = Weights(unplaced=1_000_000, moved=10_000)


@dataclass(frozen=True)
class Standing:
    """A term's rooms as they stand: who is where, and the problem by which that is judged (moving costs nothing); `shared`: rooms
    in which people of the term are, but that another term has on these days, so that nobody may be put there."""

    problem: Problem
    rooms: Mapping[str, str]
    people: Mapping[str, Place]
    shared: tuple[Room, ...] = ()

    @cached_property
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

    def amiss(self) -> dict[int, list[str]]:
        """By room (key), what must not be, in words: it was in order once, and somebody or something was changed since."""
        found: dict[int, list[str]] = {}
        for reason in score(self._everywhere, self.rooms).reasons:
            if reason.kind in _MUST_NOT and reason.room:
                found.setdefault(int(reason.room), []).append(_MUST_NOT[reason.kind]() % self._people_in(reason.room))
        return found

    def extra(self, person: str, room: str) -> int:
        """What it costs more with this person (key) in this room."""
        return score(self.problem, {**self.rooms, person: room}).cost - self.cost

    @cached_property
    def _everywhere(self) -> Problem:
        return replace(self.problem, rooms=self.problem.rooms + self.shared)

    def _people_in(self, room: str) -> dict[str, str]:
        """The names of the women, of the men and of those in a room for whom it is not, how many they are, for whom it is."""
        inside = [self.people[key].person for key, each in self.rooms.items() if each == room and key in self.people]
        named = {SEXES[sex]: "、".join(person.name for person in inside if person.sex == sex) for sex in SEXES}
        rule = next((each.sex for each in self._everywhere.rooms if each.key == room), "")
        sex, others = (_("women"), named["m"]) if rule == "f" else (_("men"), named["f"])
        return {"women": named["f"], "men": named["m"], "count": str(len(inside)), "sex": sex, "others": others}

    def _name(self, key: str) -> str:
        return self.people[key].person.name if key in self.people else ""


_WORDS = {
    "snoring": lambda: _("%(one)s and %(other)s: one of them snores"),
    "rhythm": lambda: _("%(one)s and %(other)s: one goes to bed early, one late"),
    "colleagues": lambda: _("%(one)s and %(other)s are of one station"),
    "alone": lambda: _("%(one)s shares with no colleague"),
    "wish": lambda: _("%(one)s and %(other)s would like to share"),
}
_MUST_NOT = {
    "mixed": lambda: _("women (%(women)s) and men (%(men)s) share this room"),
    "beds": lambda: _("%(count)s people have a bed here, more than there are beds"),
    "sex": lambda: _("not for this room, which is for %(sex)s: %(others)s"),
}


def standing(leg: Leg, colleagues: str) -> Standing:
    """How a term's rooms stand now; five queries. Rooms that another term has on these days are not in its problem."""
    places = {str(place.pk): place for place in places_of(leg).select_related("person__unit", "room_wish")}
    elsewhere = taken_elsewhere(leg)
    rooms = [room for room in DormRoom.objects.filter(base=base_of(leg)) if room.pk not in elsewhere]
    beds = list(beds_of(leg))
    shared = {bed.room_id: _room(bed.room) for bed in beds if bed.room_id in elsewhere}
    where = {str(bed.place_id): str(bed.room_id) for bed in beds}
    return Standing(_problem(places, rooms, (), colleagues), where, places, tuple(shared.values()))


def problem_of(leg: Leg, colleagues: str, *, near: bool = False) -> Problem:
    """The same to be solved: who is fixed stays. ``near``: of those who have a bed as few move as can be, so that everybody
    has one; else all is open, and what is proved is proved of the plain prices."""
    now = standing(leg, colleagues)
    problem = replace(now.problem, pins=_pins(leg))
    return replace(problem, before=dict(now.rooms), weights=FEWEST_MOVES) if near else problem


def find_rooms(problem: Problem, stop: Stop = never, *, seconds: float | None = None) -> Solution:
    """The rooms with the fewest wishes broken. ``stop`` saying yes, or ``seconds`` gone, gives what was found so far."""
    return solve(problem, stop if seconds is None else after_seconds(seconds))


def basis_of(leg: Leg, now: Standing) -> str:
    """A digest of all that a proof rests on: people, wishes, rooms, who is fixed, the rule for colleagues."""
    parts = (now.problem.people, now.problem.rooms, _pins(leg))
    said = [*(sorted(map(repr, part)) for part in parts), str(now.problem.colleagues)]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _pins(leg: Leg) -> tuple[Pin, ...]:
    return tuple(Pin(str(bed.place_id), str(bed.room_id)) for bed in Bed.objects.filter(leg=leg, fixed=True))


def _problem(places: Mapping[str, Place], rooms: Sequence[DormRoom], pins: Iterable[Pin], colleagues: str) -> Problem:
    return Problem(
        people=tuple(_person(key, place) for key, place in places.items()),
        rooms=tuple(_room(room) for room in rooms),
        pins=tuple(pins),
        colleagues=colleagues,
    )


def _room(room: DormRoom) -> Room:
    return Room(str(room.pk), room.beds, SEXES.get(room.sex, ""))


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
