"""The route of a tour planned: ask, look at the way and at what changes, adopt, take back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ortoo.kernel.refused import Refused
from ortoo.people.request import SignedIn
from ortoo.planning.adapters.route import Route, plan_route, standing_km
from ortoo.planning.domain.route import adopt_route, take_back
from ortoo.planning.route_form import RouteForm
from ortoo.planning.views.fetch import fetch_own
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Programme
from ortoo.programmes.travel import said_of_way
from ortoo.ui import charts, dates


@require_http_methods(["GET", "POST"])
def route(request: SignedIn, key: str) -> HttpResponse:
    """Asking (`?plan=1&…`) changes nothing; posting the same questions adopts the route that was shown."""
    tour = _tour(request, key)
    legs = list(tour.legs.select_related("base").prefetch_related("halls"))
    for leg in legs:
        leg.programme = tour
    asked = request.POST if request.method == "POST" else request.GET if "plan" in request.GET else None
    form = RouteForm(asked, legs)
    found, refusal = None, ""
    if asked is not None and form.is_valid():
        try:
            found = plan_route(tour, form.wishes())
            if request.method == "POST" and _is_shown(request, found):
                plan = adopt_route(tour, found, form.wishes(), by=request.user)
                said = _("The tour goes %(km)s km now. %(changes)s stops have another day or hall.")
                messages.success(request, said % {"km": round(plan.km), "changes": plan.changes})
                return redirect("programmes:route", key)
        except Refused as refused:
            refusal = str(refused)
    context: dict[str, object] = {"form": form, "found": found, "refusal": refusal, "now": standing_km(tour)}
    context |= {"history": tour.route_plans.all()[:20], "chart": _map(tour, found) if found else None}
    return render(request, "planning/route.html", frame(request, tour, here="plan-route") | context)


@require_POST
def undo(request: SignedIn, key: str, number: int) -> HttpResponse:
    """The stops go back to where they stood before this route."""
    tour = _tour(request, key)
    plan = get_object_or_404(tour.route_plans.select_related("programme__unit"), number=number)
    try:
        take_back(plan, by=request.user)
        messages.success(request, _("The route is taken back."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("planning:route", key)


def _tour(request: SignedIn, key: str) -> Programme:
    tour = fetch_own(request, key)
    if not tour.is_tour:
        raise Http404
    return tour


def _is_shown(request: SignedIn, found: Route) -> bool:
    """Whether it is still what the reader has seen; halls and days may have changed since."""
    if request.POST.get("route") == found.key:
        return True
    messages.warning(request, _("What this route rests on has changed meanwhile. This is the route now; look at it again."))
    return False


def _map(tour: Programme, found: Route) -> charts.Chart:
    points = [
        charts.Point(
            stop.leg.name,
            stop.leg.base.lon,
            stop.leg.base.lat,
            dates.day(stop.day),
            "changed" if stop.changed else "done",
            said_of_way(stop.km, stop.nights),
        )
        for stop in found.stops
        if stop.leg.base and stop.leg.base.lon is not None and stop.leg.base.lat is not None
    ]
    return charts.travel_map(_("The way of %(tour)s") % {"tour": tour.title}, points)
