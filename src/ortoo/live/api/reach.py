"""The ledger of reach, for programs: a check-in at the doors, a hub that counts devices."""

from datetime import datetime
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Router, Schema, Status
from pydantic import StringConstraints

from ortoo.kernel.refused import NotAllowed
from ortoo.kernel.rest import NO_NUL, PROBLEMS, Key, Page, Paging, page
from ortoo.live import ledger
from ortoo.live.api.fetch import leg_of, programme_of
from ortoo.live.domain.reach import MOST, ReachDraft, enter, feed, restore, take_back
from ortoo.live.models import Audience, Provenance, ReachEntry
from ortoo.live.permissions import may_enter_reach
from ortoo.people.models import Unit
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import legs_of

router = Router(tags=["live"])
Why = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL, strip_whitespace=True)]
Number = Annotated[int, Path(ge=1, le=2**53)]


class EntryIn(Schema):
    """A figure for stop number `leg`; with a `reference` it replaces the figure that stood under the same one."""

    leg: int = Field(ge=1, le=200)
    provenance: Provenance
    number: int = Field(ge=0, le=MOST)
    source: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL, strip_whitespace=True)]
    audience: Audience = Audience.MIXED
    unit: Key = ""
    reference: Annotated[str, StringConstraints(max_length=50, pattern=r"^[A-Za-z0-9:._-]*$")] = ""


class EntryOut(Schema):
    """A figure of the ledger; `taken_back` null: it stands."""

    id: int
    leg: int
    provenance: str
    number: int
    source: str
    audience: str
    unit: str | None
    entered: datetime
    taken_back: datetime | None
    why: str

    @staticmethod
    def resolve_leg(entry: ReachEntry) -> int:
        """The stop's number."""
        return entry.leg.ordinal

    @staticmethod
    def resolve_unit(entry: ReachEntry) -> str | None:
        """The unit's code."""
        return entry.unit.code if entry.unit else None


class AddendOut(Schema):
    """What is known in one way, and from how many rows."""

    provenance: str
    number: int
    rows: int


class TotalOut(Schema):
    """Addends that may not be added silently; `together` is their sum only beside `sentence`, which says what it mixes."""

    key: str
    label: str
    addends: list[AddendOut]
    together: int | None
    sentence: str


class ReachOut(Schema):
    """The ledger added up: the whole, by stop, by group, by unit below the programme's."""

    whole: TotalOut
    by_leg: list[TotalOut]
    by_audience: list[TotalOut]
    by_unit: list[TotalOut]


class Which(Paging):
    """`all`: also figures that were taken back."""

    all: bool = False


@router.get("/programmes/{key}/reach", response={200: ReachOut, **PROBLEMS}, url_name="reach")
def reach(request: Any, key: Key) -> dict[str, Any]:
    """The ledger added up, as far as the account sees it."""
    programme = programme_of(request, key)
    entries = ledger.standing(request.auth, programme)
    return {
        "whole": _total("", "", ledger.total_of(entries)),
        "by_leg": [_line(line) for line in ledger.by_leg(entries, legs_of(programme))],
        "by_audience": [_line(line) for line in ledger.by_audience(entries)],
        "by_unit": [_line(line) for line in ledger.by_unit(entries, programme.unit)],
    }


@router.get("/programmes/{key}/reach/entries", response={200: Page[EntryOut], **PROBLEMS}, url_name="reach-entries")
def entries(request: Any, key: Key, which: Query[Which]) -> dict[str, Any]:
    """The rows of the ledger that the account sees."""
    found = ledger.entries_visible_to(request.auth).filter(leg__programme=programme_of(request, key))
    return page(found if which.all else found.filter(taken_back=None), which)


@router.post("/programmes/{key}/reach/entries", response={201: EntryOut, **PROBLEMS}, url_name="reach-entries")
def add_entry(request: Any, key: Key, said: EntryIn) -> Status[ReachEntry | None]:
    """Enter a figure, or feed the one of its reference."""
    programme = _to_enter(request, key)
    inside = Unit.objects.filter(path__startswith=programme.unit.path)
    unit = get_object_or_404(inside, code=said.unit) if said.unit else None
    draft = ReachDraft(said.provenance, said.number, said.source, said.audience, unit)
    leg = leg_of(programme, said.leg)
    if said.reference:
        # Under a prefix of its own, so that no program replaces what a site has reported.
        return Status(201, feed(leg, f"api:{said.reference}", draft, by=request.auth))
    return Status(201, enter(leg, draft, by=request.auth))


@router.post(
    "/programmes/{key}/reach/entries/{number}/take-back", response={200: EntryOut, **PROBLEMS}, url_name="reach-take-back"
)
def take_entry_back(request: Any, key: Key, number: Number, why: Why = "") -> ReachEntry:
    """Let a figure no longer count."""
    entry = _entry(request, key, number)
    take_back(entry, why, by=request.auth)
    return entry


@router.post("/programmes/{key}/reach/entries/{number}/restore", response={200: EntryOut, **PROBLEMS}, url_name="reach-restore")
def restore_entry(request: Any, key: Key, number: Number) -> ReachEntry:
    """Let a figure that was taken back count again."""
    entry = _entry(request, key, number)
    restore(entry, by=request.auth)
    return entry


def _to_enter(request: Any, key: str) -> Programme:
    programme = programme_of(request, key)
    if not may_enter_reach(request.auth, programme):
        raise NotAllowed
    return programme


def _entry(request: Any, key: str, number: Number) -> ReachEntry:
    programme = _to_enter(request, key)
    return get_object_or_404(ledger.entries_visible_to(request.auth).filter(leg__programme=programme), pk=number)


def _line(line: ledger.Line) -> dict[str, Any]:
    return _total(line.key, line.label, line.total)


def _total(key: str, label: str, total: ledger.Total) -> dict[str, Any]:
    together = total.together
    said = {"together": together.number, "sentence": together.sentence} if together else {"together": None, "sentence": ""}
    return {"key": key, "label": label, "addends": [each.__dict__ for each in total.addends]} | said
