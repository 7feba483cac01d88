"""Rules and plans, for programs: the same verbs as the pages."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from ortoo.kernel.refused import NotAllowed
from ortoo.kernel.rest import PROBLEMS, Key, Page, Paging, page
from ortoo.people.models import Account
from ortoo.planning.domain import plan as verbs
from ortoo.planning.domain.rules import change_rules, rules_of
from ortoo.planning.models import Plan, PlanPlace, Rules
from ortoo.planning.permissions import may_organise
from ortoo.planning.queries import places_of, plans_of
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import visible_to

router = Router(tags=["plans"])
Number = Annotated[int, Field(ge=1, le=1_000_000)]


class Asking(HttpRequest):
    """A request whose account has been found, by its key or its session."""

    auth: Account


class RulesOut(Schema):
    """The rules in the shape of the tables of rules.toml; capacity and beds stand with the legs."""

    version: int
    hard: dict[str, Any]
    cost: dict[str, Any]


class RulesIn(Schema):
    """New rules, all of them: a rule that is not said is not applied."""

    hard: dict[str, Any]
    cost: dict[str, Any]


class PlanIn(Schema):
    """How to plan."""

    seconds: Annotated[int, Field(ge=1, le=3600)] = 60
    seed: Annotated[int, Field(ge=0, le=2_000_000_000)] = 0


class PlanOut(Schema):
    """A plan; `bound`: no plan can cost less; `optimal` without a bound: proved given the people allowed against a rule; `counts` of people, places and wishes; `origin`: planned, what_if, again, by_hand."""

    number: int
    state: str
    origin: str
    cost: int | None
    bound: int | None
    optimal: bool
    engine: str
    seconds: float | None
    counts: dict[str, Any]
    created: datetime


class PlanPlaceOut(Schema):
    """Where a plan puts a person: `term` is a leg's number, null when left out, for `reasons` by language."""

    staff_no: str
    term: int | None
    reasons: dict[str, str]

    @staticmethod
    def resolve_staff_no(place: PlanPlace) -> str:
        """The person's."""
        return place.person.staff_no

    @staticmethod
    def resolve_term(place: PlanPlace) -> int | None:
        """The leg's number."""
        return place.leg.ordinal if place.leg else None


@router.get("/programmes/{key}/rules", response={200: RulesOut, **PROBLEMS}, url_name="rules")
def rules(request: Asking, key: Key) -> Rules:
    """The rules of a rotation."""
    return rules_of(_programme(request, key))


@router.put("/programmes/{key}/rules", response={200: RulesOut, **PROBLEMS}, url_name="rules")
def put_rules(request: Asking, key: Key, said: RulesIn) -> Rules:
    """Make these the rules."""
    return change_rules(_programme(request, key), said.hard, said.cost, by=request.auth)


@router.get("/programmes/{key}/plans", response={200: Page[PlanOut], **PROBLEMS}, url_name="plans")
def plans(request: Asking, key: Key, paging: Query[Paging]) -> dict[str, Any]:
    """Plans of a programme, the newest first."""
    return page(plans_of(_programme(request, key)), paging)


@router.post("/programmes/{key}/plans", response={202: PlanOut, **PROBLEMS}, url_name="plans")
def start(request: Asking, key: Key, said: PlanIn) -> Status[Any]:
    """Begin a plan; ask for it again until it is no longer `solving`."""
    return Status(202, verbs.start_plan(_programme(request, key), by=request.auth, seed=said.seed, seconds=said.seconds))


@router.get("/programmes/{key}/plans/{number}", response={200: PlanOut, **PROBLEMS}, url_name="plan")
def plan(request: Asking, key: Key, number: Number) -> Plan:
    """One plan."""
    return _plan(request, key, number)


@router.get("/programmes/{key}/plans/{number}/places", response={200: Page[PlanPlaceOut], **PROBLEMS}, url_name="plan-places")
def places(request: Asking, key: Key, number: Number, paging: Query[Paging]) -> dict[str, Any]:
    """Who is where in a plan."""
    return page(places_of(_plan(request, key, number)), paging)


@router.post("/programmes/{key}/plans/{number}/publish", response={200: PlanOut, **PROBLEMS}, url_name="publish")
def publish(request: Asking, key: Key, number: Number) -> Plan:
    """Publish a plan."""
    found = _plan(request, key, number)
    verbs.publish(found, by=request.auth)
    return found


@router.post("/programmes/{key}/plans/{number}/unpublish", response={200: PlanOut, **PROBLEMS}, url_name="unpublish")
def unpublish(request: Asking, key: Key, number: Number) -> Plan:
    """Take a published plan back."""
    found = _plan(request, key, number)
    verbs.withdraw(found, by=request.auth)
    return found


def _programme(request: Asking, key: str) -> Programme:
    found = get_object_or_404(visible_to(request.auth), key=key)
    if not may_organise(request.auth, found):
        raise NotAllowed
    return found


def _plan(request: Asking, key: str, number: int) -> Plan:
    return get_object_or_404(plans_of(_programme(request, key)), number=number)
