"""Rooms of a term: its host and organisers; a participant's own wishes."""

from typing import Any

from tests.factories.cast import Cast
from tests.participation.dorm.house import build_dorm
from tests.rights.matrix import Row, key

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.bed import give_rooms, lock
from ortoo.participation.models import Bed, Place


def term(cast: Cast) -> dict[str, Any]:
    """A term whose participant has a bed."""
    place = Place.objects.get(person=cast.stage.participant.person)
    if not Bed.objects.exists():
        dorm = build_dorm(cast.stage)
        from django.db import transaction

        with transaction.atomic():
            lock(place.leg)
            give_rooms(place.leg, {place.pk: dorm.rooms["101"].pk}, by=SYSTEM)
    return key(cast) | {"leg": place.leg_id}


def night(cast: Cast) -> dict[str, Any]:
    """The participant's wishes."""
    return {"pk": Place.objects.get(person=cast.stage.participant.person).pk}


def tour(cast: Cast) -> dict[str, Any]:
    """A stop of the tour, which has no rooms."""
    return {"key": cast.tour.programme.key, "leg": cast.tour.stops[0].pk}


def third(cast: Cast) -> dict[str, Any]:
    """The third term, as programs name it."""
    return key(cast) | {"leg": 3}


OWN = "302 200 404 403 403 200 404 403"
POST = "302 302 404 403 403 302 404 403"
ROWS = [
    Row("planning:rooms-first", "302 302 404 302 302 302 404 302", key),
    Row("planning:rooms", OWN, term),
    Row("planning:rooms", "302 404 404 404 404 404 404 404", tour),
    Row("planning:rooms-give", POST, term, "post"),
    Row("planning:rooms-move", POST, term, "post"),
    Row("planning:rooms-swap", POST, term, "post"),
    Row("planning:rooms-fix", POST, term, "post"),
    Row("planning:rooms-undo", POST, term, "post"),
    Row("planning:rooms-tell", POST, term, "post"),
    Row("planning:rooms-doors", OWN, term),
    Row("planning:rooms-sheet", OWN, term),
    Row("api:beds", "401 200 404 403 403 200 404 403", third),
    Row("participation:dorm", OWN, term),
    Row("participation:dorm-many", OWN, term, "post"),
    Row("participation:dorm-lines", OWN, term, "post"),
    Row("participation:dorm-remove", POST, term, "post"),
    Row("participation:room-wish", "302 404 404 404 404 404 200 404", night),
    Row("participation:room-wish", "302 404 404 404 404 404 200 404", night, "post", {"rhythm": "nonsense"}),
]
