"""Viewing sites and their counts, for programs."""

from datetime import datetime
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status
from pydantic import StringConstraints

from ortoo.kernel.refused import NotAllowed
from ortoo.kernel.rest import NO_NUL, PROBLEMS, Key, Page, Paging, page
from ortoo.live.api.fetch import leg_of, programme_of
from ortoo.live.domain.head_count import MOST_HEADS, CountDraft, count_heads
from ortoo.live.domain.site import SiteDraft, register_site
from ortoo.live.forms import CLIENT_ID
from ortoo.live.models import Audience, HeadCount, ViewingSite
from ortoo.live.permissions import may_change_site, may_register
from ortoo.live.queries import heads_of, sites_visible_to, standing_counts, units_for_sites

router = Router(tags=["live"])
Words = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL, strip_whitespace=True)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=NO_NUL, strip_whitespace=True)]
ClientId = Annotated[str, StringConstraints(pattern=CLIENT_ID)]


class SiteOut(Schema):
    """A viewing site: `leg` is the stop's number, `unit` a code, `heads` the largest of its counts (null: none yet)."""

    key: str
    leg: int
    name: str
    unit: str
    place: str
    screens: int
    expected: int
    audience: str
    screen: str
    last_heard: datetime | None
    heads: int | None


class SiteIn(Schema):
    """A site to register at stop number `leg`."""

    leg: int = Field(ge=1, le=200)
    name: Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=NO_NUL, strip_whitespace=True)]
    unit: Key
    person_in_charge: Line
    contact: Line
    place: Annotated[str, StringConstraints(max_length=120, pattern=NO_NUL)] = ""
    screens: int = Field(1, ge=1, le=500)
    expected: int = Field(0, ge=0, le=MOST_HEADS)
    audience: Audience = Audience.MIXED


class CountIn(Schema):
    """A count of heads; the same `client_id` twice is one count."""

    client_id: ClientId
    moment: HeadCount.Moment
    heads: int = Field(ge=0, le=MOST_HEADS)
    note: Words = ""


class CountOut(Schema):
    """A count as it is kept."""

    moment: str
    heads: int
    note: str
    counted: datetime
    received: datetime


@router.get("/programmes/{key}/sites", response={200: Page[SiteOut], **PROBLEMS}, url_name="sites")
def sites(request: Any, key: Key, paging: Query[Paging]) -> dict[str, Any]:
    """Viewing sites that the account sees."""
    programme = programme_of(request, key)
    found = page(sites_visible_to(request.auth).filter(leg__programme=programme), paging)
    counts = standing_counts([site.pk for site in found["items"]])
    return found | {"items": [_site(site, heads_of(counts.get(site.pk, {}))) for site in found["items"]]}


@router.post("/programmes/{key}/sites", response={201: SiteOut, **PROBLEMS}, url_name="sites")
def add_site(request: Any, key: Key, said: SiteIn) -> Status[dict[str, Any]]:
    """Register a viewing site."""
    programme = programme_of(request, key)
    if not may_register(request.auth, programme):
        raise NotAllowed
    unit = get_object_or_404(units_for_sites(request.auth, programme), code=said.unit)
    draft = SiteDraft(**said.dict(exclude={"leg", "unit"}), unit=unit)
    return Status(201, _site(register_site(leg_of(programme, said.leg), draft, by=request.auth), None))


@router.post("/programmes/{key}/sites/{site}/counts", response={201: CountOut, **PROBLEMS}, url_name="site-counts")
def add_count(request: Any, key: Key, site: Key, said: CountIn) -> Status[HeadCount]:
    """A count of heads at a site."""
    programme = programme_of(request, key)
    thing = get_object_or_404(sites_visible_to(request.auth), leg__programme=programme, key=site)
    if not may_change_site(request.auth, thing):
        raise NotAllowed
    return Status(201, count_heads(thing, CountDraft(**said.dict()), by=request.auth))


def _site(site: ViewingSite, heads: int | None) -> dict[str, Any]:
    names = ("key", "name", "place", "screens", "expected", "audience", "screen", "last_heard")
    return {name: getattr(site, name) for name in names} | {"leg": site.leg.ordinal, "unit": site.unit.code, "heads": heads}
