"""What waits above: candidates to approve and confirm, requests to answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.participation.delegations.views import account_of, tried
from ortoo.participation.domain import candidate as verbs
from ortoo.participation.domain import quota_request as asking
from ortoo.participation.quotas.forms import AnswerForm, WordsForm
from ortoo.participation.quotas.models import Candidate, QuotaRequest
from ortoo.participation.quotas.permissions import may_answer
from ortoo.participation.quotas.queries import requests_visible_to, to_decide
from ortoo.participation.quotas.views import fetch_rotation
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Programme
from ortoo.programmes.permissions import may_organise
from ortoo.ui.sheet_table import Column, SheetTable

SHOWN = 100
TONES = {Candidate.State.PROPOSED: "plain", Candidate.State.APPROVED: "current", Candidate.State.CONFIRMED: "good"}
COLUMNS = [
    Column("person__name", gettext_lazy("Name"), width="s"),
    Column("person__staff_no", gettext_lazy("staff number"), width="s"),
    Column("quota__unit__name", gettext_lazy("quota of")),
    Column("person__unit__name", gettext_lazy("unit")),
    Column("person__post", gettext_lazy("post")),
    Column("leg", gettext_lazy("term"), width="s", value=lambda row: row.quota.leg or "", order=["quota__leg__ordinal"]),
    Column(
        "state",
        gettext_lazy("state"),
        kind="tag",
        width="s",
        value=lambda row: row.get_state_display(),
        order=["state"],
        tone=lambda row: TONES.get(row.state, "plain"),
    ),
    Column("instead_of__name", gettext_lazy("instead of"), width="s"),
    Column("by_name", gettext_lazy("who"), width="s"),
]


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, key: str) -> HttpResponseBase:
    """Candidates that wait for the account: approve, confirm (organisers only), send back."""
    programme, account = fetch_rotation(request, key), account_of(request)
    rows, empty = to_decide(account, programme), _("Nobody waits for a decision.")
    caption = _("Candidates to decide on")
    table = SheetTable(request, COLUMNS, rows, caption=caption, select="rows", form_id="decide", empty=empty)
    if request.method == "POST":
        _decide(request, programme, list(table.chosen(request.POST)))
        return redirect("participation:quota-decide", key)
    own = may_organise(account, programme)
    context = frame(request, programme, here="quotas") | {"table": table, "own": own, "form": WordsForm()}
    return table.answer() or render(request, "participation/quotas/decide.html", context)


@require_GET
def requests(request: HttpRequest, key: str) -> HttpResponse:
    """Requests for more: the open ones first; those that the account answers have a form."""
    programme, account = fetch_rotation(request, key), account_of(request)
    rows = list(requests_visible_to(account, programme)[: SHOWN * 3])
    for row in rows:
        row.quota.programme = programme
    opened = [row for row in rows if row.state == QuotaRequest.State.OPEN]
    asked = [(row, AnswerForm(row) if may_answer(account, row.quota) else None) for row in opened]
    context = {"asked": asked, "answered": [row for row in rows if row.state != QuotaRequest.State.OPEN][:SHOWN]}
    return render(request, "participation/quotas/requests.html", frame(request, programme, here="quotas") | context)


@require_POST
def answer(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Grant or refuse; or, by the unit itself, take the request back."""
    programme, account = fetch_rotation(request, key), account_of(request)
    asked = get_object_or_404(requests_visible_to(account, programme), pk=pk)
    if "take_back" in request.POST:
        tried(request, lambda: asking.take_request_back(asked, by=account))
        return redirect("participation:quota", key, asked.quota_id)
    if not may_answer(account, asked.quota):
        raise NotAllowed
    form = AnswerForm(asked, request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a whole number."))
    elif _answered(request, asked, form):
        messages.success(request, _("The unit sees your answer."))
    return redirect("participation:quota-requests", key)


def _answered(request: HttpRequest, asked: QuotaRequest, form: AnswerForm) -> bool:
    said, account = form.cleaned_data, account_of(request)
    if "refuse" in request.POST:
        return tried(request, lambda: asking.refuse(asked, said["words"], by=account))
    return tried(request, lambda: asking.grant(asked, said["count"] or 0, said["words"], by=account))


def _decide(request: HttpRequest, programme: Programme, chosen: list[Candidate]) -> None:
    account, do = account_of(request), request.POST.get("do", "")
    form = WordsForm(request.POST)
    if not chosen or not form.is_valid():
        messages.error(request, _("Tick somebody first."))
        return
    if do == "confirm" and not may_organise(account, programme):
        raise NotAllowed
    try:
        if do == "send_back":
            count = verbs.send_back(chosen, form.cleaned_data["words"], by=account)
        else:
            count = verbs.confirm(chosen, by=account) if do == "confirm" else verbs.approve(chosen, by=account)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return
    said = ngettext("Decided for %(count)s person.", "Decided for %(count)s people.", count)
    messages.success(request, said % {"count": count})
