"""Any two plans of a programme side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ortoo.people.models import Person
from ortoo.people.request import SignedIn
from ortoo.planning import queries
from ortoo.planning.adapters.explained import explained
from ortoo.planning.adapters.side_by_side import SideBySide, side_by_side
from ortoo.planning.domain.asked import Asked, asked_legs
from ortoo.planning.models import Plan
from ortoo.planning.sentences import cost_kind
from ortoo.planning.views.fetch import fetch_plan
from ortoo.programmes.frame import frame
from ortoo.programmes.queries import legs_of
from ortoo.ui.sheet_table import Column, SheetTable


@dataclass(frozen=True)
class Row:
    """A person whose place differs, in words."""

    pk: int
    staff_no: str
    name: str
    unit: str
    before: str
    after: str
    verdict: str


COLUMNS = [
    Column("staff_no", gettext_lazy("Staff number"), width="s"),
    Column("name", gettext_lazy("Name"), width="s"),
    Column("unit", gettext_lazy("Unit"), width="l"),
    Column("before", gettext_lazy("Before"), width="m"),
    Column("after", gettext_lazy("After"), width="m"),
    Column("verdict", gettext_lazy("For this person"), width="s"),
]


@require_GET
def compare(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """A plan against `with`, by default the plan that it began from."""
    plan = fetch_plan(request, key, number)
    asked = request.GET.get("with", "")
    others = queries.plans_of(plan.programme).exclude(pk=plan.pk)
    other = get_object_or_404(others, number=int(asked)) if asked.isdigit() else plan.parent
    if other is None:
        raise Http404
    first, second = explained(other), explained(plan)
    if first is None or second is None:
        raise Http404
    found = side_by_side(first, second, (get_language() or "zh")[:2])
    table = SheetTable(request, COLUMNS, _rows(plan, found), caption=_("Whose place differs"), empty=_("Nobody's place differs."))
    context = frame(request, plan.programme, here="plans") | {
        "plan": plan, "other": other, "found": found, "table": table,
        "costs": [(cost_kind(kind), before, after) for kind, before, after in found.costs],
        "terms": _terms(other, plan), "others": others.filter(counts__people__gt=0)[:50],
    }  # fmt: skip
    return table.answer() or render(request, "planning/compare.html", context)


def _terms(other: Plan, plan: Plan) -> list[tuple[queries.TermCount, queries.TermCount]]:
    sides = (queries.term_counts(each, asked_legs(legs_of(plan.programme), Asked.read(each.asked))) for each in (other, plan))
    return list(zip(*sides, strict=True))


def _rows(plan: Plan, found: SideBySide) -> Sequence[Row]:
    names = {leg.ordinal: leg.name for leg in legs_of(plan.programme)} | {None: _("no place")}
    wanted = [*(moved.staff_no for moved in found.moved), *found.gone, *found.new]
    persons = {p.staff_no: p for p in Person.objects.filter(staff_no__in=wanted).select_related("unit__parent")}
    rows = [
        _row(
            persons[m.staff_no],
            names[m.before],
            names[m.after],
            _("gains") if m.dearer < 0 else _("loses") if m.dearer > 0 else "",
        )
        for m in found.moved
    ]
    rows += [_row(persons[staff_no], "", _("falls away"), "") for staff_no in found.gone if staff_no in persons]
    return rows + [_row(persons[staff_no], _("newly nominated"), "", "") for staff_no in found.new if staff_no in persons]


def _row(person: Person, before: str, after: str, verdict: str) -> Row:
    unit = f"{person.unit.parent.name if person.unit.parent else ''} {person.unit.name}".strip()
    return Row(person.pk, person.staff_no, person.name, unit, before, after, verdict)
