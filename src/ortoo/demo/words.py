"""What people wrote after the demo's stops: messages to speakers and reflections; some of each still to be read."""

from datetime import timedelta

from ortoo.demo.said import said
from ortoo.kernel import clock
from ortoo.kernel.actor import Actor
from ortoo.outcomes.domain.desk import open_desk
from ortoo.outcomes.domain.message import MessageDraft, send_message, sender
from ortoo.outcomes.domain.moderation import decide
from ortoo.outcomes.domain.reflection import write_reflection
from ortoo.outcomes.models import Reflection, SpeakerMessage
from ortoo.people.models import Person
from ortoo.programmes.models import Leg


def write_words(leg: Leg, *, by: Actor) -> None:
    """Messages at a stop that has begun, reflections from the stations around one that is over; the last of each waits."""
    if leg.state == "next":
        return
    with clock.held_at(clock.now() - timedelta(minutes=15)):
        _send_messages(leg, by)
        if leg.state == "done":
            _write_reflections(leg, by)


def _send_messages(leg: Leg, by: Actor) -> None:
    desk = open_desk(leg, by=by)
    to = {each.name: each for each in leg.addressees.all()}
    sent: list[SpeakerMessage] = []
    for number, told in enumerate(said()["message"]):
        if told["stop"] != leg.name:
            continue
        draft = MessageDraft(
            f"demo-message-{number}", told["text"], to.get(told["to"]), told["signed"], told["place"], told["may_quote"]
        )
        sent.append(send_message(desk, draft, sender(f"demo-{number}", f"10.0.0.{number}")))
    decide(sent[:-1], "accepted", programme=leg.programme, by=by)


def _write_reflections(leg: Leg, by: Actor) -> None:
    assert leg.base is not None
    people = Person.objects.filter(unit__path__startswith=leg.base.path).select_related("unit").order_by("staff_no")
    mine = [told for told in said()["reflection"] if told["stop"] == leg.name]
    written: list[Reflection] = [
        write_reflection(leg, person, told["text"], told["consent"], by=by)
        for person, told in zip(people[: len(mine)], mine, strict=False)
    ]
    decide(written[:-1], "accepted", programme=leg.programme, by=by)
