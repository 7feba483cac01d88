"""Plans: made, looked at, published, withdrawn."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel import audit
from ortoo.kernel.refused import Refused
from ortoo.people.models import Unit
from ortoo.people.request import SignedIn
from ortoo.planning import queries, sentences
from ortoo.planning.domain import plan as verbs
from ortoo.planning.domain.asked import Asked, asked_legs, own_legs
from ortoo.planning.domain.by_hand import may_change
from ortoo.planning.domain.hindrance import hindrances, named
from ortoo.planning.domain.variant import adopt_and_publish
from ortoo.planning.forms import SolveForm
from ortoo.planning.models import Plan, PlanPlace
from ortoo.planning.permissions import may_organise
from ortoo.planning.queries import plans_of
from ortoo.planning.views.adopting import adopting
from ortoo.planning.views.fetch import fetch_own, fetch_plan
from ortoo.planning.views.rooms_amiss import clashes_said
from ortoo.planning.views.why import reasons_of
from ortoo.planning.views.why_unit import numbers_of
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Leg
from ortoo.programmes.queries import legs_of
from ortoo.ui import charts
from ortoo.ui.heat_table import HeatCell, HeatRow, HeatTable
from ortoo.ui.sheet_table import Column, SheetTable

COLUMNS = [
    Column("person__staff_no", gettext_lazy("Staff number"), width="s"),
    Column("person__name", gettext_lazy("Name"), width="s", search=["person__search"]),
    Column("person__sex", gettext_lazy("Sex"), width="xs"),
    Column("person__unit__parent__parent__name", gettext_lazy("Prefecture"), width="m"),
    Column("person__unit__parent__name", gettext_lazy("County"), width="m"),
    Column("person__unit__name", gettext_lazy("Station"), width="m"),
    Column("person__post", gettext_lazy("Post"), width="m"),
    Column("leg__ordinal", gettext_lazy("Term"), width="s", kind="number"),
    Column(
        "why",
        gettext_lazy("Why"),
        width="s",
        value=lambda place: _("why?"),
        order=[],
        search=[],
        href=lambda place: f"?who={place.person_id}#why",
    ),
]


def plans(request: SignedIn, key: str) -> HttpResponseBase:
    """All plans of a programme, and the button for a new one."""
    programme = fetch_own(request, key)
    form = SolveForm(request.POST or None, initial={"seconds": 60, "seed": 0})
    if request.method == "POST" and form.is_valid():
        try:
            plan = verbs.start_plan(programme, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("planning:plan", key=key, number=plan.number)
    context = frame(request, programme, here="plans") | {
        "form": form,
        "page": Paginator(plans_of(programme).select_related("parent"), 50).get_page(request.GET.get("page")),
        "nominees": programme.nominations.count(),
        "terms": programme.legs.count(),
    }
    return render(request, "planning/plans.html", context, status=400 if form.errors else 200)


@require_GET
def plan(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """The board: terms with their bars, counties against terms, everybody in a list, and who is left out and why."""
    found = fetch_plan(request, key, number, own=False)
    programme, legs = found.programme, legs_of(found.programme)
    table = SheetTable(request, COLUMNS, _filtered(request, found, legs), caption=_("Who goes when"))
    if answer := table.answer():
        if request.GET.get("as") in ("xlsx", "csv", "tsv"):
            audit.record("download", found, by=request.user, after={"what": "plan"}, unit_path=programme.unit.path)
        return answer
    legs = own_legs(legs, Asked.read(found.asked))
    left_out = found.places.filter(leg=None).select_related("person__unit__parent")[:200]
    context = frame(request, programme, here="plans") | {
        "plan": found,
        "table": table,
        "terms": queries.term_counts(found, legs) if found.counts else [],
        "heat": _heat(found, legs, request) if found.counts else None,
        "curve": charts.cost_curve(found.job.curve) if found.job and len(found.job.curve) > 1 else None,
        "left_out": [(place, sentences.said(place.reasons)) for place in left_out],
        "left_out_total": found.left_out,
        "costs": [(sentences.cost_kind(kind), cost) for kind, cost in found.counts.get("costs", {}).items()],
        "exemptions": sentences.exemptions_said(found),
        "exempted": found.exemptions.count(),
        "eased": len(queries.exemptions_of(found)),
        **_looser(found),
        **adopting(found),
        "publications": queries.publications_of(programme) if found.publications.exists() else [],
        "collision": sentences.said(found.collision),
        "by_hand": may_change(found),
        "may_organise": may_organise(request.user, programme),
        "who": _who(request, found),
        "unit": _unit(request, found),
        "prefectures": queries.prefectures_of(found),
    }
    return render(request, "planning/plan.html", context)


@require_GET
def publish_preview(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """What publishing would do, in numbers."""
    found = fetch_plan(request, key, number)
    other = plans_of(found.programme).filter(state=Plan.State.PUBLISHED).exclude(pk=found.pk).first()
    legs = asked_legs(legs_of(found.programme), Asked.read(found.asked))
    newcomers = queries.nominated_since(found)
    context = frame(request, found.programme, here="plans") | {
        "plan": found,
        "other": other,
        "blocked": other is not None and not verbs.descends(found, other),
        "changed": len(queries.concerned(other, found, queries.days_of(legs))) if other else 0,
        **adopting(found),
        "hindrances": hindrances(found, legs),
        "clashes": clashes_said(legs, request.user),
        "newcomers": named(newcomers),
        "newcomers_total": len(newcomers),
        **_looser(found),
        "terms": queries.term_counts(found, legs),
        "units": queries.county_rows(found),
    }
    return render(request, "planning/publish.html", context)


@require_POST
def publish(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """Publish; with `adopt` the plan's rules and terms become the programme's in the same step."""
    found = fetch_plan(request, key, number)
    try:
        if "adopt" in request.POST:
            publication = adopt_and_publish(
                found, by=request.user, reason=request.POST.get("reason", ""), seen=request.POST.get("seen")
            )
        else:
            publication = verbs.publish(found, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("planning:publish-preview", key=key, number=number)
    messages.success(request, _("Published: %(count)s people have their place.") % {"count": publication.places})
    return redirect("planning:notices", key=key, number=number)


@require_POST
def withdraw(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """Take a published plan back."""
    found = fetch_plan(request, key, number)
    try:
        verbs.withdraw(found, by=request.user)
        messages.success(request, _("Withdrawn. Nobody has a place any more; the plan is kept."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("planning:plan", key=key, number=number)


@require_POST
def drop(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """Throw a plan away."""
    found = fetch_plan(request, key, number)
    try:
        verbs.drop_plan(found, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("planning:plan", key=key, number=number)
    messages.success(request, _("Plan %(number)s is gone.") % {"number": number})
    return redirect("planning:plans", key=key)


def _looser(found: Plan) -> dict[str, object]:
    looser = sentences.looser_said(found)
    return {"looser": sentences.looser_shown(looser), "looser_total": len(looser)}


def _filtered(request: HttpRequest, found: Plan, legs: list[Leg]) -> QuerySet[PlanPlace]:
    places = queries.places_of(found)
    term, county = request.GET.get("term", ""), request.GET.get("county", "")
    if term.isdigit():
        places = places.filter(leg__ordinal=int(term)) if term != "0" else places.filter(leg=None)
    if county:
        places = places.filter(person__unit__parent__code=county)
    return places


def _heat(found: Plan, legs: list[Leg], request: HttpRequest) -> HeatTable:
    address = reverse("planning:plan", args=[found.programme.key, found.number])
    rows = []
    covers = [rule for rule in Asked.read(found.asked).eased if rule["kind"] == "cover"]
    loosened = {(rule["unit"], rule["term"]): rule["loosened"] for rule in covers}
    for county in queries.county_rows(found):
        share = found.rules["hard"].get("county_away_share")
        limit = max(1, int(round(share * 1000) * county.nominees // 1000)) if share else None
        cells = [
            HeatCell(
                county.by_leg[leg.ordinal],
                f"{address}?county={county.code}&term={leg.ordinal}#who",
                limit and max(limit, loosened.get((f"county:{county.code}", str(leg.ordinal)), 0)),
            )
            for leg in legs
        ]
        rows.append(HeatRow(county.name, cells, f"{address}?county={county.code}#who", county.prefecture))
    return HeatTable(_("People of each county on each term"), _("County"), [leg.name for leg in legs], rows)


def _who(request: HttpRequest, found: Plan) -> dict[str, object] | None:
    """One person's terms: where they are, and what every other one would mean."""
    asked = request.GET.get("who", "")
    if not asked.isdigit():
        return None
    place = get_object_or_404(PlanPlace.objects.select_related("person__unit__parent", "leg"), plan=found, person_id=int(asked))
    return reasons_of(found, place)


def _unit(request: HttpRequest, found: Plan) -> dict[str, object] | None:
    """Why a unit has its numbers, when it is asked for or the board is narrowed to it."""
    code = request.GET.get("unit", "") or request.GET.get("county", "")
    unit = Unit.objects.filter(code=code).first() if code else None
    return numbers_of(found, unit) if unit else None
