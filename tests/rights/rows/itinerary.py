"""Itineraries: organisers and hosts those of the tour and its stops, speakers their own too."""

from typing import Any

from tests.factories.cast import Cast
from tests.rights.matrix import Row, key

from ortoo.programmes.models import Speaker


def tour(cast: Cast) -> dict[str, Any]:
    """The tour."""
    return {"key": cast.tour.programme.key}


def whole(cast: Cast) -> dict[str, Any]:
    """All of it, as a calendar."""
    return tour(cast) | {"form": "ics"}


def stop(cast: Cast) -> dict[str, Any]:
    """A stop that was held."""
    return whole(cast) | {"pk": cast.tour.stops[0].pk}


def speaker(cast: Cast) -> dict[str, Any]:
    """A guest who speaks."""
    return whole(cast) | {"pk": Speaker.objects.filter(programme=cast.tour.programme).latest("pk").pk}


ROWS = [
    Row("programmes:itinerary", "302 200 404 403 403 200 200 403", tour),
    Row("programmes:itinerary", "302 404 404 404 404 404 404 404", key),
    Row("programmes:itinerary-whole", "302 200 404 403 403 200 200 403", whole),
    Row("programmes:itinerary-stop", "302 200 404 403 403 200 200 403", stop),
    Row("programmes:itinerary-speaker", "302 200 404 403 403 403 403 403", speaker),
]
