"""Why a unit has its numbers: for its clerk and for organisers, in the published plan; on the board in any plan."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ortoo.kernel.refused import NotAllowed
from ortoo.people.models import Unit
from ortoo.people.request import SignedIn
from ortoo.planning import queries
from ortoo.planning.adapters import why
from ortoo.planning.adapters.explained import explained
from ortoo.planning.models import Plan
from ortoo.planning.permissions import may_ask_about_units
from ortoo.planning.views.fetch import fetch
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Programme
from ortoo.ui.sheet_table import Column, SheetTable

COLUMNS = [
    Column("name", gettext_lazy("Unit"), width="m"),
    Column("kind", gettext_lazy("Kind"), width="s", value=lambda unit: unit.get_kind_display(), order=[]),
    Column("above", gettext_lazy("above it"), width="m", value=lambda unit: unit.parent.name if unit.parent else "", order=[]),
    Column("why", gettext_lazy("Why"), width="s", value=lambda unit: _("why?"), order=[], href=lambda unit: unit.address),
]


@require_GET
def units(request: SignedIn, key: str) -> HttpResponseBase:
    """The reader's units of which a rule of the published plan speaks."""
    programme, plan = _published(request, key)
    explanation = explained(plan) if plan else None
    rows = queries.own_units(request.user, plan) if plan else []
    told = why.units_told(explanation) if explanation else frozenset()
    found = [unit for unit in rows if f"{unit.kind}:{unit.code}" in told]
    for unit in found:
        unit.address = reverse("planning:why-unit", args=[key, unit.code])  # type: ignore[attr-defined]
    empty = _("No rule of the plan speaks of one of your units.") if plan else _("The plan is not published yet.")
    table = SheetTable(request, COLUMNS, found, caption=_("Why these numbers?"), empty=empty)
    context = frame(request, programme, here="why") | {"table": table}
    return table.answer() or render(request, "planning/why_units.html", context)


@require_GET
def unit(request: SignedIn, key: str, code: str) -> HttpResponseBase:
    """One unit's number on each term, and what one more and one fewer would cost; nobody is named."""
    programme, plan = _published(request, key)
    rows = queries.own_units(request.user, plan) if plan else Unit.objects.none()
    found = get_object_or_404(rows, code=code)
    assert plan is not None
    context = frame(request, programme, here="why") | {"unit": numbers_of(plan, found)}
    return render(request, "planning/why_unit.html", context)


def numbers_of(plan: Plan, unit: Unit) -> dict[str, object] | None:
    """For the page: unit · numbers, a sentence for each term. None for a plan that has nothing to be explained."""
    explanation = explained(plan)
    if explanation is None:
        return None
    return {"unit": unit, "numbers": why.numbers_of(explanation, unit.kind, unit.code, (get_language() or "zh")[:2])}


def _published(request: SignedIn, key: str) -> tuple[Programme, Plan | None]:
    programme = fetch(request, key)
    if not may_ask_about_units(request.user, programme):
        raise NotAllowed
    plans = queries.plans_of(programme).filter(state=Plan.State.PUBLISHED)
    return programme, plans.select_related("programme").first()
