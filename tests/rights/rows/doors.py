"""Doors of a stop: for who hosts it; a door's own page for whoever holds its link."""

from typing import Any

from tests.factories.cast import Cast
from tests.rights.matrix import Row
from tests.rights.rows.tour import key, stop

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.door import code_of, open_door
from ortoo.participation.models import Door


def made(cast: Cast) -> Door:
    """A door of today's stop."""
    return cast.house.leg.doors.first() or open_door(cast.house.leg, "北门", by=SYSTEM)


def today(cast: Cast) -> dict[str, Any]:
    """The stop whose delegations have seats."""
    return key(cast) | {"pk": made(cast).leg_id}


def door(cast: Cast) -> dict[str, Any]:
    """One of its doors."""
    return today(cast) | {"door": made(cast).pk}


def link(cast: Cast) -> dict[str, Any]:
    """The secret link."""
    return {"key": made(cast).key, "code": code_of(made(cast))}


HOSTS = "302 200 404 403 403 200 403 403"
HOSTS_POST = "302 302 404 403 403 302 403 403"
EVERYBODY = "200 200 200 200 200 200 200 200"

ROWS = [
    Row("participation:doors-first", HOSTS_POST, key),
    Row("participation:doors", HOSTS, today),
    Row("participation:door-add", HOSTS_POST, stop, "post", {"name": "南门"}),
    Row("participation:door-renew", HOSTS_POST, door, "post"),
    Row("participation:door-shut", HOSTS_POST, door, "post"),
    Row("participation:doors-count", "302 302 404 403 403 403 403 403", today, "post"),
    Row("participation:door", EVERYBODY, link),
    Row("participation:door-list", EVERYBODY, link),
    Row("participation:door-worker", EVERYBODY, link),
    Row("participation:door-scans", "400 400 400 400 400 400 400 400", link, "post"),
]
