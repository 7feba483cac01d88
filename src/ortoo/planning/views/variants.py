"""Plans that begin from another one: what if, planned again after publication, adopted."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ortoo.kernel.refused import Refused
from ortoo.people.request import SignedIn
from ortoo.planning.asked_form import AgainForm, AskedForm
from ortoo.planning.domain import try_looser as trying
from ortoo.planning.domain import variant as verbs
from ortoo.planning.domain.adoption import asks
from ortoo.planning.domain.asked import Asked, asked_legs
from ortoo.planning.forms import RulesForm
from ortoo.planning.models import Plan
from ortoo.planning.sentences import said
from ortoo.planning.views.fetch import fetch_plan
from ortoo.programmes.frame import frame
from ortoo.programmes.queries import legs_of


def what_if(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """Other rules, dates, capacities or pins, tried out beside this plan."""
    plan = fetch_plan(request, key, number)
    before = Asked.read(plan.asked)
    legs = asked_legs(legs_of(plan.programme), before)
    initial = RulesForm.initial_of(plan.rules["hard"], plan.rules["cost"], len(legs))
    rules = RulesForm(_said(request), terms=len(legs), initial=initial)
    form = AskedForm(_said(request), legs=legs, looser=_loosened(plan), initial={"pins": _lines(plan)})
    if request.method == "POST" and rules.is_valid() and form.is_valid():
        hard, cost = rules.tables()
        try:
            made = verbs.what_if(plan, _with(before, form.asked()), {"hard": hard, "cost": cost}, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("planning:plan", key=key, number=made.number)
    context = frame(request, plan.programme, here="plans") | {"plan": plan, "form": form, "rules": rules, "begun": _stay(plan)}
    return render(request, "planning/what_if.html", context, status=400 if form.errors or rules.errors else 200)


def again(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """Plan the published plan again: somebody falls away, a term shifts or is cancelled, people were nominated since."""
    plan = fetch_plan(request, key, number)
    gone = request.GET.get("gone", "")[:20]
    initial = {"gone": gone, "pins": _lines(plan)}
    form = AgainForm(_said(request), legs=legs_of(plan.programme), looser=_loosened(plan), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.plan_again(plan, form.asked(), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("planning:plan", key=key, number=made.number)
    placed = plan.places.values("person")
    since = plan.programme.nominations.exclude(person__in=placed).count()
    context = frame(request, plan.programme, here="plans") | {"plan": plan, "form": form, "since": since, "begun": _stay(plan)}
    return render(request, "planning/again.html", context, status=400 if form.errors else 200)


@require_POST
def try_looser(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """A plan in which those limits give way that keep somebody (`who`, a staff number) out, or that collide."""
    plan = fetch_plan(request, key, number)
    try:
        if who := request.POST.get("who", "")[:20]:
            made = trying.for_person(plan, who, by=request.user)
        else:
            made = trying.for_collision(plan, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("planning:plan", key=key, number=number)
    if free := sorted(set(Asked.read(plan.asked).pins) - set(Asked.read(made.asked).pins)):
        messages.info(request, _("No longer fixed: %(who)s.") % {"who": _few(free)})
    return redirect("planning:plan", key=key, number=made.number)


@require_POST
def adopt(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """Make the plan's rules and terms the programme's; with a `reason` its limits may give way."""
    plan: Plan = fetch_plan(request, key, number)
    others, since = asks(plan), verbs.changed_since(plan)
    try:
        verbs.adopt(plan, by=request.user, reason=request.POST.get("reason", ""), seen=request.POST.get("seen"))
        adopted = (
            _("Adopted: the programme has what this plan was asked to change.")
            if since
            else _("Adopted: the programme has this plan's rules and terms. It may be published now.")
        )
        messages.success(request, adopted if others else _("Allowed, for this plan only. It may be published now."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("planning:plan", key=key, number=number)


def _with(before: Asked, wanted: Asked) -> Asked:
    """What was asked before and now; the form showed the terms as asked before."""
    terms = {key: {**before.terms.get(key, {}), **wanted.terms.get(key, {})} for key in {*before.terms, *wanted.terms}}
    return Asked(terms=terms, pins=wanted.pins, gone=before.gone, looser=wanted.looser)


def _stay(plan: Plan) -> list[str]:
    """The names of the terms that stay as they are, having begun since they were told."""
    ordinals = verbs.begun_for(plan, Asked.read(plan.asked))
    return [leg.name for leg in legs_of(plan.programme) if leg.ordinal in ordinals]


def _few(staff_nos: list[str], most: int = 20) -> str:
    """Staff numbers; of very many the first and how many there are."""
    more = [_("%(count)s in all") % {"count": len(staff_nos)}] if len(staff_nos) > most else []
    return ", ".join([*staff_nos[:most], *more])


def _loosened(plan: Plan) -> list[tuple[str, Mapping[str, Any]]]:
    """What is loosened in the plan, each with its sentence."""
    return [(said(each["said"]), each) for each in Asked.read(plan.asked).looser or ()]


def _lines(plan: Plan) -> str:
    """Who is fixed and in the plan, a line each, as the form takes it."""
    pins = Asked.read(plan.asked).pins
    known = set(plan.places.filter(person__staff_no__in=pins).values_list("person__staff_no", flat=True))
    return "\n".join(f"{staff_no} {ordinal}" for staff_no, ordinal in pins.items() if staff_no in known)


def _said(request: HttpRequest) -> QueryDict | None:
    """What was sent, be it nothing at all."""
    return request.POST if request.method == "POST" else None
