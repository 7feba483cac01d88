"""Reading before others do: messages and reflections are accepted, kept back, or put back to be read once more."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import transaction

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.outcomes.models import Moderated, Reflection, SpeakerMessage
from ortoo.programmes.models import Programme

Text = TypeVar("Text", SpeakerMessage, Reflection)


@transaction.atomic
def decide(things: Iterable[Text], state: str, *, programme: Programme, by: Actor) -> int:
    """Bring these texts of a programme into this state; returns how many were in another. A row of the record for each."""
    changes = []
    for thing in things:
        before = thing.state
        if before == state:
            continue
        waiting = state == Moderated.State.WAITING
        thing.state, thing.decided = state, None if waiting else clock.now()
        thing.decided_by = "" if waiting else by.get_username()
        thing.save(update_fields=["state", "decided", "decided_by"])
        changes.append(audit.Change(thing, {"state": before}, {"state": state}, programme.unit.path))
    audit.record_many("moderate", changes, by=by)
    return len(changes)
