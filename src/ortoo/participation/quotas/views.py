"""The tree of quotas, one quota and what its unit does with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel.refused import NotAllowed
from ortoo.participation.delegations.views import account_of, tried
from ortoo.participation.domain import quota as verbs
from ortoo.participation.domain import quota_request as asking
from ortoo.participation.quotas.deadlines import told
from ortoo.participation.quotas.forms import AskForm, CountForm, DeadlineForm, TotalForm, shares_in
from ortoo.participation.quotas.models import Quota
from ortoo.participation.quotas.permissions import may_see_quotas
from ortoo.participation.quotas.queries import (
    branch_of,
    over_capacity,
    quotas_opened_by,
    to_decide,
    tops,
    units_to_share,
    with_sums,
)
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Programme
from ortoo.programmes.permissions import may_organise
from ortoo.programmes.queries import visible_to

BRANCH = "participation/quotas/branch.html"


def fetch_rotation(request: HttpRequest, key: str, *, own: bool = False) -> Programme:
    """The rotation whose quotas the account may open, else 404 or 403; `own`: only for who organises it."""
    account = account_of(request)
    programme = get_object_or_404(visible_to(account).select_related("unit", "base"), key=key)
    if programme.is_tour:
        raise Http404
    if not may_see_quotas(account, programme) or (own and not may_organise(account, programme)):
        raise NotAllowed
    return programme


def fetch_quota(request: HttpRequest, key: str, pk: int) -> Quota:
    """A quota that the account sees, else 404 (403 for who sees no quotas at all). Who sees it works with it."""
    try:
        return quotas_opened_by(account_of(request)).get(pk=pk, programme__key=key)
    except Quota.DoesNotExist:
        fetch_rotation(request, key)
        raise Http404 from None


@require_GET
def quotas(request: HttpRequest, key: str) -> HttpResponse:
    """The tree as far as the account sees it: the highest quotas opened, the others when they are asked for."""
    programme, account = fetch_rotation(request, key), account_of(request)
    own, found = may_organise(account, programme), tops(account, programme)
    for top in found[:1]:
        top.branch = branch_of(top)  # type: ignore[attr-defined]
    deadline = verbs.deadline_of(programme)
    context: dict[str, Any] = {
        "quotas": found,
        "own": own,
        "told": told(deadline),
        "beyond": [_beyond(quota) for quota in over_capacity(programme)] if own else [],
        "waiting": to_decide(account, programme).count(),
        "total_form": TotalForm(programme, total=next((top.given for top in found if top.leg is None), None)) if own else None,
        "deadline_form": DeadlineForm(deadline) if own else None,
    }
    return render(request, "participation/quotas/tree.html", frame(request, programme, here="quotas") | context)


@require_GET
def branch(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The quotas given out of one, as a part of the tree that was just unfolded."""
    quota = fetch_quota(request, key, pk)
    return render(request, BRANCH, {"quotas": branch_of(quota), "programme": quota.programme})


@require_GET
def quota(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One unit's quota: how far it is filled, pass some on, give some back, ask for more."""
    thing = fetch_quota(request, key, pk)
    context = {
        "quota": with_sums(Quota.objects.filter(pk=thing.pk).select_related("unit", "leg")).get(),
        "shares": units_to_share(thing),
        "requests": list(thing.requests.all()[:10]),
        "sheets": list(thing.sheets.all()[:10]),
        "told": told(verbs.deadline_of(thing.programme)),
        "return_form": CountForm(initial={"count": 1}),
        "ask_form": AskForm(prefix="ask", initial={"count": 1}),
    }
    return render(request, "participation/quotas/quota.html", frame(request, thing.programme, here="quotas") | context)


@require_POST
def total(request: HttpRequest, key: str) -> HttpResponse:
    """The organiser says how many there are."""
    programme = fetch_rotation(request, key, own=True)
    form = TotalForm(programme, request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a whole number."))
    elif tried(request, lambda: verbs.set_total(programme, form.chosen_leg, form.cleaned_data["count"], by=account_of(request))):
        messages.success(request, _("Saved."))
    return redirect("participation:quotas", key)


@require_POST
def deadlines(request: HttpRequest, key: str) -> HttpResponse:
    """The organiser says until when."""
    programme = fetch_rotation(request, key, own=True)
    form = DeadlineForm(verbs.deadline_of(programme), request.POST)
    if not form.is_valid():
        messages.error(request, _("Write day and time as 2026-03-20T18:00, or nothing."))
    else:
        fill, substitute = form.moment("fill_until"), form.moment("substitute_until")
        if tried(request, lambda: verbs.set_deadlines(programme, fill, substitute, by=account_of(request))):
            messages.success(request, _("Saved."))
    return redirect("participation:quotas", key)


@require_POST
def pass_on(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The numbers typed beside the units below."""
    thing = fetch_quota(request, key, pk)
    shares = shares_in(thing, request.POST)
    if shares is None:
        messages.error(request, _("Write a whole number beside each unit."))
    elif tried(request, lambda: verbs.pass_on(thing, shares, by=account_of(request))):
        count = len(shares)
        said = ngettext("%(count)s quota has changed.", "%(count)s quotas have changed.", count)
        messages.success(request, said % {"count": count})
    return redirect("participation:quota", key, pk)


@require_POST
def give_back(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The unit gives some of what it has in hand back."""
    thing, form = fetch_quota(request, key, pk), CountForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a whole number."))
    elif tried(request, lambda: verbs.give_back(thing, form.cleaned_data["count"], by=account_of(request))):
        messages.success(request, _("That part of the quota is given back."))
    return redirect("participation:quota", key, pk)


@require_POST
def ask(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The unit asks for more."""
    thing, form = fetch_quota(request, key, pk), AskForm(request.POST, prefix="ask")
    if not form.is_valid():
        messages.error(request, _("Say how many more, and why."))
    else:
        said = form.cleaned_data
        if tried(request, lambda: asking.ask_for_more(thing, said["count"], said["reason"], by=account_of(request))):
            messages.success(request, _("Asked. You see the answer here."))
    return redirect("participation:quota", key, pk)


def _beyond(quota: Quota) -> str:
    said = {"term": quota.leg, "total": quota.given, "capacity": quota.leg.capacity if quota.leg else None}
    return _("%(term)s: the total of the quotas is %(total)s, and the term holds %(capacity)s people.") % said
