"""Seats of a stop shared out by the solver: the arithmetic first, then adopt it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ortoo.kernel.refused import Refused
from ortoo.people.request import SignedIn
from ortoo.planning.adapters.seats import share_out
from ortoo.planning.domain.seating import adopt_shares, lay_seats
from ortoo.planning.views.fetch import fetch_own
from ortoo.programmes.frame import at_leg, frame
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import legs_of


@require_http_methods(["GET", "POST"])
def seats(request: SignedIn, key: str) -> HttpResponse:
    """What each delegation of a stop (`?leg=6`) would get, and why; posting gives it and lays the blocks out.

    Posting `lay` only lays out what is given already.
    """
    tour = fetch_own(request, key)
    if not tour.is_tour:
        raise Http404
    leg = _leg(request, tour)
    context = frame(request, tour, here="seats") | {"leg": leg, "shared": None}
    if leg is None:
        return render(request, "planning/seats.html", context)
    at_leg(request, leg)
    try:
        if "lay" in request.POST:
            shared = lay_seats(leg, by=request.user)
            said = _("Laid out in %(pieces)s pieces; fewer than %(bound)s cannot be.")
            messages.success(request, said % {"pieces": shared.pieces, "bound": shared.pieces_bound})
            return redirect("participation:hall", *_where(leg, True))
        if request.method == "POST":
            shared = share_out(leg, lay=True)
            adopt_shares(leg, shared, by=request.user)
            messages.success(request, _("%(given)s seats are given.") % {"given": shared.given})
            return redirect(
                "participation:hall" if shared.blocks else "participation:delegations", *_where(leg, bool(shared.blocks))
            )
        context["shared"] = share_out(leg, lay=False)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return render(request, "planning/seats.html", context)


def _where(leg: Leg, laid: bool) -> list[object]:
    return [leg.programme.key, leg.pk] if laid else [leg.programme.key]


def _leg(request: SignedIn, tour: Programme) -> Leg | None:
    """The stop asked for, at first the next one to which delegations come."""
    some = set(tour.legs.filter(delegations__isnull=False).values_list("pk", flat=True))
    legs = [leg for leg in legs_of(tour) if leg.pk in some]
    asked = [leg for leg in legs if str(leg.ordinal) == request.GET.get("leg")]
    return next(iter(asked or [leg for leg in legs if leg.state != "done"] or legs[-1:]), None)
