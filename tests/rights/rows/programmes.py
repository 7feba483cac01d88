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
    Row("programmes:list", "0 0 0 0 0 0 0 0"),
    Row("programmes:new", "0 0 0 0 0 0 0 0"),
    Row("programmes:programme", "0 0 0 0 0 0 0 0", key),
    Row("programmes:change", "0 0 0 0 0 0 0 0", key),
    Row("programmes:move", "0 0 0 0 0 0 0 0", key, "post", {"state": "closed"}),
    Row("programmes:remove", "0 0 0 0 0 0 0 0", key, "post"),
    Row("programmes:legs", "0 0 0 0 0 0 0 0", key),
    Row("programmes:legs", "0 0 0 0 0 0 0 0", key, "post"),
    Row("programmes:roles", "0 0 0 0 0 0 0 0", key),
    Row("programmes:roles", "0 0 0 0 0 0 0 0", key, "post"),
    Row("programmes:role-take", "0 0 0 0 0 0 0 0", role, "post"),
    Row("programmes:duties", "0 0 0 0 0 0 0 0", key),
    Row("programmes:duty-add", "0 0 0 0 0 0 0 0", key, "post"),
    Row("programmes:duty-list", "0 0 0 0 0 0 0 0", key),
    Row("programmes:duty-copy", "0 0 0 0 0 0 0 0", key, "post"),
    Row("programmes:duty-paper", "0 0 0 0 0 0 0 0", key),
    Row("programmes:duty-tick", "0 0 0 0 0 0 0 0", duty, "post", {"done": "1"}),
    Row("programmes:duty-remove", "0 0 0 0 0 0 0 0", duty, "post"),
]
