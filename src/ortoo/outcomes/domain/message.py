"""Messages to speakers, by anybody who has the link."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.refused import Refused
from ortoo.outcomes.domain.desk import demand_open
from ortoo.outcomes.domain.plain import plain, plain_line
from ortoo.outcomes.models import Addressee, MessageDesk, SpeakerMessage

WINDOW = timedelta(minutes=10)
MOST_OF_A_BROWSER = 4
#: An office or a hall comes from one address; so this one only stops a machine.
MOST_OF_AN_ADDRESS = 120
MOST_AT_A_DESK = 3000
FORGET_AFTER = timedelta(hours=1)


class NothingWritten(Refused):
    sentence = _("Write something first.")
    status = 400


class WroteTooMuch(Refused):
    sentence = _("That is many messages in a short time. Wait ten minutes, then send this one; it stays in the form.")
    status = 429


class SomebodyElse(Refused):
    sentence = _("The speaker chosen is not at this stop.")
    status = 400


class AtTheDesk:
    """For the record of changes: whoever wrote, of whom nothing is known."""

    pk: int | None = None

    def get_username(self) -> str:
        """The name under which the act is recorded."""
        return str(_("somebody with the link"))


@dataclass(frozen=True)
class MessageDraft:
    """A message as it was sent; `addressee` None: to all speakers."""

    client_id: str
    text: str
    addressee: Addressee | None = None
    signed: str = ""
    place: str = ""
    may_quote: bool = False


@dataclass(frozen=True)
class Sender:
    """From where it came: a random key of the browser (empty: it keeps none) and a digest of the address."""

    browser: str
    origin: str


def sender(browser: str, address: str) -> Sender:
    """The sender; the address itself is not kept."""
    return Sender(browser, salted_hmac("ortoo.outcomes.origin", address, algorithm="sha256").hexdigest()[:24])


@transaction.atomic
def send_message(desk: MessageDesk, draft: MessageDraft, whose: Sender) -> SpeakerMessage:
    """Keep a message until an organiser has read it. The same id, or the same words from the same browser, are one message."""
    demand_open(desk)
    text = plain(draft.text)
    if not text:
        raise NothingWritten
    if draft.addressee and draft.addressee.leg_id != desk.leg_id:
        raise SomebodyElse
    if known := _known(desk, draft, text, whose):
        return known
    _demand_few(desk, whose)
    message = SpeakerMessage.objects.create(
        leg=desk.leg,
        addressee=draft.addressee,
        text=text,
        signed=plain_line(draft.signed),
        place=plain_line(draft.place),
        may_quote=draft.may_quote,
        client_id=draft.client_id,
        sent=clock.now(),
        browser=whose.browser,
        origin=whose.origin,
    )
    after = {"leg": desk.leg.name, "may_quote": draft.may_quote}
    audit.record("send_message", message, by=AtTheDesk(), after=after, unit_path=desk.leg.programme.unit.path)
    _forget(desk)
    return message


def _known(desk: MessageDesk, draft: MessageDraft, text: str, whose: Sender) -> SpeakerMessage | None:
    same = Q(client_id=draft.client_id)
    if whose.browser:
        same |= Q(browser=whose.browser, text=text, addressee=draft.addressee)
    return SpeakerMessage.objects.filter(same, leg=desk.leg).first()


def _demand_few(desk: MessageDesk, whose: Sender) -> None:
    lately = SpeakerMessage.objects.filter(leg=desk.leg, sent__gte=clock.now() - WINDOW)
    if whose.browser and lately.filter(browser=whose.browser).count() >= MOST_OF_A_BROWSER:
        raise WroteTooMuch
    if lately.filter(origin=whose.origin).count() >= MOST_OF_AN_ADDRESS or lately.count() >= MOST_AT_A_DESK:
        raise WroteTooMuch


def _forget(desk: MessageDesk) -> None:
    """Empty what was kept of senders longer ago than the bounds need."""
    old = SpeakerMessage.objects.filter(leg=desk.leg, sent__lt=clock.now() - FORGET_AFTER).exclude(origin="")
    old.update(browser="", origin="")
