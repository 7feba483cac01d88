"""The returns of a programme: drop files, see who has returned and who has not."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ortoo.intake import queries
from ortoo.intake.domain import delivery as verbs
from ortoo.intake.forms import FilesForm
from ortoo.intake.permissions import bounds_of
from ortoo.intake.views.fetching import account_of, programme_for_returns
from ortoo.kernel.refused import Refused
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Programme
from ortoo.ui.sheet_table import Column, SheetTable

COLUMNS = [
    Column("unit__name", gettext_lazy("Unit"), width="l"),
    Column(
        "returned",
        gettext_lazy("Return"),
        kind="tag",
        width="m",
        value=lambda row: _("is in") if row.returned else _("still to come"),
        order=["returned"],
        tone=lambda row: "good" if row.returned else "current",
    ),
    Column("people", gettext_lazy("People"), kind="number", width="s"),
    Column("waiting", gettext_lazy("Open questions"), kind="number", width="s"),
    Column("last", gettext_lazy("Last file"), kind="moment", width="l"),
]


@require_http_methods(["GET", "POST"])
def returns(request: HttpRequest, key: str) -> HttpResponseBase:
    """Drop files; the deliveries so far; each unit's standing. `?missing=1` lists only whom to remind."""
    programme = programme_for_returns(request, key)
    form = FilesForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            bounds = bounds_of(account_of(request), programme)
            delivery = verbs.receive(programme, form.cleaned_data["returns"], by=account_of(request), unit=bounds)
            return redirect("intake:delivery", key, delivery.number)
        except Refused as refusal:
            messages.error(request, str(refusal))
            status = refusal.status
    table = _standings(request, programme)
    page = Paginator(queries.visible_to(account_of(request)).filter(programme=programme), 20).get_page(request.GET.get("list"))
    context = {
        "form": form,
        "table": table,
        "deliveries": page,
        "missing_only": "missing" in request.GET,
        "is_open": programme.state == Programme.State.OPEN,
    }
    answer = table.answer() if request.method == "GET" else None
    return answer or render(request, "intake/returns.html", frame(request, programme, here="returns") | context, status=status)


def _standings(request: HttpRequest, programme: Programme) -> SheetTable:
    bounds = bounds_of(account_of(request), programme)
    rows = queries.standings(programme, bounds)
    if "missing" in request.GET:
        rows = [row for row in rows if not row.returned]
    caption = _("Units still to remind") if "missing" in request.GET else _("Units and their returns")
    return SheetTable(request, COLUMNS, rows, caption=caption, row_key="unit__pk", empty=_("Every unit has returned."))
