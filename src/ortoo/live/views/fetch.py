"""Getting a programme, a stop or a site together with the right to see it."""

from typing import cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ortoo.kernel.refused import NotAllowed
from ortoo.live.domain.session import session_of
from ortoo.live.models import LiveSession, ViewingSite
from ortoo.live.permissions import may_change_site, may_moderate, may_see_sites
from ortoo.live.queries import sites_visible_to
from ortoo.people.models import Account
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import legs_of, visible_to


def account_of(request: HttpRequest) -> Account:
    """Who asks; the sign-in middleware has made sure that there is somebody."""
    return cast(Account, request.user)


def fetch_for_sites(request: HttpRequest, key: str) -> Programme:
    """The programme, for those who may see its sites; 404 when it is not visible, refused when it is but not theirs."""
    programme = get_object_or_404(visible_to(account_of(request)).select_related("unit", "base"), key=key)
    if not may_see_sites(account_of(request), programme):
        raise NotAllowed
    return programme


def fetch_site_to_see(request: HttpRequest, key: str, site: str) -> ViewingSite:
    """A site that the account sees, else 404."""
    programme = fetch_for_sites(request, key)
    return get_object_or_404(sites_visible_to(account_of(request)), leg__programme=programme, key=site)


def fetch_site(request: HttpRequest, key: str, site: str) -> ViewingSite:
    """A site that the account may change; 404 when it sees none, refused when it only sees it."""
    thing = fetch_site_to_see(request, key, site)
    if not may_change_site(account_of(request), thing):
        raise NotAllowed
    return thing


def fetch_session(request: HttpRequest, key: str, ordinal: int) -> LiveSession:
    """The live session of a stop that the account moderates; 404 when it does not see the tour, refused when it only sees it."""
    programme = get_object_or_404(visible_to(account_of(request)), key=key)
    leg = get_object_or_404(programme.legs.select_related("base"), ordinal=ordinal)
    leg.programme = programme
    if not may_moderate(account_of(request), leg):
        raise NotAllowed
    return session_of(leg)


def leg_asked_for(request: HttpRequest, programme: Programme) -> Leg | None:
    """The stop asked for (`?leg=2`), at first the one that is running or comes next."""
    legs = legs_of(programme)
    asked = [leg for leg in legs if str(leg.ordinal) == request.GET.get("leg")]
    waiting = [leg for leg in legs if leg.state != "done"]
    return next(iter(asked or waiting or legs[-1:]), None)
