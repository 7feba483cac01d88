"""Messages to speakers and reflections."""

from typing import Any

from tests.factories.cast import Cast
from tests.rights.matrix import Row, key

from ortoo.kernel.actor import SYSTEM
from ortoo.outcomes.domain.desk import code_of, name_addressee, open_desk
from ortoo.outcomes.domain.reflection import write_reflection
from ortoo.outcomes.models import Addressee
from ortoo.programmes.models import Leg


def leg(cast: Cast) -> Leg:
    """The term of today."""
    return Leg.objects.select_related("programme__unit").get(programme=cast.stage.programme, ordinal=2)


def desk(cast: Cast) -> dict[str, Any]:
    """The public link."""
    return {"key": open_desk(leg(cast), by=SYSTEM).key}


def made(cast: Cast) -> Addressee:
    """A guest to whom one may write."""
    return leg(cast).addressees.first() or name_addressee(leg(cast), "嘉宾", None, by=SYSTEM)


def addressee(cast: Cast) -> dict[str, Any]:
    """Their place in the list."""
    return key(cast) | {"pk": made(cast).pk}


def reading(cast: Cast) -> dict[str, Any]:
    """Their link to read."""
    return {"key": made(cast).key, "code": code_of(made(cast))}


def about(cast: Cast) -> dict[str, Any]:
    """The term on which the participant has a place."""
    return {"leg": Leg.objects.get(programme=cast.stage.programme, ordinal=1).pk}


def about_another(cast: Cast) -> dict[str, Any]:
    """A term on which nobody has a place."""
    return {"leg": leg(cast).pk}


def written(cast: Cast) -> dict[str, Any]:
    """What the participant has written about."""
    first = Leg.objects.select_related("programme__unit").get(programme=cast.stage.programme, ordinal=1)
    write_reflection(first, cast.stage.persons["000101"], "话", "no", by=SYSTEM)
    return about(cast)


EVERYBODY = "200 200 200 200 200 200 200 200"
DECISION = {"ids": [1], "state": "accepted"}

ROWS = [
    Row("outcomes:write", EVERYBODY, desk),
    Row("outcomes:write", "302 302 302 302 302 302 302 302", desk, "post", {"client_id": "aaaaaaaa", "text": "谢谢"}),
    Row("outcomes:read", EVERYBODY, reading),
    Row("outcomes:mine", "302 200 200 200 200 200 200 200"),
    Row("outcomes:reflect", "302 404 404 404 404 404 400 404", about, "post"),
    Row("outcomes:reflect", "302 404 404 404 404 404 404 404", about_another, "post"),
    Row("outcomes:reflection-take-back", "302 404 404 404 404 404 302 404", written, "post"),
    Row("outcomes:messages", "302 200 404 403 403 403 404 403", key),
    Row("outcomes:messages-decide", "302 302 404 403 403 403 404 403", key, "post"),
    Row("outcomes:desk", "302 302 404 403 403 403 404 403", key, "post", {"turn": "open"}),
    Row("outcomes:addressee-name", "302 302 404 403 403 403 404 403", key, "post", {"name": "客人"}),
    Row("outcomes:addressee-remove", "302 302 404 403 403 403 404 403", addressee, "post"),
    Row("outcomes:reflections", "302 200 404 200 200 403 404 403", key),
    Row("outcomes:reflections-decide", "302 302 404 403 403 403 404 403", key, "post"),
    Row("outcomes:reflection-write", "302 200 404 200 200 403 404 403", key),
    Row("outcomes:quotes", "302 200 404 403 403 403 404 403", key),
    Row("api:messages", "401 200 404 403 403 403 404 403", key),
    Row("api:messages-decide", "401 200 404 403 403 403 404 403", key, "post", DECISION),
    Row("api:reflections", "401 200 404 200 200 403 404 403", key),
    Row("api:reflections-decide", "401 200 404 403 403 403 404 403", key, "post", DECISION),
    Row("api:quotes", "401 200 404 403 403 403 404 403", key),
]
