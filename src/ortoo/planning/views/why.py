"""Why this term: for the clerk of a unit its own people, for a participant themselves, in the published plan."""

from collections.abc import Container

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ortoo.kernel.refused import NotAllowed
from ortoo.people.request import SignedIn
from ortoo.planning import queries
from ortoo.planning.adapters import why
from ortoo.planning.adapters.explained import explained
from ortoo.planning.models import Plan, PlanPlace
from ortoo.planning.permissions import may_ask_about_units, may_ask_why, may_organise
from ortoo.planning.views.fetch import fetch_taking_part
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import legs_of
from ortoo.ui.sheet_table import Column, SheetTable

COLUMNS = [
    Column("person__staff_no", gettext_lazy("Staff number"), width="s"),
    Column("person__name", gettext_lazy("Name"), width="s", search=["person__search"]),
    Column("person__unit__parent__name", gettext_lazy("County"), width="m"),
    Column("person__unit__name", gettext_lazy("Station"), width="m"),
    Column("leg__ordinal", gettext_lazy("Term"), width="s", kind="number"),
    Column(
        "why",
        gettext_lazy("Why"),
        width="s",
        value=lambda place: _("why?"),
        order=[],
        search=[],
        href=lambda place: reverse("planning:why-person", args=[place.plan.programme.key, place.person.staff_no]),
    ),
]


@require_GET
def people(request: SignedIn, key: str) -> HttpResponseBase:
    """Whom the reader may ask about, each with their term."""
    programme, plan = _published(request, key)
    rows = queries.own_places(request.user, plan) if plan else PlanPlace.objects.none()
    table = SheetTable(request, COLUMNS, rows, caption=_("Why this term?"), empty=_("The plan is not published yet."))
    context = frame(request, programme, here="why") | {
        "table": table,
        "about_units": may_ask_about_units(request.user, programme),
    }
    return table.answer() or render(request, "planning/why.html", context)


@require_GET
def person(request: SignedIn, key: str, staff_no: str) -> HttpResponseBase:
    """One person's terms; other units' people are not named to a clerk."""
    programme, plan = _published(request, key)
    rows = queries.own_places(request.user, plan) if plan else PlanPlace.objects.none()
    place = get_object_or_404(rows, person__staff_no=staff_no)
    known = None if may_organise(request.user, programme) else set(rows.values_list("person__staff_no", flat=True))
    assert plan is not None
    context = frame(request, programme, here="why") | {"who": reasons_of(plan, place, known)}
    return render(request, "planning/why_person.html", context)


def reasons_of(plan: Plan, place: PlanPlace, known: Container[str] | None = None) -> dict[str, object]:
    """A person's terms in sentences: place · left_out · mends, whether limits could give way · terms as (name, sentence, whether here)."""
    explanation, language = explained(plan), (get_language() or "zh")[:2]
    staff_no, names = place.person.staff_no, {leg.ordinal: leg.name for leg in legs_of(plan.programme)}
    if explanation is None or staff_no not in explanation.people:
        return {"place": place, "left_out": "", "terms": []}
    left_out, mends = why.left_out_of(explanation, staff_no, language, known)
    reasons = why.terms_of(explanation, staff_no, language, known)
    return {
        "place": place,
        "left_out": left_out,
        "mends": mends,
        "terms": [(names.get(reason.ordinal, reason.ordinal), reason.sentence, reason.here) for reason in reasons],
    }


def _published(request: SignedIn, key: str) -> tuple[Programme, Plan | None]:
    programme = fetch_taking_part(request, key)
    if not may_ask_why(request.user, programme):
        raise NotAllowed
    plan = queries.plans_of(programme).filter(state=Plan.State.PUBLISHED).select_related("programme").first()
    return programme, plan
