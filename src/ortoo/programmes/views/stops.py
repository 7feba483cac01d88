"""The stops of a tour: the list, one stop, its place on the route, its day and hall."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.programmes import concerns
from ortoo.programmes.domain import stop as verbs
from ortoo.programmes.forms.stop import SettleForm, StopForm
from ortoo.programmes.frame import at_leg, frame
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.permissions import may_host_leg, may_organise, may_see_order
from ortoo.programmes.queries import duties_of, order_of, stops_of, stops_with_orders
from ortoo.programmes.travel import travels
from ortoo.programmes.views.programme import account_of, fetch

STEPS = {"up": -1, "down": 1}


def fetch_tour(request: HttpRequest, key: str) -> Programme:
    """The tour that the account may open, else 404."""
    programme = fetch(request, key)
    if not programme.is_tour:
        raise Http404
    return programme


def fetch_own_tour(request: HttpRequest, key: str) -> Programme:
    """The tour, if the account organises it, else 403."""
    programme = fetch_tour(request, key)
    if not may_organise(account_of(request), programme):
        raise NotAllowed
    return programme


def fetch_stop(request: HttpRequest, programme: Programme, pk: int) -> Leg:
    """A stop of the tour, else 404; the route line shows it as the one that the page is about."""
    leg = get_object_or_404(stops_of(programme), pk=pk)
    leg.programme = programme
    at_leg(request, leg)
    return leg


@require_GET
def stops(request: HttpRequest, key: str) -> HttpResponse:
    """All stops in order: when, where, which hall, how many talks, what isn't right yet."""
    programme = fetch_tour(request, key)
    legs = stops_with_orders(programme)
    for leg in legs:
        leg.programme = programme
    rows = [_row(leg) for leg in legs]
    context = {"rows": rows, "may_organise": may_organise(account_of(request), programme)}
    return render(request, "programmes/stops.html", frame(request, programme, here="stops") | context)


@require_GET
def stop(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One stop in one glance: its day and hall, the way there, who speaks, how far the checklist is."""
    programme, account = fetch_tour(request, key), account_of(request)
    leg = fetch_stop(request, programme, pk)
    context = _glance(programme, leg) | {
        "may_organise": may_organise(account, programme),
        "may_host": may_host_leg(account, leg),
        "may_order": may_see_order(account, programme),
        "form": SettleForm(leg),
    }
    return render(request, "programmes/stop.html", frame(request, programme, here="stops") | context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, key: str) -> HttpResponse:
    """One more stop."""
    programme = fetch_own_tour(request, key)
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            leg = verbs.add_stop(programme, form.draft(), by=account_of(request))
            messages.success(request, _("%(stop)s is on the route. Next: its halls.") % {"stop": leg.name})
            return redirect("programmes:stop", key, leg.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "programmes/stop_form.html", frame(request, programme, here="stops") | {"form": form})


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """What a stop is called and where it is."""
    programme = fetch_own_tour(request, key)
    leg = fetch_stop(request, programme, pk)
    form = StopForm(request.POST or None, leg=leg)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change_stop(leg, form.draft(), by=account_of(request))
            return redirect("programmes:stop", key, pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "programmes/stop_form.html", frame(request, programme, here="stops") | {"form": form, "leg": leg})


@require_POST
def settle(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Give a stop its day and its hall."""
    programme = fetch_own_tour(request, key)
    leg = fetch_stop(request, programme, pk)
    form = SettleForm(leg, request.POST)
    if form.is_valid():
        try:
            verbs.settle(leg, day=form.cleaned_data["day"], hall=form.chosen_hall, by=account_of(request))
            messages.success(request, _("Saved."))
            return redirect("programmes:stop", key, pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = _glance(programme, leg) | {"may_organise": True, "may_host": True, "may_order": True, "form": form}
    return render(request, "programmes/stop.html", frame(request, programme, here="stops") | context, status=409)


@require_POST
def move(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One place earlier or later on the route."""
    programme = fetch_own_tour(request, key)
    leg, step = fetch_stop(request, programme, pk), STEPS.get(request.POST.get("step", ""))
    if step:
        _try(request, lambda: verbs.move_stop(leg, step, by=account_of(request)))
    answer = redirect("programmes:stops", key)
    answer["Location"] += f"#stop-{pk}"
    return answer


@require_POST
def remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take a stop off the route."""
    programme = fetch_own_tour(request, key)
    leg = fetch_stop(request, programme, pk)
    if _try(request, lambda: verbs.remove_stop(leg, by=account_of(request))):
        messages.success(request, _("%(stop)s is off the route.") % {"stop": leg.name})
        return redirect("programmes:stops", key)
    return redirect("programmes:stop", key, pk)


def _try(request: HttpRequest, verb: Callable[[], object]) -> bool:
    """Do it, or say why not."""
    try:
        verb()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def _row(leg: Leg) -> dict[str, Any]:
    order = list(leg.appearances.all())
    for each in order:
        each.leg = leg
    return {
        "leg": leg,
        "hall": leg.hall,
        "minutes": sum(each.talk.minutes for each in order),
        "concerns": concerns.of_stop(leg, order),
    }


def _glance(programme: Programme, leg: Leg) -> dict[str, Any]:
    order = order_of(leg)
    legs = list(stops_of(programme))
    duties = list(duties_of(programme).filter(leg=leg))
    return {
        "leg": leg,
        "hall": leg.hall,
        "order": order,
        "minutes": sum(each.talk.minutes for each in order),
        "concerns": concerns.of_stop(leg, order),
        "ways": [way for way in travels(legs) if leg.pk in (way.start.pk, way.end.pk)],
        "duties": len(duties),
        "done": sum(duty.done_at is not None for duty in duties),
        "overdue": sum(duty.overdue for duty in duties),
        "order_href": f"{reverse('programmes:order', args=[programme.key])}?leg={leg.ordinal}",
        "duties_href": f"{reverse('programmes:duties', args=[programme.key])}?leg={leg.ordinal}",
        "lessons": [duty for duty in duties if duty.lesson],
    }
