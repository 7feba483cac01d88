"""A tour whose stop of today takes messages for two speakers: one of our own people and a guest."""

from dataclasses import dataclass

from tests.live.stage import Tour, build_tour

from ortoo.kernel.actor import SYSTEM
from ortoo.outcomes.domain.desk import name_addressee, open_desk
from ortoo.outcomes.domain.message import MessageDraft, send_message, sender
from ortoo.outcomes.models import Addressee, MessageDesk, SpeakerMessage


@dataclass
class Desk:
    """The tour, its desk, and who can be written to."""

    tour: Tour
    desk: MessageDesk
    own: Addressee
    guest: Addressee

    def send(self, text: str = "谢谢", client_id: str = "aaaaaaaa", to: Addressee | None = None) -> SpeakerMessage:
        """A message from a browser of its own."""
        return send_message(self.desk, MessageDraft(client_id, text, to, may_quote=True), sender(client_id, "10.0.0.1"))


def build_desk() -> Desk:
    """All of it, by verbs."""
    tour = build_tour()
    desk = open_desk(tour.leg, by=SYSTEM)
    own = name_addressee(tour.leg, "甲一", tour.stage.persons["000101"], by=SYSTEM)
    return Desk(tour, desk, own, name_addressee(tour.leg, "嘉宾", None, by=SYSTEM))
