"""Viewing sites, their doors, and reach."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.cast import Cast
from tests.live.stage import draft, jpeg
from tests.rights.matrix import Row, key

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain.door import code_of
from ortoo.live.domain.head_count import CountDraft, count_heads
from ortoo.live.domain.photograph import keep_photograph
from ortoo.live.domain.reach import ReachDraft, enter
from ortoo.live.domain.site import register_site
from ortoo.live.models import ViewingSite
from ortoo.programmes.models import Leg


def made(cast: Cast) -> ViewingSite:
    """A site of one of the clerk's stations, at the stop of today."""
    leg = Leg.objects.select_related("programme__unit").get(programme=cast.stage.programme, ordinal=2)
    return leg.viewing_sites.first() or register_site(leg, draft(cast.stage), by=SYSTEM)


def site(cast: Cast) -> dict[str, Any]:
    """Its address."""
    return key(cast) | {"site": made(cast).key}


def count(cast: Cast) -> dict[str, Any]:
    """A count at it."""
    thing = made(cast)
    return key(cast) | {"site": thing.key, "pk": count_heads(thing, CountDraft("aaaaaaaa", "during", 1), by=SYSTEM).pk}


def photograph(cast: Cast) -> dict[str, Any]:
    """A photograph from it."""
    thing = made(cast)
    return key(cast) | {"site": thing.key, "pk": keep_photograph(thing, "aaaaaaaa", [jpeg()], by=SYSTEM).pk}


def door(cast: Cast) -> dict[str, Any]:
    """Its secret link."""
    thing = made(cast)
    return {"key": thing.key, "code": code_of(thing)}


def entry(cast: Cast) -> dict[str, Any]:
    """A figure of the ledger."""
    leg = Leg.objects.select_related("programme__unit").get(programme=cast.stage.programme, ordinal=2)
    return key(cast) | {"number": enter(leg, ReachDraft("estimated", 5, "广场"), by=SYSTEM).pk}


SITE = {"leg": 2, "name": "新大厅", "unit": "150101002", "person_in_charge": "李四", "contact": "0471-0000002"}
ENTRY = {"leg": 2, "provenance": "scanned", "number": 5, "source": "东门"}
EVERYBODY = "200 200 200 200 200 200 200 200"
TAKEN = "302 302 302 302 302 302 302 302"
COUNT = {"client_id": "bbbbbbbb", "moment": "during", "heads": "1"}
PICTURE = {"client_id": "bbbbbbbb", "photograph": SimpleUploadedFile("a.jpg", jpeg())}

ROWS = [
    Row("live:sites", "302 200 404 200 200 200 404 403", key),
    Row("live:site-add", "302 200 404 200 200 403 404 403", key),
    Row("live:sites-carry", "302 302 404 302 302 403 404 403", key, "post", {"from": "1"}),
    Row("live:site-cards", "302 200 404 200 200 200 404 403", key),
    Row("live:site", "302 200 404 200 404 200 404 403", site),
    Row("live:site-change", "302 200 404 200 404 403 404 403", site),
    Row("live:site-remove", "302 302 404 302 404 403 404 403", site, "post"),
    Row("live:site-link", "302 302 404 302 404 403 404 403", site, "post"),
    Row("live:site-count", "302 302 404 302 404 403 404 403", site, "post", COUNT),
    Row("live:count-strike", "302 302 404 302 404 403 404 403", count, "post", {"why": "手误"}),
    Row("live:photograph", "302 200 404 200 404 200 404 403", photograph),
    Row("live:photograph-remove", "302 302 404 302 404 403 404 403", photograph, "post"),
    Row("live:reach", "302 200 404 200 200 200 404 403", key),
    Row("live:reach-rows", "302 200 404 200 200 200 404 403", key),
    Row("live:reach-add", "302 200 404 403 403 403 404 403", key),
    Row("live:reach-decide", "302 302 404 403 403 403 404 403", key, "post"),
    Row("live:reach-file", "302 200 404 200 200 200 404 403", key),
    Row("api:sites", "401 200 404 200 200 200 404 403", key),
    Row("api:sites", "401 201 404 201 404 403 404 403", key, "post", SITE),
    Row("api:site-counts", "401 201 404 201 404 403 404 403", site, "post", COUNT | {"heads": 1}),
    Row("api:reach", "401 200 404 200 200 200 404 403", key),
    Row("api:reach-entries", "401 200 404 200 200 200 404 403", key),
    Row("api:reach-entries", "401 201 404 403 403 403 404 403", key, "post", ENTRY),
    Row("api:reach-take-back", "401 200 404 403 403 403 404 403", entry, "post"),
    Row("api:reach-restore", "401 409 404 403 403 403 404 403", entry, "post"),
    Row("live:door", EVERYBODY, door),
    Row("live:door-count", TAKEN, door, "post", COUNT),
    Row("live:door-test", TAKEN, door, "post", {"client_id": "bbbbbbbb", "seen": "good"}),
    Row("live:door-screen", TAKEN, door, "post", {"screen": "on"}),
    Row("live:door-photograph", TAKEN, door, "post", PICTURE),
    Row("live:door-beat", "204 204 204 204 204 204 204 204", door, "post"),
    Row("live:door-sample", EVERYBODY, door),
]
