"""People: accounts, persons, units, changes."""

from typing import Any

from tests.factories.cast import Cast
from tests.rights.matrix import Row

from ortoo.kernel import clock
from ortoo.people.models import ApiToken


def person(cast: Cast) -> dict[str, Any]:
    """Somebody of the clerk's units; the participant is this person."""
    return {"staff_no": "000101"}


def colleague(cast: Cast) -> dict[str, Any]:
    """Somebody else of the clerk's units."""
    return {"staff_no": "000102"}


def county(cast: Cast) -> dict[str, Any]:
    """A unit below the clerk's."""
    return {"code": "150101"}


def clerk(cast: Cast) -> dict[str, Any]:
    """The clerk's account."""
    return {"pk": cast.stage.clerk.pk}


def administrator(cast: Cast) -> dict[str, Any]:
    """The administrator's account."""
    return {"pk": cast.stage.administrator.pk}


def key_of_clerk(cast: Cast) -> dict[str, Any]:
    """A key for programs that the clerk has made."""
    token = ApiToken.objects.create(account=cast.stage.clerk, title="t", digest="0" * 64, created=clock.now())
    return {"pk": token.pk}


SAID = {"name": "甲一", "sex": "男", "unit": "150101001", "post": "站长"}
SIGN_IN = {"username": "nobody", "password": "nothing at all"}
NEW_ACCOUNT = {"username": "new-clerk", "kind": "clerk", "unit": "150101"}

ROWS = [
    Row("people:sign-in", "200 302 302 302 302 302 302 302"),
    Row("people:sign-in", "400 302 302 302 302 302 302 302", method="post", data=SIGN_IN),
    Row("people:sign-out", "302 302 302 302 302 302 302 302", method="post"),
    Row("people:password", "302 200 200 200 200 200 200 200"),
    Row("people:account", "302 200 200 200 200 200 200 200"),
    Row("people:account", "302 200 200 200 200 200 200 200", method="post", data={"title": "roster"}),
    Row("people:stop-token", "302 404 404 302 404 404 404 404", key_of_clerk, "post"),
    Row("people:persons", "302 200 200 200 200 403 403 403"),
    Row("people:person", "302 200 404 200 404 404 200 404", person),
    Row("people:person", "302 200 404 200 404 404 404 404", colleague),
    Row("people:person", "302 302 404 302 404 404 403 404", person, "post", SAID),
    Row("people:units", "302 200 200 200 200 200 403 200"),
    Row("people:unit", "302 200 404 200 404 404 404 200", county),
    Row("people:unit", "302 302 404 403 404 404 404 302", county, "post", {"name": "甲东新区"}),
    Row("people:branch", "302 200 404 200 404 404 404 200", county),
    Row("people:accounts", "302 200 200 403 403 403 403 200"),
    Row("people:accounts", "302 200 400 403 403 403 403 200", method="post", data=NEW_ACCOUNT),
    Row("people:open-clerks", "302 200 200 403 403 403 403 200", method="post", data={"kind": "county"}),
    Row("people:account-of", "302 200 404 403 403 403 403 200", clerk),
    Row("people:account-of", "302 404 404 403 403 403 403 200", administrator),
    Row("people:account-of", "302 302 404 403 403 403 403 302", clerk, "post", {"kind": "clerk", "unit": "150101"}),
    Row("people:account-of", "302 400 404 403 403 403 403 302", clerk, "post", {"kind": "administrator"}),
    Row("people:change-account", "302 200 404 403 403 403 403 200", clerk, "post", {"do": "password"}),
    Row("people:change-account", "302 404 404 403 403 403 403 409", administrator, "post", {"do": "shut"}),
    Row("people:audit", "302 200 200 403 403 403 403 200"),
]
