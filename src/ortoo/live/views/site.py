"""One viewing site: its link, tests, counts and photographs."""

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel.ids import new_key
from ortoo.kernel.refused import Refused
from ortoo.live.domain import head_count
from ortoo.live.domain import site as verbs
from ortoo.live.domain.photograph import FOLDER, remove_photograph
from ortoo.live.forms import CountForm
from ortoo.live.models import ViewingSite
from ortoo.live.permissions import may_change_site
from ortoo.live.queries import photographs_visible_to, standings
from ortoo.live.views.fetch import account_of, fetch_for_sites, fetch_site, fetch_site_to_see
from ortoo.live.views.sites import link_of
from ortoo.programmes.frame import frame

MOST_TESTS = 20
MOST_COUNTS = 100


@require_GET
def site(request: HttpRequest, key: str, site: str) -> HttpResponse:
    """Everything about a site; its link and what is done with it only for those who look after it."""
    thing = fetch_site_to_see(request, key, site)
    may_change = may_change_site(account_of(request), thing)
    context = {
        "may_change": may_change,
        "site": thing,
        "standing": standings([thing])[0],
        "tests": thing.line_tests.all()[:MOST_TESTS],
        "counts": thing.head_counts.order_by("-counted", "-pk")[:MOST_COUNTS],
        "photographs": thing.photographs.all(),
        "form": CountForm(initial={"client_id": new_key(), "moment": "during"}),
    }
    link = link_of(request, thing) if may_change else {}
    return render(request, "live/site.html", frame(request, thing.leg.programme, here="sites") | link | context)


@require_POST
def renew(request: HttpRequest, key: str, site: str) -> HttpResponse:
    """A new link; the old one opens nothing any more."""
    thing = fetch_site(request, key, site)
    verbs.renew_link(thing, by=account_of(request))
    messages.success(request, _("The old link opens nothing any more. Hand the new one out."))
    return redirect("live:site", key, site)


@require_POST
def remove(request: HttpRequest, key: str, site: str) -> HttpResponse:
    """Take the site off the list."""
    thing = fetch_site(request, key, site)
    try:
        verbs.remove_site(thing, by=account_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("live:site", key, site)
    return redirect("live:sites", key)


@require_POST
def count(request: HttpRequest, key: str, site: str) -> HttpResponse:
    """Write a count down that came by telephone."""
    thing = fetch_site(request, key, site)
    form = CountForm(request.POST)
    if form.is_valid():
        return _told(request, thing, lambda: head_count.count_heads(thing, form.draft(), by=account_of(request)))
    messages.error(request, "; ".join(str(word) for errors in form.errors.values() for word in errors))
    return redirect("live:site", key, site)


@require_POST
def strike(request: HttpRequest, key: str, site: str, pk: int) -> HttpResponse:
    """Strike a count out, or let it stand again."""
    thing = fetch_site(request, key, site)
    found = get_object_or_404(thing.head_counts.select_related("site__unit"), pk=pk)
    if "back" in request.POST:
        return _told(request, thing, lambda: head_count.let_count_stand(found, by=account_of(request)))
    why = request.POST.get("why", "").strip()[:200]
    return _told(request, thing, lambda: head_count.strike_count(found, why, by=account_of(request)))


@require_GET
def photograph(request: HttpRequest, key: str, site: str, pk: int) -> FileResponse:
    """The picture itself: always a JPEG of our own making."""
    programme = fetch_for_sites(request, key)
    found = get_object_or_404(photographs_visible_to(account_of(request)), site__leg__programme=programme, site__key=site, pk=pk)
    try:
        return FileResponse(FOLDER.path_of(found.sha256).open("rb"), content_type="image/jpeg")
    except FileNotFoundError as error:
        raise Http404 from error


@require_POST
def photograph_remove(request: HttpRequest, key: str, site: str, pk: int) -> HttpResponse:
    """Remove a photograph."""
    thing = fetch_site(request, key, site)
    remove_photograph(get_object_or_404(thing.photographs.select_related("site__unit"), pk=pk), by=account_of(request))
    return redirect("live:site", key, site)


def _told(request: HttpRequest, site: ViewingSite, verb: Callable[[], object]) -> HttpResponse:
    try:
        verb()
        messages.success(request, _("Saved."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("live:site", site.leg.programme.key, site.key)
