"""Who is nominated; a participant's own page."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from ortoo.kernel import clock
from ortoo.kernel.refused import NotAllowed
from ortoo.participation.columns import COLUMNS
from ortoo.participation.domain.nomination import record_download
from ortoo.participation.models import Nomination
from ortoo.participation.permissions import may_see_nominations
from ortoo.participation.queries import clerks_of, my_terms, nominated_in
from ortoo.people.models import Account
from ortoo.programmes.frame import frame
from ortoo.programmes.queries import visible_to
from ortoo.ui.sheet_table import SheetTable

SHOWN = {
    "": (gettext_lazy("everybody"), Q()),
    "wish": (gettext_lazy("asked for a term"), Q(wish__isnull=False)),
    "blocked": (gettext_lazy("cannot come on some days"), ~Q(blocked=[])),
    "attended": (gettext_lazy("attended before"), Q(attended=True)),
    "placed": (gettext_lazy("with a place"), Q(place_name__isnull=False)),
    "left": (gettext_lazy("without a place"), Q(place_name__isnull=True)),
}


def account_of(request: HttpRequest) -> Account:
    """Who asks; the middleware lets nobody in without an account."""
    return request.user  # type: ignore[return-value]


@require_GET
def nominations(request: HttpRequest, key: str) -> HttpResponseBase:
    """Everybody nominated whom the account sees, as a sheet; a download is written into the audit log."""
    account = account_of(request)
    programme = get_object_or_404(visible_to(account).select_related("unit", "base"), key=key)
    if not may_see_nominations(account, programme):
        raise NotAllowed
    show = request.GET.get("show", "") if request.GET.get("show") in SHOWN else ""
    table = _table(request, nominated_in(account, programme).filter(SHOWN[show][1]))
    if request.GET.get("as") in ("xlsx", "csv"):
        record_download(programme, table.total, f"{show} {table.q}".strip(), by=account)
    context = {"table": table, "show": show, "shown": [(each, label) for each, (label, _q) in SHOWN.items()]}
    answer = table.answer()
    return answer or render(request, "participation/nominations.html", frame(request, programme, here="people") | context)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """My terms: when, where, what to bring, what my unit said of me, who to ask."""
    account = account_of(request)
    context = {"terms": my_terms(account), "clerks": clerks_of(account), "today": clock.today()}
    return render(request, "participation/mine.html", context)


def _table(request: HttpRequest, rows: QuerySet[Nomination]) -> SheetTable:
    empty = _("Nobody yet. People stand here once the units' returns are applied.")
    return SheetTable(request, COLUMNS, rows, caption=_("Nominated people"), empty=empty)
