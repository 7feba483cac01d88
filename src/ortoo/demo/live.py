"""The live session of the demo's stop of today: open, somebody on stage, picture and sound wanted, a poll that everybody is asked."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from ortoo.demo import marks
from ortoo.demo.said import said
from ortoo.kernel import clock
from ortoo.live.domain import door
from ortoo.live.domain.lines import LinesDraft, plan_lines
from ortoo.live.domain.poll import make_poll, open_poll, show_result
from ortoo.live.domain.session import code_of, open_live, post_notice, put_on_stage, session_of, turn_picture
from ortoo.live.models import LiveSession
from ortoo.outcomes.models import MessageDesk
from ortoo.people.models import Account
from ortoo.programmes.models import Leg


def begin_live(leg: Leg, *, by: Account) -> LiveSession:
    """Open it twenty minutes ago; the first talk is on stage."""
    told = said()["live"]
    with clock.held_at(clock.now() - timedelta(minutes=20)):
        session = session_of(leg)
        plan_lines(session, LinesDraft(viewers_expected=told["viewers_expected"]), by=by)
        open_live(session, by=by)
        post_notice(session, told["notice"], by=by)
        turn_picture(session, True, by=by)
    put_on_stage(session, leg.appearances.select_related("talk").first(), by=by)
    poll = make_poll(session, told["poll"], told["choices"], by=by)
    open_poll(poll, by=by)
    show_result(poll, by=by)
    return session


def session_today() -> LiveSession | None:
    """The demo's session, while its stop is held and the session is open; None where there is no demo."""
    if not marks.note():
        return None
    today = clock.today()
    running = LiveSession.objects.filter(leg__starts__lte=today, leg__ends__gte=today, opened__isnull=False, closed=None)
    return running.select_related("leg").first()


def addresses(session: LiveSession) -> list[tuple[str, str]]:
    """What can be opened without an account, each with what it is: the screens, a viewing site, the page to write to speakers."""
    words = {"wall": _("Live now, as seen in the hall:"), "watch": _("… by a viewer:"), "tablet": _("… at the lectern:")}
    found = [(said, reverse(f"live:{screen}", args=[session.key, code_of(session, screen)])) for screen, said in words.items()]
    if site := session.leg.viewing_sites.first():
        found.append((_("… by a viewing site:"), reverse("live:door", args=[site.key, door.code_of(site)])))
    if desk := MessageDesk.objects.filter(leg=session.leg_id, is_open=True).first():
        found.append((_("Write to the speakers:"), reverse("outcomes:write", args=[desk.key])))
    return found
