"""A viewer whose browser runs no script: what it sees, read from the same topics as everybody's, and what its forms say.

The pages hand what is said on to the hub, as a script would: there it is checked, held to the same rates, and acknowledged
once it is on the disk. Nothing of it is written by the pages themselves.
"""

import json
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ortoo.kernel.refused import Refused
from ortoo.live.domain import line
from ortoo.live.domain.session import demand_open
from ortoo.live.domain.telling import COUNTER, counters_of, topics_of
from ortoo.live.models import LiveSession, Poll, PollAnswer, Question, Vote
from ortoo.live.models.voice import PUBLIC
from ortoo_hub import HubAway, HubRefused
from ortoo_hub.viewer import BadToken, check

#: Lines of captions shown: the page is fetched anew now and then only, and what was said in between shall not be missed.
CAPTIONS = 5
SAY_SECONDS = 5.0
KNOCK_SECONDS = 0.5
RANK = {Question.State.CHOSEN: 0, Question.State.SHOWN: 1, Question.State.ANSWERED: 2}


class TooFast(Refused):
    sentence = _("A little too fast. Wait %(seconds)s seconds and send it once more; it is still here.")
    status = 429


class NotTaken(Refused):
    sentence = _("This could not be sent at the moment. Send it once more; it is still here.")
    status = 503


class NothingThere(Refused):
    sentence = _("This is not asked any more.")


@dataclass(frozen=True)
class ShownQuestion:
    """A question as a viewer sees it; `voted` when this viewer wants it answered, too."""

    pk: int
    text: str
    name: str
    state: str
    votes: int
    voted: bool


@dataclass(frozen=True)
class ShownPoll:
    """A poll as a viewer sees it: choices as (place, text, how many, whether it is this viewer's), how many None while kept back."""

    pk: int
    text: str
    is_open: bool
    choices: list[tuple[int, str, int | None, bool]]


@dataclass(frozen=True)
class Present:
    """All that a viewer sees of a session now; `stage` as it is told, empty when nobody is there."""

    stage: dict[str, Any]
    notice: str
    picture: str
    captions: list[str]
    questions: list[ShownQuestion] = field(default_factory=list)
    polls: list[ShownPoll] = field(default_factory=list)


def present_for(session: LiveSession, device: str) -> Present:
    """What this viewer sees now; twelve queries at most, however many questions and polls there are."""
    topics, counters = topics_of(session), counters_of(session)
    newest = session.captions.order_by("-pk").values_list("text", flat=True)
    lines = list(newest[:CAPTIONS]) if session.is_open else []
    return Present(
        stage=topics.get("stage", {}),
        notice=topics.get("notice", {}).get("text", ""),
        picture=topics.get("picture", {}).get("state", ""),
        captions=lines[::-1],
        questions=_questions(session, device, topics, counters),
        polls=_polls(session, device, topics, counters),
    )


def _of_kind(topics: dict[str, Any], kind: str) -> list[tuple[int, dict[str, Any]]]:
    """What has topics of its own, by key."""
    return [(int(name.partition(".")[2]), about) for name, about in topics.items() if name.startswith(f"{kind}.")]


def _questions(session: LiveSession, device: str, topics: dict[str, Any], counters: dict[str, Any]) -> list[ShownQuestion]:
    votes = counters[f"{COUNTER}votes"]
    own = set(Vote.objects.filter(question__session=session, device=device).values_list("question_id", flat=True))
    shown = [
        ShownQuestion(pk, each["text"], each["name"], each["state"], votes.get(str(pk), 0), pk in own)
        for pk, each in _of_kind(topics, "question")
    ]
    return sorted(shown, key=lambda each: (RANK[Question.State(each.state)], -each.pk))


def _polls(session: LiveSession, device: str, topics: dict[str, Any], counters: dict[str, Any]) -> list[ShownPoll]:
    own = dict(PollAnswer.objects.filter(poll__session=session, device=device).values_list("poll_id", "choice"))
    shown = []
    for pk, poll in _of_kind(topics, "poll"):
        result = counters.get(f"{COUNTER}poll.{pk}") or [None] * len(poll["choices"])
        rows = zip(poll["choices"], result, strict=True)
        choices = [(place, text, times, own.get(pk) == place) for place, (text, times) in enumerate(rows)]
        shown.append(ShownPoll(pk, poll["text"], poll["state"] == Poll.State.OPEN, choices))
    return shown


def device_of(session: LiveSession, token: str) -> str:
    """The viewer whom this token names in this session; empty for none, for one that is over or was not signed here."""
    try:
        viewer = check(line.secret(), token, time.time())
    except BadToken:
        return ""
    return viewer.name if viewer.channel == session.channel and set(line.VIEWER_SAYS) <= viewer.may else ""


def demand_asked(session: LiveSession, kind: str, data: dict[str, Any]) -> None:
    """Refuse what would be passed over: votes for what isn't shown, answers to what isn't open."""
    demand_open(session)
    if kind == "vote" and not session.questions.filter(pk=data["question"], state__in=PUBLIC).exists():
        raise NothingThere
    if kind == "answer" and not session.polls.filter(pk=data["poll"], state=Poll.State.OPEN).exists():
        raise NothingThere


def hand_on(session: LiveSession, token: str, said: dict[str, Any], seen_from: str = "") -> None:
    """Give `{"id", "kind", "data"}` to the hub; when this returns, it is on the disk. The same id twice is one row."""
    demand_asked(session, said["kind"], said["data"])
    status, wait = _ask("POST", f"/live/{session.channel}/say?token={token}", SAY_SECONDS, json.dumps(said).encode(), seen_from)
    if status == 429:
        raise TooFast(seconds=max(1, wait))
    if status != 200:
        raise NotTaken


def note_present(session: LiveSession, token: str, device: str) -> None:
    """Count this viewer among those who were there; once is enough, and a hub that is away is asked another time."""
    if not session.devices.filter(name=device).exists():
        try:
            _ask("GET", f"/live/{session.channel}/state?token={token}", KNOCK_SECONDS)
        except NotTaken:
            return


def _ask(method: str, target: str, seconds: float, body: bytes = b"", seen_from: str = "") -> tuple[int, int]:
    """Status, and the seconds that are to be waited; `NotTaken` when nobody answers."""
    if settings.HUB == "off":
        raise NotTaken
    fields = {"X-Forwarded-For": seen_from} if seen_from else {}
    try:
        link = HTTPConnection(*_ingest(), timeout=seconds)
        try:
            link.request(method, target, body or None, fields)
            answer = link.getresponse()
            answer.read()
            return answer.status, int(answer.headers.get("Retry-After") or 0)
        finally:
            link.close()
    except (HubAway, HubRefused, HTTPException, OSError, ValueError) as error:
        raise NotTaken from error


def _ingest() -> tuple[str, int]:
    """Where the hub on this machine listens."""
    host, port = line.publisher().status()["ingest"]
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port
