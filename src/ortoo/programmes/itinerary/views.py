"""Itineraries to take away: of the whole tour, of a stop, of a speaker."""

from io import BytesIO

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from ortoo.kernel import audit
from ortoo.kernel.refused import NotAllowed
from ortoo.programmes.frame import frame
from ortoo.programmes.itinerary.book import write_itinerary
from ortoo.programmes.itinerary.ical import write_days
from ortoo.programmes.itinerary.plan import Itinerary, itinerary_of
from ortoo.programmes.itinerary.said import document
from ortoo.programmes.itinerary.typeset import typeset
from ortoo.programmes.models import Programme, Speaker
from ortoo.programmes.permissions import may_organise, may_see_order
from ortoo.programmes.queries import speaker_of
from ortoo.programmes.views.programme import account_of
from ortoo.programmes.views.stops import fetch_tour

KINDS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}


@require_GET
def itinerary(request: HttpRequest, key: str) -> HttpResponse:
    """The days of the tour in a table, and every document to take away."""
    tour = _tour(request, key)
    plan = itinerary_of(tour)
    context = {"plan": plan, "speakers": [each for each in plan.speakers if _may_take(request, tour, each)], "forms": list(KINDS)}
    return render(request, "programmes/itinerary.html", frame(request, tour, here="itinerary") | context)


@require_GET
def whole(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """Everything; the pages of speakers only for organisers."""
    tour = _tour(request, key)
    plan = itinerary_of(tour)
    speakers = [each for each in plan.speakers if _may_take(request, tour, each)]
    return _file(request, Itinerary(tour, plan.every, plan.stops, speakers), tour.title, form)


@require_GET
def stop(request: HttpRequest, key: str, pk: int, form: str) -> HttpResponse:
    """For those who receive the company at one stop."""
    tour = _tour(request, key)
    plan = itinerary_of(tour)
    found = next((each.leg for each in plan.every if each.leg.pk == pk), None)
    if found is None:
        raise Http404
    return _file(request, plan.of_stop(found), found.name, form)


@require_GET
def speaker(request: HttpRequest, key: str, pk: int, form: str) -> HttpResponse:
    """For one speaker: organisers take anybody's, speakers their own."""
    tour = _tour(request, key)
    found = get_object_or_404(tour.speakers.select_related("person", "unit"), pk=pk)
    if not _may_take(request, tour, found):
        raise NotAllowed
    return _file(request, itinerary_of(tour).of_speaker(found), str(found), form)


def _tour(request: HttpRequest, key: str) -> Programme:
    tour = fetch_tour(request, key)
    if not may_see_order(account_of(request), tour):
        raise NotAllowed
    return tour


def _may_take(request: HttpRequest, tour: Programme, whom: Speaker) -> bool:
    account = account_of(request)
    return may_organise(account, tour) or speaker_of(account, tour) == whom


def _file(request: HttpRequest, plan: Itinerary, name: str, form: str) -> HttpResponse:
    if form not in KINDS:
        raise Http404
    if form == "pdf":
        data = typeset(document(plan))
    elif form == "ics":
        data = write_days(plan)
    else:
        file = BytesIO()
        write_itinerary(file, plan)
        data = file.getvalue()
    after = {"what": "itinerary", "form": form, "of": name}
    audit.record("download", plan.tour, by=account_of(request), after=after, unit_path=plan.tour.unit.path)
    answer = HttpResponse(data, content_type=KINDS[form])
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{form}") or ""
    return answer
