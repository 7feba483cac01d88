"""The halls that a stop can choose from: organisers and the stop's host write them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.programmes.domain import hall as verbs
from ortoo.programmes.forms.stop import HallForm
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.permissions import may_host_leg
from ortoo.programmes.views.programme import account_of
from ortoo.programmes.views.stops import fetch_stop, fetch_tour


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One more hall for a stop."""
    programme, leg = _fetch(request, key, pk)
    form = HallForm(programme, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.add_hall(leg, form.draft(), by=account_of(request))
            return redirect("programmes:stop", key, pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "leg": leg}
    return render(request, "programmes/hall_form.html", frame(request, programme, here="stops") | context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str, pk: int, hall_pk: int) -> HttpResponse:
    """A hall's seats, free days and plan."""
    programme, leg = _fetch(request, key, pk)
    hall = get_object_or_404(leg.halls.select_related("leg__programme__unit"), pk=hall_pk)
    form = HallForm(programme, request.POST or None, hall=hall)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change_hall(hall, form.draft(), by=account_of(request))
            return redirect("programmes:stop", key, pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "leg": leg, "hall": hall}
    return render(request, "programmes/hall_form.html", frame(request, programme, here="stops") | context)


@require_POST
def remove(request: HttpRequest, key: str, pk: int, hall_pk: int) -> HttpResponse:
    """Take a hall off the list."""
    _programme, leg = _fetch(request, key, pk)
    hall = get_object_or_404(leg.halls.select_related("leg__programme__unit"), pk=hall_pk)
    try:
        verbs.remove_hall(hall, by=account_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("programmes:stop", key, pk)


def _fetch(request: HttpRequest, key: str, pk: int) -> tuple[Programme, Leg]:
    programme = fetch_tour(request, key)
    leg = fetch_stop(request, programme, pk)
    if not may_host_leg(account_of(request), leg):
        raise NotAllowed
    return programme, leg
