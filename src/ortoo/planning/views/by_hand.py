"""Changing a copy of a plan by hand: a county's people in the columns of the terms, moved by button, key or drag."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel.refused import Refused
from ortoo.people.models import Unit
from ortoo.people.request import SignedIn
from ortoo.planning import queries
from ortoo.planning.adapters.by_hand import Choice, choices, weigh
from ortoo.planning.adapters.explained import explained
from ortoo.planning.domain import by_hand as verbs
from ortoo.planning.domain.asked import Asked, asked_legs
from ortoo.planning.models import Plan, PlanPlace
from ortoo.planning.sentences import exemptions_said
from ortoo.planning.views.fetch import fetch_plan
from ortoo.programmes.frame import frame
from ortoo.programmes.queries import legs_of


@require_POST
def copy(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """A copy of the plan, to be changed; `who`: opened at this person."""
    plan = fetch_plan(request, key, number)
    try:
        made = verbs.copy_plan(plan, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("planning:plan", key=key, number=number)
    messages.success(
        request, _("Plan %(number)s is a copy; change it as you like, nothing is told to anybody.") % {"number": made.number}
    )
    asked = request.POST.get("who", "")
    who = f"?who={asked}#who" if asked.isdigit() else ""
    return redirect(f"{reverse('planning:by-hand', args=[key, made.number])}{who}")


@require_GET
def board(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """One county in the columns of the terms; `who`: what each term would mean for one person, also as JSON for dragging;
    `other`: what it would mean if the two changed terms, as JSON."""
    plan = fetch_plan(request, key, number)
    if not verbs.may_change(plan):
        return redirect("planning:plan", key=key, number=number)
    who = _who(request, plan)
    if who and request.GET.get("as") == "swap":
        return JsonResponse(_swapped(request, plan, who))
    ways = _choices(plan, who) if who else []
    if request.GET.get("as") == "choices":
        said = [{"term": way.ordinal or 0, "extra": way.extra, "broken": "; ".join(way.broken), "here": way.here} for way in ways]
        return JsonResponse({"choices": said})
    county = _county(request, plan, who)
    context = frame(request, plan.programme, here="plans") | {
        "plan": plan, "county": county, "counties": queries.counties_of(plan), "columns": _columns(plan, county),
        "who": who, "ways": _named(plan, ways), "pinned": bool(who and who.person.staff_no in plan.asked.get("pins", {})),
        "partners": _partners(plan, county, who), "exemptions": exemptions_said(plan),
        "reason": request.GET.get("reason", "")[:200],
    }  # fmt: skip
    return render(request, "planning/by_hand.html", context)


@require_POST
def move(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """Put one person on a term; `term` 0: no place."""

    def verb(plan: Plan, person: int) -> str:
        term = request.POST.get("term", "")
        known = {str(leg.ordinal): leg.ordinal for leg in legs_of(plan.programme)} | {"0": None}
        if term not in known:
            raise verbs.NotInPlan(number=plan.number)
        return _told(verbs.move(plan, {person: known[term]}, by=request.user, reason=request.POST.get("reason", "")).extra)

    return _change(request, key, number, verb)


@require_POST
def swap(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """Let two people change terms."""

    def verb(plan: Plan, person: int) -> str:
        other = request.POST.get("other", "")
        second = int(other) if other.isdigit() else 0
        return _told(verbs.swap(plan, person, second, by=request.user, reason=request.POST.get("reason", "")).extra)

    return _change(request, key, number, verb)


@require_POST
def pin(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """Fix a person on their term, or no longer."""

    def verb(plan: Plan, person: int) -> str:
        on = request.POST.get("on") == "1"
        verbs.pin(plan, person, on=on, by=request.user)
        return _("Fixed on this term.") if on else _("No longer fixed.")

    return _change(request, key, number, verb)


def _change(request: SignedIn, key: str, number: int, verb: Callable[[Plan, int], str]) -> HttpResponseBase:
    plan = fetch_plan(request, key, number)
    asked = request.POST.get("person", "")
    person = int(asked) if asked.isdigit() else 0
    back = "hand" if request.POST.get("back") == "hand" else "who"
    try:
        messages.success(request, verb(plan, person))
    except Refused as refused:
        messages.error(request, str(refused))
        back = "who"
    return redirect(f"{reverse('planning:by-hand', args=[key, number])}?who={person}#{back}")


def _told(extra: int) -> str:
    if extra > 0:
        return _("Done. The plan now costs %(extra)s more.") % {"extra": f"{extra:,}"}
    return _("Done. The plan now costs %(extra)s less.") % {"extra": f"{-extra:,}"} if extra else _("Done, at the same cost.")


def _swapped(request: HttpRequest, plan: Plan, who: PlanPlace) -> dict[str, Any]:
    asked, explanation = request.GET.get("other", ""), explained(plan)
    other = get_object_or_404(queries.places_of(plan), person_id=int(asked) if asked.isdigit() else 0)
    if explanation is None:
        return {}
    here, there = (place.leg.ordinal if place.leg else None for place in (who, other))
    weighed = weigh(explanation, {who.person.staff_no: there, other.person.staff_no: here}, queries.exemptions_of(plan))
    return {"extra": weighed.extra, "broken": "; ".join(weighed.broken.get((get_language() or "zh")[:2], []))}


def _who(request: HttpRequest, plan: Plan) -> PlanPlace | None:
    asked = request.GET.get("who", "")
    rows = queries.places_of(plan)
    return get_object_or_404(rows, person_id=int(asked)) if asked.isdigit() and int(asked) else None


def _county(request: HttpRequest, plan: Plan, who: PlanPlace | None) -> Unit | None:
    """The county asked for, else the person's, else the first."""
    counties = queries.counties_of(plan)
    code = request.GET.get("county", "") or (who.person.unit.parent.code if who and who.person.unit.parent else "")
    return counties.filter(code=code).first() or counties.first()


def _columns(plan: Plan, county: Unit | None) -> list[dict[str, Any]]:
    """Each term that the plan knows with the county's people on it, and last those without a place."""
    asked = Asked.read(plan.asked)
    legs = asked_legs(legs_of(plan.programme), asked)
    places = list(queries.places_of(plan).filter(person__unit__parent=county)) if county else []
    pins = plan.asked.get("pins", {})
    columns = [
        {
            "ordinal": count.leg.ordinal,
            "name": count.leg.name,
            "count": count,
            "places": [p for p in places if p.leg_id == count.leg.pk],
        }
        for count in queries.term_counts(plan, legs)
        if not asked.limits or str(count.leg.ordinal) in asked.limits
    ]
    columns.append({"ordinal": 0, "name": _("no place"), "count": None, "places": [p for p in places if p.leg_id is None]})
    for place in places:
        place.pinned = place.person.staff_no in pins  # type: ignore[attr-defined]
    return columns


def _choices(plan: Plan, who: PlanPlace) -> list[Choice]:
    explanation = explained(plan)
    if explanation is None or who.person.staff_no not in explanation.people:
        return []
    return choices(explanation, who.person.staff_no, (get_language() or "zh")[:2])


def _named(plan: Plan, ways: list[Choice]) -> list[tuple[str, Choice]]:
    names: dict[int | None, str] = {leg.ordinal: leg.name for leg in legs_of(plan.programme)} | {None: _("no place")}
    return [(names.get(way.ordinal, str(way.ordinal)), way) for way in ways]


def _partners(plan: Plan, county: Unit | None, who: PlanPlace | None) -> list[PlanPlace]:
    """Of the same county those on another term."""
    if county is None or who is None:
        return []
    return list(queries.places_of(plan).filter(person__unit__parent=county).exclude(leg=who.leg_id).exclude(pk=who.pk)[:200])
