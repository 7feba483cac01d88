"""Programmes and their legs, for programs."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from ortoo.kernel.rest import PROBLEMS, Key, Page, Paging, page
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import visible_to

router = Router(tags=["programmes"])


class ProgrammeOut(Schema):
    """A programme; `unit` and `base` are unit codes."""

    key: str
    kind: str
    title: str
    state: str
    unit: str
    base: str | None

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

    ordinal: int
    name: str
    starts: date
    ends: date
    base: str | None
    capacity: int | None
    women_beds: int | None
    men_beds: int | None

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
