"""Giving the rooms of a term as long work, and the terms for which it is time."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from ortoo.kernel import clock, jobs
from ortoo.kernel.models import Job
from ortoo.participation.dorm.models import DormRoom, Rooming
from ortoo.participation.models import Place
from ortoo.people.models import Account, Role
from ortoo.people.queries import below, has_role, subtrees
from ortoo.planning.adapters.rooms import basis_of, find_rooms, problem_of, standing
from ortoo.planning.domain.rooming import ROOMS, actor_of, give_up_rooms, keep_rooms
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.permissions import may_host_leg
from ortoo.ui.waiting import MOST, Waiting

#: So long before a term's first day it begins to wait on the home page.
SOON = timedelta(days=14)


def abandoned(*, leg: int, by_id: int | None = None, near: bool = False) -> None:
    """Rooms that nobody gives any more may be changed by hand again."""
    give_up_rooms(leg)


@jobs.kind(ROOMS, abandoned=abandoned)
def give(progress: jobs.Progress, *, leg: int, by_id: int | None = None, near: bool = False) -> dict[str, Any]:
    """Find the rooms; writes nothing before they are found, so that it may be begun again."""
    term = Leg.objects.select_related("programme__unit", "programme__base", "base").filter(pk=leg).first()
    rooming = Rooming.objects.filter(leg=leg, solving=True).first()
    if term is None or rooming is None:
        return {"left": "the term is gone or its rooms are given"}
    try:
        basis = basis_of(term, standing(term, rooming.colleagues))
        problem = problem_of(term, rooming.colleagues, near=near)
        solution = find_rooms(problem, lambda _best: progress.stop_asked())
        keep_rooms(term, solution, basis=basis, near=near, by=actor_of(by_id))
    except Exception:
        give_up_rooms(leg)
        raise
    return {"cost": solution.cost, "bound": solution.bound, "unplaced": len(solution.unplaced)}


def may_see(account: Account, job: Job) -> bool:
    """Whoever gives the rooms of that term."""
    rooming = Rooming.objects.filter(job=job).select_related("leg__programme__unit", "leg__base").first()
    return rooming is not None and may_host_leg(account, rooming.leg)


def page_of(job: Job) -> str:
    """The term's rooms."""
    rooming = Rooming.objects.filter(job=job).select_related("leg__programme").first()
    return reverse("planning:rooms", args=[rooming.leg.programme.key, rooming.leg_id]) if rooming else ""


def without_bed_soon(account: Account) -> Iterable[Waiting]:
    """For hosts: terms of their base that begin soon, where rooms are written down and somebody has no bed; one query."""
    if not has_role(account, Role.Kind.HOST):
        return
    held, today = subtrees(account, Role.Kind.HOST), clock.today()
    here = below(held, "base__path") | Q(base=None) & below(held, "programme__base__path")
    stocked = Exists(DormRoom.objects.filter(base=Coalesce(OuterRef("base_id"), OuterRef("programme__base_id"))))
    legs = Leg.objects.filter(
        here, stocked, starts__lte=today + SOON, ends__gte=today, programme__state=Programme.State.PUBLISHED
    )
    without = Place.objects.filter(leg=OuterRef("pk"), bed=None).order_by().values("leg").annotate(n=Count("pk")).values("n")
    lacking = legs.annotate(people=Subquery(without)).filter(people__gt=0)
    for leg in lacking.select_related("programme").order_by("starts")[:MOST]:
        why = _("%(count)s people of %(term)s have no bed yet.") % {"count": leg.people, "term": leg.name}
        href = reverse("planning:rooms", args=[leg.programme.key, leg.pk])
        yield Waiting(
            leg.programme.title, why, leg.starts, href, _("Give the rooms"), programme=leg.programme.key, count=leg.people
        )
