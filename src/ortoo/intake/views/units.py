"""Directories of units: drop, preview, apply, undo."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.intake import queries, wording
from ortoo.intake.domain import delivery as verbs
from ortoo.intake.domain.undoing import undoing_of
from ortoo.intake.forms import FilesForm
from ortoo.intake.models import Delivery, ReturnRow
from ortoo.intake.permissions import may_record_units, units_bound_of
from ortoo.intake.views.delivery import TONES
from ortoo.intake.views.fetching import account_of
from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.ui.sheet_table import Column, SheetTable

ROWS = [
    Column(
        "state",
        gettext_lazy("What happens"),
        kind="tag",
        width="s",
        value=lambda row: row.get_state_display(),
        order=["state"],
        tone=lambda row: TONES[row.state],
    ),
    Column("staff_no", gettext_lazy("Unit code"), width="s"),
    Column("name", gettext_lazy("Name"), width="l"),
    Column("changes", gettext_lazy("What changes"), width="xl", value=lambda row: wording.changes(row.changes), order=[]),
]


@require_http_methods(["GET", "POST"])
def units(request: HttpRequest) -> HttpResponse:
    """Drop a directory of units; the directories taken in so far."""
    _demand(request)
    form = FilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        account = account_of(request)
        delivery = verbs.receive(None, form.cleaned_data["returns"], by=account, unit=units_bound_of(account))
        return redirect("intake:units-delivery", delivery.number)
    page = Paginator(queries.directories_visible_to(account_of(request)), 20).get_page(request.GET.get("list"))
    return render(request, "intake/units.html", {"form": form, "deliveries": page})


@require_GET
def delivery(request: HttpRequest, number: int) -> HttpResponseBase:
    """What a directory would change, unit by unit."""
    thing = _fetch(request, number)
    state = request.GET.get("state", "")
    rows = thing.rows.filter(state=state) if state in ReturnRow.State.values else thing.rows.all()
    table = SheetTable(request, ROWS, rows, caption=_("What will change"), empty=_("No rows."))
    return table.answer() or render(request, "intake/units_delivery.html", _context(request, thing) | {"table": table})


@require_POST
def apply(request: HttpRequest, number: int) -> HttpResponse:
    """Record the directory."""
    return _do(request, number, "apply")


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take it back; `rest=1` undoes what can be undone."""
    return _do(request, number, "undo")


@require_POST
def read(request: HttpRequest, number: int) -> HttpResponse:
    """Read it again."""
    return _do(request, number, "read")


def _do(request: HttpRequest, number: int, what: str) -> HttpResponse:
    thing, by = _fetch(request, number), account_of(request)
    try:
        if what == "apply":
            verbs.apply(thing, by=by)
        elif what == "read":
            verbs.start_reading(thing, by=by)
        else:
            verbs.undo(thing, by=by, rest=request.POST.get("rest") == "1")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("intake:units-delivery", number)


def _context(request: HttpRequest, thing: Delivery) -> dict[str, Any]:
    states, job = Delivery.State, thing.job
    undoing = undoing_of(thing) if thing.state == states.APPLIED and "undo" in request.GET else None
    return {
        "delivery": thing,
        "job": job,
        "own_job": bool(job and not job.over and job.by_id == request.user.pk),
        "at_work": thing.state in (states.READING, states.APPLYING, states.UNDOING),
        "stuck": bool(thing.state == states.READING and job and job.over),
        "may_apply": thing.state == states.READY and bool(thing.counts.get("applicable")),
        "undoing": undoing,
        "kept": [wording.kept(each) for each in undoing.kept[:100]] if undoing else [],
    }


def _demand(request: HttpRequest) -> None:
    if not may_record_units(account_of(request)):
        raise NotAllowed


def _fetch(request: HttpRequest, number: int) -> Delivery:
    _demand(request)
    return get_object_or_404(queries.directories_visible_to(account_of(request)), number=number)
