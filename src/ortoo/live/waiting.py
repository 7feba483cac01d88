"""What waits because of viewing sites (a line that nobody tested, a screen in trouble, heads that nobody counted) and of viewers."""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ortoo.kernel import clock
from ortoo.live.models import LiveSession, Question, ViewingSite
from ortoo.live.queries import sites_visible_to
from ortoo.people.models import Account, Role
from ortoo.people.queries import has_role
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import legs_signed_by, organised_by
from ortoo.ui.waiting import MOST, Waiting

TEST_BEFORE = timedelta(days=3)
COUNT_WITHIN = timedelta(days=7)
MOST_SITES = 2000


def sites_waiting(account: Account) -> list[Waiting]:
    """One item for each stop; four queries at most."""
    if not has_role(account, Role.Kind.ORGANISER, Role.Kind.CLERK) and not organised_by(account).exists():
        return []
    today = clock.today()
    near = sites_visible_to(account).filter(leg__starts__lte=today + TEST_BEFORE, leg__ends__gte=today - COUNT_WITHIN)
    near = near.exclude(leg__programme__state__in=[Programme.State.DRAFT, Programme.State.CLOSED])
    wrong: dict[Leg, list[tuple[ViewingSite, str]]] = {}
    counted = set(near.filter(head_counts__struck=None, head_counts__isnull=False).values_list("pk", flat=True))
    tested = set(near.filter(line_tests__isnull=False).values_list("pk", flat=True))
    for site in near[:MOST_SITES]:
        if why := _why(site, site.pk in tested, site.pk in counted):
            wrong.setdefault(site.leg, []).append((site, why))
    return [_item(leg, found) for leg, found in wrong.items()][:MOST]


def questions_waiting(account: Account) -> list[Waiting]:
    """For each live session that runs: how many questions wait at its desk; one query for those who moderate none."""
    legs = legs_signed_by(account)
    asked = Count("questions", filter=Q(questions__state=Question.State.WAITING))
    running = LiveSession.objects.filter(leg__in=legs, opened__isnull=False, closed=None).annotate(asked=asked)
    return [_at_desk(session, session.asked) for session in running.select_related("leg__programme")[:MOST] if session.asked]


def _at_desk(session: LiveSession, asked: int) -> Waiting:
    leg = session.leg
    title = _("%(programme)s, %(leg)s: live") % {"programme": leg.programme.title, "leg": leg.name}
    why = ngettext("%(count)s question waits", "%(count)s questions wait", asked) % {"count": asked}
    href = f"{reverse('live:desk', args=[leg.programme.key])}?leg={leg.ordinal}"
    return Waiting(title, why, leg.starts, href, _("To the desk"), urgent=True, programme=leg.programme.key, count=asked)


def _why(site: ViewingSite, tested: bool, counted: bool) -> str:
    if site.leg.state == "running" and site.screen == ViewingSite.Screen.TROUBLE:
        return _("in trouble")
    if site.leg.state == "done":
        return "" if counted else _("no heads counted")
    return "" if tested else _("line not tested")


def _item(leg: Leg, found: list[tuple[ViewingSite, str]]) -> Waiting:
    title = _("%(programme)s, %(leg)s: viewing sites") % {"programme": leg.programme.title, "leg": leg.name}
    names = "、".join(f"{site.name}({why})" for site, why in found[:3])
    more = len(found) - 3
    why = _("%(names)s and %(count)s more") % {"names": names, "count": more} if more > 0 else names
    href = f"{reverse('live:sites', args=[leg.programme.key])}?leg={leg.ordinal}"
    urgent = any(site.screen == ViewingSite.Screen.TROUBLE for site, _why in found) and leg.state == "running"
    due = leg.ends if leg.state == "done" else leg.starts
    return Waiting(title, why, due, href, _("Look"), urgent=urgent, programme=leg.programme.key, count=len(found))
