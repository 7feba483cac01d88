"""Published places and delegations, for programs."""

from datetime import datetime
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from ortoo.kernel.refused import NotAllowed
from ortoo.kernel.rest import PROBLEMS, Key, Page, Paging, page
from ortoo.participation.delegations.permissions import may_see_delegations
from ortoo.participation.delegations.queries import delegations_visible_to
from ortoo.participation.dorm.models import Bed
from ortoo.participation.dorm.queries import beds_of
from ortoo.participation.models import Delegation, Place
from ortoo.participation.queries import places_visible_to
from ortoo.programmes.permissions import may_host_leg
from ortoo.programmes.queries import visible_to

router = Router(tags=["places"])


class PlaceOut(Schema):
    """A person's published place: the programme's key, the leg's number and name, and who."""

    programme: str
    leg: int
    leg_name: str
    staff_no: str
    name: str
    unit: str

    @staticmethod
    def resolve_programme(place: Place) -> str:
        """The programme's key."""
        return place.programme.key

    @staticmethod
    def resolve_leg(place: Place) -> int:
        """The leg's number."""
        return place.leg.ordinal

    @staticmethod
    def resolve_leg_name(place: Place) -> str:
        """The leg's name."""
        return place.leg.name

    @staticmethod
    def resolve_staff_no(place: Place) -> str:
        """Whose place it is."""
        return place.person.staff_no

    @staticmethod
    def resolve_name(place: Place) -> str:
        """Their name."""
        return place.person.name

    @staticmethod
    def resolve_unit(place: Place) -> str:
        """The code of their unit."""
        return place.person.unit.code


class Which(Paging):
    """Filters: a programme's key, a leg's number."""

    programme: Key = ""
    leg: int | None = Field(None, ge=1, le=200)


@router.get("/places", response={200: Page[PlaceOut], **PROBLEMS}, url_name="places")
def places(request: Any, which: Query[Which]) -> dict[str, Any]:
    """Published places that the account sees: of its own people, and of programmes that it organises or hosts."""
    found = places_visible_to(request.auth).select_related("programme", "leg", "person__unit")
    if which.programme:
        found = found.filter(programme__key=which.programme)
    if which.leg is not None:
        found = found.filter(leg__ordinal=which.leg)
    return page(found, which)


class DelegationOut(Schema):
    """A delegation of a stop (`leg`, by its number): seats asked for and given, how many of them have a name; of those asked
    for, wheelchairs and their companions; `unit` is a code."""

    id: int
    leg: int
    name: str
    kind: str
    asked: int
    priority: int
    wheelchairs: int
    companions: int
    given: int
    named: int
    claimed_at: datetime | None
    unit: str | None

    @staticmethod
    def resolve_leg(delegation: Delegation) -> int:
        """The stop's number."""
        return delegation.leg.ordinal

    @staticmethod
    def resolve_unit(delegation: Delegation) -> str | None:
        """The code of the unit whose clerks look after its seats."""
        return delegation.unit.code if delegation.unit else None


@router.get("/programmes/{key}/delegations", response={200: Page[DelegationOut], **PROBLEMS}, url_name="delegations")
def delegations(request: Any, key: Key, paging: Query[Paging]) -> dict[str, Any]:
    """The delegations of a tour: organisers see all, clerks those of their own units."""
    tour = get_object_or_404(visible_to(request.auth).select_related("unit"), key=key)
    if not may_see_delegations(request.auth, tour):
        raise NotAllowed
    return page(delegations_visible_to(request.auth, tour), paging)


class BedOut(Schema):
    """Who sleeps in which bed of a term; a fixed one stays when the rooms are given anew."""

    building: str
    floor: int
    room: str
    bed: int
    staff_no: str
    name: str
    fixed: bool

    @staticmethod
    def resolve_building(bed: Bed) -> str:
        """The building, if it has a name."""
        return bed.room.building

    @staticmethod
    def resolve_floor(bed: Bed) -> int:
        """The floor."""
        return bed.room.floor

    @staticmethod
    def resolve_room(bed: Bed) -> str:
        """The room's number."""
        return bed.room.number

    @staticmethod
    def resolve_bed(bed: Bed) -> int:
        """The bed's number."""
        return bed.number

    @staticmethod
    def resolve_staff_no(bed: Bed) -> str:
        """Who sleeps there."""
        return bed.place.person.staff_no

    @staticmethod
    def resolve_name(bed: Bed) -> str:
        """Their name."""
        return bed.place.person.name


@router.get("/programmes/{key}/legs/{leg}/beds", response={200: Page[BedOut], **PROBLEMS}, url_name="beds")
def beds(request: Any, key: Key, leg: Annotated[int, Field(ge=1, le=200)], paging: Query[Paging]) -> dict[str, Any]:
    """Who sleeps where in a term (`leg`: its number): for organisers, and hosts where it is held."""
    rotation = get_object_or_404(visible_to(request.auth).select_related("unit", "base"), key=key)
    term = get_object_or_404(rotation.legs.select_related("base"), ordinal=leg)
    term.programme = rotation
    if not may_host_leg(request.auth, term):
        raise NotAllowed
    return page(beds_of(term), paging)
