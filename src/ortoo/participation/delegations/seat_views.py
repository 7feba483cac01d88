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
from ortoo.participation.delegations.forms import NamesForm, SwapForm, names_on, names_text
from ortoo.participation.delegations.permissions import may_fill, may_see_hall
from ortoo.participation.delegations.queries import seats_of, unplaced_count
from ortoo.participation.delegations.sheet import read_names, write_names
from ortoo.participation.delegations.tickets import write_tickets
from ortoo.participation.delegations.views import account_of, fetch_delegation, fetch_tour, tried
from ortoo.participation.domain.layout import swap_places
from ortoo.participation.domain.seat import note_printed
from ortoo.participation.domain.seat_names import Name, assign, name_seats
from ortoo.participation.models import Delegation
from ortoo.programmes.frame import at_leg, frame
from ortoo.programmes.permissions import may_organise
from ortoo.programmes.queries import stops_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 4 << 20


@require_http_methods(["GET", "POST"])
def names(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The names of a delegation; a file fills the form and saves nothing until the names are looked at."""
    thing = _fetch(request, key, pk)
    seats = list(thing.seats.all())
    form = NamesForm(initial={"names": names_text(names_on(seats))})
    if request.method == "POST":
        form = NamesForm(request.POST)
        if form.is_valid():
            try:
                count = name_seats(thing, form.cleaned_data["names"], by=account_of(request))
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
        read = read_names(file.read(), file.name or "", thing)
        changes = _changes(thing, read)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("participation:names", key, pk)
    text = names_text([(name.number, name) for name in read])
    return _names_page(request, thing, NamesForm(initial={"names": text}), changes)


@require_POST
def swap(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Swap places: within what the account looks after, or anywhere in the hall by who organises."""
    thing, form = _fetch(request, key, pk), SwapForm(request.POST, prefix="swap")
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("participation:delegation", key, pk)
    (row, place), other = form.cleaned_data["own"], form.cleaned_data["other"]
    seat = thing.seats.filter(row=row, place=place).select_related("leg__programme__unit", "delegation").first()
    if seat is None:
        messages.error(request, _("%(delegation)s does not sit there.") % {"delegation": thing})
    elif not _may_give(request, thing, other):
        messages.error(request, _("That place is not one of yours; ask who organises the tour."))
    else:
        if tried(request, lambda: swap_places(seat, other, by=account_of(request))):
            messages.success(
                request,
                _(
                    "Swapped. Printed tickets still open the door, which says where to sit; they show the old place until they are printed again."
                ),
            )
    return redirect("participation:delegation", key, pk)


def _may_give(request: HttpRequest, thing: Delegation, place: tuple[int, int]) -> bool:
    """Whether a place of the hall is the account's to give away."""
    if may_organise(account_of(request), thing.leg.programme):
        return True
    there = thing.leg.seats.filter(row=place[0], place=place[1]).select_related("delegation__unit", "delegation__leg__programme")
    seat = there.first()
    return seat is not None and may_fill(account_of(request), seat.delegation)


@require_GET
def names_file(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The delegation's seats as a spreadsheet to be filled in; a download is written into the audit log."""
    thing = _fetch(request, key, pk)
    data = write_names(thing, list(thing.seats.all()))
    audit.record("download", thing, by=account_of(request), unit_path=thing.leg.programme.unit.path)
    return _file(data, XLSX, f"{thing.leg.name}-{thing.name}.xlsx")


@require_GET
def tickets(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The delegation's tickets as PDF; a download is written into the audit log, and what the tickets show beside the seats."""
    thing = _fetch(request, key, pk)
    seats = list(thing.seats.select_related("delegation"))
    if not seats:
        messages.error(request, _("%(delegation)s has no seats yet.") % {"delegation": thing})
        return redirect("participation:delegation", key, pk)
    data = write_tickets(thing.leg, seats)
    note_printed(seats)
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
    astray = plan.astray + unplaced_count(leg) if plan and plan.blocks else 0
    context = {"leg": leg, "hall": chosen, "plan": plan, "astray": astray}
    return render(request, "participation/hall.html", frame(request, tour, here="delegations") | context)


def _fetch(request: HttpRequest, key: str, pk: int) -> Delegation:
    thing = fetch_delegation(request, key, pk)
    if not may_fill(account_of(request), thing):
        raise NotAllowed
    return thing


def _names_page(
    request: HttpRequest, thing: Delegation, form: NamesForm, changes: list[tuple[int, str, str]] | None
) -> HttpResponse:
    """`changes`: what a file that was read would change; None where there is none."""
    context = {"delegation": thing, "leg": thing.leg, "form": form, "seats": list(thing.seats.all()), "changes": changes}
    return render(request, "participation/names.html", frame(request, thing.leg.programme, here="delegations") | context)


def _changes(thing: Delegation, read: list[Name]) -> list[tuple[int, str, str]]:
    """(number of the seat, name now, name in the file) where they differ."""
    seats = list(thing.seats.all())
    found = assign(thing, seats, read)
    after = {number: name.holder for number, name in found.items()}
    return [(seat.number, seat.holder, after.get(seat.number, "")) for seat in seats if seat.holder != after.get(seat.number, "")]


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer
