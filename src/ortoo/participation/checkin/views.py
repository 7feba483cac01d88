"""The host's page of a stop's doors: who is in, who is missing, what came twice, what nobody knows."""

from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.participation.checkin import queries
from ortoo.participation.checkin.forms import DoorForm
from ortoo.participation.domain import door as verbs
from ortoo.participation.domain.scan import count_doors, figures_of
from ortoo.participation.models import Door
from ortoo.people.models import Account
from ortoo.programmes.frame import at_leg, frame
from ortoo.programmes.models import Leg
from ortoo.programmes.permissions import may_host_leg, may_organise
from ortoo.programmes.queries import stops_of, visible_to

MOST_SHOWN = 200


@require_GET
def doors(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The doors of a stop; `?delegation=` and `?q=` narrow who is missing.

    `?part=board` and `?part=missing` give what changes by itself, each alone, so that nobody loses what they are typing.
    """
    leg, part = _fetch_stop(request, key, pk), request.GET.get("part")
    context: dict[str, Any] = {"leg": leg, "live": leg.state == "running"}
    if part == "missing":
        return render(request, "participation/doors_missing.html", context | _missing(request, leg))
    context |= _board(leg)
    if part == "board":
        return render(request, "participation/doors_board.html", context)
    context |= _missing(request, leg) | {
        "form": DoorForm(),
        "links": [_link(request, door) for door in context["doors"]],
        "may_count": may_organise(_account(request), leg.programme),
    }
    return render(request, "participation/doors.html", frame(request, leg.programme, here="doors") | context)


@require_POST
def add(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One more door."""
    leg = _fetch_stop(request, key, pk)
    form = DoorForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the name of the door."))
    else:
        try:
            verbs.open_door(leg, form.cleaned_data["name"], by=_account(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("participation:doors", key, pk)


@require_POST
def renew(request: HttpRequest, key: str, pk: int, door: int) -> HttpResponse:
    """A new link for a door."""
    thing = _fetch_door(request, key, pk, door)
    verbs.renew_door(thing, by=_account(request))
    messages.success(
        request, _("The old link opens nothing any more. Open the new one on the same telephone: what it holds goes out.")
    )
    return redirect("participation:doors", key, pk)


@require_POST
def shut(request: HttpRequest, key: str, pk: int, door: int) -> HttpResponse:
    """Take a door's link back."""
    verbs.shut_door(_fetch_door(request, key, pk, door), by=_account(request))
    return redirect("participation:doors", key, pk)


@require_POST
def count(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take what the doors counted over into the ledger of reach."""
    leg = _fetch_stop(request, key, pk)
    if not may_organise(_account(request), leg.programme):
        raise NotAllowed
    number = count_doors(leg, by=_account(request))
    messages.success(request, _("%(count)s people are in the ledger of reach as scanned at a door.") % {"count": number})
    return redirect("participation:doors", key, pk)


def first(request: HttpRequest, key: str) -> HttpResponse:
    """The doors of the stop that is on or comes next."""
    tour = get_object_or_404(visible_to(_account(request)), key=key)
    legs = [leg for leg in stops_of(tour) if may_host_leg(_account(request), leg)]
    if not tour.is_tour:
        raise Http404
    if not legs:
        raise NotAllowed
    leg = next((leg for leg in legs if leg.state != "done"), legs[-1])
    return redirect("participation:doors", key, leg.pk)


def _account(request: HttpRequest) -> Account:
    return request.user  # type: ignore[return-value]


def _fetch_stop(request: HttpRequest, key: str, pk: int) -> Leg:
    """A stop of a tour that the account hosts or organises, else 403."""
    tour = get_object_or_404(visible_to(_account(request)).select_related("unit", "base"), key=key)
    if not tour.is_tour:
        raise Http404
    leg = get_object_or_404(stops_of(tour), pk=pk)
    leg.programme = tour
    at_leg(request, leg)
    if not may_host_leg(_account(request), leg):
        raise NotAllowed
    return leg


def _fetch_door(request: HttpRequest, key: str, pk: int, door: int) -> Door:
    leg = _fetch_stop(request, key, pk)
    return get_object_or_404(leg.doors.select_related("leg__programme__unit"), pk=door)


def _board(leg: Leg) -> dict[str, Any]:
    found, at_doors = queries.doors_of(leg), queries.admitted_by_door(leg)
    figures = [each for each in figures_of(leg) if each.delegation.given or each.number]
    strangers, walk_ins = queries.strangers(leg), queries.walk_ins_of(leg)
    return {
        "doors": found,
        "by_door": [(door, at_doors.get(door.pk, 0)) for door in found],
        "figures": figures,
        "admitted": sum(at_doors.values()),
        "given": sum(each.delegation.given for each in figures),
        "doubles": queries.doubles(leg, MOST_SHOWN),
        "strangers": strangers[:MOST_SHOWN],
        "strangers_count": strangers.count(),
        "walk_ins": walk_ins[:MOST_SHOWN],
        "walk_ins_count": walk_ins.count(),
    }


def _missing(request: HttpRequest, leg: Leg) -> dict[str, Any]:
    chosen, words = request.GET.get("delegation", ""), request.GET.get("q", "").strip()[:60]
    rows = queries.missing(leg, int(chosen) if chosen.isdecimal() and len(chosen) < 18 else None, words)
    return {
        "missing": rows[:MOST_SHOWN],
        "missing_count": rows.count(),
        "most": MOST_SHOWN,
        "chosen": chosen,
        "words": words,
        "delegations": queries.delegations_with_seats(leg),
    }


def _link(request: HttpRequest, door: Door) -> dict[str, Any]:
    link = request.build_absolute_uri(reverse("participation:door", args=[door.key, verbs.code_of(door)]))
    return {"door": door, "link": link, "qr": segno.make(link, error="m").svg_data_uri(scale=4, border=2)}
