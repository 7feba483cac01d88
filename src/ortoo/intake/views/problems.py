"""The problems of a delivery: grouped, filtered, and decided right at the row or for many at once."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ortoo.intake import queries, wording
from ortoo.intake.domain.decision import decide
from ortoo.intake.domain.reading import settle
from ortoo.intake.forms import DecisionForm
from ortoo.intake.models import Delivery, Problem
from ortoo.intake.views.fetching import account_of, delivery_for, page_context
from ortoo.kernel.refused import Refused

SHOWN = 25


@require_http_methods(["GET", "POST"])
def problems(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Every kind with its first rows; `?kind=` opens one, `?file=` and `?open=1` narrow it."""
    delivery = delivery_for(request, key, number)
    if request.method == "POST":
        _decide(request, delivery)
        return redirect(request.get_full_path())
    found = _filtered(request, delivery)
    kind = request.GET.get("kind", "")
    groups = wording.kinds(queries.problems_by_kind(delivery))
    page = _page(request)
    for group in groups:
        if kind in ("", group.kind):
            rows = found.filter(kind=group.kind)
            group.show(rows.count(), list(rows[(page - 1) * SHOWN : page * SHOWN] if kind else rows[:SHOWN]))
    context = {
        "groups": [group for group in groups if group.shown],
        "kinds": groups,
        "kind": kind,
        "files": delivery.files.all(),
        "file": request.GET.get("file", ""),
        "open_only": "open" in request.GET,
        "query": _query(request),
        "page_number": page,
        "page_size": SHOWN,
        "decidable": delivery.state == Delivery.State.READY,
    }
    return render(request, "intake/problems.html", page_context(request, delivery, "problems") | context)


def _filtered(request: HttpRequest, delivery: Delivery) -> "QuerySet[Problem]":
    found = delivery.problems.select_related("file", "unit")
    if (file := request.GET.get("file", "")).isdecimal() and len(file) < 18:
        found = found.filter(file=int(file))
    if "open" in request.GET:
        found = found.filter(choice="")
    return found


def _decide(request: HttpRequest, delivery: Delivery) -> None:
    form = DecisionForm(request.POST)
    chosen = _chosen(request, delivery)
    if not form.is_valid() or not chosen:
        messages.error(request, _("Tick at least one row, then choose what is to be done."))
        return
    account = account_of(request)
    try:
        count = decide(delivery, chosen, form.cleaned_data["choice"], form.cleaned_data["value"], by=account)
        settle(delivery, by=account)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return
    said = ngettext("Decided for %(count)s row.", "Decided for %(count)s rows.", count)
    messages.success(request, said % {"count": count})


def _chosen(request: HttpRequest, delivery: Delivery) -> list[Problem]:
    """The rows of one button, the ticked ones, or all of a kind that the filter shows."""
    if request.POST.get("all"):
        return list(_filtered(request, delivery).filter(kind=request.POST.get("kind", "")))
    keys = [key for key in request.POST.getlist("problem") if key.isdecimal() and len(key) < 18]
    return list(delivery.problems.select_related("file", "unit").filter(pk__in=keys[:1000]))


def _page(request: HttpRequest) -> int:
    wanted = request.GET.get("page", "1")
    return max(1, int(wanted)) if wanted.isdecimal() and len(wanted) < 8 else 1


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("kind", None)
    return query.urlencode()
