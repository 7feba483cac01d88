"""Delegations of a stop: the list with its seats, one delegation, its names."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.participation.delegations.forms import CountForm, DelegationForm, PassForm, SwapForm, given_in
from ortoo.participation.delegations.permissions import may_fill, may_see_delegations
from ortoo.participation.delegations.queries import delegations_of, delegations_visible_to
from ortoo.participation.domain import delegation as verbs
from ortoo.participation.domain import seat as seats
from ortoo.participation.models import Delegation
from ortoo.people.models import Account
from ortoo.programmes.frame import at_leg, frame
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.permissions import may_organise
from ortoo.programmes.queries import legs_of, stops_of, visible_to


def account_of(request: HttpRequest) -> Account:
    """Who asks; the middleware lets nobody in without an account."""
    return request.user  # type: ignore[return-value]


def fetch_tour(request: HttpRequest, key: str) -> Programme:
    """The tour that the account may open, else 404."""
    tour = get_object_or_404(visible_to(account_of(request)).select_related("unit", "base"), key=key)
    if not tour.is_tour:
        raise Http404
    return tour


def fetch_own_stop(request: HttpRequest, key: str, pk: int) -> Leg:
    """A stop of a tour that the account organises, else 403."""
    tour = fetch_tour(request, key)
    leg = get_object_or_404(stops_of(tour), pk=pk)
    leg.programme = tour
    at_leg(request, leg)
    if not may_organise(account_of(request), tour):
        raise NotAllowed
    return leg


def fetch_delegation(request: HttpRequest, key: str, pk: int, *, own: bool = False) -> Delegation:
    """A delegation that the account sees, else 404; `own`: only for who organises the tour, else 403."""
    tour, account = fetch_tour(request, key), account_of(request)
    if not may_see_delegations(account, tour) or (own and not may_organise(account, tour)):
        raise NotAllowed
    delegation = get_object_or_404(delegations_visible_to(account, tour), pk=pk)
    delegation.leg.programme = tour
    at_leg(request, delegation.leg)
    return delegation


def tried(request: HttpRequest, verb: Callable[[], object]) -> bool:
    """Do it, or say why not."""
    try:
        verb()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    return True


@require_GET
def delegations(request: HttpRequest, key: str) -> HttpResponse:
    """The delegations of one stop (`?leg=6`), at first the next one that has some; a clerk sees its own of all stops."""
    tour, account = fetch_tour(request, key), account_of(request)
    if not may_see_delegations(account, tour):
        raise NotAllowed
    context = frame(request, tour, here="delegations")
    if not may_organise(account, tour):
        rows = delegations_visible_to(account, tour)
        return render(request, "participation/delegations_own.html", context | {"rows": rows})
    leg = _leg_asked_for(request, tour)
    if leg:
        at_leg(request, leg)
        context |= _sums(leg)
    return render(request, "participation/delegations.html", context | {"leg": leg})


@require_GET
def delegation(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One delegation: claim its seats, give some back, pass some on, its names and tickets."""
    thing, account = fetch_delegation(request, key, pk), account_of(request)
    own, seats = may_organise(account, thing.leg.programme), list(thing.seats.all())
    context = {
        "delegation": thing,
        "leg": thing.leg,
        "seats": seats,
        "reprint": [seat.number for seat in seats if seat.printed_elsewhere],
        "may_organise": own,
        "claim_form": CountForm(initial={"count": thing.given}),
        "return_form": CountForm(prefix="return", initial={"count": 1}),
        "swap_form": SwapForm(prefix="swap"),
        "pass_form": PassForm(thing, prefix="pass") if own else None,
    }
    return render(request, "participation/delegation.html", frame(request, thing.leg.programme, here="delegations") | context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One more delegation for a stop."""
    leg = fetch_own_stop(request, key, pk)
    form = DelegationForm(leg.programme, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.add_delegation(leg, form.draft(), by=account_of(request))
            return to_stop(leg)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = frame(request, leg.programme, here="delegations") | {"form": form, "leg": leg}
    return render(request, "participation/delegation_form.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Who a delegation is and how many seats it asks for."""
    thing = fetch_delegation(request, key, pk, own=True)
    form = DelegationForm(thing.leg.programme, request.POST or None, delegation=thing)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change_delegation(thing, form.draft(), by=account_of(request))
            return redirect("participation:delegation", key, pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = frame(request, thing.leg.programme, here="delegations") | {"form": form, "leg": thing.leg, "delegation": thing}
    return render(request, "participation/delegation_form.html", context)


@require_POST
def remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take a delegation off the list."""
    thing = fetch_delegation(request, key, pk, own=True)
    done = tried(request, lambda: verbs.remove_delegation(thing, by=account_of(request)))
    return to_stop(thing.leg) if done else redirect("participation:delegation", key, pk)


@require_POST
def claim(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The contact says with how many it comes."""
    thing = _fetch_filled(request, key, pk)
    form = CountForm(request.POST)
    if form.is_valid() and tried(request, lambda: verbs.claim(thing, form.cleaned_data["count"], by=account_of(request))):
        messages.success(request, _("Claimed. Next: the names."))
    return redirect("participation:delegation", key, pk)


@require_POST
def give_back(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The contact gives seats back."""
    thing = _fetch_filled(request, key, pk)
    form = CountForm(request.POST, prefix="return")
    if form.is_valid() and tried(request, lambda: seats.give_back(thing, form.cleaned_data["count"], by=account_of(request))):
        messages.success(request, _("Given back."))
    return redirect("participation:delegation", key, pk)


@require_POST
def pass_on(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The organiser passes seats to another delegation."""
    thing = fetch_delegation(request, key, pk, own=True)
    form = PassForm(thing, request.POST, prefix="pass")
    if form.is_valid():
        taker = form.others[form.cleaned_data["taker"]]
        tried(request, lambda: seats.pass_on(thing, taker, form.cleaned_data["count"], by=account_of(request)))
    return redirect("participation:delegation", key, pk)


@require_POST
def give(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Give the numbers typed in the list, or hand free seats on to those who wait."""
    leg, account = fetch_own_stop(request, key, pk), account_of(request)
    if "hand_on" in request.POST:
        try:
            got = seats.hand_on(leg, by=account)
            text = "、".join(f"{name} {count}" for name, count in got.items())
            messages.success(
                request, _("Handed on: %(text)s") % {"text": text} if got else _("Nobody waits, or no seat is free.")
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        return to_stop(leg)
    given = given_in(leg, request.POST)
    if given is None:
        messages.error(request, _("Write a whole number beside each delegation."))
    elif tried(request, lambda: seats.give_seats(leg, given, by=account)):
        messages.success(request, _("Saved."))
    return to_stop(leg)


def to_stop(leg: Leg) -> HttpResponse:
    """Back to the list of the stop."""
    answer = redirect("participation:delegations", leg.programme.key)
    answer["Location"] += f"?leg={leg.ordinal}"
    return answer


def _fetch_filled(request: HttpRequest, key: str, pk: int) -> Delegation:
    thing = fetch_delegation(request, key, pk)
    if not may_fill(account_of(request), thing):
        raise NotAllowed
    return thing


def _leg_asked_for(request: HttpRequest, tour: Programme) -> Leg | None:
    legs = legs_of(tour)
    asked = [leg for leg in legs if str(leg.ordinal) == request.GET.get("leg")]
    some = set(Delegation.objects.filter(leg__programme=tour).values_list("leg_id", flat=True))
    waiting = [leg for leg in legs if leg.pk in some and leg.state != "done"]
    return next(iter(asked or waiting or legs[-1:]), None)


def _sums(leg: Leg) -> dict[str, Any]:
    rows = delegations_of(leg)
    hall = leg.hall
    given = sum(row.given for row in rows)
    return {
        "rows": rows,
        "hall": hall,
        "asked": sum(row.asked for row in rows),
        "given": given,
        "free": hall.room_for(sum(min(row.given, row.wheelchairs) for row in rows)) - given if hall else 0,
        "waiting": sum(row.waiting for row in rows),
        "unclaimed": sum(row.given > 0 and row.claimed_at is None for row in rows),
    }
