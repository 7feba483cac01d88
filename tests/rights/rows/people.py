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
    Row("people:sign-in", "0 0 0 0 0 0 0 0"),
    Row("people:sign-in", "0 0 0 0 0 0 0 0", method="post", data=SIGN_IN),
    Row("people:sign-out", "0 0 0 0 0 0 0 0", method="post"),
    Row("people:password", "0 0 0 0 0 0 0 0"),
    Row("people:account", "0 0 0 0 0 0 0 0"),
    Row("people:account", "0 0 0 0 0 0 0 0", method="post", data={"title": "roster"}),
    Row("people:stop-token", "0 0 0 0 0 0 0 0", key_of_clerk, "post"),
    Row("people:persons", "0 0 0 0 0 0 0 0"),
    Row("people:person", "0 0 0 0 0 0 0 0", person),
    Row("people:person", "0 0 0 0 0 0 0 0", colleague),
    Row("people:person", "0 0 0 0 0 0 0 0", person, "post", SAID),
    Row("people:units", "0 0 0 0 0 0 0 0"),
    Row("people:unit", "0 0 0 0 0 0 0 0", county),
    Row("people:unit", "0 0 0 0 0 0 0 0", county, "post", {"name": "甲东新区"}),
    Row("people:accounts", "0 0 0 0 0 0 0 0"),
    Row("people:accounts", "0 0 0 0 0 0 0 0", method="post", data=NEW_ACCOUNT),
    Row("people:open-clerks", "0 0 0 0 0 0 0 0", method="post", data={"kind": "county"}),
    Row("people:account-of", "0 0 0 0 0 0 0 0", clerk),
    Row("people:account-of", "0 0 0 0 0 0 0 0", administrator),
    Row("people:account-of", "0 0 0 0 0 0 0 0", clerk, "post", {"kind": "clerk", "unit": "150101"}),
    Row("people:account-of", "0 0 0 0 0 0 0 0", clerk, "post", {"kind": "administrator"}),
    Row("people:change-account", "0 0 0 0 0 0 0 0", clerk, "post", {"do": "password"}),
    Row("people:change-account", "0 0 0 0 0 0 0 0", administrator, "post", {"do": "shut"}),
    Row("people:audit", "0 0 0 0 0 0 0 0"),
]
