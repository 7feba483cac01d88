"""Any two plans of a programme side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
from ortoo.planning.domain.asked import Asked, own_legs
from ortoo.planning.forms import RulesForm
from ortoo.planning.models import Plan
from ortoo.planning.sentences import cost_kind, exemptions_said, looser_said, rule_value
from ortoo.planning.views.adopting import adopting
from ortoo.planning.views.fetch import fetch_plan
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Leg
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
    table = SheetTable(
        request, COLUMNS, _rows(other, plan, found), caption=_("Whose place differs"), empty=_("Nobody's place differs.")
    )
    context = frame(request, plan.programme, here="plans") | {
        "plan": plan, "other": other, "found": found, "table": table,
        "costs": [(cost_kind(kind), before, after) for kind, before, after in found.costs],
        "asked": _asked(other, plan), "terms": _terms(other, plan), "plans": others.filter(counts__people__gt=0)[:50], **adopting(plan),
    }  # fmt: skip
    return table.answer() or render(request, "planning/compare.html", context)


def _asked(other: Plan, plan: Plan) -> list[tuple[str, str, str]]:
    """Rules, limits that give way and fixed people that differ: (what, in the one, in the other)."""
    before, after = (RulesForm.initial_of(p.rules["hard"], p.rules["cost"]) for p in (other, plan))
    rules = [
        (str(field.label), rule_value(before.get(name)), rule_value(after.get(name)))
        for name, field in RulesForm.base_fields.items()
        if before.get(name) != after.get(name)
    ]
    mine, theirs = ({each.sentence for each in looser_said(p)} for p in (other, plan))
    if mine != theirs:
        rules.append((_("Loosened limits"), _listed(mine, theirs), _listed(theirs, mine)))
    mine, theirs = (_allowed(p) for p in (other, plan))
    if mine != theirs:
        rules.append((_("Allowed against a rule"), _listed(mine, theirs), _listed(theirs, mine)))
    pins = tuple(Asked.read(p.asked).pins for p in (other, plan))
    if pins[0] == pins[1]:
        return rules
    names = {leg.ordinal: leg.name for leg in legs_of(plan.programme)}
    first, second = (rule_value(_said(mine, theirs, names)) for mine, theirs in (pins, pins[::-1]))
    return [*rules, (_("Fixed people"), first, second)]


def _allowed(plan: Plan) -> set[str]:
    """Who stands against a rule: person, term, rule, reason, who answers for it."""
    return {
        f"{each.person.name} · {each.leg.name if each.leg else _('no place')}: {rule} · {each.reason} ({each.by_name})"
        for each, rule in exemptions_said(plan)
    }


def _listed(sentences: set[str], others: set[str]) -> str:
    """Those first that the other plan has not; the first fifty."""
    return "\n".join([*sorted(sentences - others), *sorted(sentences & others)][:50]) or _("none")


def _said(pins: Mapping[str, int], others: Mapping[str, int], names: Mapping[int, str]) -> str:
    """Who is fixed, those first who are not fixed so in the other plan; the first fifty."""
    lines = sorted(pins.items(), key=lambda pin: (others.get(pin[0]) == pin[1], pin))
    return "\n".join(f"{staff_no} {names.get(at, at)}" for staff_no, at in lines[:50])


def _terms(other: Plan, plan: Plan) -> list[tuple[queries.TermCount, queries.TermCount]]:
    sides = (queries.term_counts(each, _legs(each)) for each in (other, plan))
    return list(zip(*sides, strict=True))


def _legs(plan: Plan) -> list[Leg]:
    """The plan's terms as it has them; where it does not know its days, on those that were told with it."""
    asked = Asked.read(plan.asked)
    return own_legs(legs_of(plan.programme), replace(asked, days=asked.days or queries.days_told(plan)))


def _rows(other: Plan, plan: Plan, found: SideBySide) -> Sequence[Row]:
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
    was, now = (
        dict(p.places.filter(person__staff_no__in=[*found.gone, *found.new]).values_list("person__staff_no", "leg__ordinal"))
        for p in (other, plan)
    )
    rows += [_row(persons[key], names[was.get(key)], _("falls away"), "") for key in found.gone if key in persons]
    return rows + [_row(persons[key], _("newly nominated"), names[now.get(key)], "") for key in found.new if key in persons]


def _row(person: Person, before: str, after: str, verdict: str) -> Row:
    unit = f"{person.unit.parent.name if person.unit.parent else ''} {person.unit.name}".strip()
    return Row(person.pk, person.staff_no, person.name, unit, before, after, verdict)
