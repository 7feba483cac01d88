"""What the moderator does with polls."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.live.domain.session import demand_open, mark_changed
from ortoo.live.models import LiveSession, Poll

FEWEST, MOST = 2, 8
LONGEST_CHOICE = 60
MOST_POLLS = 50


class ChoicesMissing(Refused):
    sentence = _("Write what is asked, and two to eight choices, each in a line of its own.")
    status = 400


class TooManyPolls(Refused):
    sentence = _("A session has at most %(count)s polls.")


class PollIsSo(Refused):
    sentence = _("The poll is so already.")


@transaction.atomic
def make_poll(session: LiveSession, text: str, choices: Sequence[str], *, by: Actor) -> Poll:
    """Write a poll down; nobody sees it before it is opened."""
    kept = list(dict.fromkeys(each.strip()[:LONGEST_CHOICE] for each in choices if each.strip()))
    if not text.strip() or not FEWEST <= len(kept) <= MOST:
        raise ChoicesMissing
    if session.polls.count() >= MOST_POLLS:
        raise TooManyPolls(count=MOST_POLLS)
    poll = Poll.objects.create(session=session, text=text.strip()[:200], choices=kept)
    after = {"text": poll.text, "choices": kept}
    audit.record("make_poll", poll, by=by, after=after, unit_path=session.leg.programme.unit.path)
    return poll


def open_poll(poll: Poll, *, by: Actor) -> None:
    """Ask everybody."""
    demand_open(poll.session)
    _turn(poll, by, state=Poll.State.OPEN)


def close_poll(poll: Poll, *, by: Actor) -> None:
    """Take no more answers."""
    _turn(poll, by, state=Poll.State.CLOSED)


def show_result(poll: Poll, *, by: Actor) -> None:
    """Let everybody see how it stands."""
    _turn(poll, by, shows_result=True)


def hide_result(poll: Poll, *, by: Actor) -> None:
    """Keep to ourselves how it stands."""
    _turn(poll, by, shows_result=False)


@transaction.atomic
def _turn(poll: Poll, by: Actor, **fields: object) -> None:
    before = {name: getattr(poll, name) for name in fields}
    if before == fields:
        raise PollIsSo
    for name, value in fields.items():
        setattr(poll, name, value)
    poll.save(update_fields=list(fields))
    mark_changed(poll.session)
    audit.record("turn_poll", poll, by=by, before=before, after=fields, unit_path=poll.session.leg.programme.unit.path)
