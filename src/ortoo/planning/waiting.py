"""What planning puts on the home page and on a programme's own page."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ortoo.kernel.models import Job
from ortoo.participation.queries import MyTerm
from ortoo.people.models import Account, Role
from ortoo.people.queries import has_role
from ortoo.planning.models import Plan, Publication
from ortoo.planning.permissions import may_organise
from ortoo.planning.queries import notice_units, plans_of
from ortoo.programmes.frame import Figure
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import organised_by, visible_to
from ortoo.ui.waiting import MOST, Waiting


def plans_waiting(account: Account) -> Iterable[Waiting]:
    """Nominations without a plan, plans not yet published, notices to fetch."""
    if has_role(account, Role.Kind.ORGANISER):
        yield from _to_plan(account)
        yield from _to_publish(account)
    if has_role(account, Role.Kind.CLERK):
        yield from _to_fetch(account)


def _to_fetch(account: Account) -> Iterable[Waiting]:
    """Notices for the clerk's units; after a change only where it concerns them."""
    seen = visible_to(account).filter(state=Programme.State.PUBLISHED)
    told = Publication.objects.filter(plan__programme__in=seen, withdrawn=None).select_related(
        "plan__programme__unit", "replaces"
    )
    for publication in told[:MOST]:
        programme = publication.plan.programme
        if publication.replaces and not notice_units(account, publication.plan).exists():
            continue
        why = (
            _("Terms of some of your people have changed.")
            if publication.replaces
            else _("The plan is published; your unit's notice is ready.")
        )
        href = reverse("planning:latest-notices", args=[programme.key])
        yield Waiting(programme.title, why, None, href, _("Get the notice"), programme=programme.key)


def _to_plan(account: Account) -> Iterable[Waiting]:
    ready = (
        organised_by(account).filter(state=Programme.State.OPEN, plans=None).annotate(people=Count("nominations", distinct=True))
    )
    for programme in ready.filter(people__gt=0)[:MOST]:
        why = _("%(count)s people are nominated and no plan is made yet.") % {"count": programme.people}
        href = reverse("planning:plans", args=[programme.key])
        yield Waiting(programme.title, why, None, href, _("Plan"), programme=programme.key, count=programme.people)


def _to_publish(account: Account) -> Iterable[Waiting]:
    """Plans ready and meant to be published: the first of an open programme, and those that change a published one."""
    first = Q(programme__state=Programme.State.OPEN, origin__in=(Plan.Origin.PLANNED, Plan.Origin.BY_HAND))
    again = Q(programme__state=Programme.State.PUBLISHED, origin=Plan.Origin.AGAIN, parent__state=Plan.State.PUBLISHED)
    plans = Plan.objects.filter(first | again, programme__in=organised_by(account), state=Plan.State.SOLVED)
    for plan in plans.select_related("programme")[:MOST]:
        href = reverse("planning:plan", args=[plan.programme.key, plan.number])
        why = _("Plan %(number)s is ready to be published.") % {"number": plan.number}
        yield Waiting(plan.programme.title, why, None, href, _("Look and publish"), programme=plan.programme.key)


def figures(account: Account, programme: Programme) -> Sequence[Figure]:
    """The number of plans."""
    if not may_organise(account, programme):
        return []
    return [Figure(_("Plans"), plans_of(programme).count(), reverse("planning:plans", args=[programme.key]), order=40)]


def may_see_job(account: Account, job: Job) -> bool:
    """Organisers of the programme that is being planned."""
    plan = Plan.objects.filter(job=job).select_related("programme__unit").first()
    return plan is not None and may_organise(account, plan.programme)


def page_of_job(job: Job) -> str:
    """The plan's board."""
    plan = Plan.objects.filter(job=job).select_related("programme").first()
    return reverse("planning:plan", args=[plan.programme.key, plan.number]) if plan else ""


def links_of_term(term: MyTerm) -> Sequence[tuple[str, str]]:
    """Under a participant's published term the question why it is this one."""
    person = term.nomination.person if term.nomination else None
    if person is None or term.programme.state != Programme.State.PUBLISHED:
        return []
    return [(_("Why this term?"), reverse("planning:why-person", args=[term.programme.key, person.staff_no]))]
