"""Giving the rooms of a term as long work."""

from typing import Any

from django.urls import reverse

from ortoo.kernel import jobs
from ortoo.kernel.models import Job
from ortoo.participation.dorm.models import Rooming
from ortoo.people.models import Account
from ortoo.planning.adapters.rooms import find_rooms, problem_of
from ortoo.planning.domain.rooming import ROOMS, actor_of, give_up_rooms, keep_rooms
from ortoo.programmes.models import Leg
from ortoo.programmes.permissions import may_host_leg


def abandoned(*, leg: int, by_id: int | None = None) -> None:
    """Rooms that nobody gives any more may be changed by hand again."""
    give_up_rooms(leg)


@jobs.kind(ROOMS, abandoned=abandoned)
def give(progress: jobs.Progress, *, leg: int, by_id: int | None = None) -> dict[str, Any]:
    """Find the rooms; writes nothing before they are found, so that it may be begun again."""
    term = Leg.objects.select_related("programme__unit", "programme__base", "base").filter(pk=leg).first()
    rooming = Rooming.objects.filter(leg=leg, solving=True).first()
    if term is None or rooming is None:
        return {"left": "the term is gone or its rooms are given"}
    try:
        solution = find_rooms(problem_of(term, rooming.colleagues), lambda _best: progress.stop_asked())
        keep_rooms(term, solution, by=actor_of(by_id))
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
