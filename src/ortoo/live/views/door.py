"""The page of whoever is in charge of a viewing site: no account, one link; what it sends may come late and twice."""

import os
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel.ids import new_key
from ortoo.kernel.refused import Refused
from ortoo.live.domain import door as doors
from ortoo.live.domain import line
from ortoo.live.domain.door import AtTheDoor
from ortoo.live.domain.head_count import count_heads
from ortoo.live.domain.line_test import keep_test
from ortoo.live.domain.photograph import keep_photograph
from ortoo.live.domain.session import code_of as code_for
from ortoo.live.domain.session import session_of
from ortoo.live.domain.site import hear, say_screen
from ortoo.live.forms import CountForm, PhotographForm, ScreenForm, TestForm
from ortoo.live.models import LiveSession, ViewingSite
from ortoo.live.queries import standings

SAMPLE_BYTES = 750_000
#: Somebody sees which of their counts have come; more than these are on the office's page.
MOST_SHOWN = 20
View = Callable[..., HttpResponse]


def open_to_link(view: Callable[[HttpRequest, ViewingSite], HttpResponse]) -> View:
    """A page for whoever holds the link: found by it, 404 for a wrong one, kept out of caches and search engines.

    Exempt from the CSRF cookie: the address itself is the secret, and the browsers of messengers often refuse cookies.
    """

    @csrf_exempt
    def fetched(request: HttpRequest, key: str, code: str) -> HttpResponse:
        site = doors.find(key, code)
        if site is None:
            raise Http404
        answer = view(request, site)
        patch_cache_control(answer, no_store=True, private=True)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    fetched.open_to_all = True  # type: ignore[attr-defined]
    return fetched


@open_to_link
@require_GET
def door(request: HttpRequest, site: ViewingSite) -> HttpResponse:
    """The page itself."""
    doors.demand_open(site)
    hear(site)
    fresh = {"client_id": new_key()}
    session = session_of(site.leg)
    context = {
        "site": site,
        "code": doors.code_of(site),
        "count_form": CountForm(initial=fresh | {"moment": session.moment}),
        "test_form": TestForm(initial=fresh),
        "photograph_form": PhotographForm(initial=fresh),
        "screen_form": ScreenForm(initial={"screen": site.screen, "screen_note": site.screen_note}),
        "standing": standings([site])[0],
        "counts": site.head_counts.order_by("-counted", "-pk")[:MOST_SHOWN],
    }
    return render(request, "live/door.html", context | _lecture(request, session))


def _lecture(request: HttpRequest, session: LiveSession) -> dict[str, str]:
    """Where the lecture is: for the site's screen, and for a telephone; nothing where no hub carries it."""
    if not line.address(request.scheme or "http", request.get_host()):
        return {}
    return {screen: reverse(f"live:{screen}", args=[session.key, code_for(session, screen)]) for screen in ("wall", "watch")}


@open_to_link
@require_POST
def count(request: HttpRequest, site: ViewingSite) -> HttpResponse:
    """A count of heads."""
    form = CountForm(request.POST)
    return _take(request, site, form, lambda: count_heads(site, form.draft(), by=AtTheDoor(site)), _("The count has come."))


@open_to_link
@require_POST
def test(request: HttpRequest, site: ViewingSite) -> HttpResponse:
    """A test of the line."""
    form = TestForm(request.POST)

    def keep() -> None:
        said = form.cleaned_data
        keep_test(site, said["client_id"], form.measured(), said["seen"], by=AtTheDoor(site))

    return _take(request, site, form, keep, _("The test has come."))


@open_to_link
@require_POST
def screen(request: HttpRequest, site: ViewingSite) -> HttpResponse:
    """How the screen is."""
    form = ScreenForm(request.POST)

    def say() -> None:
        say_screen(site, form.cleaned_data["screen"], form.cleaned_data["screen_note"], by=AtTheDoor(site))

    return _take(request, site, form, say, _("The office knows."))


@open_to_link
@require_POST
def photograph(request: HttpRequest, site: ViewingSite) -> HttpResponse:
    """A photograph."""
    form = PhotographForm(request.POST, request.FILES)

    def keep() -> None:
        said = form.cleaned_data
        pieces, agreed = said["photograph"].chunks(), said["may_show"]
        keep_photograph(site, said["client_id"], pieces, caption=said["caption"], may_show=agreed, by=AtTheDoor(site))

    return _take(request, site, form, keep, _("The photograph has come."))


@open_to_link
@require_POST
def beat(request: HttpRequest, site: ViewingSite) -> HttpResponse:
    """The page says that it is still there; also what the line test times."""
    hear(site)
    return HttpResponse(status=204)


@open_to_link
@require_GET
def sample(request: HttpRequest, site: ViewingSite) -> HttpResponse:
    """Bytes that cannot be compressed, for the speed of the line."""
    return HttpResponse(os.urandom(SAMPLE_BYTES), content_type="application/octet-stream")


def _take(request: HttpRequest, site: ViewingSite, form: forms.Form, verb: Callable[[], Any], thanks: str) -> HttpResponse:
    """Do it and say so: to the page's script as JSON, to a browser without one by going back to the page."""
    said, status = thanks, 200
    try:
        doors.demand_open(site)
        if form.is_valid():
            verb()
            hear(site)
        else:
            said, status = "; ".join(str(word) for errors in form.errors.values() for word in errors), 400
    except Refused as refusal:
        said, status = str(refusal), refusal.status
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"said": said}, status=status, json_dumps_params={"ensure_ascii": False})
    messages.add_message(request, messages.SUCCESS if status == 200 else messages.ERROR, said)
    return redirect("live:door", site.key, doors.code_of(site))
