<<<<<<< HEAD
"""Published places, for programs."""

from typing import Any

from ninja import Field, Query, Router, Schema

from ortoo.kernel.rest import PROBLEMS, Key, Page, Paging, page
from ortoo.participation.models import Place
from ortoo.participation.queries import places_visible_to

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
=======
"""Nominations and places for programs: those of the people whom the account of the token sees."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Schema

from ortoo.kernel.refused import NotAllowed
from ortoo.participation.permissions import may_see_nominations
from ortoo.participation.queries import nominated_in, places_visible_to
from ortoo.people.models import Account
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import visible_to

router = Router(tags=["participation"])
Key = Annotated[str, Path(pattern=r"^[0-9a-z]{1,12}$")]
Limit = Annotated[int, Query(ge=1, le=2000)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]


class NominationOut(Schema):
    """A nominated person; `unit` is a unit code, `wish` a term's number, `blocked` pairs of first and last day."""

    staff_no: str
    name: str
    unit: str
    wish: int | None
    blocked: list[tuple[date, date]]
    needs: list[str]
    attended: bool


class NominationsOut(Schema):
    """One page of nominations, by unit."""

    total: int
    items: list[NominationOut]


class PlaceOut(Schema):
    """A published place: who, and the number of the term."""

    staff_no: str
    name: str
    unit: str
    leg: int


class PlacesOut(Schema):
    """One page of places, term by term."""

    total: int
    items: list[PlaceOut]


@router.get("/programmes/{key}/nominations", response=NominationsOut, operation_id="list_nominations")
def nominations(request: HttpRequest, key: Key, limit: Limit = 500, offset: Offset = 0) -> dict[str, Any]:
    """Nominations of the people whom the account sees."""
    account, programme = _fetch(request, key)
    if not may_see_nominations(account, programme):
        raise NotAllowed
    rows = nominated_in(account, programme)
    fields = ("wish", "needs", "attended")
    items = [
        _person(row.person) | {name: getattr(row, name) for name in fields} | {"blocked": row.blocked_days}
        for row in rows[offset : offset + limit]
    ]
    return {"total": rows.count(), "items": items}


@router.get("/programmes/{key}/places", response=PlacesOut, operation_id="list_places")
def places(request: HttpRequest, key: Key, limit: Limit = 500, offset: Offset = 0) -> dict[str, Any]:
    """Published places of the people whom the account sees; for a host those at its base."""
    account, programme = _fetch(request, key)
    rows = places_visible_to(account).filter(programme=programme).order_by("leg__ordinal", "person__staff_no")
    items = [_person(row.person) | {"leg": row.leg.ordinal} for row in rows[offset : offset + limit]]
    return {"total": rows.count(), "items": items}


def _fetch(request: HttpRequest, key: str) -> tuple[Account, Programme]:
    account: Account = request.user  # type: ignore[assignment]
    return account, get_object_or_404(visible_to(account).select_related("unit", "base"), key=key)


def _person(person: Any) -> dict[str, Any]:
    return {"staff_no": person.staff_no, "name": person.name, "unit": person.unit.code}
>>>>>>> programmes
