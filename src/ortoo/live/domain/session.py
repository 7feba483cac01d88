"""What happens to a stop's live session: opened, closed, given a new link; what is on stage, told and shown."""

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.live.domain.reach import ReachDraft, feed
from ortoo.live.domain.recording import note_recordings
from ortoo.live.models import Caption, LiveSession, Provenance
from ortoo.programmes.models import Appearance, Leg

LETTERS = 24
LONGEST_LINE = 200
MOST_LINES = 50
#: Which screens a session has; each has a link of its own.
SCREENS = ("watch", "wall", "tablet")


class LiveNotOpen(Refused):
    sentence = _("The live session of %(leg)s is not open.")


class LiveOpenAlready(Refused):
    sentence = _("The live session of %(leg)s is open already.")


class NotOnHere(Refused):
    sentence = _("%(talk)s is not in the running order of %(leg)s.")


class FilmedElsewhere(Refused):
    sentence = _("Picture and sound of %(leg)s are being taken in. One stop at a time can be filmed.")


class NothingToSay(Refused):
    sentence = _("Write a line first.")
    status = 400


def session_of(leg: Leg) -> LiveSession:
    """The stop's session, there as soon as somebody asks for it."""
    return LiveSession.objects.select_related("leg__programme__unit").get_or_create(leg=leg)[0]


def code_of(session: LiveSession, screen: str) -> str:
    """The secret part of a screen's link: 96 bits that follow from the session's key, its link's number and our own secret."""
    about = f"{screen}:{session.channel}"
    return salted_hmac("ortoo.live.screen", about, algorithm="sha256").hexdigest()[:LETTERS]


def picture_key(session: LiveSession) -> str:
    """What the hall's encoder must give to send picture and sound; follows from the same as the links."""
    return code_of(session, "picture")


def find(key: str, screen: str, code: str) -> LiveSession | None:
    """The session whose present link for this screen it is; None for a wrong or renewed one."""
    session = LiveSession.objects.filter(key=key).select_related("leg__programme__unit", "on_stage").first()
    return session if session and constant_time_compare(code, code_of(session, screen)) else None


def demand_open(session: LiveSession) -> None:
    """LiveNotOpen before it is opened and after it is closed."""
    if not session.is_open:
        raise LiveNotOpen(leg=session.leg)


@transaction.atomic
def open_live(session: LiveSession, *, by: Actor) -> None:
    """Begin, or go on after a close that was a slip."""
    if session.is_open:
        raise LiveOpenAlready(leg=session.leg)
    session.opened, session.closed = session.opened or clock.now(), None
    _save(session, "opened", "closed")
    _record("open_live", session, by)


@transaction.atomic
def close_live(session: LiveSession, *, by: Actor) -> None:
    """End it: nothing more is taken from viewers, and their number goes to the ledger of reach."""
    demand_open(session)
    session.closed, session.on_stage, session.stage_since, session.notice = clock.now(), None, None, ""
    session.films = False
    _save(session, "closed", "on_stage", "stage_since", "notice", "films")
    devices = session.devices.count()
    draft = ReachDraft(Provenance.DEVICES, devices, str(_("live session, browsers that were there"))) if devices else None
    feed(session.leg, f"live:{session.key}", draft, by=by)
    _record("close_live", session, by, after={"devices": devices})


@transaction.atomic
def renew_live_link(session: LiveSession, *, by: Actor) -> None:
    """Make all links of the session worthless and new ones."""
    session.link_number += 1
    _save(session, "link_number")
    _record("renew_live_link", session, by, after={"link_number": session.link_number})


@transaction.atomic
def put_on_stage(session: LiveSession, appearance: Appearance | None, *, by: Actor) -> None:
    """Whose talk it is now; None: nobody's. Its time runs from this moment."""
    demand_open(session)
    if appearance is not None and appearance.leg_id != session.leg_id:
        raise NotOnHere(talk=appearance.talk, leg=session.leg)
    session.on_stage = appearance
    session.stage_since = clock.now() if appearance else None
    session.stage_seconds = appearance.talk.seconds if appearance else 0
    _save(session, "on_stage", "stage_since", "stage_seconds")
    _record("put_on_stage", session, by, after={"talk": appearance.talk.title if appearance else ""})


@transaction.atomic
def post_notice(session: LiveSession, text: str, *, by: Actor) -> None:
    """Show a notice on every screen; empty takes it away."""
    demand_open(session)
    session.notice = text.strip()[:LONGEST_LINE]
    _save(session, "notice")
    _record("post_notice", session, by, after={"text": session.notice})


@transaction.atomic
def turn_picture(session: LiveSession, wanted: bool, *, by: Actor) -> None:
    """Open or close the door for picture and sound from the hall."""
    demand_open(session)
    if wanted and (other := LiveSession.objects.filter(films=True).exclude(pk=session.pk).select_related("leg").first()):
        raise FilmedElsewhere(leg=other.leg)
    if session.films == wanted:
        return
    session.films = wanted
    _save(session, "films")
    if not wanted:
        note_recordings([session])  # The desk shows at once what was recorded, not with the next sweep.
    _record("turn_picture", session, by, after={"films": wanted})


@transaction.atomic
def say_captions(session: LiveSession, text: str, *, by: Actor) -> list[Caption]:
    """Captions, a row each. The rows themselves say who wrote what and when, so the record of changes does not repeat them."""
    demand_open(session)
    lines = [line.strip()[:LONGEST_LINE] for line in text.splitlines() if line.strip()][:MOST_LINES]
    if not lines:
        raise NothingToSay
    now, who = clock.now(), by.get_username()
    made = [Caption.objects.create(session=session, text=line, at=now, by_name=who) for line in lines]
    mark_changed(session)
    return made


def mark_changed(session: LiveSession) -> None:
    """What viewers see has changed: the teller looks at it again."""
    LiveSession.objects.filter(pk=session.pk).update(change=F("change") + 1)


def mark_sites_changed(leg: Leg) -> None:
    """What the stop's viewing sites say has changed. Before the ledger is fed, so that rows are locked in the order of `close_live`."""
    LiveSession.objects.filter(leg=leg).update(change=F("change") + 1)


def _save(session: LiveSession, *fields: str) -> None:
    session.save(update_fields=[*fields])
    mark_changed(session)


def _record(verb: str, session: LiveSession, by: Actor, after: dict[str, object] | None = None) -> None:
    said = {"leg": session.leg.name} | (after or {})
    audit.record(verb, session, by=by, after=said, unit_path=session.leg.programme.unit.path)
