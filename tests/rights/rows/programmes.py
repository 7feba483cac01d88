"""Programmes, their legs, roles and duties."""

from typing import Any

from tests.factories.cast import Cast
from tests.rights.matrix import Row, key

from ortoo.programmes.models import ProgrammeRole


def duty(cast: Cast) -> dict[str, Any]:
    """A duty of the first term."""
    return key(cast) | {"pk": cast.duty.pk}


def role(cast: Cast) -> dict[str, Any]:
    """The host's role lent to the other clerk."""
    lent = ProgrammeRole.objects.create(programme=cast.stage.programme, account=cast.stage.other_clerk, kind="host")
    return key(cast) | {"pk": lent.pk}


ROWS = [
    Row("programmes:list", "302 200 200 200 200 200 200 200"),
    Row("programmes:new", "302 200 200 403 403 403 403 403"),
    Row("programmes:programme", "302 200 404 200 200 200 404 200", key),
    Row("programmes:change", "302 200 404 403 403 403 404 403", key),
    Row("programmes:move", "302 302 404 403 403 403 404 403", key, "post", {"state": "closed"}),
    Row("programmes:remove", "302 302 404 403 403 403 404 403", key, "post"),
    Row("programmes:legs", "302 200 404 200 200 200 404 200", key),
    Row("programmes:legs", "302 200 404 403 403 403 404 403", key, "post"),
    Row("programmes:roles", "302 200 404 403 403 403 404 403", key),
    Row("programmes:roles", "302 200 404 403 403 403 404 403", key, "post"),
    Row("programmes:role-take", "302 302 404 403 403 403 404 403", role, "post"),
    Row("programmes:duties", "302 200 404 403 403 200 404 403", key),
    Row("programmes:duty-add", "302 200 404 403 403 403 404 403", key, "post"),
    Row("programmes:duty-list", "302 200 404 403 403 403 404 403", key),
    Row("programmes:duty-copy", "302 302 404 403 403 403 404 403", key, "post"),
    Row("programmes:duty-paper", "302 200 404 403 403 200 404 403", key),
    Row("programmes:duty-tick", "302 302 404 403 403 302 404 403", duty, "post", {"done": "1"}),
    Row("programmes:duty-remove", "302 302 404 403 403 403 404 403", duty, "post"),
]
