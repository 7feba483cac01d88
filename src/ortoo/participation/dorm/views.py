"""The rooms of a programme's bases: written down by the dozen or from a sheet, removed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.participation.domain.dorm_room import RoomDraft, add_rooms, remove_rooms
from ortoo.participation.dorm.forms import GenerateForm, TypedForm
from ortoo.participation.dorm.queries import base_of, rooms_of
from ortoo.participation.dorm.typed import Wrong, read_typed, typed
from ortoo.participation.views import account_of
from ortoo.people.models import Unit
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.permissions import may_host_leg
from ortoo.programmes.queries import legs_of, visible_to

AT_ONCE = 500


@require_GET
def base(request: HttpRequest, key: str, leg: int) -> HttpResponse:
    """The rooms where a term is held."""
    programme, term, place = _fetch(request, key, leg)
    return _page(request, programme, term, place, GenerateForm(), TypedForm())


@require_POST
def generate_rooms(request: HttpRequest, key: str, leg: int) -> HttpResponse:
    """Rooms by the dozen: shown first, as lines that can still be changed."""
    programme, term, place = _fetch(request, key, leg)
    form = GenerateForm(request.POST)
    if not form.is_valid():
        return _page(request, programme, term, place, form, TypedForm())
    drafts = form.drafts
    return _page(request, programme, term, place, form, TypedForm(initial={"text": typed(drafts)}), drafts)


@require_POST
def type_rooms(request: HttpRequest, key: str, leg: int) -> HttpResponse:
    """Rooms from lines: looked at first (`look`), then written down; a mistake writes nothing and loses nothing."""
    programme, term, place = _fetch(request, key, leg)
    form = TypedForm(request.POST)
    if not form.is_valid():
        return _page(request, programme, term, place, GenerateForm(), form)
    drafts, wrong = read_typed(form.cleaned_data["text"])
    if wrong or not drafts or "look" in request.POST:
        return _page(request, programme, term, place, GenerateForm(), form, drafts, wrong)
    try:
        count = len(add_rooms(place, drafts, by=account_of(request)))
    except Refused as refused:
        form.add_error("text", str(refused))
        return _page(request, programme, term, place, GenerateForm(), form, drafts)
    said = ngettext("%(count)s room is written down.", "%(count)s rooms are written down.", count)
    messages.success(request, said % {"count": count})
    return redirect(reverse("participation:dorm", args=[key, leg]))


@require_POST
def remove(request: HttpRequest, key: str, leg: int) -> HttpResponse:
    """Remove the rooms that are ticked."""
    _programme, _term, place = _fetch(request, key, leg)
    keys = [int(each) for each in request.POST.getlist("room") if each.isdecimal()]
    try:
        count = remove_rooms(place, keys, by=account_of(request))
        said = ngettext("%(count)s room is removed.", "%(count)s rooms are removed.", count)
        messages.success(request, said % {"count": count})
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(reverse("participation:dorm", args=[key, leg]))


def fetch_term(request: HttpRequest, key: str, pk: int) -> tuple[Programme, Leg]:
    """A term of a rotation whose rooms the reader gives: host where it is held, or organiser."""
    account = account_of(request)
    programme = get_object_or_404(visible_to(account).select_related("unit", "base"), key=key)
    leg = next((each for each in legs_of(programme) if each.pk == pk), None)
    if leg is None or programme.is_tour:
        raise Http404
    leg.programme = programme
    if not may_host_leg(account, leg):
        raise NotAllowed
    return programme, leg


def _fetch(request: HttpRequest, key: str, pk: int) -> tuple[Programme, Leg, Unit]:
    programme, leg = fetch_term(request, key, pk)
    place = base_of(leg)
    if place is None:
        raise Http404(_("This term is held nowhere yet."))
    return programme, leg, place


def _page(
    request: HttpRequest,
    programme: Programme,
    leg: Leg,
    place: Unit,
    many: GenerateForm,
    lines: TypedForm,
    drafts: list[RoomDraft] | None = None,
    wrong: list[Wrong] | None = None,
) -> HttpResponse:
    rooms = rooms_of(place)
    context = {
        "leg": leg, "base": place, "many": many, "lines": lines, "drafts": (drafts or [])[:AT_ONCE], "wrong": (wrong or [])[:200],
        "count": len(drafts or []), "rooms": rooms, "beds": sum(room.beds for room in rooms), "previewed": drafts is not None,
    }  # fmt: skip
    return render(request, "participation/dorm.html", frame(request, programme, here="rooms") | context)
