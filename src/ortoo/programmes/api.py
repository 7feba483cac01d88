"""Programmes, their legs, and what a tour has besides, for programs."""

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from ortoo.kernel.refused import NotAllowed
from ortoo.kernel.rest import PROBLEMS, Key, Page, Paging, page
from ortoo.programmes.models import Appearance, Hall, Leg, Programme, Talk
from ortoo.programmes.permissions import may_organise, may_see_order, may_see_talks
from ortoo.programmes.queries import speaker_of, talks_of, visible_to

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
    """A term or stop: days both inclusive; capacity and beds in persons, null = no limit; `base` is a unit code.

    `settled` is false for a stop without a day yet; `starts` and `ends` are then those of its tour.
    """

    ordinal: int
    name: str
    starts: date
    ends: date
    settled: bool
    mark: str
    base: str | None
    capacity: int | None
    women_beds: int | None
    men_beds: int | None

    @staticmethod
    def resolve_base(leg: Leg) -> str | None:
        """The code of the unit where it is held."""
        return leg.base.code if leg.base else None


class HallOut(Schema):
    """A hall that a stop (`leg`, by its number) can choose: seats (wheelchair places among them), the days
    on which it is free, whether it is chosen."""

    leg: int
    name: str
    seats: int
    wheelchairs: int
    free: list[date]
    chosen: bool

    @staticmethod
    def resolve_wheelchairs(hall: Hall) -> int:
        """How many of its places are for wheelchairs."""
        return len(hall.wheelchairs)

    @staticmethod
    def resolve_leg(hall: Hall) -> int:
        """The stop's number."""
        return hall.leg.ordinal


class TalkOut(Schema):
    """A talk: who tells it, whose story it is (own, mentor, colleague, comrade, other), planned minutes."""

    id: int
    title: str
    speaker: str
    understudy: str | None
    story: str
    minutes: int
    language: str

    @staticmethod
    def resolve_speaker(talk: Talk) -> str:
        """The speaker's name."""
        return str(talk.speaker)

    @staticmethod
    def resolve_understudy(talk: Talk) -> str | None:
        """Who steps in."""
        return str(talk.speaker.understudy) if talk.speaker.understudy else None


class AppearanceOut(Schema):
    """A talk in the running order of a stop (`leg`, by its number): its position, who tells it there, whether they arrived."""

    leg: int
    position: int
    talk: str
    minutes: int
    teller: str
    arrived_at: datetime | None

    @staticmethod
    def resolve_leg(appearance: Appearance) -> int:
        """The stop's number."""
        return appearance.leg.ordinal

    @staticmethod
    def resolve_talk(appearance: Appearance) -> str:
        """The talk's title."""
        return appearance.talk.title

    @staticmethod
    def resolve_minutes(appearance: Appearance) -> int:
        """The talk's planned minutes."""
        return appearance.talk.minutes

    @staticmethod
    def resolve_teller(appearance: Appearance) -> str:
        """Who tells it there."""
        return str(appearance.teller)


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


@router.get("/programmes/{key}/halls", response={200: Page[HallOut], **PROBLEMS}, url_name="halls")
def halls(request: Any, key: Key, paging: Query[Paging]) -> dict[str, Any]:
    """The halls that the stops of a tour can choose from."""
    tour = get_object_or_404(visible_to(request.auth), key=key)
    return page(Hall.objects.filter(leg__programme=tour).select_related("leg").order_by("leg__ordinal", "pk"), paging)


@router.get("/programmes/{key}/talks", response={200: Page[TalkOut], **PROBLEMS}, url_name="talks")
def talks(request: Any, key: Key, paging: Query[Paging]) -> dict[str, Any]:
    """The talks of a tour: organisers see all, speakers their own."""
    tour = get_object_or_404(visible_to(request.auth).select_related("unit"), key=key)
    if not may_see_talks(request.auth, tour):
        raise NotAllowed
    speaker = None if may_organise(request.auth, tour) else speaker_of(request.auth, tour)
    return page(talks_of(tour, speaker), paging)


@router.get("/programmes/{key}/order", response={200: Page[AppearanceOut], **PROBLEMS}, url_name="order")
def order(request: Any, key: Key, paging: Query[Paging]) -> dict[str, Any]:
    """The running orders of a tour, stop by stop."""
    tour = get_object_or_404(visible_to(request.auth).select_related("unit", "base"), key=key)
    if not may_see_order(request.auth, tour):
        raise NotAllowed
    rows = Appearance.objects.filter(leg__programme=tour).select_related("leg", "talk", "teller__person")
    return page(rows.order_by("leg__ordinal", "position", "pk"), paging)
