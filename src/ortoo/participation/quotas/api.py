"""Quotas, candidates and nominations, for programs."""

from datetime import datetime
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Field, Path, Query, Router, Schema, Status
from pydantic import StringConstraints

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.kernel.rest import NO_NUL, PROBLEMS, Key, Page, Paging, page
from ortoo.participation.domain import candidate as verbs
from ortoo.participation.domain.quota import Share, pass_on
from ortoo.participation.models import Nomination
from ortoo.participation.permissions import may_see_nominations
from ortoo.participation.queries import nominations_visible_to
from ortoo.participation.quotas.models import Candidate, Quota
from ortoo.participation.quotas.permissions import may_see_quotas, standing_of
from ortoo.participation.quotas.queries import candidates_visible_to, quotas_visible_to, with_sums
from ortoo.people.models import Person, Unit
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import visible_to

router = Router(tags=["quotas"])
MOST_AT_ONCE = 500
Number = Annotated[int, Path(ge=1, le=2**53)]
HowMany = Annotated[int, Field(ge=0, le=99_999)]


class NoSuchPeople(Refused):
    sentence = _("Nobody of this unit has these staff numbers: %(numbers)s")
    status = 422


class NoSuchUnits(Refused):
    sentence = _("No unit has these codes: %(codes)s")
    status = 422


class QuotaOut(Schema):
    """A unit's quota: `given`, of which `passed` went on and `filled` is taken by own people; `people` and `confirmed` below it."""

    id: int
    unit: str
    leg: int | None
    above: str | None
    given: int
    passed: int
    filled: int
    free: int
    people: int
    confirmed: int

    @staticmethod
    def resolve_unit(quota: Quota) -> str:
        """The unit's code."""
        return quota.unit.code

    @staticmethod
    def resolve_leg(quota: Quota) -> int | None:
        """The term's number; None: any term."""
        return quota.leg.ordinal if quota.leg else None

    @staticmethod
    def resolve_above(quota: Quota) -> str | None:
        """The code of the unit that gave it."""
        return quota.above.unit.code if quota.above else None


class CandidateOut(Schema):
    """Somebody put forward: against which quota, how far decided, with the words of a decision."""

    id: int
    quota: int
    staff_no: str
    name: str
    unit: str
    state: str
    word: str
    at: datetime

    @staticmethod
    def resolve_quota(candidate: Candidate) -> int:
        """The quota's number."""
        return candidate.quota_id

    @staticmethod
    def resolve_staff_no(candidate: Candidate) -> str:
        """Who it is."""
        return candidate.person.staff_no

    @staticmethod
    def resolve_name(candidate: Candidate) -> str:
        """Their name."""
        return candidate.person.name

    @staticmethod
    def resolve_unit(candidate: Candidate) -> str:
        """The code of their own unit."""
        return candidate.person.unit.code


class NominationOut(Schema):
    """Somebody nominated, with what they asked for."""

    staff_no: str
    name: str
    unit: str
    wish: int | None
    needs: list[str]
    attended: bool

    @staticmethod
    def resolve_staff_no(nomination: Nomination) -> str:
        """Who it is."""
        return nomination.person.staff_no

    @staticmethod
    def resolve_name(nomination: Nomination) -> str:
        """Their name."""
        return nomination.person.name

    @staticmethod
    def resolve_unit(nomination: Nomination) -> str:
        """The code of their unit."""
        return nomination.person.unit.code


class PutForward(Schema):
    """People to put forward, by staff number."""

    staff_nos: list[Annotated[str, StringConstraints(max_length=20, pattern=NO_NUL)]]


class Shares(Schema):
    """New quotas of units below, by unit code; `seen` may say what they were when the numbers were written."""

    shares: dict[Annotated[str, StringConstraints(max_length=20, pattern=NO_NUL)], HowMany]
    seen: dict[str, HowMany] = {}


def _programme(request: Any, key: str) -> Programme:
    programme = get_object_or_404(visible_to(request.auth).select_related("unit"), key=key)
    if not may_see_quotas(request.auth, programme):
        raise NotAllowed
    return programme


def _quota(request: Any, key: str, pk: int) -> Quota:
    programme = _programme(request, key)
    quota = get_object_or_404(quotas_visible_to(request.auth, programme), pk=pk)
    quota.programme = programme
    return quota


@router.get("/programmes/{key}/quotas", response={200: Page[QuotaOut], **PROBLEMS}, url_name="quotas")
def quotas(request: Any, key: Key, paging: Query[Paging]) -> dict[str, Any]:
    """Quotas of the units that the account sees, from the top of the tree down."""
    rows = with_sums(quotas_visible_to(request.auth, _programme(request, key)))
    return page(rows.order_by("leg__ordinal", "unit__path"), paging)


@router.post("/programmes/{key}/quotas/{pk}/shares", response={200: dict[str, int], **PROBLEMS}, url_name="quota-shares")
def share(request: Any, key: Key, pk: Number, said: Shares) -> dict[str, int]:
    """Pass a quota on to units below, all or none; answers how many changed."""
    quota = _quota(request, key, pk)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=said.shares, path__startswith=quota.unit.path)}
    if unknown := sorted(said.shares.keys() - units.keys()):
        raise NoSuchUnits(codes="、".join(unknown[:10]))
    shares = {units[code]: Share(count, said.seen.get(code)) for code, count in said.shares.items()}
    return {"changed": pass_on(quota, shares, by=request.auth)}


@router.get("/programmes/{key}/candidates", response={200: Page[CandidateOut], **PROBLEMS}, url_name="candidates")
def candidates(request: Any, key: Key, paging: Query[Paging]) -> dict[str, Any]:
    """Everybody put forward against the quotas that the account sees."""
    return page(candidates_visible_to(request.auth, _programme(request, key)), paging)


@router.post(
    "/programmes/{key}/quotas/{pk}/candidates", response={201: list[CandidateOut], **PROBLEMS}, url_name="candidates-add"
)
def put_forward(request: Any, key: Key, pk: Number, said: PutForward) -> Status[list[Candidate]]:
    """Put people of the unit forward, all or none; 409 says which rule forbids it."""
    quota, wanted = _quota(request, key, pk), set(said.staff_nos[:MOST_AT_ONCE])
    rows = Person.objects.filter(staff_no__in=wanted, unit__path__startswith=quota.unit.path)
    persons = list(rows.select_related("unit"))
    if unknown := sorted(wanted - {person.staff_no for person in persons}):
        raise NoSuchPeople(numbers="、".join(unknown[:10]))
    standing = standing_of(request.auth, quota) or Candidate.State.PROPOSED
    return Status(201, verbs.propose(quota, persons, standing=standing, by=request.auth))


@router.delete("/programmes/{key}/candidates/{pk}", response={204: None, **PROBLEMS}, url_name="candidate")
def withdraw(request: Any, key: Key, pk: Number) -> Status[None]:
    """Take somebody back."""
    programme = _programme(request, key)
    candidate = get_object_or_404(candidates_visible_to(request.auth, programme), pk=pk)
    candidate.quota.programme = programme
    standing = standing_of(request.auth, candidate.quota) or Candidate.State.PROPOSED
    verbs.withdraw_candidates([candidate], standing=standing, by=request.auth)
    return Status(204, None)


@router.get("/programmes/{key}/nominations", response={200: Page[NominationOut], **PROBLEMS}, url_name="nominations")
def nominations(request: Any, key: Key, paging: Query[Paging]) -> dict[str, Any]:
    """Everybody nominated whom the account sees: from returns and from quotas."""
    programme = get_object_or_404(visible_to(request.auth).select_related("unit"), key=key)
    if not may_see_nominations(request.auth, programme):
        raise NotAllowed
    return page(nominations_visible_to(request.auth).filter(programme=programme), paging)
