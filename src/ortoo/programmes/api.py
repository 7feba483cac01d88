<<<<<<< HEAD
"""Programmes and their legs, for programs."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from ortoo.kernel.rest import PROBLEMS, Key, Page, Paging, page
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import visible_to

router = Router(tags=["programmes"])
=======
"""Programmes, their terms and duties for programs: what the account of the token sees on the pages too."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Schema

from ortoo.kernel.refused import NotAllowed
from ortoo.people.models import Account
from ortoo.programmes.models import Programme
from ortoo.programmes.permissions import may_host
from ortoo.programmes.queries import duties_of, legs_of, visible_to

router = Router(tags=["programmes"])
Key = Annotated[str, Path(pattern=r"^[0-9a-z]{1,12}$")]
Limit = Annotated[int, Query(ge=1, le=1000)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
>>>>>>> programmes


class ProgrammeOut(Schema):
    """A programme; `unit` and `base` are unit codes."""

    key: str
<<<<<<< HEAD
    kind: str
    title: str
=======
    title: str
    kind: str
>>>>>>> programmes
    state: str
    unit: str
    base: str | None

<<<<<<< HEAD
    @staticmethod
    def resolve_unit(programme: Programme) -> str:
        """The code of the unit that organises it."""
        return programme.unit.code

    @staticmethod
    def resolve_base(programme: Programme) -> str | None:
        """The code of the unit where it is held."""
        return programme.base.code if programme.base else None


class LegOut(Schema):
    """A term or stop: days both inclusive; capacity and beds in persons, null = no limit; `base` is a unit code."""
=======

class ProgrammesOut(Schema):
    """One page of programmes, newest first."""

    total: int
    items: list[ProgrammeOut]


class LegOut(Schema):
    """A term: days inclusive, capacity and beds in persons, null for no limit; `base` is a unit code."""
>>>>>>> programmes

    ordinal: int
    name: str
    starts: date
    ends: date
<<<<<<< HEAD
=======
    state: str
>>>>>>> programmes
    base: str | None
    capacity: int | None
    women_beds: int | None
    men_beds: int | None

<<<<<<< HEAD
    @staticmethod
    def resolve_base(leg: Leg) -> str | None:
        """The code of the unit where it is held."""
        return leg.base.code if leg.base else None


@router.get("/programmes", response={200: Page[ProgrammeOut], **PROBLEMS}, url_name="programmes")
def programmes(request: Any, paging: Query[Paging]) -> dict[str, Any]:
    """Programmes that the account sees, the newest first."""
    return page(visible_to(request.auth).select_related("unit", "base"), paging)


@router.get("/programmes/{key}", response={200: ProgrammeOut, **PROBLEMS}, url_name="programme")
def programme(request: Any, key: Key) -> Programme:
    """One programme."""
    return get_object_or_404(visible_to(request.auth).select_related("unit", "base"), key=key)


@router.get("/programmes/{key}/legs", response={200: Page[LegOut], **PROBLEMS}, url_name="legs")
def legs(request: Any, key: Key, paging: Query[Paging]) -> dict[str, Any]:
    """The terms or stops of a programme, in order."""
    return page(get_object_or_404(visible_to(request.auth), key=key).legs.select_related("base"), paging)
=======

class DutyOut(Schema):
    """A duty of a term and the day by which it is due."""

    leg: int
    title: str
    department: str
    due: date
    done_at: datetime | None
    note: str


class DutiesOut(Schema):
    """One page of duties, term by term."""

    total: int
    items: list[DutyOut]


def account_of(request: HttpRequest) -> Account:
    """Whose token or session it is."""
    return request.user  # type: ignore[return-value]


def fetch(request: HttpRequest, key: str) -> Programme:
    """The programme that the account may open, else 404."""
    return get_object_or_404(visible_to(account_of(request)).select_related("unit", "base"), key=key)


@router.get("/programmes", response=ProgrammesOut, operation_id="list_programmes")
def programmes(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """Programmes that the account may open."""
    rows = visible_to(account_of(request)).select_related("unit", "base")
    return {"total": rows.count(), "items": [_programme(each) for each in rows[offset : offset + limit]]}


@router.get("/programmes/{key}", response=ProgrammeOut, operation_id="get_programme")
def programme(request: HttpRequest, key: Key) -> dict[str, Any]:
    """One programme."""
    return _programme(fetch(request, key))


@router.get("/programmes/{key}/legs", response=list[LegOut], operation_id="list_legs")
def legs(request: HttpRequest, key: Key) -> list[dict[str, Any]]:
    """The programme's terms, in order."""
    fields = ("ordinal", "name", "starts", "ends", "state", "capacity", "women_beds", "men_beds")
    return [
        {name: getattr(leg, name) for name in fields} | {"base": leg.base.code if leg.base else None}
        for leg in legs_of(fetch(request, key))
    ]


@router.get("/programmes/{key}/duties", response=DutiesOut, operation_id="list_duties")
def duties(request: HttpRequest, key: Key, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """The duties of all terms, for organisers and hosts."""
    thing = fetch(request, key)
    if not may_host(account_of(request), thing):
        raise NotAllowed
    rows = duties_of(thing)
    fields = ("title", "department", "due", "done_at", "note")
    items = [{name: getattr(d, name) for name in fields} | {"leg": d.leg.ordinal} for d in rows[offset : offset + limit]]
    return {"total": rows.count(), "items": items}


def _programme(thing: Programme) -> dict[str, Any]:
    said = {name: getattr(thing, name) for name in ("key", "title", "kind", "state")}
    return said | {"unit": thing.unit.code, "base": thing.base.code if thing.base else None}
>>>>>>> programmes
