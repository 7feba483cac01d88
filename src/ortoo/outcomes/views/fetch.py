"""Getting a programme together with the right to see its messages or reflections; from where a request comes."""

from typing import cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ortoo.kernel.refused import NotAllowed
from ortoo.outcomes.permissions import may_moderate, may_read_reflections
from ortoo.people.models import Account
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import legs_of, visible_to

LOOPBACK = ("127.0.0.1", "::1")


def account_of(request: HttpRequest) -> Account:
    """Who asks; the sign-in middleware has made sure that there is somebody."""
    return cast(Account, request.user)


def fetch(request: HttpRequest, key: str) -> Programme:
    """The programme that the account may open, else 404."""
    return get_object_or_404(visible_to(account_of(request)).select_related("unit", "base"), key=key)


def fetch_to_moderate(request: HttpRequest, key: str) -> Programme:
    """The programme, for those who moderate."""
    programme = fetch(request, key)
    if not may_moderate(account_of(request), programme):
        raise NotAllowed
    return programme


def fetch_for_reflections(request: HttpRequest, key: str) -> Programme:
    """The programme, for those who read reflections."""
    programme = fetch(request, key)
    if not may_read_reflections(account_of(request), programme):
        raise NotAllowed
    return programme


def leg_asked_for(request: HttpRequest, programme: Programme) -> Leg | None:
    """The stop asked for (`?leg=2`), at first the last one that has begun."""
    legs = legs_of(programme)
    asked = [leg for leg in legs if str(leg.ordinal) == request.GET.get("leg")]
    begun = [leg for leg in legs if leg.state != "next"]
    return next(iter(asked or begun[-1:] or legs[:1]), None)


def address_of(request: HttpRequest) -> str:
    """The sender's address; a proxy on this machine says whose request it passes on, nobody else is believed."""
    direct = request.META.get("REMOTE_ADDR", "")
    said = request.headers.get("X-Forwarded-For", "")
    return said.rsplit(",", 1)[-1].strip() or direct if direct in LOOPBACK else direct
