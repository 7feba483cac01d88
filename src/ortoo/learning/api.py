"""What people lack and the modules of a rotation, for programs: the same verbs as the pages, and numbers instead of names."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from pydantic import StringConstraints

from ortoo.kernel.refused import NotAllowed
from ortoo.kernel.rest import NO_NUL, PROBLEMS, Key
from ortoo.learning.domain.curriculum import ModuleDraft, say_needs, set_curriculum
from ortoo.learning.permissions import may_see_needs
from ortoo.learning.queries import gap_of, hours_of, modules_of
from ortoo.participation.queries import nominations_visible_to
from ortoo.people.models import Account
from ortoo.programmes.models import Programme
from ortoo.programmes.permissions import may_organise
from ortoo.programmes.queries import visible_to

router = Router(tags=["needs"])
MOST_MODULES = 200
Name = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=NO_NUL, strip_whitespace=True)]


class Asking(HttpRequest):
    """A request whose account has been found, by its key or its session."""

    auth: Account


class ModuleIn(Schema):
    """A module and the hours that it gets on every term in any case."""

    name: Name
    least: Annotated[int, Field(ge=0, le=1_000)] = 0


class CurriculumIn(Schema):
    """All modules in their order, and the lesson hours of a term."""

    hours: Annotated[int, Field(ge=0, le=1_000)]
    modules: Annotated[list[ModuleIn], Field(max_length=MOST_MODULES)]


class ModuleOut(Schema):
    """`lacking`: how many of the people whom the account sees lack it; `terms`: of those with a place, by the term's number."""

    name: str
    least: int
    lacking: int
    terms: dict[int, int]


class NeedsOut(Schema):
    """`people` whom the account sees, of whom so many `said` what they lack."""

    hours: int | None
    people: int
    said: int
    modules: list[ModuleOut]


class SayIn(Schema):
    """The modules that somebody lacks."""

    needs: Annotated[list[Name], Field(max_length=MOST_MODULES)]


class SaidOut(Schema):
    """What somebody lacks: modules, and words of a return that are none."""

    staff_no: str
    needs: list[str]


@router.get("/programmes/{key}/needs", response={200: NeedsOut, **PROBLEMS}, url_name="needs")
def needs(request: Asking, key: Key) -> dict[str, Any]:
    """How many lack which module: over everybody for organisers and hosts, over their own people for clerks."""
    return _needs(_rotation(request, key), request.auth)


@router.put("/programmes/{key}/needs", response={200: NeedsOut, **PROBLEMS}, url_name="needs")
def put_curriculum(request: Asking, key: Key, said: CurriculumIn) -> dict[str, Any]:
    """Make these the rotation's modules and hours; for who organises it."""
    programme = _rotation(request, key)
    if not may_organise(request.auth, programme):
        raise NotAllowed
    set_curriculum(programme, said.hours, [ModuleDraft(each.name, each.least) for each in said.modules], by=request.auth)
    return _needs(programme, request.auth)


@router.put("/programmes/{key}/needs/{staff_no}", response={200: SaidOut, **PROBLEMS}, url_name="say-needs")
def put_needs(request: Asking, key: Key, staff_no: Key, said: SayIn) -> dict[str, Any]:
    """Say what somebody lacks: oneself, or the people of a clerk or an organiser."""
    rows = nominations_visible_to(request.auth).exclude(programme__state=Programme.State.DRAFT)
    rows = rows.select_related("programme__unit", "person")
    nomination = get_object_or_404(rows, programme__key=key, person__staff_no=staff_no)
    say_needs(nomination, said.needs, by=request.auth)
    nomination.refresh_from_db(fields=["needs"])
    return {"staff_no": staff_no, "needs": nomination.needs}


def _rotation(request: Asking, key: str) -> Programme:
    programme = get_object_or_404(visible_to(request.auth).select_related("unit"), key=key)
    if programme.is_tour:
        raise Http404
    if not may_see_needs(request.auth, programme):
        raise NotAllowed
    return programme


def _needs(programme: Programme, account: Account) -> dict[str, Any]:
    gap = gap_of(programme, account)
    modules = [
        {
            "name": module.name,
            "least": module.least,
            "lacking": gap.everybody.lacking[module.name],
            "terms": {ordinal: group.lacking[module.name] for ordinal, group in sorted(gap.terms.items())},
        }
        for module in modules_of(programme)
    ]
    return {"hours": hours_of(programme), "people": gap.everybody.people, "said": gap.everybody.said, "modules": modules}
