"""A programme: the list, a new one, where it stands, what it says of itself, its state."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.people.models import Account
from ortoo.programmes.domain import programme as verbs
from ortoo.programmes.domain.programme import (
    change_programme,
    remove_programme,
    set_tour_days,
    start_programme,
    start_tour,
    take_over,
)
from ortoo.programmes.forms.programme import NewProgrammeForm, ProgrammeForm, TourForm
from ortoo.programmes.frame import figures, frame
from ortoo.programmes.models import Programme
from ortoo.programmes.permissions import may_organise, may_start_programme
from ortoo.programmes.queries import legs_of, organised_by, overlaps, visible_to
from ortoo.ui.waiting import waiting_for

MOVES: dict[str, Callable[..., None]] = {
    "open": verbs.open_programme,
    "withdraw": verbs.withdraw_opening,
    "close": verbs.close_programme,
    "reopen": verbs.reopen_programme,
}
PAGE_SIZE = 20


def account_of(request: HttpRequest) -> Account:
    """Who asks; the middleware lets nobody in without an account."""
    return request.user  # type: ignore[return-value]


def fetch(request: HttpRequest, key: str) -> Programme:
    """The programme that the account may open, else 404."""
    return get_object_or_404(visible_to(account_of(request)).select_related("unit", "base"), key=key)


def fetch_own(request: HttpRequest, key: str) -> Programme:
    """The programme, if the account organises it, else 403."""
    programme = fetch(request, key)
    if not may_organise(account_of(request), programme):
        raise NotAllowed
    return programme


@require_GET
def programmes(request: HttpRequest) -> HttpResponse:
    """All programmes that the account may open, newest first."""
    account = account_of(request)
    rows = visible_to(account).select_related("unit", "base").prefetch_related("legs")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "programmes/list.html", {"page": page, "may_start": may_start_programme(account)})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a programme."""
    account = account_of(request)
    if not may_start_programme(account):
        raise NotAllowed
    form = NewProgrammeForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        programme = _start(form, account)
        said = (
            _("%(title)s is in preparation. Next: its stops.")
            if programme.is_tour
            else _("%(title)s is in preparation. Next: its terms.")
        )
        messages.success(request, said % {"title": programme.title})
        return redirect("programmes:stops" if programme.is_tour else "programmes:legs", programme.key)
    return render(request, "programmes/new.html", {"form": form})


@require_GET
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """Where the programme stands in one glance."""
    thing, account = fetch(request, key), account_of(request)
    context: dict[str, Any] = frame(request, thing, here="programme")
    context |= {
        "figures": figures(account, thing),
        "things": [item for item in waiting_for(account) if item.programme == thing.key],
        "may_organise": may_organise(account, thing),
        "overlaps": overlaps(legs_of(thing)),
    }
    return render(request, "programmes/programme.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """What the programme says of itself."""
    thing = fetch_own(request, key)
    form = _form(thing, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _change(thing, form, account_of(request))
            messages.success(request, _("Saved."))
            return redirect("programmes:programme", key)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "programmes/change.html", frame(request, thing, here="programme") | {"form": form})


@require_POST
def move(request: HttpRequest, key: str) -> HttpResponse:
    """Open it for returns, put it back, close it, open it again."""
    thing = fetch_own(request, key)
    verb = MOVES.get(request.POST.get("move", ""))
    if verb is not None:
        try:
            verb(thing, by=account_of(request))
            messages.success(request, _("%(title)s is now: %(state)s.") % _said(thing))
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("programmes:programme", key)


@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """Remove a programme in preparation."""
    thing = fetch_own(request, key)
    try:
        remove_programme(thing, by=account_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("programmes:programme", key)
    messages.success(request, _("%(title)s is removed.") % {"title": thing.title})
    return redirect("programmes:list")


def _said(thing: Programme) -> dict[str, str]:
    return {"title": thing.title, "state": thing.get_state_display()}


def _form(thing: Programme, data: Any) -> ProgrammeForm:
    said = {"title": thing.title, "base": str(thing.base_id or ""), "contact": thing.contact, "bring": thing.bring}
    if thing.is_tour:
        return TourForm(data, initial=said | {"starts": thing.starts, "ends": thing.ends})
    return ProgrammeForm(data, initial=said)


@transaction.atomic
def _change(thing: Programme, form: ProgrammeForm, account: Account) -> None:
    data = form.cleaned_data
    if isinstance(form, TourForm):
        set_tour_days(thing, data["starts"], data["ends"], by=account)
    base = thing.base if isinstance(form, TourForm) else form.chosen_base
    change_programme(thing, title=data["title"], base=base, contact=data["contact"], bring=data["bring"], by=account)


def _start(form: NewProgrammeForm, account: Account) -> Programme:
    data = form.cleaned_data
    if data["kind"] == Programme.Kind.TOUR:
        programme = start_tour(data["title"], unit=form.chosen_unit, starts=data["starts"], ends=data["ends"], by=account)
    else:
        programme = start_programme(data["title"], unit=form.chosen_unit, base=form.chosen_base, by=account)
    earlier = organised_by(account).filter(key=data.get("earlier") or None).first()
    if earlier:
        take_over(programme, earlier, by=account)
    contact, bring = data["contact"] or programme.contact, data["bring"] or programme.bring
    change_programme(programme, title=programme.title, base=programme.base, contact=contact, bring=bring, by=account)
    return programme
