"""Fetch and right in one step, for every page of planning."""

from django.db.models import Q
from django.shortcuts import get_object_or_404

from ortoo.kernel.refused import NotAllowed
from ortoo.participation.queries import programmes_of_person
from ortoo.people.request import SignedIn
from ortoo.planning.models import Plan
from ortoo.planning.permissions import may_organise, may_see_plan
from ortoo.planning.queries import plans_of
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import visible_to


def fetch(request: SignedIn, key: str) -> Programme:
    """A programme that the reader sees."""
    return get_object_or_404(visible_to(request.user), key=key)


def fetch_taking_part(request: SignedIn, key: str) -> Programme:
    """A programme that the reader sees, or takes part in."""
    seen = Q(pk__in=visible_to(request.user).values("pk")) | Q(pk__in=programmes_of_person(request.user).values("pk"))
    return get_object_or_404(Programme.objects.filter(seen).select_related("unit", "base"), key=key)


def fetch_own(request: SignedIn, key: str) -> Programme:
    """A programme that the reader organises."""
    programme = fetch(request, key)
    if not may_organise(request.user, programme):
        raise NotAllowed
    return programme


def fetch_plan(request: SignedIn, key: str, number: int, *, own: bool = True) -> Plan:
    """A plan of a programme that the reader organises, or (not `own`) whose board it may see."""
    programme = fetch(request, key)
    if not (may_organise(request.user, programme) if own else may_see_plan(request.user, programme)):
        raise NotAllowed
    plan = get_object_or_404(
        plans_of(programme).select_related("programme__unit", "programme__base", "job", "parent"), number=number
    )
    if not own and not may_organise(request.user, programme) and plan.state != Plan.State.PUBLISHED:
        raise NotAllowed
    return plan
