"""Rooms of the term that runs: two buildings of the base, what some of its people wish for, beds given and told."""

from itertools import islice

from ortoo.participation.domain.bed import give_rooms, lock, tell_rooms
from ortoo.participation.domain.dorm_room import add_rooms
from ortoo.participation.domain.room_wish import say_wish
from ortoo.participation.dorm.models import Rooming, RoomWish
from ortoo.participation.dorm.queries import base_of, places_of
from ortoo.participation.dorm.typed import generate
from ortoo.participation.models import Place
from ortoo.people.models import Account
from ortoo.planning.adapters.rooms import basis_of, find_rooms, problem_of, standing
from ortoo.programmes.models import Leg, Programme

FLOORS, ROOMS = 6, 12
WISHES = 60
SECONDS = 1.0


def give_beds(programme: Programme, host: Account) -> None:
    """Nearly everybody has a bed in a room of two; the search's answer, without waiting for its proof."""
    leg = next(
        leg for leg in programme.legs.select_related("programme__unit", "programme__base", "base") if leg.state == "running"
    )
    base = base_of(leg)
    assert base is not None, "the demo's rotation has a base"
    for building in ("1号楼", "2号楼"):
        add_rooms(base, generate(building, range(1, FLOORS + 1), ROOMS, 2, ""), by=host)
    _say_wishes(leg, host)
    lock(leg)
    Rooming.objects.filter(leg=leg).update(colleagues=Rooming.Colleagues.APART)
    solution = find_rooms(problem_of(leg, Rooming.Colleagues.APART), seconds=SECONDS)
    give_rooms(leg, {int(place): int(room) for place, room in solution.places.items()}, by=host)
    basis = basis_of(leg, standing(leg, Rooming.Colleagues.APART))
    Rooming.objects.filter(leg=leg).update(cost=solution.cost, bound=solution.bound, optimal=solution.optimal, basis=basis)
    tell_rooms(leg, by=host)


def _say_wishes(leg: Leg, host: Account) -> None:
    """Every third snores, every second sleeps early or late, neighbours on the list of one sex would like to share."""
    people = list(islice(places_of(leg), WISHES))
    for number, place in enumerate(people):
        rhythm = (RoomWish.Rhythm.EARLY, RoomWish.Rhythm.NONE, RoomWish.Rhythm.LATE, RoomWish.Rhythm.NONE)[number % 4]
        wanted = people[number ^ 1] if (number ^ 1) < len(people) and number % 5 == 0 else None
        said = wanted.person.staff_no if wanted and _same_sex(place, wanted) else ""
        say_wish(place, snores=number % 3 == 0, rhythm=rhythm, wanted=said, by=host)


def _same_sex(one: Place, other: Place) -> bool:
    return one.person.sex == other.person.sex
