"""The record of changes."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ortoo.kernel import audit as record
from ortoo.kernel.acts import VERBS, field_said, noun_said, verb_said
from ortoo.kernel.models import AuditEntry
from ortoo.kernel.refused import NotAllowed
from ortoo.people.forms import AuditForm
from ortoo.people.permissions import may_see_audit
from ortoo.people.queries import audit_visible_to, units_run_by
from ortoo.people.request import SignedIn
from ortoo.ui.sheet_table import Column, SheetTable


def _fields(entry: AuditEntry) -> str:
    names = sorted(set(entry.before) | set(entry.after))
    said = [(field_said(entry.noun, name), entry.before.get(name), entry.after.get(name)) for name in names]
    return "; ".join(f"{label}: {_short(before)} → {_short(after)}" for label, before, after in said)


def _short(value: object) -> str:
    return "∅" if value in (None, "", [], {}) else str(value)[:60]


COLUMNS = [
    Column("at", gettext_lazy("When"), kind="moment", width="m", order=["id"]),
    Column("by_name", gettext_lazy("Who"), width="s"),
    Column("verb", gettext_lazy("What"), width="m", value=lambda entry: verb_said(entry.verb), order=["verb"], search=["verb"]),
    Column("noun", gettext_lazy("Kind"), width="s", value=lambda entry: noun_said(entry.noun), order=["noun"], search=["noun"]),
    Column("title", gettext_lazy("Of what"), width="m"),
    Column("fields", gettext_lazy("Before → after"), width="xl", value=_fields, order=[], search=[]),
]


def audit(request: SignedIn) -> HttpResponseBase:
    """Who changed what when, what it was before and what after."""
    if not may_see_audit(request.user):
        raise NotAllowed
    form = AuditForm(request.GET or None, units=units_run_by(request.user))
    entries = _matching(audit_visible_to(request.user), form.cleaned_data if form.is_valid() else {})
    table = SheetTable(request, COLUMNS, entries, caption=_("Changes"))
    answer = table.answer()
    if answer and request.GET.get("as") in ("xlsx", "csv", "tsv"):
        record.record("download", request.user, by=request.user, after={"what": "changes"})
    return answer or render(request, "people/audit.html", {"table": table, "form": form})


def _matching(entries: QuerySet[AuditEntry], said: dict[str, Any]) -> QuerySet[AuditEntry]:
    conditions = Q()
    if who := said.get("who"):
        conditions &= Q(by_name__icontains=who)
    if verb := said.get("verb"):
        named = [key for key in VERBS if verb.casefold() in verb_said(key).casefold()]
        conditions &= Q(verb__icontains=verb) | Q(verb__in=named)
    if what := said.get("what"):
        conditions &= Q(title__icontains=what) | Q(noun=what)
    if unit := said.get("unit"):
        conditions &= Q(unit_path__startswith=unit.path)
    for name, comparison in (("since", "at__gte"), ("until", "at__lt")):
        if day := said.get(name):
            day = day + timedelta(days=name == "until")
            conditions &= Q(**{comparison: timezone.make_aware(datetime.combine(day, time.min))})
    return entries.filter(conditions)
