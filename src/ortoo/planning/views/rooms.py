"""The rooms of a term: given by the solver, changed by hand, told, printed."""

from collections.abc import Callable
from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from ortoo.kernel import audit
from ortoo.kernel.refused import Refused
from ortoo.participation.domain import bed as verbs
from ortoo.participation.dorm.doorsheets import FOUR, ONE, write_door_sheets
from ortoo.participation.dorm.models import Bed, Rooming
from ortoo.participation.dorm.queries import Floor, Taken, base_of, floors_of, rooming_of, without_bed
from ortoo.participation.dorm.sheet import write_rooms
from ortoo.participation.dorm.views import fetch_term
from ortoo.participation.models import Place
from ortoo.people.request import SignedIn
from ortoo.planning.adapters.rooms import basis_of, standing
from ortoo.planning.domain.rooming import start_rooms
from ortoo.planning.views.fetch import fetch
from ortoo.planning.views.rooms_amiss import amiss
from ortoo.planning.views.rooms_ways import choice, ways_of
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Leg
from ortoo.programmes.queries import legs_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DONE = {
    "put_in_room": gettext_lazy("Move taken back."),
    "swap_rooms": gettext_lazy("Swap taken back."),
    "fix_bed": gettext_lazy("Fixing taken back."),
    "give_rooms": gettext_lazy("The rooms are as before."),
}


@require_GET
def first(request: SignedIn, key: str) -> HttpResponse:
    """The term that runs or comes next."""
    programme = fetch(request, key)
    legs = legs_of(programme)
    leg = next((each for each in legs if each.state != "done"), legs[-1] if legs else None)
    if leg is None or programme.is_tour:
        raise Http404
    return redirect("planning:rooms", key=key, leg=leg.pk)


@require_GET
def board(request: SignedIn, key: str, leg: int) -> HttpResponseBase:
    """Every floor with its rooms; `who`: where one person could sleep and at what price, also as JSON for dragging."""
    programme, term = fetch_term(request, key, leg)
    rooming, floors, without = rooming_of(term), floors_of(term), list(without_bed(term))
    now = standing(term, rooming.colleagues)
    who = _who(request, floors, without)
    ways = ways_of(now, floors, who) if who else []
    if request.GET.get("as") == "choices":
        return JsonResponse({"choices": [choice(way) for way in ways]})
    words = now.said()
    taken = [one for floor in floors for one in floor.rooms]
    for one in taken:
        one.wrong = words.get(one.room.pk, [])
    context = frame(request, programme, here="rooms") | {
        "amiss": amiss(term, now, taken, request.user),
        "leg": term, "base": base_of(term), "rooming": rooming, "floors": floors, "without": without, "who": who, "cost": now.cost,
        "bed": _bed_of(taken, who), "ways": [way for way in ways if way[2] == "" and not way[3]][:60],
        "partners": _partners(taken, who),
        "colleagues": Rooming.Colleagues.choices, "steps": term.room_steps.count(),
        "used": sum(len(one.beds) for one in taken), "beds": sum(one.room.beds for one in taken),
        "broken": sum(len(one.wrong) for one in taken),
        "holds": rooming.basis == basis_of(term, now), "proved": rooming.bound == now.cost,
    }  # fmt: skip
    return render(request, "planning/rooms.html", context)


@require_POST
def solve(request: SignedIn, key: str, leg: int) -> HttpResponse:
    """Let the solver give the rooms; who is fixed stays, and with `near` as many of the others as can."""

    def verb(term: Leg) -> str:
        colleagues = request.POST.get("colleagues", "")
        known = colleagues if colleagues in Rooming.Colleagues.values else Rooming.Colleagues.FREE
        start_rooms(term, colleagues=known, near=request.POST.get("near") == "1", by=request.user)
        return _("The rooms are being given.")

    return _change(request, key, leg, verb, who=False)


@require_POST
def move(request: SignedIn, key: str, leg: int) -> HttpResponse:
    """Put a person into a room; `term` is r and the room's key, or 0: no bed."""

    def verb(term: Leg) -> str:
        to = request.POST.get("term", "")
        return _priced(term, lambda: verbs.put(term, _number(request, "person"), _room(to), by=request.user))

    return _change(request, key, leg, verb)


@require_POST
def swap(request: SignedIn, key: str, leg: int) -> HttpResponse:
    """Let two people change beds."""

    def verb(term: Leg) -> str:
        pair = _number(request, "person"), _number(request, "other")
        return _priced(term, lambda: verbs.swap(term, *pair, by=request.user))

    return _change(request, key, leg, verb)


@require_POST
def fix(request: SignedIn, key: str, leg: int) -> HttpResponse:
    """Keep a person in the room when the rooms are given anew, or no longer."""

    def verb(term: Leg) -> str:
        on = request.POST.get("on") == "1"
        verbs.fix(term, _number(request, "person"), on=on, by=request.user)
        return _("Fixed in this room.") if on else _("No longer fixed.")

    return _change(request, key, leg, verb)


@require_POST
def undo(request: SignedIn, key: str, leg: int) -> HttpResponse:
    """Take the latest step back."""
    return _change(request, key, leg, lambda term: str(DONE.get(verbs.take_back(term, by=request.user), "")), who=False)


@require_POST
def tell(request: SignedIn, key: str, leg: int) -> HttpResponse:
    """Show participants their rooms (`on` 1), or no longer."""

    def verb(term: Leg) -> str:
        if request.POST.get("on") == "1":
            verbs.tell_rooms(term, by=request.user)
            return _("Participants see their rooms now.")
        verbs.hide_rooms(term, by=request.user)
        return _("Participants no longer see their rooms.")

    return _change(request, key, leg, verb, who=False)


@require_GET
def doors(request: SignedIn, key: str, leg: int) -> HttpResponse:
    """The sheets on the doors as PDF, four rooms a page, or one (`?each=1`); a download is written into the audit log."""
    _programme, term = fetch_term(request, key, leg)
    floors = floors_of(term)
    if not any(one.beds for floor in floors for one in floor.rooms):
        messages.error(request, str(verbs.NoBedsYet()))
        return redirect("planning:rooms", key=key, leg=leg)
    data = write_door_sheets(term, floors, ONE if request.GET.get("each") == "1" else FOUR)
    audit.record("download", term, by=request.user, after={"what": "door sheets"}, unit_path=term.programme.unit.path)
    return _file(data, "application/pdf", _("Rooms %(leg)s.pdf") % {"leg": term.name})


@require_GET
def sheet(request: SignedIn, key: str, leg: int) -> HttpResponse:
    """Who sleeps where as a workbook, a sheet for each floor; a download is written into the audit log."""
    _programme, term = fetch_term(request, key, leg)
    file = BytesIO()
    write_rooms(file, floors_of(term), list(without_bed(term)))
    audit.record("download", term, by=request.user, after={"what": "rooms"}, unit_path=term.programme.unit.path)
    return _file(file.getvalue(), XLSX, _("Rooms %(leg)s.xlsx") % {"leg": term.name})


def _change(request: SignedIn, key: str, leg: int, verb: Callable[[Leg], str], *, who: bool = True) -> HttpResponse:
    _programme, term = fetch_term(request, key, leg)
    try:
        messages.success(request, verb(term))
    except Refused as refused:
        messages.error(request, str(refused))
    here = reverse("planning:rooms", args=[key, leg])
    person = _number(request, "person")
    return redirect(f"{here}?who={person}#who" if who and person else here)


def _priced(term: Leg, change: Callable[[], object]) -> str:
    colleagues = rooming_of(term).colleagues
    before = standing(term, colleagues).cost
    change()
    extra = standing(term, colleagues).cost - before
    if extra > 0:
        return _("Done. The rooms now cost %(extra)s more.") % {"extra": extra}
    return _("Done. The rooms now cost %(extra)s less.") % {"extra": -extra} if extra else _("Done, at the same cost.")


def _number(request: SignedIn, name: str) -> int:
    said = request.POST.get(name, "")
    return int(said) if said.isdecimal() else 0


def _room(said: str) -> int | None:
    """The key behind r12; None for 0. What is no room at all is one that does not exist."""
    if said == "0":
        return None
    return int(said[1:]) if said[:1] == "r" and said[1:].isdecimal() else 0


def _who(request: SignedIn, floors: list[Floor], without: list[Place]) -> Place | None:
    asked = request.GET.get("who", "")
    everybody = [bed.place for floor in floors for one in floor.rooms for bed in one.beds] + without
    return next((place for place in everybody if asked == str(place.person_id)), None)


def _bed_of(taken: list[Taken], who: Place | None) -> Bed | None:
    return next((bed for one in taken for bed in one.beds if who and bed.place_id == who.pk), None)


def _partners(taken: list[Taken], who: Place | None) -> list[Bed]:
    """With whom the person could change beds: of the same sex, in another room."""
    mine = _bed_of(taken, who)
    if who is None or mine is None:
        return []
    beds = [bed for one in taken for bed in one.beds]
    return [bed for bed in beds if bed.room_id != mine.room_id and bed.place.person.sex == who.person.sex]


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer
