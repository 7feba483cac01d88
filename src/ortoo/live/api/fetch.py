"""Getting a programme or a stop together with the right to see it, for programs."""

from typing import Any

from django.shortcuts import get_object_or_404

from ortoo.kernel.refused import NotAllowed
from ortoo.live.permissions import may_see_sites
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import visible_to


def programme_of(request: Any, key: str) -> Programme:
    """The programme, for those who may see its sites."""
    programme = get_object_or_404(visible_to(request.auth).select_related("unit", "base"), key=key)
    if not may_see_sites(request.auth, programme):
        raise NotAllowed
    return programme


def leg_of(programme: Programme, ordinal: int) -> Leg:
    """Its stop of that number."""
    return get_object_or_404(Leg.objects.filter(programme=programme).select_related("programme__unit"), ordinal=ordinal)
