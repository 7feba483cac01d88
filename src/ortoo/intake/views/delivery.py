"""One delivery: its figures, its preview, and the two large buttons."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.intake import queries, wording
from ortoo.intake.domain import delivery as verbs
from ortoo.intake.domain.undoing import undoing_of
from ortoo.intake.models import Delivery, ReturnRow
from ortoo.intake.views.fetching import account_of, delivery_for, page_context
from ortoo.kernel.models import AuditEntry
from ortoo.kernel.refused import Refused
from ortoo.ui.sheet_table import Column, SheetTable

TONES = {"new": "good", "changed": "current", "same": "plain", "held": "harm", "left": "plain"}
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
    Column("staff_no", gettext_lazy("Staff number"), width="s"),
    Column("name", gettext_lazy("Name"), width="s"),
    Column("unit__name", gettext_lazy("Unit"), width="m"),
    Column("changes", gettext_lazy("What changes"), width="xl", value=lambda row: wording.changes(row.changes), order=[]),
    Column("file__name", gettext_lazy("File"), width="l"),
    Column("sheet", gettext_lazy("Sheet"), width="s"),
    Column("row", gettext_lazy("Row"), kind="number", width="xs"),
]


@require_GET
def summary(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What was read, in figures that open to their rows, and what applying would do."""
    delivery = delivery_for(request, key, number)
    context = {
        "kinds": wording.kinds(queries.problems_by_kind(delivery)),
        "files": delivery.files.select_related("unit", "known_from__delivery"),
    }
    return render(request, "intake/delivery.html", page_context(request, delivery, "summary") | context)


@require_GET
def preview(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    """Every row with what would happen to it; `?state=` picks one kind."""
    delivery = delivery_for(request, key, number)
    rows = delivery.rows.select_related("unit", "file")
    state = request.GET.get("state", "")
    if state in ReturnRow.State.values:
        rows = rows.filter(state=state)
    table = SheetTable(request, ROWS, rows, caption=_("What will change"), empty=_("No rows."))
    states = [(value, label, delivery.counts.get(value, 0)) for value, label in ReturnRow.State.choices]
    context = {"table": table, "states": states, "state": state}
    return table.answer() or render(request, "intake/preview.html", page_context(request, delivery, "preview") | context)


@require_POST
def read(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Read the files again."""
    return _do(request, delivery_for(request, key, number), lambda d: verbs.start_reading(d, by=account_of(request)))


@require_POST
def apply(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Record what the preview shows."""
    return _do(request, delivery_for(request, key, number), lambda d: verbs.apply(d, by=account_of(request)))


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show what undoing takes back and what has to stay; then do it."""
    delivery = delivery_for(request, key, number)
    if request.method == "POST":
        rest = request.POST.get("rest") == "1"
        return _do(request, delivery, lambda d: verbs.undo(d, by=account_of(request), rest=rest), "intake:undo")
    undoing = undoing_of(delivery) if delivery.state == Delivery.State.APPLIED else None
    context = {
        "undoing": undoing,
        "kept": [wording.kept(each) for each in undoing.kept[:200]] if undoing else [],
        "kept_count": len(undoing.kept) if undoing else 0,
    }
    return render(request, "intake/undo.html", page_context(request, delivery, "history") | context)


@require_GET
def history(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Who did what with this delivery, the last 200 acts."""
    delivery = delivery_for(request, key, number)
    entries = AuditEntry.objects.filter(noun="delivery", noun_id=str(delivery.pk))[:200]
    context = {"entries": [wording.act(entry) for entry in entries]}
    return render(request, "intake/history.html", page_context(request, delivery, "history") | context)


def _do(
    request: HttpRequest, delivery: Delivery, verb: Callable[[Delivery], object], back: str = "intake:delivery"
) -> HttpResponse:
    assert delivery.programme is not None
    try:
        verb(delivery)
        back = "intake:delivery"
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(back, delivery.programme.key, delivery.number)
