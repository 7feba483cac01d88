"""Units and people, for programs."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status
from pydantic import StringConstraints

from ortoo.kernel.refused import NotAllowed
from ortoo.kernel.rest import NO_NUL, PROBLEMS, Key, Page, Paging, page
from ortoo.people.domain.person import PersonDraft, add_person, change_person
from ortoo.people.models import Account, Person, Unit
from ortoo.people.permissions import may_add_person, may_change_person
from ortoo.people.queries import persons_visible_to, units_visible_to

router = Router(tags=["people"])

Name = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=NO_NUL)]
Short = Annotated[str, StringConstraints(max_length=40, pattern=NO_NUL)]
Post = Annotated[str, StringConstraints(max_length=60, pattern=NO_NUL)]
Long = Annotated[str, StringConstraints(max_length=400, pattern=NO_NUL)]
StaffNo = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,20}$")]
Sex = Annotated[str, StringConstraints(pattern="^[男女]$")]


class Asking(HttpRequest):
    """A request whose account has been found, by its key or its session."""

    auth: Account


class UnitOut(Schema):
    """A unit; `parent` is a unit code, lon and lat are degrees (WGS 84)."""

    code: str
    name: str
    kind: str
    parent: str | None
    lon: float | None
    lat: float | None

    @staticmethod
    def resolve_parent(unit: Unit) -> str | None:
        """The code of the higher unit."""
        return unit.parent.code if unit.parent else None


class PersonOut(Schema):
    """A person; `unit` is a unit code."""

    staff_no: str
    name: str
    sex: str
    unit: str
    post: str
    phone: str
    language: str
    diet: str
    notes: str

    @staticmethod
    def resolve_unit(person: Person) -> str:
        """The code of the unit."""
        return person.unit.code


class PersonIn(Schema):
    """A person to be added."""

    staff_no: StaffNo
    name: Name
    sex: Sex
    unit: Key
    post: Post = ""
    phone: Short = ""
    language: Short = ""
    diet: Short = ""
    notes: Long = ""


class PersonPatch(Schema):
    """What is to be different; fields that are not said stay."""

    name: Name = Field(None)  # type: ignore[assignment]
    sex: Sex = Field(None)  # type: ignore[assignment]
    unit: Key = Field(None)  # type: ignore[assignment]
    post: Post = Field(None)  # type: ignore[assignment]
    phone: Short = Field(None)  # type: ignore[assignment]
    language: Short = Field(None)  # type: ignore[assignment]
    diet: Short = Field(None)  # type: ignore[assignment]
    notes: Long = Field(None)  # type: ignore[assignment]


class Which(Paging):
    """Filters: words to be found, and a unit below which to look."""

    q: Key = ""
    under: Key = ""


@router.get("/units", response={200: Page[UnitOut], **PROBLEMS}, url_name="units")
def units(request: Asking, which: Query[Which]) -> dict[str, Any]:
    """Units that the account sees, in the tree's order."""
    found = units_visible_to(request.auth).select_related("parent").filter(name__icontains=which.q)
    return page(_under(found, request.auth, which.under, "path"), which)


@router.get("/units/{code}", response={200: UnitOut, **PROBLEMS}, url_name="unit")
def unit(request: Asking, code: Key) -> Unit:
    """One unit."""
    return get_object_or_404(units_visible_to(request.auth).select_related("parent"), code=code)


@router.get("/people", response={200: Page[PersonOut], **PROBLEMS}, url_name="people")
def people(request: Asking, which: Query[Which]) -> dict[str, Any]:
    """People whom the account sees; `q` finds by name, pinyin, initials and staff number."""
    found = persons_visible_to(request.auth).select_related("unit")
    for word in which.q.split():
        found = found.filter(search__contains=word.lower())
    return page(_under(found, request.auth, which.under, "unit__path"), which)


@router.post("/people", response={201: PersonOut, **PROBLEMS}, url_name="people")
def add(request: Asking, said: PersonIn) -> Status[Any]:
    """Add somebody to a unit of one's own."""
    fields = said.dict()
    target = _unit(request.auth, fields.pop("unit"))
    if not may_add_person(request.auth, target):
        raise NotAllowed
    return Status(201, add_person(PersonDraft(unit_id=target.pk, **fields), by=request.auth))


@router.get("/people/{staff_no}", response={200: PersonOut, **PROBLEMS}, url_name="person")
def person(request: Asking, staff_no: Key) -> Person:
    """One person."""
    return _person(request.auth, staff_no)


@router.patch("/people/{staff_no}", response={200: PersonOut, **PROBLEMS}, url_name="person")
def change(request: Asking, staff_no: Key, said: PersonPatch) -> Person:
    """Change a person of one's own units."""
    somebody = _person(request.auth, staff_no)
    if not may_change_person(request.auth, somebody):
        raise NotAllowed
    fields = said.dict(exclude_unset=True)
    if "unit" in fields:
        target = _unit(request.auth, fields.pop("unit"))
        if not may_add_person(request.auth, target):
            raise NotAllowed
        fields["unit_id"] = target.pk
    change_person(somebody, fields, by=request.auth)
    return _person(request.auth, staff_no)


def _person(account: Account, staff_no: str) -> Person:
    return get_object_or_404(persons_visible_to(account).select_related("unit"), staff_no=staff_no)


def _unit(account: Account, code: str) -> Unit:
    return get_object_or_404(units_visible_to(account), code=code)


def _under(rows: Any, account: Account, code: str, path: str) -> Any:
    return rows.filter(**{f"{path}__startswith": _unit(account, code).path}) if code else rows
