"""Returns: files dropped, read, decided, applied and undone."""

from typing import Any

from tests.factories.cast import Cast
from tests.rights.matrix import Row, key


def delivery(cast: Cast) -> dict[str, Any]:
    """A delivery for the whole programme, dropped by its organiser."""
    return key(cast) | {"number": cast.delivery.number}


ROWS = [
    Row("intake:returns", "0 0 0 0 0 0 0 0", key),
    Row("intake:returns", "0 0 0 0 0 0 0 0", key, "post"),
    Row("intake:delivery", "0 0 0 0 0 0 0 0", delivery),
    Row("intake:problems", "0 0 0 0 0 0 0 0", delivery),
    Row("intake:problems", "0 0 0 0 0 0 0 0", delivery, "post"),
    Row("intake:preview", "0 0 0 0 0 0 0 0", delivery),
    Row("intake:history", "0 0 0 0 0 0 0 0", delivery),
    Row("intake:read", "0 0 0 0 0 0 0 0", delivery, "post"),
    Row("intake:apply", "0 0 0 0 0 0 0 0", delivery, "post"),
    Row("intake:undo", "0 0 0 0 0 0 0 0", delivery, "post"),
]
