"""Published places and delegations, for programs."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from ortoo.kernel.refused import NotAllowed
from ortoo.kernel.rest import PROBLEMS, Key, Page, Paging, page
from ortoo.participation.delegations.permissions import may_see_delegations
from ortoo.participation.delegations.queries import delegations_visible_to
from ortoo.participation.models import Delegation, Place
from ortoo.participation.queries import places_visible_to
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
    """A delegation of a stop (`leg`, by its number): seats asked for and given, how many of them have a name; `unit` is a code."""

    id: int
    leg: int
    name: str
    kind: str
    asked: int
    priority: int
    wheelchairs: int
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
