"""Tells the hub what viewers shall see. One process tells, in order; the database says what is to be told.

A verb only counts the session's `change` up, in its own transaction. So a page never waits for the hub, and what was changed
while it was away is told when it is back.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from ortoo.live.domain.sites_now import sites_topic
from ortoo.live.models import LiveSession, Poll, Question
from ortoo.live.models.voice import PUBLIC
from ortoo.live.queries import results_of
from ortoo.programmes.models import Appearance
from ortoo_hub import Publisher

#: Questions that viewers see at once: the newest, and always the one on the screen.
MOST_SHOWN = 100
MOST_CAPTIONS = 20
#: Before the name of what the hub merges with its own counters.
COUNTER = "count:"
Topics = dict[str, Any]


class Teller:
    """Knows what it has told of each channel; a new one tells all of it again, which changes nothing for viewers."""

    def __init__(self, publisher: Publisher) -> None:
        self.publisher = publisher
        self.hub = 0
        self._told: dict[str, Topics] = {}
        self._captions: dict[str, int] = {}

    def tell(self) -> int:
        """Tell what has changed; gives of how many sessions. Raises `HubAway` and `HubRefused`; nothing is lost by it."""
        self._look_at_hub()
        waiting = list(LiveSession.objects.filter(change__gt=F("told")).select_related("leg__programme"))
        for session in waiting:
            self._tell(session)
            LiveSession.objects.filter(pk=session.pk, told__lt=session.change).update(told=session.change)
        return len(waiting)

    def _look_at_hub(self) -> None:
        """A hub that was started again may know less than was told to the one before it."""
        pid = self.publisher.status()["pid"]
        if pid != self.hub:
            LiveSession.objects.filter(closed=None, opened__isnull=False).update(told=0)
            self._told.clear()
            self.hub = pid

    def _tell(self, session: LiveSession) -> None:
        channel, names = session.channel, set(session.names_told)
        if session.channel_told not in ("", channel):
            self.publisher.forget(session.channel_told)
            names = set()
        now = topics_of(session) | counters_of(session)
        told = self._told.setdefault(channel, dict.fromkeys(names, _UNKNOWN))
        # Names are written down before they are told: who takes over after a crash can still end them.
        self._write_down(session, names | set(now))
        for name, value in _changes(told, now):
            if name.startswith(COUNTER):
                self.publisher.count(channel, name.removeprefix(COUNTER), value)
            else:
                self.publisher.publish(channel, name, value)
            told[name] = value
        self._write_down(session, set(now))
        self._tell_captions(session)

    def _write_down(self, session: LiveSession, names: set[str]) -> None:
        if (session.names_told, session.channel_told) != (sorted(names), session.channel):
            session.names_told, session.channel_told = sorted(names), session.channel
            session.save(update_fields=["names_told", "channel_told"])

    def _tell_captions(self, session: LiveSession) -> None:
        """Each line once and in order; by a new teller only the last one, which viewers may know already."""
        channel, seen = session.channel, self._captions.get(session.channel)
        lines = session.captions.order_by("-pk")
        fresh = lines[:1] if seen is None else lines.filter(pk__gt=seen)[:MOST_CAPTIONS]
        for caption in reversed(fresh):
            self._captions[channel] = caption.pk
            if session.is_open:
                self.publisher.publish(channel, "caption", {"text": caption.text, "number": caption.pk})
        if not session.is_open:
            self.publisher.publish(channel, "caption", None)


def topics_of(session: LiveSession) -> Topics:
    """What viewers of a session are to know now, by topic; seven queries at most."""
    leg = session.leg
    topics: Topics = {
        "session": {"programme": leg.programme.title, "stop": leg.name, "state": "open" if session.is_open else "closed"}
    }
    if session.notice:
        topics["notice"] = {"text": session.notice}
    if session.is_open:
        topics |= _stage(session)
    if session.is_open and session.films and session.picture:
        topics["picture"] = {"state": session.picture}
    topics |= sites_topic(leg)
    newest = session.questions.filter(state__in=PUBLIC).order_by("-pk")
    for question in newest[:MOST_SHOWN]:
        topics[f"question.{question.pk}"] = _question(question)
    for chosen in session.questions.filter(state=Question.State.CHOSEN):
        topics[f"question.{chosen.pk}"] = _question(chosen)
    for poll in session.polls.exclude(state=Poll.State.DRAFT):
        if poll.state == Poll.State.OPEN or poll.shows_result:
            topics[f"poll.{poll.pk}"] = _poll(poll)
    return topics


def counters_of(session: LiveSession) -> Topics:
    """What the hub merges with its own counters: votes of the questions shown, results of polls that are shown."""
    shown = session.questions.filter(state__in=PUBLIC, votes__gt=0).order_by("-pk")[:MOST_SHOWN]
    counters: Topics = {f"{COUNTER}votes": {str(question.pk): question.votes for question in shown}}
    results = results_of(list(session.polls.filter(shows_result=True).exclude(state=Poll.State.DRAFT)))
    return counters | {f"{COUNTER}poll.{pk}": result for pk, result in results.items()}


def _stage(session: LiveSession) -> Topics:
    order = list(Appearance.objects.filter(leg=session.leg_id).select_related("talk", "teller__person"))
    place = next((place for place, each in enumerate(order) if each.pk == session.on_stage_id), -1)
    stage: dict[str, Any] = {"next": _talk(order[place + 1]) if place + 1 < len(order) else None}
    if place >= 0:
        since = session.stage_since
        about = {"since": round(since.timestamp() * 1000) if since else 0, "seconds": session.stage_seconds}
        stage |= _talk(order[place]) | about
    return {"stage": stage}


def _talk(appearance: Appearance) -> dict[str, str]:
    return {"title": appearance.talk.title, "speaker": str(appearance.teller)}


def _question(question: Question) -> dict[str, Any]:
    return {"text": question.text, "name": question.name, "state": question.state}


def _poll(poll: Poll) -> dict[str, Any]:
    return {"text": poll.text, "choices": poll.choices, "state": poll.state, "result": poll.shows_result}


def _changes(told: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What is to be told so that `told` becomes `now`; None ends a topic."""
    over = [(name, None) for name, value in told.items() if name not in now and value is not None]
    return over + [(name, value) for name, value in now.items() if told.get(name, _UNKNOWN) != value]


_UNKNOWN = object()
