"""Viewing sites as the office sees them: the board, the list, a new one, the cards with the links."""

from dataclasses import dataclass
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.kernel import audit
from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.live.domain import door as doors
from ortoo.live.domain import site as verbs
from ortoo.live.domain.lines import lines_of
from ortoo.live.domain.session import session_of
from ortoo.live.forms import SiteForm
from ortoo.live.models import ViewingSite
from ortoo.live.permissions import may_moderate, may_register, sites_to_change
from ortoo.live.queries import Standing, sites_of, sites_visible_to, standings, units_for_sites
from ortoo.live.views.fetch import account_of, fetch_for_sites, fetch_site, leg_asked_for
from ortoo.live.views.lines import form_of, sums
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Leg, Programme
from ortoo.ui.sheet_table import Column, SheetTable

MOST_CARDS = 300


@require_GET
def sites(request: HttpRequest, key: str) -> HttpResponseBase:
    """The board of one stop (`?leg=2`): who is on, last heard, the line, the heads. `?part=board` gives only that."""
    programme = fetch_for_sites(request, key)
    leg, account = leg_asked_for(request, programme), account_of(request)
    found = sites_of(account, leg) if leg else []
    rows = standings(found)
    if request.GET.get("as") in ("xlsx", "csv", "tsv"):
        return _download(request, programme, leg, rows)
    context: dict[str, Any] = {
        "leg": leg,
        "rows": rows,
        "figures": board_figures(rows),
        "may_register": may_register(account, programme),
        "own": {site.pk for site in sites_to_change(account, programme, found)},
        "live": leg is not None and leg.state == "running",
    }
    template = "live/board.html" if request.GET.get("part") == "board" else "live/sites.html"
    # Clerks see their own sites only: the sum of those would say nothing of the line.
    if leg is not None and template != "live/board.html" and may_moderate(account, leg):
        lines = lines_of(session_of(leg))
        context |= {"sums": sums(lines), "lines_form": form_of(lines)}
    return render(request, template, frame(request, programme, here="sites") | context)


@dataclass(frozen=True)
class BoardFigures:
    """The board in numbers; `heads` only as sites reported them."""

    sites: int
    tested: int
    on: int
    wrong: int
    heads: int
    without: int


def board_figures(rows: list[Standing]) -> BoardFigures:
    """The numbers above the board."""
    return BoardFigures(
        sites=len(rows),
        tested=sum(row.test is not None and row.test.verdict == "good" for row in rows),
        on=sum(row.pulse == "on" for row in rows),
        wrong=sum(row.pulse in ("trouble", "silent") for row in rows),
        heads=sum(row.heads or 0 for row in rows),
        without=sum(row.heads is None for row in rows),
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Register a site for the stop `?leg=`."""
    programme = fetch_for_sites(request, key)
    account, leg = account_of(request), leg_asked_for(request, programme)
    if leg is None or not may_register(account, programme):
        raise NotAllowed
    form = SiteForm(units_for_sites(account, programme), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            site = verbs.register_site(leg, form.draft(), by=account)
            return redirect("live:site", key, site.key)
        except Refused as refusal:
            form.add_error("name", str(refusal))
    others = [each for each in programme.legs.exclude(pk=leg.pk) if sites_visible_to(account).filter(leg=each).exists()]
    context = {"form": form, "leg": leg, "others": others}
    return render(request, "live/site_form.html", frame(request, programme, here="sites") | context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str, site: str) -> HttpResponse:
    """Change what is written of a site."""
    thing = fetch_site(request, key, site)
    account = account_of(request)
    initial = typed_of(thing)
    form = SiteForm(units_for_sites(account, thing.leg.programme), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change_site(thing, form.draft(), by=account)
            return redirect("live:site", key, site)
        except Refused as refusal:
            form.add_error("name", str(refusal))
    context = {"form": form, "site": thing, "leg": thing.leg}
    return render(request, "live/site_form.html", frame(request, thing.leg.programme, here="sites") | context)


@require_POST
def carry(request: HttpRequest, key: str) -> HttpResponse:
    """Write the sites of stop `from` down for stop `?leg=` too, as far as the account may change them."""
    programme = fetch_for_sites(request, key)
    account, target = account_of(request), leg_asked_for(request, programme)
    source = next((leg for leg in programme.legs.all() if str(leg.ordinal) == request.POST.get("from")), None)
    if source is None or target is None or not may_register(account, programme):
        raise NotAllowed
    own = sites_to_change(account, programme, sites_of(account, source))
    count = len(verbs.carry_sites(source, target, own, by=account))
    messages.success(request, ngettext("%(count)s site written down.", "%(count)s sites written down.", count) % {"count": count})
    return _to_board(programme, target)


@require_GET
def cards(request: HttpRequest, key: str) -> HttpResponse:
    """A card for each site that the account looks after, with its link as a QR code: to print and hand out."""
    programme = fetch_for_sites(request, key)
    leg, account = leg_asked_for(request, programme), account_of(request)
    own = sites_to_change(account, programme, sites_of(account, leg) if leg else [])[:MOST_CARDS]
    shown = [{"site": site} | link_of(request, site) for site in own]
    return render(request, "live/cards.html", {"thing": programme, "leg": leg, "cards": shown})


def link_of(request: HttpRequest, site: ViewingSite) -> dict[str, str]:
    """The link of a site and its QR code as an image that a page may hold."""
    link = request.build_absolute_uri(reverse("live:door", args=[site.key, doors.code_of(site)]))
    return {"link": link, "qr": segno.make(link, error="m").svg_data_uri(scale=4, border=2)}


def typed_of(site: ViewingSite) -> dict[str, Any]:
    """A site as the form shows it."""
    draft = verbs.draft_of(site)
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__} | {"unit": site.unit.code}


def _to_board(programme: Programme, leg: Leg) -> HttpResponse:
    answer = redirect("live:sites", programme.key)
    answer["Location"] += f"?leg={leg.ordinal}"
    return answer


COLUMNS = [
    Column("site.name", gettext_lazy("Site"), value=lambda row: row.site.name),
    Column("unit", gettext_lazy("Unit"), value=lambda row: row.site.unit.name),
    Column("unit_code", gettext_lazy("Unit code"), value=lambda row: row.site.unit.code),
    Column("place", gettext_lazy("Place"), value=lambda row: row.site.place),
    Column("who", gettext_lazy("Person in charge"), value=lambda row: row.site.person_in_charge),
    Column("contact", gettext_lazy("Telephone"), value=lambda row: row.site.contact),
    Column("screens", gettext_lazy("Screens"), "number", value=lambda row: row.site.screens),
    Column("expected", gettext_lazy("Expected"), "number", value=lambda row: row.site.expected),
    Column("pulse", gettext_lazy("Screen"), value=lambda row: row.pulse_word),
    Column("heard", gettext_lazy("Last heard"), "moment", value=lambda row: row.site.last_heard),
    Column("test", gettext_lazy("Line"), value=lambda row: row.test.get_verdict_display() if row.test else ""),
    Column("before", gettext_lazy("Before"), "number", value=lambda row: row.by_moment[0]),
    Column("during", gettext_lazy("During"), "number", value=lambda row: row.by_moment[1]),
    Column("after", gettext_lazy("After"), "number", value=lambda row: row.by_moment[2]),
]


def _download(request: HttpRequest, programme: Programme, leg: Leg | None, rows: list[Standing]) -> HttpResponseBase:
    table = SheetTable(request, COLUMNS, rows, caption=f"{leg or programme} {_('viewing sites')}")
    after = {"what": "viewing sites", "leg": leg.name if leg else "", "rows": len(rows)}
    audit.record("download", programme, by=account_of(request), after=after, unit_path=programme.unit.path)
    answer = table.answer()
    assert answer is not None
    return answer
