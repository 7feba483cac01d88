"""The ledger of reach: added up by stop, group and unit; opened down to its rows; entered, taken back, restored; as a file."""

from tempfile import TemporaryFile

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.kernel import audit, clock
from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.live import ledger
from ortoo.live.domain import reach as verbs
from ortoo.live.forms import ReachForm
from ortoo.live.models import Audience, Provenance, ReachEntry
from ortoo.live.permissions import may_enter_reach
from ortoo.live.views.fetch import account_of, fetch_for_sites
from ortoo.live.workbook import write_ledger
from ortoo.people.models import Unit
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import legs_of
from ortoo.ui.sheet_table import Column, SheetTable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _where(entry: ReachEntry) -> str:
    return reverse("live:site", args=[entry.leg.programme.key, entry.site.key]) if entry.site else ""


def _state(entry: ReachEntry) -> str:
    if entry.taken_back is None:
        return _("stands")
    return _("replaced") if entry.replaced_by_id else _("taken back")


COLUMNS = [
    Column("leg__name", gettext_lazy("stop"), width="m", order=["leg__ordinal"]),
    Column("provenance", gettext_lazy("how it is known"), value=lambda row: row.get_provenance_display(), order=["provenance"]),
    Column("number", gettext_lazy("how many"), kind="number", width="s"),
    Column(
        "audience", gettext_lazy("group of people"), width="s", value=lambda row: row.get_audience_display(), order=["audience"]
    ),
    Column("unit__name", gettext_lazy("unit"), width="m"),
    Column("source", gettext_lazy("source"), width="l", href=_where),
    Column(
        "state",
        gettext_lazy("state"),
        kind="tag",
        width="s",
        value=_state,
        order=["taken_back"],
        search=[],
        tone=lambda row: "plain" if row.taken_back else "good",
    ),
    Column("why", gettext_lazy("why"), width="m"),
    Column("entered", gettext_lazy("entered"), kind="moment"),
    Column("entered_by", gettext_lazy("who"), width="m"),
]


@require_GET
def reach(request: HttpRequest, key: str) -> HttpResponse:
    """The ledger added up; `?unit=` unfolds a unit."""
    programme = fetch_for_sites(request, key)
    account = account_of(request)
    entries = ledger.standing(account, programme)
    top = _top(request, programme)
    whole = top == programme.unit
    context = {
        "total": ledger.total_of(entries),
        "groups": [
            (_("By stop"), ledger.by_leg(entries, legs_of(programme))),
            (_("By group"), ledger.by_audience(entries)),
            (_("By unit") if whole else top.name, ledger.by_unit(entries, top, without=whole)),
        ],
        "provenances": Provenance.choices,
        "top": None if whole else top,
        "may_enter": may_enter_reach(account, programme),
    }
    return render(request, "live/reach.html", frame(request, programme, here="reach") | context)


@require_GET
def rows(request: HttpRequest, key: str) -> HttpResponseBase:
    """The rows behind a number: those of a stop, a group, a unit, a provenance; also those taken back."""
    programme = fetch_for_sites(request, key)
    table = _table(request, programme)
    if request.GET.get("as") in ("xlsx", "csv", "tsv"):
        _record(request, programme, "reach rows", table.total)
    context = {
        "table": table,
        "may_enter": may_enter_reach(account_of(request), programme),
        "filters": _filters(request, programme),
    }
    return table.answer() or render(request, "live/reach_rows.html", frame(request, programme, here="reach") | context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Enter a figure."""
    programme = _fetch_to_enter(request, key)
    units = Unit.objects.filter(path__startswith=programme.unit.path)
    form = ReachForm(legs_of(programme), units, request.POST or None, initial={"leg": request.GET.get("leg")})
    if request.method == "POST" and form.is_valid():
        leg, draft = form.leg_and_draft()
        try:
            verbs.enter(leg, draft, by=account_of(request))
            return redirect("live:reach", key)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "live/reach_form.html", frame(request, programme, here="reach") | {"form": form})


@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Take the chosen figures back, or restore them."""
    programme = _fetch_to_enter(request, key)
    account, why = account_of(request), request.POST.get("why", "").strip()[:200]
    done = 0
    for entry in _table(request, programme).chosen(request.POST):
        try:
            if "restore" in request.POST:
                verbs.restore(entry, by=account)
            else:
                verbs.take_back(entry, why, by=account)
            done += 1
        except Refused as refusal:
            messages.error(request, f"{entry}: {refusal}")
    messages.success(request, ngettext("%(count)s figure changed.", "%(count)s figures changed.", done) % {"count": done})
    return redirect(f"{reverse('live:reach-rows', args=[key])}?{request.GET.urlencode()}")


@require_GET
def workbook(request: HttpRequest, key: str) -> FileResponse:
    """The ledger as a workbook; recorded as a download."""
    programme = fetch_for_sites(request, key)
    entries = ledger.standing(account_of(request), programme)
    groups = [
        (_("By stop"), ledger.by_leg(entries, legs_of(programme))),
        (_("By group"), ledger.by_audience(entries)),
        (_("By unit"), ledger.by_unit(entries, programme.unit)),
    ]
    file = TemporaryFile()
    write_ledger(file, programme.title, ledger.total_of(entries), groups, entries)
    file.seek(0)
    _record(request, programme, "reach", entries.count())
    name = f"{_('reach')}-{clock.today():%Y%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def _fetch_to_enter(request: HttpRequest, key: str) -> Programme:
    programme = fetch_for_sites(request, key)
    if not may_enter_reach(account_of(request), programme):
        raise NotAllowed
    return programme


def _top(request: HttpRequest, programme: Programme) -> Unit:
    code = request.GET.get("unit", "")
    inside = Unit.objects.filter(path__startswith=programme.unit.path)
    return get_object_or_404(inside, code=code[:20]) if code else programme.unit


def _table(request: HttpRequest, programme: Programme) -> SheetTable:
    entries = ledger.entries_visible_to(account_of(request)).filter(leg__programme=programme)
    found = entries.filter(_asked(request, programme)).order_by("leg__ordinal", "pk")
    empty = _("No figure here yet.")
    return SheetTable(request, COLUMNS, found, caption=_("Figures of reach"), select="rows", form_id="decide", empty=empty)


def _asked(request: HttpRequest, programme: Programme) -> Q:
    """What the address filters by; anything it does not know finds nothing."""
    said = request.GET
    asked = Q() if said.get("all") else Q(taken_back=None)
    if leg := said.get("leg"):
        asked &= Q(leg__ordinal=int(leg)) if leg.isdecimal() and len(leg) < 4 else Q(pk__in=[])
    for name in ("provenance", "audience"):
        if value := said.get(name):
            asked &= Q(**{name: value[:20]})
    if said.get("unit") == "none":
        return asked & Q(unit=None)
    if said.get("unit"):
        top = _top(request, programme)
        return asked & (Q(unit=top) if said.get("alone") else Q(unit__path__startswith=top.path))
    return asked


def _filters(request: HttpRequest, programme: Programme) -> list[str]:
    """The same in words."""
    said = request.GET
    words = [leg.name for leg in legs_of(programme) if str(leg.ordinal) == said.get("leg")]
    words += [str(label) for value, label in [*Provenance.choices, *Audience.choices] if value in said.values()]
    if said.get("unit") == "none":
        words.append(_("no unit"))
    elif said.get("unit"):
        words.append(_top(request, programme).name)
    return words


def _record(request: HttpRequest, programme: Programme, what: str, count: int) -> None:
    after = {"what": what, "rows": count, "filter": request.GET.urlencode()[:200]}
    audit.record("download", programme, by=account_of(request), after=after, unit_path=programme.unit.path)
