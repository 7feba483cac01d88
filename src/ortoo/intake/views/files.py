"""The files of a delivery: how each was read, and correcting that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ortoo.intake import wording
from ortoo.intake.domain import matching
from ortoo.intake.models import Delivery, ReturnFile
from ortoo.intake.reading.columns import FIELDS
from ortoo.intake.views.fetching import account_of, delivery_for, file_for, page_context
from ortoo.kernel.refused import Refused

PAGE = 50


@require_GET
def files(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Each file: the sheet, the row of heads, the columns as they were matched, the sheets left alone."""
    delivery = delivery_for(request, key, number)
    found = delivery.files.select_related("unit", "known_from__delivery")[:500]
    context = {"files": [wording.FileShown(file) for file in found]}
    return render(request, "intake/files.html", page_context(request, delivery, "files") | context)


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, key: str, number: int, file: int) -> HttpResponse:
    """Choose the sheet and the row of heads, say what each column means."""
    delivery = delivery_for(request, key, number)
    thing = file_for(delivery, file)
    status = 200
    if request.method == "POST" and "look" not in request.POST:
        try:
            _match(request, thing)
            messages.success(request, _("The file is being read again with these columns."))
            return redirect("intake:delivery", key, number)
        except Refused as refusal:
            messages.error(request, str(refusal))
            status = refusal.status
    look = matching.look_into(thing, _said(request, "sheet"), _row(request))
    context = {
        "file": thing,
        "look": look,
        "fields": [(name, wording.FIELDS[name]) for name in FIELDS],
        "decidable": delivery.state in (Delivery.State.READY, Delivery.State.FAILED, Delivery.State.READING),
    }
    return render(request, "intake/columns.html", page_context(request, delivery, "files") | context, status=status)


def _match(request: HttpRequest, file: ReturnFile) -> None:
    said = {name.removeprefix("column-"): value for name, value in request.POST.items() if name.startswith("column-")}
    fields = {int(place): str(value) for place, value in said.items() if place.isdecimal() and len(place) < 5}
    remember = request.POST.get("remember") == "1"
    sheet, row = _said(request, "sheet"), _row(request)
    matching.match(file, sheet=sheet, header_row=row, fields=fields, remember=remember, by=account_of(request))


def _said(request: HttpRequest, name: str) -> str:
    return (request.POST.get(name) or request.GET.get(name) or "")[:120]


def _row(request: HttpRequest) -> int:
    said = _said(request, "header_row")
    return int(said) if said.isdecimal() and len(said) < 8 else 0
