"""The moderator's desk, and the screens of a live session. The host holds the second stop only."""

from typing import Any

from django.utils import timezone
from tests.factories.cast import Cast
from tests.rights.matrix import Row

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain.poll import make_poll
from ortoo.live.domain.session import code_of, open_live, session_of
from ortoo.live.models import LiveSession


def made(cast: Cast) -> LiveSession:
    """The session of today's stop, open."""
    session = session_of(cast.tour.stops[1])
    if not session.is_open:
        open_live(session, by=SYSTEM)
    return session


def key(cast: Cast) -> dict[str, Any]:
    """The tour's address."""
    return {"key": cast.tour.programme.key}


def stop(cast: Cast) -> dict[str, Any]:
    """Today's stop."""
    made(cast)
    return key(cast) | {"ordinal": 2}


def other_stop(cast: Cast) -> dict[str, Any]:
    """The first stop, which somebody else hosts."""
    return key(cast) | {"ordinal": 1}


def question(cast: Cast) -> dict[str, Any]:
    """A question that waits."""
    about = {"device": "d-1", "client_id": "a", "text": "怎么做?", "asked": timezone.now()}
    return stop(cast) | {"pk": made(cast).questions.create(**about).pk}


def poll(cast: Cast) -> dict[str, Any]:
    """A poll."""
    return stop(cast) | {"pk": make_poll(made(cast), "问", ["一", "二"], by=SYSTEM).pk}


def recording(cast: Cast) -> dict[str, Any]:
    """A recording, of which the row alone is there."""
    about = {"channel": "x-1", "name": "recording-20230619-060000.ts", "begun": timezone.now()}
    return stop(cast) | {"pk": made(cast).recordings.get_or_create(name=about["name"], defaults=about)[0].pk}


def screen(name: str) -> Any:
    """The secret link of a screen."""
    return lambda cast: {"key": made(cast).key, "code": code_of(made(cast), name)}


HOSTED = "302 200 404 403 403 200 403 403"
HOSTED_POST = "302 302 404 403 403 302 403 403"
OWN_POST = "302 302 404 403 403 403 403 403"
LINES = {"viewers_expected": 40_000, "picture_kbit": 900, "line_mbit": 100, "cache_mbit": 1000}
SILENT = "503 503 503 503 503 503 503 503"
EVERYBODY = "200 200 200 200 200 200 200 200"

ROWS = [
    Row("live:desk", HOSTED, key),
    Row("live:desk-turn", HOSTED_POST, stop, "post", {"act": "close"}),
    Row("live:desk-turn", OWN_POST, other_stop, "post", {"act": "open"}),
    Row("live:desk-stage", HOSTED_POST, stop, "post", {"talk": ""}),
    Row("live:desk-say", HOSTED_POST, stop, "post", {"what": "notice", "text": "请就座"}),
    Row("live:desk-question", HOSTED_POST, question, "post", {"state": "shown"}),
    Row("live:desk-poll-add", HOSTED_POST, stop, "post", {"text": "问", "choices": "一\n二"}),
    Row("live:desk-poll", HOSTED_POST, poll, "post", {"act": "open"}),
    Row("live:lines", HOSTED_POST, stop, "post", LINES),
    Row("live:recordings", HOSTED, stop),
    Row("live:recording-act", HOSTED_POST, recording, "post", {"act": "hide"}),
    Row("live:recording-act", OWN_POST, recording, "post", {"act": "keep"}),
    # Nothing lies on this disk: who may fetch it finds nothing.
    Row("live:recording-file", "302 404 404 403 403 404 403 403", recording),
    Row("live:replay", "404 404 404 404 404 404 404 404", lambda cast: screen("watch")(cast) | {"pk": recording(cast)["pk"]}),
    Row("live:watch", EVERYBODY, screen("watch")),
    Row("live:picture", "404 404 404 404 404 404 404 404", lambda cast: screen("watch")(cast) | {"name": "master.m3u8"}),
    Row("live:plain", EVERYBODY, screen("watch")),
    # The hub is switched off here: what could not be handed on is refused, to everybody alike.
    Row("live:plain-say", SILENT, screen("watch"), "post", {"kind": "question", "id": "a", "text": "怎么做?"}),
    Row("live:wall", EVERYBODY, screen("wall")),
    Row("live:tablet", EVERYBODY, screen("tablet")),
]
