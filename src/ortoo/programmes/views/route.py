"""The way of a tour: the stops on the region's map, the legs of travel with kilometres and nights."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ortoo.programmes import concerns
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import stops_of
from ortoo.programmes.travel import Travel, said_of_way, total_km, total_nights, travels
from ortoo.programmes.views.stops import fetch_tour
from ortoo.ui import charts, dates


@require_GET
def route(request: HttpRequest, key: str) -> HttpResponse:
    """Where the company travels, how far, how many nights."""
    programme = fetch_tour(request, key)
    legs = list(stops_of(programme))
    ways = travels(legs)
    context = {
        "ways": ways,
        "km": round(total_km(ways)),
        "nights": total_nights(ways),
        "last": max((leg.day for leg in legs if leg.day), default=None),
        "concerns": concerns.of_ways(ways),
        "chart": _map(programme, legs, ways) if legs else None,
    }
    return render(request, "programmes/route.html", frame(request, programme, here="route") | context)


def _map(programme: Programme, legs: list[Leg], ways: list[Travel]) -> charts.Chart:
    here = {way.end.pk: said_of_way(way.km, way.nights) for way in ways}
    points = [
        charts.Point(
            leg.name,
            leg.base.lon,
            leg.base.lat,
            dates.day(leg.day) if leg.day else _("no day yet"),
            leg.state,
            here.get(leg.pk, ""),
        )
        for leg in legs
        if leg.base and leg.base.lon is not None and leg.base.lat is not None
    ]
    return charts.travel_map(_("The way of %(tour)s") % {"tour": programme.title}, points)
