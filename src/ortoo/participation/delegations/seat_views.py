"""Names on seats (typed, or from a spreadsheet with a preview), tickets, and the plan of the hall."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.kernel import audit
from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.participation.delegations import hallplan
from ortoo.participation.delegations.forms import NamesForm, names_text
from ortoo.participation.delegations.permissions import may_fill, may_see_hall
from ortoo.participation.delegations.queries import delegations_of, seats_of
from ortoo.participation.delegations.sheet import read_names, write_names
from ortoo.participation.delegations.tickets import write_tickets
from ortoo.participation.delegations.views import account_of, fetch_delegation, fetch_own_stop, fetch_tour, to_stop, tried
from ortoo.participation.domain import seat as verbs
from ortoo.participation.domain.block import snake
from ortoo.participation.models import Delegation, Seat
from ortoo.programmes.frame import at_leg, frame
from ortoo.programmes.queries import stops_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 4 << 20


@require_http_methods(["GET", "POST"])
def names(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The names of a delegation; a file fills the form and saves nothing until the names are looked at."""
    thing = _fetch(request, key, pk)
    seats = list(thing.seats.all())
    form = NamesForm(initial={"names": names_text(seats)})
    if request.method == "POST":
        form = NamesForm(request.POST)
        if form.is_valid():
            try:
                count = verbs.name_seats(thing, form.cleaned_data["names"], by=account_of(request))
                said = ngettext("%(count)s seat has changed.", "%(count)s seats have changed.", count)
                messages.success(request, said % {"count": count})
                return redirect("participation:delegation", key, pk)
            except Refused as refusal:
                form.add_error("names", str(refusal))
    return _names_page(request, thing, form, None)


@require_POST
def names_read(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """What a returned file says, shown beside what stands there now; nothing is saved."""
    thing = _fetch(request, key, pk)
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > MOST_BYTES:
        messages.error(request, _("Choose a spreadsheet of 4 MB at most."))
        return redirect("participation:names", key, pk)
    try:
        read = read_names(file.read(), file.name or "")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("participation:names", key, pk)
    text = "\n".join(f"{holder},{note}" if note else holder for holder, note in read)
    return _names_page(request, thing, NamesForm(initial={"names": text}), read)


@require_GET
def names_file(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The delegation's seats as a spreadsheet to be filled in; a download is written into the audit log."""
    thing = _fetch(request, key, pk)
    data = write_names(thing, list(thing.seats.all()))
    audit.record("download", thing, by=account_of(request), unit_path=thing.leg.programme.unit.path)
    return _file(data, XLSX, f"{thing.leg.name}-{thing.name}.xlsx")


@require_GET
def tickets(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The delegation's tickets as PDF; a download is written into the audit log."""
    thing = _fetch(request, key, pk)
    seats = list(thing.seats.select_related("delegation"))
    if not seats:
        messages.error(request, _("%(delegation)s has no seats yet.") % {"delegation": thing})
        return redirect("participation:delegation", key, pk)
    data = write_tickets(thing.leg, seats)
    audit.record("download", thing, by=account_of(request), unit_path=thing.leg.programme.unit.path)
    return _file(data, "application/pdf", f"{thing.leg.name}-{thing.name}.pdf")


@require_GET
def hall(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The plan of a stop's hall with its delegations: on screen and on paper."""
    tour = fetch_tour(request, key)
    leg = get_object_or_404(stops_of(tour), pk=pk)
    leg.programme = tour
    if not may_see_hall(account_of(request), leg):
        raise NotAllowed
    at_leg(request, leg)
    chosen = leg.hall
    plan = hallplan.draw(chosen, seats_of(leg)) if chosen and chosen.rows else None
    return render(
        request, "participation/hall.html", frame(request, tour, here="delegations") | {"leg": leg, "hall": chosen, "plan": plan}
    )


@require_POST
def lay(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Lay the seats out from the stage backwards, by priority, each delegation in one piece."""
    leg = fetch_own_stop(request, key, pk)
    if leg.hall is None or not leg.hall.rows:
        messages.error(request, _("The hall has no plan of its rows yet."))
        return to_stop(leg)
    blocks = snake(leg.hall.rows, [(each, each.given) for each in delegations_of(leg) if each.given])
    done = tried(request, lambda: verbs.put_blocks(leg, blocks, by=account_of(request)))
    return redirect("participation:hall", key, pk) if done else to_stop(leg)


def _fetch(request: HttpRequest, key: str, pk: int) -> Delegation:
    thing = fetch_delegation(request, key, pk)
    if not may_fill(account_of(request), thing):
        raise NotAllowed
    return thing


def _names_page(request: HttpRequest, thing: Delegation, form: NamesForm, read: list[tuple[str, str]] | None) -> HttpResponse:
    seats = list(thing.seats.all())
    changes = _changes(seats, read) if read is not None else []
    context = {"delegation": thing, "leg": thing.leg, "form": form, "seats": seats, "read": read, "changes": changes}
    return render(request, "participation/names.html", frame(request, thing.leg.programme, here="delegations") | context)


def _changes(seats: list[Seat], read: list[tuple[str, str]]) -> list[tuple[int, str, str]]:
    """(number of the seat, name now, name in the file) where they differ."""
    padded = [*read, *[("", "")] * (len(seats) - len(read))]
    return [
        (seat.number, seat.holder, holder) for seat, (holder, _note) in zip(seats, padded, strict=False) if seat.holder != holder
    ]


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer
