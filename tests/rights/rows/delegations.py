"""Delegations of a tour: the clerk looks after one of them, the clerk elsewhere after another, the host sees the hall."""

from typing import Any

from tests.factories.cast import Cast
from tests.rights.matrix import Row
from tests.rights.rows.tour import key, stop


def own(cast: Cast) -> dict[str, Any]:
    """The delegation of the clerk's unit."""
    return key(cast) | {"pk": cast.house.own.pk}


def empty(cast: Cast) -> dict[str, Any]:
    """A delegation of nobody's unit, its seats taken back."""
    cast.house.first.seats.all().delete()
    cast.house.first.given = 0
    cast.house.first.save()
    return key(cast) | {"pk": cast.house.first.pk}


ORGANISER = "302 200 404 403 403 403 403 403"
ORGANISER_POST = "302 302 404 403 403 403 403 403"
FILLS = "302 200 404 200 404 403 403 403"
FILLS_POST = "302 302 404 302 404 403 403 403"

ROWS = [
    Row("participation:delegations", "302 200 404 200 200 403 403 403", key),
    Row("participation:delegation", FILLS, own),
    Row("participation:delegation-add", ORGANISER, stop),
    Row("participation:delegation-add", ORGANISER, stop, "post"),
    Row("participation:delegation-change", ORGANISER, own),
    Row("participation:delegation-remove", ORGANISER_POST, empty, "post"),
    Row("participation:delegation-claim", FILLS_POST, own, "post", {"count": "3"}),
    Row("participation:delegation-return", FILLS_POST, own, "post", {"return-count": "1"}),
    Row("participation:delegation-pass", ORGANISER_POST, own, "post"),
    Row("participation:delegation-swap", FILLS_POST, own, "post", {"swap-own": "1-1", "swap-other": "1-2"}),
    Row("participation:seats-give", ORGANISER_POST, stop, "post", {"hand_on": "1"}),
    Row("participation:hall", "302 200 404 403 403 200 403 403", stop),
    Row("participation:names", FILLS, own),
    Row("participation:names", FILLS_POST, own, "post", {"names": "甲"}),
    Row("participation:names-read", FILLS_POST, own, "post"),
    Row("participation:names-file", FILLS, own),
    Row("participation:tickets", FILLS, own),
    Row("api:delegations", "401 200 404 200 200 403 403 403", key),
]
