"""A unit's quota as a spreadsheet: out, back with a look at what differs, applied, undone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.kernel import audit
from ortoo.kernel.refused import Refused
from ortoo.participation.delegations.views import account_of, tried
from ortoo.participation.domain import quota_sheet as verbs
from ortoo.participation.quotas.models import Candidate, QuotaSheet
from ortoo.participation.quotas.permissions import standing_of
from ortoo.participation.quotas.sheet import read_sheet, write_sheet
from ortoo.participation.quotas.views import fetch_quota
from ortoo.people.models import Person, Unit
from ortoo.programmes.frame import frame

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 4 << 20


@require_GET
def sheet_file(request: HttpRequest, key: str, pk: int, kind: str) -> HttpResponse:
    """The unit's people (candidates.xlsx) or the units below (shares.xlsx); a download is written into the audit log."""
    quota = fetch_quota(request, key, pk)
    data = write_sheet(quota, kind)
    audit.record("download", quota, by=account_of(request), after={"kind": kind}, unit_path=quota.unit.path)
    answer = HttpResponse(data, content_type=XLSX)
    word = _("candidates") if kind == QuotaSheet.Kind.CANDIDATES else _("quotas")
    answer["Content-Disposition"] = content_disposition_header(True, f"{quota.unit.code}-{quota.unit.name}-{word}.xlsx") or ""
    return answer


@require_POST
def sheet_read(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Read a sheet that came back; nothing is changed before somebody has looked at it."""
    quota, file = fetch_quota(request, key, pk), request.FILES.get("file")
    if file is None or (file.size or 0) > MOST_BYTES:
        messages.error(request, _("Choose a spreadsheet of 4 MB at most."))
        return redirect("participation:quota", key, pk)
    try:
        said = read_sheet(quota, file.read(), file.name or "")
        sheet = verbs.receive_sheet(quota, file.name or "", said, by=account_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("participation:quota", key, pk)
    return redirect("participation:quota-sheet", key, pk, sheet.pk)


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, key: str, pk: int, sheet_pk: int) -> HttpResponse:
    """What a sheet changes; apply it, or undo it."""
    quota, account = fetch_quota(request, key, pk), account_of(request)
    found = get_object_or_404(quota.sheets, pk=sheet_pk)
    found.quota = quota
    if request.method == "POST":
        standing = standing_of(account, quota) or Candidate.State.PROPOSED
        verb = verbs.undo_sheet if "undo" in request.POST else verbs.apply_sheet
        if tried(request, lambda: verb(found, standing=standing, by=account)):
            messages.success(request, _("Undone.") if "undo" in request.POST else _("Applied."))
        return redirect("participation:quota-sheet", key, pk, sheet_pk)
    context = {"quota": quota, "sheet": found, "unknown": verbs.unknown_in(found)} | _preview(found)
    return render(request, "participation/quotas/sheet.html", frame(request, quota.programme, here="quotas") | context)


def _preview(sheet: QuotaSheet) -> dict[str, object]:
    """Names for what the sheet says by number: who comes, who goes, which unit holds how many."""
    said, path = sheet.said, sheet.quota.unit.path
    people = Person.objects.filter(unit__path__startswith=path).select_related("unit")
    names = {unit.code: unit.name for unit in Unit.objects.filter(code__in=said["shares"], path__startswith=path)}
    reasons = {
        "mark": _("neither 是 nor empty"),
        "number": _("no staff number"),
        "twice": _("stands twice"),
        "count": _("no whole number"),
        "name": _("the staff number is somebody else's"),
    }
    return {
        "coming": people.filter(staff_no__in=said["add"]),
        "going": people.filter(staff_no__in=said["drop"]),
        "shares": [(names.get(code, code), before, after) for code, (before, after) in said["shares"].items()],
        "wrong": [(line, text, reasons[why]) for line, text, why in said["wrong"]],
    }
