"""Notices: what every unit is told, as xlsx, docx and PDF."""

import io
import zipfile

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from ortoo.kernel import audit
from ortoo.kernel.refused import NotAllowed
from ortoo.people.models import Unit
from ortoo.people.request import SignedIn
from ortoo.planning.models import Plan
from ortoo.planning.notices.forms import FORMS
from ortoo.planning.notices.notice import Notice, notices_of
from ortoo.planning.permissions import may_get_notices
from ortoo.planning.queries import notice_units, plans_of, present_publication, publications_of
from ortoo.planning.views.fetch import fetch
from ortoo.programmes.frame import frame

TOLD = (Plan.State.PUBLISHED, Plan.State.REPLACED)
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "zip": "application/zip",
}


@require_GET
def notices(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """The units that the reader may have notices of, each with three downloads; after a change only those concerned."""
    return _page(request, _fetch(request, key, number))


@require_GET
def latest(request: SignedIn, key: str) -> HttpResponseBase:
    """The notices of the published plan."""
    programme = fetch(request, key)
    if not may_get_notices(request.user, programme):
        raise NotAllowed
    plan = plans_of(programme).filter(state=Plan.State.PUBLISHED).select_related("programme__unit").first()
    if plan is None:
        return render(request, "planning/notices.html", frame(request, programme, here="notices") | {"plan": None, "units": []})
    return _page(request, plan)


def _page(request: SignedIn, plan: Plan) -> HttpResponseBase:
    full = "full" in request.GET
    publication = present_publication(plan)
    context = frame(request, plan.programme, here="notices") | {
        "plan": plan, "units": list(notice_units(request.user, plan, full=full)[:1000]), "forms": list(FORMS),
        "changed": publication if publication and publication.replaces else None, "full": full,
        "earlier": publications_of(plan.programme).filter(plan__state=Plan.State.REPLACED).exclude(plan=plan)[:20],
    }  # fmt: skip
    return render(request, "planning/notices.html", context)


@require_GET
def notice(request: SignedIn, key: str, number: int, code: str, form: str) -> HttpResponseBase:
    """One unit's notice."""
    if form not in FORMS:
        raise Http404
    plan, full = _fetch(request, key, number), "full" in request.GET
    unit = get_object_or_404(notice_units(request.user, plan, full=full), code=code)
    found = notices_of(plan, [unit], full=full)[0]
    _log(request, plan, [unit], form)
    return _file(FORMS[form](found), found.file_name(form), form)


@require_GET
def notices_zip(request: SignedIn, key: str, number: int) -> HttpResponseBase:
    """All notices of prefectures in all three forms, or of the clerk's own units."""
    plan, full = _fetch(request, key, number), "full" in request.GET
    units = list(notice_units(request.user, plan, full=full)[:1000])
    wanted = [unit for unit in units if unit.kind == Unit.Kind.PREFECTURE] or units
    made = notices_of(plan, wanted, full=full)
    _log(request, plan, wanted, "zip")
    return _file(_zipped(made), f"{plan.programme.title}.zip", "zip")


def _zipped(made: list[Notice]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for found in made:
            for form, write in FORMS.items():
                archive.writestr(found.file_name(form), write(found))
    return file.getvalue()


def _fetch(request: SignedIn, key: str, number: int) -> Plan:
    programme = fetch(request, key)
    if not may_get_notices(request.user, programme):
        raise NotAllowed
    return get_object_or_404(
        plans_of(programme).select_related("programme__unit", "programme__base"), number=number, state__in=TOLD
    )


def _log(request: SignedIn, plan: Plan, units: list[Unit], form: str) -> None:
    after = {"what": "notices", "units": [unit.code for unit in units], "form": form}
    audit.record("download", plan, by=request.user, after=after, unit_path=units[0].path if units else "")


def _file(data: bytes, name: str, form: str) -> HttpResponse:
    return HttpResponse(
        data, content_type=TYPES[form], headers={"Content-Disposition": content_disposition_header(True, name) or ""}
    )
