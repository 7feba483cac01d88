"""Messages and reflections, for programs: read, moderated, quoted."""

from datetime import datetime
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from ortoo.kernel.refused import NotAllowed
from ortoo.kernel.rest import PROBLEMS, Key, Page, Paging, page
from ortoo.outcomes.domain.moderation import decide
from ortoo.outcomes.models import Reflection, SpeakerMessage
from ortoo.outcomes.permissions import may_moderate, may_read_reflections
from ortoo.outcomes.queries import messages_visible_to, quotes, reflections_visible_to
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import visible_to

router = Router(tags=["outcomes"])
State = Literal["waiting", "accepted", "refused"]


class MessageOut(Schema):
    """A message: `leg` is the stop's number, `to` a name or null for all speakers."""

    id: int
    leg: int
    to: str | None
    text: str
    signed: str
    place: str
    may_quote: bool
    state: str
    sent: datetime

    @staticmethod
    def resolve_leg(message: SpeakerMessage) -> int:
        """The stop's number."""
        return message.leg.ordinal

    @staticmethod
    def resolve_to(message: SpeakerMessage) -> str | None:
        """The speaker's name."""
        return message.addressee.name if message.addressee else None


class ReflectionOut(Schema):
    """A reflection with its author and their consent (`no`, `unnamed`, `named`)."""

    id: int
    leg: int
    staff_no: str
    name: str
    unit: str
    text: str
    consent: str
    state: str
    written: datetime

    @staticmethod
    def resolve_leg(reflection: Reflection) -> int:
        """The stop's or term's number."""
        return reflection.leg.ordinal

    @staticmethod
    def resolve_staff_no(reflection: Reflection) -> str:
        """Whose it is."""
        return reflection.person.staff_no

    @staticmethod
    def resolve_name(reflection: Reflection) -> str:
        """Their name."""
        return reflection.person.name

    @staticmethod
    def resolve_unit(reflection: Reflection) -> str:
        """The code of their unit when they wrote."""
        return reflection.unit.code


class QuoteOut(Schema):
    """Words that may be quoted; `whose` empty: without a name."""

    leg: str
    kind: str
    text: str
    whose: str
    written: datetime


class Which(Paging):
    """Only texts in this state; empty: all."""

    state: State | Literal[""] = ""


class Decision(Schema):
    """Texts by id and the state to bring them into."""

    ids: list[int] = Field(min_length=1, max_length=200)
    state: State


class Decided(Schema):
    """How many were in another state before."""

    count: int


@router.get("/programmes/{key}/messages", response={200: Page[MessageOut], **PROBLEMS}, url_name="messages")
def messages(request: Any, key: Key, which: Query[Which]) -> dict[str, Any]:
    """Messages to the speakers of a programme, the newest first."""
    found = messages_visible_to(request.auth).filter(leg__programme=_moderated(request, key))
    return page(found.filter(state=which.state) if which.state else found, which)


@router.post("/programmes/{key}/messages/decide", response={200: Decided, **PROBLEMS}, url_name="messages-decide")
def decide_messages(request: Any, key: Key, said: Decision) -> dict[str, int]:
    """Accept messages, keep them back, or put them back to be read once more."""
    programme = _moderated(request, key)
    found = messages_visible_to(request.auth).filter(leg__programme=programme, pk__in=_keys(said))
    return {"count": decide(found, said.state, programme=programme, by=request.auth)}


@router.get("/programmes/{key}/reflections", response={200: Page[ReflectionOut], **PROBLEMS}, url_name="reflections")
def reflections(request: Any, key: Key, which: Query[Which]) -> dict[str, Any]:
    """Reflections that the account sees, the newest first."""
    programme = _programme(request, key)
    if not may_read_reflections(request.auth, programme):
        raise NotAllowed
    found = reflections_visible_to(request.auth).filter(leg__programme=programme)
    return page(found.filter(state=which.state) if which.state else found, which)


@router.post("/programmes/{key}/reflections/decide", response={200: Decided, **PROBLEMS}, url_name="reflections-decide")
def decide_reflections(request: Any, key: Key, said: Decision) -> dict[str, int]:
    """Accept reflections, keep them back, or put them back to be read once more."""
    programme = _moderated(request, key)
    found = reflections_visible_to(request.auth).filter(leg__programme=programme, pk__in=_keys(said))
    return {"count": decide(found, said.state, programme=programme, by=request.auth)}


@router.get("/programmes/{key}/quotes", response={200: list[QuoteOut], **PROBLEMS}, url_name="quotes")
def quotable(request: Any, key: Key) -> list[Any]:
    """Everything accepted that may be quoted, with a name only where that was allowed."""
    return quotes(_moderated(request, key))


def _programme(request: Any, key: str) -> Programme:
    return get_object_or_404(visible_to(request.auth).select_related("unit", "base"), key=key)


def _moderated(request: Any, key: str) -> Programme:
    programme = _programme(request, key)
    if not may_moderate(request.auth, programme):
        raise NotAllowed
    return programme


def _keys(said: Decision) -> list[int]:
    """Those that a database can hold; no others exist."""
    return [each for each in said.ids if 0 < each < 2**63]
