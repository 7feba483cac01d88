"""What goes out: files with marks, blank forms; one at a time or all in one zip."""

import zipfile
from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ortoo.intake.domain.blank_form import blank_form
from ortoo.intake.domain.handing_back import marked_file
from ortoo.intake.permissions import bounds_of
from ortoo.intake.queries import form_units
from ortoo.intake.views.fetching import account_of, delivery_for, file_for, programme_for_returns
from ortoo.kernel import clock
from ortoo.people.models import Unit
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Programme

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def marked(request: HttpRequest, key: str, number: int, file: int) -> HttpResponse:
    """One file with marks."""
    name, data = marked_file(file_for(delivery_for(request, key, number), file))
    return _download(name, data)


@require_GET
def marked_all(request: HttpRequest, key: str, number: int) -> FileResponse:
    """Every file that has open problems, with marks, in one zip."""
    delivery = delivery_for(request, key, number)
    files = delivery.files.filter(error="", counts__open__gt=0)
    return _zip((marked_file(file) for file in files), _("delivery-%(number)s-marked") % {"number": number})


@require_GET
def forms(request: HttpRequest, key: str) -> HttpResponse:
    """The units to which forms go out."""
    programme = programme_for_returns(request, key)
    context = {"units": form_units(programme, bounds_of(account_of(request), programme))}
    return render(request, "intake/forms.html", frame(request, programme, here="forms") | context)


@require_GET
def form(request: HttpRequest, key: str, unit: str) -> HttpResponse:
    """The form for one unit; `?known=1` with its people as they are known."""
    programme = programme_for_returns(request, key)
    bounds = bounds_of(account_of(request), programme)
    assert bounds is not None
    thing = get_object_or_404(Unit.objects.filter(path__startswith=bounds.path), code=unit)
    name, data = blank_form(programme, thing, known=request.GET.get("known") == "1")
    return _download(name, data)


@require_GET
def forms_all(request: HttpRequest, key: str) -> FileResponse:
    """The forms of all units of a level (`?level=prefecture` or `county`) in one zip."""
    programme = programme_for_returns(request, key)
    bounds = bounds_of(account_of(request), programme)
    level = request.GET.get("level", Unit.Kind.PREFECTURE)
    chosen = [unit for unit in form_units(programme, bounds) if unit.kind == level]
    known = request.GET.get("known") == "1"
    return _zip((_in_folder(programme, unit, known) for unit in chosen), _("forms"))


def _in_folder(programme: Programme, unit: Unit, known: bool) -> tuple[str, bytes]:
    name, data = blank_form(programme, unit, known=known)
    above = f"{unit.parent.name}/" if unit.kind == Unit.Kind.COUNTY and unit.parent else ""
    return f"{above}{name}", data


def _download(name: str, data: bytes) -> HttpResponse:
    kind = "text/csv" if name.endswith(".csv") else XLSX
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": disposition})


def _zip(files: Iterable[tuple[str, bytes]], title: str) -> FileResponse:
    """Written to a file on disk piece by piece: a hundred forms are never in memory at once."""
    spool: IO[bytes] = TemporaryFile()
    with zipfile.ZipFile(spool, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    spool.seek(0)
    return FileResponse(spool, as_attachment=True, filename=f"{title}-{clock.today():%Y%m%d}.zip")
