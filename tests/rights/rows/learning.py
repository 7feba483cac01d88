"""Needs of the rotation: numbers for organisers, hosts and clerks; everybody's own short form."""

from typing import Any

from tests.factories.cast import Cast
from tests.rights.matrix import Row, key


def term(cast: Cast) -> dict[str, Any]:
    """The first term."""
    return key(cast) | {"ordinal": 1}


def own(cast: Cast) -> dict[str, Any]:
    """The participant."""
    return key(cast) | {"staff_no": "000101"}


ROWS = [
    Row("learning:needs", "302 200 404 200 200 200 404 403", key),
    Row("learning:term", "302 200 404 200 200 200 404 403", term),
    Row("learning:curriculum", "302 302 404 403 403 403 404 403", key, "post", {"hours": "40", "modules": "写作,4"}),
    Row("learning:say", "302 200 404 200 404 404 200 404", own),
    Row("learning:say", "302 302 404 302 404 404 302 404", own, "post"),
    Row("api:needs", "401 200 404 200 200 200 404 403", key),
    Row("api:needs", "401 200 404 403 403 403 404 403", key, "put", {"hours": 40, "modules": []}),
    Row("api:say-needs", "401 200 404 200 404 404 200 404", own, "put", {"needs": []}),
]
