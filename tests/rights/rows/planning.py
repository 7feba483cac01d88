"""Rules, plans, publishing and notices."""

from typing import Any

from tests.factories.cast import Cast
from tests.rights.matrix import Row, key


def plan(cast: Cast) -> dict[str, Any]:
    """A plan that nobody has published."""
    return key(cast) | {"number": cast.plan.number}


def notice(cast: Cast) -> dict[str, Any]:
    """The notice of the clerk's prefecture."""
    return plan(cast) | {"code": "1501", "form": "xlsx"}


ROWS = [
    Row("planning:rules", "0 0 0 0 0 0 0 0", key),
    Row("planning:rules", "0 0 0 0 0 0 0 0", key, "post"),
    Row("planning:take-rules", "0 0 0 0 0 0 0 0", key, "post"),
    Row("planning:undo-rules", "0 0 0 0 0 0 0 0", key, "post"),
    Row("planning:rules-file", "0 0 0 0 0 0 0 0", key),
    Row("planning:plans", "0 0 0 0 0 0 0 0", key),
    Row("planning:plans", "0 0 0 0 0 0 0 0", key, "post"),
    Row("planning:latest-notices", "0 0 0 0 0 0 0 0", key),
    Row("planning:plan", "0 0 0 0 0 0 0 0", plan),
    Row("planning:publish-preview", "0 0 0 0 0 0 0 0", plan),
    Row("planning:publish", "0 0 0 0 0 0 0 0", plan, "post"),
    Row("planning:unpublish", "0 0 0 0 0 0 0 0", plan, "post"),
    Row("planning:drop", "0 0 0 0 0 0 0 0", plan, "post"),
    Row("planning:notices", "0 0 0 0 0 0 0 0", plan),
    Row("planning:notices-zip", "0 0 0 0 0 0 0 0", plan),
    Row("planning:notice", "0 0 0 0 0 0 0 0", notice),
]
