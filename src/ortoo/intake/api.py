"""Returns over the API, with the rights of the account whose token it is."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, File, Query, Router, Schema, Status
from ninja.files import UploadedFile

from ortoo.intake import queries, wording
from ortoo.intake.domain import delivery as verbs
from ortoo.intake.domain.decision import decide
from ortoo.intake.domain.reading import settle
from ortoo.intake.models import Delivery
from ortoo.intake.permissions import bounds_of, may_handle, may_return
from ortoo.kernel.refused import NotAllowed
from ortoo.kernel.rest import NO_NUL
from ortoo.people.models import Account
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import visible_to

router = Router(tags=["returns"])
MOST = 500
NUMBER = Field(ge=1, le=2**31 - 1)


class DeliveryOut(Schema):
    """A delivery; `counts` has files, rows, new, changed, same, held, left, problems, open."""

    number: int
    state: str
    received: datetime
    by_name: str
    counts: dict[str, Any]
    word: str


class ProblemOut(Schema):
    """Something that a person has to look at: where, what, what can be done, what was decided."""

    id: int
    kind: str
    severity: str
    file: str
    sheet: str
    row: int | None
    column: str
    read: str
    sentence: str
    choices: list[str]
    suggestions: list[str]
    choice: str
    value: str


class RowOut(Schema):
    """A row of the preview; `changes` is {field: [before, after]}."""

    file: str
    sheet: str
    row: int
    state: str
    staff_no: str
    name: str
    said: dict[str, Any]
    changes: dict[str, Any]


class DecisionIn(Schema):
    """One choice for these problems; an empty choice takes decisions back."""

    problems: list[int] = Field(min_length=1, max_length=1000)
    choice: str = Field("", max_length=40, pattern=NO_NUL)
    value: str = Field("", max_length=400, pattern=NO_NUL)


class Paging(Schema):
    """Which part of a long list: at most 500 from `offset` on."""

    offset: int = Field(0, ge=0, le=10_000_000)
    limit: int = Field(100, ge=1, le=MOST)


@router.get("/programmes/{key}/returns", response=list[DeliveryOut], summary="Deliveries of a programme, newest first")
def list_deliveries(request: HttpRequest, key: str, paging: Query[Paging]) -> Any:
    found = queries.visible_to(_account(request)).filter(programme=_programme(request, key))
    return found[paging.offset : paging.offset + paging.limit]


@router.post("/programmes/{key}/returns", response={202: DeliveryOut}, summary="Send files; they are read in the background")
def send_files(request: HttpRequest, key: str, files: File[list[UploadedFile]]) -> Any:
    account, programme = _account(request), _programme(request, key)
    return Status(202, verbs.receive(programme, files, by=account, unit=bounds_of(account, programme)))


@router.get("/programmes/{key}/returns/{number}", response=DeliveryOut, summary="One delivery")
def get_delivery(request: HttpRequest, key: str, number: int) -> Any:
    return _delivery(request, key, number)


@router.get("/programmes/{key}/returns/{number}/problems", response=list[ProblemOut], summary="Problems of a delivery")
def list_problems(request: HttpRequest, key: str, number: int, paging: Query[Paging]) -> Any:
    found = _delivery(request, key, number).problems.select_related("file")
    return [_problem(problem) for problem in found[paging.offset : paging.offset + paging.limit]]


@router.post("/programmes/{key}/returns/{number}/decide", response=DeliveryOut, summary="Decide about problems")
def decide_problems(request: HttpRequest, key: str, number: int, body: DecisionIn) -> Any:
    delivery, account = _delivery(request, key, number), _account(request)
    problems = list(
        delivery.problems.select_related("file", "unit").filter(pk__in=[pk for pk in body.problems if 0 < pk < 2**63])
    )
    decide(delivery, problems, body.choice, body.value, by=account)
    return settle(delivery, by=account)


@router.get("/programmes/{key}/returns/{number}/preview", response=list[RowOut], summary="Every row and what would happen to it")
def preview(request: HttpRequest, key: str, number: int, paging: Query[Paging], state: str = "") -> Any:
    rows = _delivery(request, key, number).rows.select_related("file")
    rows = rows.filter(state=state) if state else rows
    return [
        {"file": row.file.name, **{name: getattr(row, name) for name in RowOut.model_fields if name != "file"}}
        for row in rows[paging.offset : paging.offset + paging.limit]
    ]


@router.post("/programmes/{key}/returns/{number}/apply", response={202: DeliveryOut}, summary="Record what the preview shows")
def apply(request: HttpRequest, key: str, number: int) -> Any:
    return Status(202, verbs.apply(_delivery(request, key, number), by=_account(request)))


@router.post("/programmes/{key}/returns/{number}/undo", response={202: DeliveryOut}, summary="Take a delivery back")
def undo(request: HttpRequest, key: str, number: int, rest: bool = False) -> Any:
    return Status(202, verbs.undo(_delivery(request, key, number), by=_account(request), rest=rest))


def _account(request: HttpRequest) -> Account:
    """Whose token it is, or who has signed in."""
    found = getattr(request, "auth", None)
    account = found if isinstance(found, Account) else request.user
    assert isinstance(account, Account)
    return account


def _programme(request: HttpRequest, key: str) -> Programme:
    programme = get_object_or_404(visible_to(_account(request)), key=key)
    if not may_return(_account(request), programme):
        raise NotAllowed
    return programme


def _delivery(request: HttpRequest, key: str, number: int) -> Delivery:
    found = queries.visible_to(_account(request)).filter(programme=_programme(request, key))
    delivery = get_object_or_404(found, number=min(max(number, 0), 2**31 - 1))
    if not may_handle(_account(request), delivery):
        raise NotAllowed
    return delivery


def _problem(problem: Any) -> dict[str, Any]:
    plain = ("id", "kind", "severity", "sheet", "row", "column", "read", "choices", "choice", "value")
    said = {name: getattr(problem, name) for name in plain}
    suggestions = problem.params.get("suggestions", [])
    return {
        **said,
        "file": problem.file.name if problem.file else "",
        "sentence": wording.sentence(problem),
        "suggestions": suggestions,
    }
