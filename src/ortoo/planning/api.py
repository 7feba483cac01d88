"""Plans, for programs: begun, read, published, withdrawn, by the same verbs as the pages."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from ortoo.kernel.refused import NotAllowed
from ortoo.kernel.rest import PROBLEMS, Key, Page, Paging, page
from ortoo.people.models import Account
from ortoo.planning.domain.plan import publish, start_plan, withdraw
from ortoo.planning.models import Plan, PlanPlace
from ortoo.planning.permissions import may_organise, may_see_plan
from ortoo.planning.queries import places_of, plans_of
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import visible_to

router = Router(tags=["plans"])


class PlanOut(Schema):
    """A plan: its cost and the proved bound; `counts` has people and placed; `collision` says why there is none."""

    number: int
    state: str
    cost: int | None
    bound: int | None
    optimal: bool
    engine: str
    seconds: float | None
    counts: dict[str, Any]
    collision: dict[str, Any]
    created: datetime


class PlanPlaceOut(Schema):
    """Where a plan puts somebody; `leg` is null for who is left out."""

    staff_no: str = Field(alias="person.staff_no")
    name: str = Field(alias="person.name")
    unit: str = Field(alias="person.unit.code")
    leg: int | None
    wish_met: bool | None

    @staticmethod
    def resolve_leg(place: PlanPlace) -> int | None:
        """The leg's number."""
        return place.leg.ordinal if place.leg else None


class PlanIn(Schema):
    """How to plan: at most so many seconds; the same seed gives the same plan."""

    seconds: int = Field(60, ge=1, le=3600)
    seed: int = Field(0, ge=0, le=2**31 - 1)


@router.get("/programmes/{key}/plans", response={200: Page[PlanOut], **PROBLEMS}, url_name="plans")
def plans(request: Any, key: Key, paging: Query[Paging]) -> dict[str, Any]:
    """All plans of a programme, the newest first."""
    return page(plans_of(_readable(request.auth, key)), paging)


@router.post("/programmes/{key}/plans", response={202: PlanOut, **PROBLEMS}, url_name="plans")
def begin(request: Any, key: Key, said: PlanIn) -> Status[Plan]:
    """Begin a new plan; it is found in the background."""
    programme = _own(request.auth, key)
    return Status(202, start_plan(programme, by=request.auth, seed=said.seed, seconds=said.seconds))


@router.get("/programmes/{key}/plans/{int:number}", response={200: PlanOut, **PROBLEMS}, url_name="plan")
def plan(request: Any, key: Key, number: int) -> Plan:
    """One plan."""
    return get_object_or_404(plans_of(_readable(request.auth, key)), number=number)


@router.get("/programmes/{key}/plans/{int:number}/places", response={200: Page[PlanPlaceOut], **PROBLEMS}, url_name="plan-places")
def plan_places(request: Any, key: Key, number: int, paging: Query[Paging]) -> dict[str, Any]:
    """Everybody in a plan, with their term or none."""
    return page(places_of(get_object_or_404(plans_of(_readable(request.auth, key)), number=number)), paging)


@router.post("/programmes/{key}/plans/{int:number}/publish", response={200: PlanOut, **PROBLEMS}, url_name="plan-publish")
def tell(request: Any, key: Key, number: int) -> Plan:
    """Give everybody in the plan their place."""
    return publish(_plan(request.auth, key, number), by=request.auth).plan


@router.post("/programmes/{key}/plans/{int:number}/withdraw", response={200: PlanOut, **PROBLEMS}, url_name="plan-withdraw")
def take_back(request: Any, key: Key, number: int) -> Plan:
    """Take a published plan's places back."""
    found = _plan(request.auth, key, number)
    withdraw(found, by=request.auth)
    found.refresh_from_db()
    return found


def _readable(account: Account, key: str) -> Programme:
    programme = get_object_or_404(visible_to(account).select_related("unit"), key=key)
    if not may_see_plan(account, programme):
        raise NotAllowed
    return programme


def _own(account: Account, key: str) -> Programme:
    programme = get_object_or_404(visible_to(account).select_related("unit"), key=key)
    if not may_organise(account, programme):
        raise NotAllowed
    return programme


def _plan(account: Account, key: str, number: int) -> Plan:
    return get_object_or_404(plans_of(_own(account, key)), number=number)
